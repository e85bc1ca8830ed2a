"""What a build does with broken files, with a new file, and with texts that look like markup."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from pydantic import BaseModel

from generator.model.briefing import Briefing
from generator.model.fields import CLAIM_LENGTH, Text
from generator.model.introspection import keys
from generator.model.registries import Actor, Place, Source, Topic
from generator.reading.source_files import read_tree
from generator.rules import ERRORS_ONLY
from tests.building import (
    Built,
    as_typed,
    briefing_files,
    build,
    bytes_by_path,
    every_key_project,
    squeezed,
)
from tests.reference import check_site

BROKEN = {
    "briefings/halden.yml": [
        ("status: published\n", "status: publishd\n"),
        ("    against: [esteria, upstream-works]\n", "    against: [esteria, downstream]\n"),
        ("    date: 2025-02-20\n", "    date: 20 February\n"),
    ],
    "briefings/river/flood.yml": [("title: The Halden flood\n", "title: [The Halden flood\n")],
    "data/places.yml": [("parent: halden", "parent: nowhere")],
    "data/actors.yml": [("sundmark: {name: Sundmark, type: state}", "sundmark: {type: nation}")],
}

NEWCOMER = """\
title: Sundmark asks for a bridge at Orm
summary: Sundmark asks Norland for a bridge [@appeal].
status: published
published: 2025-04-01
topics: [nature]
places: [orm]
background: []
positions:
  - id: bridge
    party: sundmark
    kind: demand
    addressed_to: [norland]
    date: 2025-03-31
    text: A bridge should be built within the year.
    sources: [appeal]
responses: []
sources:
  - {id: appeal, title: Appeal for a bridge, publisher: Sundmark Herald, date: 2025-03-31}
