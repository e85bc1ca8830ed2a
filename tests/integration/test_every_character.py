"""Whatever is typed into a line or a quotation comes out as it is: on the page and in all data.

The texts are those of the Big List of Naughty Strings, and characters that programs like to change.
The characters stand in each field, the strings of the list in a few; with `--torture` in each too.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest

from generator.exports.csv_files import cell
from generator.model.fields import read_line, read_quote
from tests.building import Built, built_once
from tests.hostile import ADDRESS, Laid, Placed, fitting, lay, naughty
from tests.published import leaves

#: Each text has its own copy of the site, so those that have no need of an end or of the lines
#: around them are one.
CHARACTERS = (
    "NEL\x85, LS\u2028 and PS\u2029 end no line; tab\tin it; "
    "soft\u00adhyphen, zero\u200b\u2060width, \u034f\u17b4, nonchar\ufdd0acter; "
    "e\u0301 is not \u00e9, \u212b is not \u00c5, \ufb01 is not fi; "
    "👩\u200d👩\u200d👧 \U0001d518 \U0010fffd \U000e0067",
    "שָׁלוֹם عليكم",
    "  blanks  at \u00a0 both  ends  ",
    "\u3000\u2003wide\u2003\u3000",
    "&amp; &lt; &#38; &copy &#x1f; \\n \\u0041 \\\\ \\",
    "\n\none\ntwo\n\n  three\r\nfour\n\n\n",
    "'=1+1'",
    "one; two; ",
)
ATOM = "{http://www.w3.org/2005/Atom}"
#: What shares a cell with others of its kind.
LISTED = {
    "Actor.also_known_as", "Topic.also_known_as", "Place.also_known_as", "Role.role",
    "Briefing.authors", "Briefing.reviewers",
}  # fmt: skip
#: What schema.org has no term for: see `tests/rendering/test_json_ld.py`.
UNLINKED = re.compile("^background|^related|discrepancies|no_response")
#: So many copies hold every text; and so many are a site of those where each field has each.
COPIES, TOGETHER = 7, 40


@dataclass(frozen=True)
class Typed:
    """A site, and what was typed into its lines and quotations."""

    laid: Laid
    built: Built

    @cached_property
    def shown(self) -> list[Placed]:
        """What was typed and is shown: drafts and the wording to watch are not, nor are names in
        other languages than the site's.
        """
        unseen = re.compile(r"(.*/)?unfinished|style/.*")
        foreign = re.compile(r".*\.(name|role|description)\.(?!en$)[a-zA-Z-]+")
        lines = (placed_entry for placed_entry in self.laid.placed if placed_entry.kind != "prose")
        return [
            line
            for line in lines
            if not (unseen.fullmatch(line.entry) or foreign.fullmatch(line.field))
        ]

    def page(self, entry: str) -> str:
        """The words of the page that shows an entry; a source stands on a briefing's."""
        kind, _, own = entry.partition("/")
        if kind == "sources":
            number = own.removeprefix("wire-copy").removeprefix("-")
            entry = f"copy-{number}/halden" if number else "halden"
        return self._words(f"{entry}/index.html")

    def _words(self, path: str) -> str:
        if path not in self._pages:
            html = (self.built.folder / path).read_bytes().decode()
            start, end = html.index("<article"), html.rindex("</article>")
            tree = html5lib.parse(html[start:end], namespaceHTMLElements=False)
            self._pages[path] = "".join(_words(tree))
        return self._pages[path]

    @cached_property
    def _pages(self) -> dict[str, str]:
        return {}

    def json(self, path: str) -> Any:
        return json.loads((self.built.folder / path).read_text(encoding="utf-8"))

    @cached_property
    def cells(self) -> set[str]:
        """Every cell of every table."""
        texts: set[str] = set()
        for path in (self.built.folder / "data").glob("*.csv"):
            with path.open(encoding="utf-8-sig", newline="") as file:
                texts.update(cell for row in csv.reader(file) for cell in row)
        return texts


