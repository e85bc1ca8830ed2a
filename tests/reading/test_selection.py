"""Readers get pages and listed assets of the briefings' folder, and nothing that is kept beside."""

from __future__ import annotations

import pytest

from generator.reading.selection import Selection, is_copy
from tests.reference import load

COPIES = [
    "secret.yml~", "secret.yml.orig", "secret.bak", "#secret.yml#", "secret.yml.swp",
    "copy of x.yml.bak", "secret.yml.txt", "Secret.YML.txt", "page.yml.md", "~$report.pdf",
    "photo.png~", "photo.png.orig", "inside/#photo.png#", "secret.yaml.pdf", "Thumbs.db",
    "secret.yml (copy)", "secret.yml.rej",
]  # fmt: skip
OTHERS = ["notes.txt", "notes.json", "report.docx", "page.html", "about.MD", "noext", "data.xlsx"]
PUBLISHED = [
    "about.md", "inside/page.markdown", "photo.JPG", "report.pdf", "fonts/a.woff2", "events.csv",
    "CNAME", "robots.txt", "_headers", "js/x.mjs", "map.min.js", "1.5-report.pdf",
]  # fmt: skip


@pytest.mark.parametrize("path", [*COPIES, *OTHERS])
def test_what_is_neither_page_nor_asset_is_not_published_and_its_author_hears_of_it(
    path: str,
) -> None:
    assert not Selection().has(path)
    (problem,) = load({f"briefings/{path}": b""}).problems
    assert (problem.rule, str(problem.severity)) == ("not-published", "warning")
    assert problem.location.path == f"briefings/{path}"
    assert "Readers don't get this file" in problem.message
    assert is_copy(path) == (path in COPIES) == ("a copy of another file" in problem.hint)


@pytest.mark.parametrize("path", PUBLISHED)
def test_pages_and_assets_of_listed_types_are_published(path: str) -> None:
    assert Selection().has(path)
    assert load({f"briefings/{path}": b""}).problems == ()


def test_the_advice_makes_a_file_an_asset() -> None:
    (problem,) = load({"briefings/notes.json": b""}).problems
    assert "write `asset_types: [json]` under `briefings` in mkdocs.yml" in problem.hint
    assert Selection(frozenset(["json"])).has("notes.json")
    assert not Selection(frozenset(["txt", "bak"])).has("secret.yml.txt")
    assert not Selection(frozenset(["orig"])).has("secret.yml.orig")


@pytest.mark.parametrize("name", ["other.YML", "other.Yml", "x.yaml", "x.YAML"])
def test_a_briefing_with_another_ending_is_an_error(name: str) -> None:
    assert not Selection().has(name)
    (problem,) = load({f"briefings/{name}": b""}).problems
    assert (problem.rule, str(problem.severity)) == ("file-name", "error")
    assert problem.hint == f"Rename it to `{name.split('.')[0]}.yml`."


def test_a_briefing_is_excluded_by_its_file_or_by_its_page() -> None:
    chosen = Selection(excluded=lambda path: path in ("a.yml", "b.md"), draft=lambda p: p == "c.md")
    assert [chosen.excludes(path) for path in ("a.yml", "b.yml", "b.png")] == [True, True, False]
    assert chosen.is_draft("c")
    assert not chosen.is_draft("a")
