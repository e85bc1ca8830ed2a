"""A preview of strangers' files: its pages of mistakes show what was typed, and run none of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from tests.browser.watching import watching
from tests.building import every_key_project
from tests.fiction import briefing, position
from tests.hostile import REFUSED_CHARACTERS, payloads
from tests.serving import Preview, serving

NAMES = ['"><img src=x onerror=alert(1)>', "<svg onload=alert(1)>", "{{ 7 * 191 }}", "[a](b)"]
#: So many payloads are in one file.
TOGETHER = 12
# How many headings a document has, and its elements that no page of mistakes is made of.
_MARKUP = """(page) => [
  page.querySelectorAll("article h1").length,
  [...page.querySelectorAll(".md-content :is(img, iframe, form, b, style)")]
    .map((element) => element.outerHTML),
]"""


def _clean() -> list[str]:
    texts = (REFUSED_CHARACTERS.sub("", payload) for payload in payloads())
    return [item for item in texts if item.strip()]


def _broken(texts: list[str]) -> str:
    """A briefing in which each payload stands where none belongs: in keys, ids, dates, words."""
    wrong = [
        position(f"claim-{number}", **{text[:60]: text, "party": text, "date": text, "kind": text})
        for number, text in enumerate(texts)
    ]
    keys = {"topics": texts, "aliases": texts, "published": texts[0], "status": texts[-1]}
    typed = briefing(*wrong, **keys, related=[{"url": item} for item in texts])
    return json.dumps(typed, ensure_ascii=False, indent=1)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory, torture: bool) -> Iterator[Preview]:
    project = every_key_project(tmp_path_factory.mktemp("hostile-preview") / "project")
    folder = project / "briefings"
    texts = _clean()
    groups = [texts[at : at + TOGETHER] for at in range(0, len(texts), TOGETHER)]
    for number, group in enumerate(groups if torture else groups[::6]):
        (folder / f"broken-{number}.yml").write_text(_broken(group), encoding="utf-8")
        syntax = "\n".join(f"key-{at}: [{text}" for at, text in enumerate(group))
        (folder / f"syntax-{number}.yml").write_text(syntax, encoding="utf-8")
    for name in NAMES:
        (folder / f"{name}.yml").write_text("title: [open\n", encoding="utf-8")
    (project / "data" / "topics.yml").write_text(f"water: {{name: {texts[0]!r}", encoding="utf-8")
    with serving(project) as running:
        yield running


def _pages(preview: Preview) -> list[str]:
    folder = preview.project / "briefings"
    return [f"{quote(path.stem)}/" for path in sorted(folder.glob("*.yml"))]


def test_pages_of_mistakes_run_nothing(browser: Browser, preview: Preview, torture: bool) -> None:
    """All are parsed. One of each kind is opened, or with `--torture` all."""
    pages = _pages(preview)
    opened = [next(path for path in pages if part in path) for part in ("broken", "syntax", "%")]
    with watching(browser, preview.address, policy=False) as watch:
        for path in ("", "about/", "halden/", *(pages if torture else opened)):
            watch.visit(path)
            assert watch.page.evaluate(f"({_MARKUP})(document)") == [1, []], path
        assert watch.page.locator(".problems li").count() > 0
        for path, markup in zip(pages, watch.parse(pages, _MARKUP), strict=True):
            assert markup == [1, []], path
    assert watch.seen.ran == []
    assert watch.seen.strange == []
    assert "Traceback" not in preview.printed()