"""


@dataclass(frozen=True)
class Story:
    """A tree that was whole, then broken, then mended and given one more briefing."""

    before: Built
    broken: Built
    wrong: dict[str, str]
    left: dict[str, bytes]
    untouched: dict[str, bytes]
    after: Built


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    folder = tmp_path_factory.mktemp("story")
    project, site = every_key_project(folder / "project"), folder / "site"
    whole = bytes_by_path(project)
    before = build(project, site)
    untouched = bytes_by_path(site)
    # The next build takes the place of this one.
    before = replace(before, folder=shutil.copytree(site, folder / "before"))
    wrong = {}
    for name, changes in BROKEN.items():
        text = (project / name).read_text(encoding="utf-8")
        for old, new in changes:
            assert text.count(old) >= 1, f"{name} has no {old!r} to break"
            text = text.replace(old, new, 1)
        (project / name).write_text(text, encoding="utf-8")
        wrong[name] = text
    broken = build(project, site)
    left = bytes_by_path(site)
    for name in BROKEN:
        (project / name).write_bytes(whole[name])
    (project / "briefings" / "bridge.yml").write_text(NEWCOMER, encoding="utf-8")
    after = build(project, site, "--strict")
    return Story(before, broken, wrong, left, untouched, after)


def test_a_tree_without_mistakes_is_built(story: Story) -> None:
    assert story.before.code == 0, story.before.output


def test_a_build_of_broken_files_fails(story: Story) -> None:
    assert story.broken.code != 0


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("briefings/halden.yml", "publishd"),
        ("briefings/halden.yml", "downstream"),
        ("briefings/halden.yml", "20 February"),
        ("data/places.yml", "nowhere"),
        ("data/actors.yml", "nation"),
    ],
)
def test_each_mistake_is_reported_with_its_file_line_and_column(
    story: Story, file: str, words: str
) -> None:
    line, column = _position(story.wrong[file], words)
    reported = [line for line in story.broken.output.splitlines() if words in line and file in line]
    assert any(f"{file}:{line}:{column}: error: " in text for text in reported), story.broken.output


def test_a_file_that_is_no_yaml_does_not_hide_the_mistakes_of_the_others(story: Story) -> None:
    assert re.search(r"briefings/river/flood\.yml:\d+:\d+: error: ", story.broken.output)
    files = set(re.findall(r"((?:briefings|data)/\S+?\.yml):\d+:\d+: error", story.broken.output))
    assert files == set(BROKEN)


def test_a_missing_key_is_reported_where_it_belongs(story: Story) -> None:
    line, _ = _position(story.wrong["data/actors.yml"], "sundmark: {")
    assert re.search(rf"data/actors\.yml:{line}:\d+: error: .*`name`", story.broken.output)


def test_mistakes_are_reported_without_a_traceback(story: Story) -> None:
    assert "Traceback" not in story.broken.output
    assert not re.search(r'^\s+File ".*\.py", line \d+', story.broken.output, re.MULTILINE)


def test_how_many_mistakes_there_are_is_reported_at_the_end(story: Story) -> None:
    reported = len(re.findall(r"\.yml:\d+:\d+: error: ", story.broken.output))
    assert f"Nothing was built: {reported} errors" in story.broken.output


def test_a_failed_build_leaves_the_earlier_site_as_it_was(story: Story) -> None:
    assert story.untouched
    assert story.left == story.untouched


def test_fixed_files_are_built_again(story: Story) -> None:
    assert story.after.code == 0, story.after.output
    assert set(story.before.pages) < set(story.after.pages)


def test_a_new_file_is_a_new_page(story: Story) -> None:
    assert set(story.after.pages) - set(story.before.pages) == {"bridge/index.html"}
    page = story.after.page("bridge/")
    assert page.h1
    assert "Sundmark asks for a bridge at Orm" in page.h1.get_text()
    assert page.find(id="bridge")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "Sundmark asks for a bridge at Orm"),
        ("actors/sundmark/", "A bridge should be built within the year."),
        ("actors/norland/", "A bridge should be built within the year."),
        ("topics/nature/", "Sundmark asks for a bridge at Orm"),
        ("places/orm/", "Sundmark asks for a bridge at Orm"),
        ("timeline/", "A bridge should be built within the year."),
        ("sources/", "Appeal for a bridge"),
    ],
)
def test_a_new_briefing_appears_wherever_it_belongs(story: Story, address: str, words: str) -> None:
    text = squeezed(_article(story.after.page(address)).get_text())
    assert words in text
    assert words not in squeezed(_article(story.before.page(address)).get_text())
    assert story.after.page(address).select_one('a[href*="bridge/"]')


def test_the_search_finds_a_new_briefing(story: Story) -> None:
    assert "bridge/#bridge" in {record["location"] for record in story.after.search_index}


@pytest.mark.parametrize(
    ("old", "new"),
    [("status: archived", "status: archivd"), ("positions:", "positons:")],
)
def test_a_mistake_in_one_briefing_is_not_reported_for_those_that_refer_to_it(
    tmp_path: Path, old: str, new: str
) -> None:
    project = every_key_project(tmp_path / "project")
    path = project / "briefings" / "river" / "flood.yml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    problems = check_site(read_tree(project / "briefings", project / "data"), ERRORS_ONLY)
    assert {problem.location.path for problem in problems} == {"briefings/river/flood.yml"}


# Texts that look like markup. Each line and each quotation of the format gets one of the starts,
# then its own number, so that it can be looked for, then the rest.
STARTS = (
    "# ", "- ", "1. ", "> ", "=== ", "*** ", "| a | b | ", "title: x ", "--- ", "{: #page--title }",
    "{{ x }} ", "{% raw %} ", "![a](b) ", "[^1]: ", "&copy; ", "--8<-- 'mkdocs.yml' ", "<!-- ",
    "\\", "~~~ ", "::: ", "$$ ", "<div markdown='1'> ", "é\u0301 ",
)  # fmt: skip
REST = (
    "<b>B</b> {{ x }} {% if %} {# c #} *i* **s** __u__ `c` &amp; &lt; &#42; [a](b) [c][d] http://e.example/"
    " </title><script>alert(1)</script> \"><img src=x onerror=alert(1)> '><svg/onload=alert(1)>"
    " <a href=javascript:alert(1)>l</a> </div></article></blockquote></bdi> { #id .class } ]]> -->"
    " \\*e\\* ~~d~~ H~2~O a^2^ :smile: ++i++ ==m== \\( \\"
)
FILES: dict[str, type[BaseModel]] = {
    "actors": Actor, "topics": Topic, "places": Place, "sources": Source,
}  # fmt: skip


@dataclass(frozen=True)
class Hostile:
    """A site in which each line and each quotation looks like markup."""

    typed: dict[str, list[str]]
    site: Built


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    project = every_key_project(tmp_path_factory.mktemp("hostile") / "project")
    typed: dict[str, list[str]] = {}
    starts = cycle(STARTS)

    def changed(kind: str, name: str) -> str:
        number = sum(map(len, typed.values()))
        text = f"{next(starts)}n{number}n {REST}"
        if name == "Position.claim":
            text = text[:CLAIM_LENGTH].rstrip()
        if kind == "quote":
            text += f"\n    second line {text}\n\n{next(starts)}third line"
        typed.setdefault(name, []).append(text)
        return text

    for _, path in briefing_files(project):
        data = as_typed(path)
        if data.get("status"):
            _replace(data, Briefing, changed)
        _write(path, data)
    for name, model in FILES.items():
        path = project / "data" / f"{name}.yml"
        data = as_typed(path)
        for value in data.values():
            _replace(value, model, changed)
        _write(path, data)
    site = build(project, project / "site", "--strict")
    return Hostile(typed, replace(site, parser="html5lib"))  # as browsers read any HTML


def test_texts_that_look_like_markup_are_no_mistake(hostile: Hostile) -> None:
    assert hostile.site.code == 0, hostile.site.output
    assert hostile.typed.keys() >= {"Briefing.title", "Quotation.text", "Original.text"}


def _line_keys() -> Iterator[str]:
    seen: set[type[BaseModel]] = set()

    def walk(model: type[BaseModel]) -> Iterator[str]:
        if model in seen:
            return
        seen.add(model)
        for key in keys(model):
            if key.model:
                yield from walk(key.model)
            elif isinstance(key.role, Text) and key.role.kind in ("line", "quote"):
                yield f"{model.__name__}.{key.name}"

    for model in (Briefing, *FILES.values()):
        yield from walk(model)


@pytest.mark.parametrize("key", sorted(set(_line_keys())))
def test_each_line_and_each_quotation_comes_out_as_typed(hostile: Hostile, key: str) -> None:
    shown = _shown_text(hostile.site)
    assert key in hostile.typed, f"no file of tests/cases/every-key uses {key}"
    for text in hostile.typed[key]:
        wanted = text if "\n" in text else squeezed(text)
        assert wanted in shown, f"{key}: {text}"


def test_nothing_typed_becomes_an_element(hostile: Hostile) -> None:
    for path, page in hostile.site.pages.items():
        made = page.select(
            "b, svg[onload], img[src=x], a[href=b], a[href^=javascript], [onerror], [onload], sub, "
            "sup, mark, ins, del, .class, [id=id], h1 em, h1 strong, code"
        )
        strange = [item for item in made if not _is_themes_own(item)]
        assert strange == [], path
        scripts = page.select("script:not([type='application/ld+json'])")
        assert not [script for script in scripts if "alert(1)" in script.get_text()], path


def test_titles_with_markup_do_not_end_the_title_of_the_page(hostile: Hostile) -> None:
    (title,) = [typed_text for typed_text in hostile.typed["Briefing.title"] if "n0n" in typed_text]
    page = hostile.site.page("halden/")
    assert page.title
    assert page.title.get_text() == f"{squeezed(title)} – Fictional briefings"
    (actor,) = [
        typed_text
        for typed_text in hostile.typed["Actor.name"]
        if typed_text in hostile.site.page("actors/esteria/").get_text()
        and hostile.site.page("actors/esteria/").h1
        and _heading(hostile.site.page("actors/esteria/")) == squeezed(typed_text)
    ]
    page = hostile.site.page("actors/esteria/")
    assert page.title
    assert page.title.get_text() == f"{squeezed(actor)} – Fictional briefings"


def _replace(data: dict[str, Any], model: type[BaseModel], changed: Any) -> None:
    for key in keys(model):
        held = data.get(key.name)
        if not held:
            continue
        name = f"{model.__name__}.{key.name}"
        if key.model:
            for value in held if key.many else [held]:
                _replace(value, key.model, changed)
        elif isinstance(key.role, Text) and key.role.kind in ("line", "quote"):
            kind = key.role.kind
            data[key.name] = (
                [changed(kind, name) for _ in held] if key.many else changed(kind, name)
            )


def _write(path: Path, data: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _shown_text(site: Built) -> str:
    """What readers see: each page's text, line by line where the page breaks lines by `<br>`."""
    return "\n".join(_lines(page) for page in site.pages.values())


def _lines(page: BeautifulSoup) -> str:
    article = _article(page)
    blocks = article.select("blockquote p")
    quoted = []
    for block in blocks:
        text = "".join(
            "\n" if isinstance(child, Tag) and child.name == "br" else child.get_text()
            for child in block.children
        )
        quoted.append(text)
    return "\n".join([squeezed(article.get_text()), *quoted])


def _heading(page: BeautifulSoup) -> str:
    assert page.h1
    return squeezed(page.h1.get_text()).strip()


def _article(page: BeautifulSoup) -> Tag:
    article = page.select_one("article.md-content__inner") or page.body
    assert article
    return article


def _is_themes_own(element: Tag) -> bool:
    parent = element.find_parent(class_=["md-nav", "md-header", "md-footer", "md-search"])
    aliases = element.name == "code" and element.find_previous(
        id=["section--data", "section--json"]
    )
    return bool(parent or aliases)


def _position(text: str, words: str) -> tuple[int, int]:
    """The line and the column, from 1, where `words` begin."""
    before = text[: text.index(words)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")