def _words(element: ElementTree.Element) -> Iterator[str]:
    if element.tag == "br":
        yield "\n"
    elif element.tag != "script":
        yield element.text or ""
        for child in element:
            yield from _words(child)
    yield element.tail or ""


def _typed(placed: Placed) -> str:
    return read_line(placed.text) if placed.kind == "line" else read_quote(placed.text)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The site of the characters, and one of the list, or with `--torture` as many as it takes."""
    if "typed" in metafunc.fixturenames:
        whole = metafunc.config.getoption("--torture")
        count = -(-len(naughty()) // TOGETHER) if whole else 1
        sites = ["characters", *range(count)]
        metafunc.parametrize("typed", sites, indirect=True, scope="module")


@pytest.fixture(scope="module")
def typed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, torture: bool
) -> Typed:
    folder: Path = tmp_path_factory.mktemp("typed")
    if request.param == "characters":
        laid = lay(folder / "project", CHARACTERS, range(len(CHARACTERS)), step=1)
    elif torture:
        first = request.param * TOGETHER
        copies = range(first, min(first + TOGETHER, len(naughty())))
        laid = lay(folder / "project", naughty(), copies, step=1)
    else:
        laid = lay(folder / "project", naughty(), range(COPIES))
        held = {"", *(placed_entry.text for placed_entry in laid.placed)}
        assert all(held & {fitting("line", text), fitting("quote", text)} for text in naughty())
    built = built_once(f"typed-{request.param}", laid.project, tmp_path_factory)
    assert built.code == 0, built.output
    return Typed(laid, built)


def test_pages_show_it(typed: Typed) -> None:
    # A page's own line end stands for each of YAML's.
    lost = [
        text
        for text in typed.shown
        if _typed(text).replace("\r\n", "\n") not in typed.page(text.entry)
    ]
    assert lost == []


def test_the_data_of_a_briefing_hold_it(typed: Typed) -> None:
    published: dict[str, set[Any]] = {}
    for text in typed.shown:
        path = f"{text.entry}/index.json" if text.file.startswith("briefings/") else ""
        path = path or "data/briefings.json"
        if path not in published:
            published[path] = set(leaves(typed.json(path)))
        assert _typed(text) in published[path], (text, path)


def test_tables_hold_it(typed: Typed) -> None:
    # Several texts in one cell, as other names of an actor are, stand there side by side.
    whole = "\n".join(typed.cells)
    lost = [
        text
        for text in typed.shown
        if cell(_typed(text)) not in typed.cells
        and (text.key not in LISTED or text.text not in whole)
    ]
    assert lost == []


def test_linked_data_hold_it(typed: Typed) -> None:
    words = {}
    for text in typed.shown:
        if text.file.startswith("briefings/") and not UNLINKED.search(text.field):
            if text.entry not in words:
                words[text.entry] = "\n".join(map(str, _linked(typed, text.entry)))
            assert _typed(text) in words[text.entry], text


def test_feeds_hold_the_titles(typed: Typed) -> None:
    titles = {text.entry: _typed(text) for text in typed.shown if text.key == "Briefing.title"}
    atom = ElementTree.parse(typed.built.folder / "feeds" / "all.xml")
    entries = [*atom.iter(f"{ATOM}entry")]
    assert len(entries) > 10
    for entry in entries:
        link, title = entry.find(f"{ATOM}link"), entry.find(f"{ATOM}title")
        assert link is not None
        assert title is not None
        assert title.text == titles[link.attrib["href"].removeprefix(ADDRESS).rstrip("/")]
    for item in typed.json("feeds/all.json")["items"]:
        assert item["title"] == titles[item["url"].removeprefix(ADDRESS).rstrip("/")]


def _linked(typed: Typed, entry: str) -> list[Any]:
    html = (typed.built.folder / entry / "index.html").read_bytes().decode()
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return [leaf for item in scripts for leaf in leaves(json.loads(item))]
