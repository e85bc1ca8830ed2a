"""Whatever text is read whole comes out whole: on the pages, in the JSON and in the tables.

Each text is typed as an author might, in any field of text of the format. All of it is fictional.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from html.parser import HTMLParser

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.exports.csv_files import cell
from generator.model.fields import read_line, read_quote
from generator.model.prose_markdown import plain
from generator.reading.source_files import read_tree
from generator.rules import RULES
from generator.rules.base import CheckSettings
from tests.building import EVERY_KEY
from tests.published import SETTINGS, leaves
from tests.reading.test_words_kept import STYLES, TEXTS, is_typed_text
from tests.reference import Site, build_site
from tests.typed import Field, text_fields, verdict

#: Wording to watch is on no page, and an unread draft's on none either.
FIELDS = {name: field for name, field in text_fields().items() if "style" not in field.file}
#: Nothing but the form of the files can be wrong.
NO_RULE = CheckSettings({rule.id: None for rule in RULES})
FEW, MANY = 12, 600


class _Words(HTMLParser):
    """The words of a page, without tags and without spaces."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def squeezed(text: str) -> str:
    """``text`` without what a page or a program makes of spaces."""
    return re.sub(r"\s+", "", text)


@cache
def files() -> Mapping[str, bytes]:
    return dict(read_tree(EVERY_KEY / "briefings", EVERY_KEY / "data"))


def _cells(site: Site) -> set[str]:
    tables = (text for path, text in site.assets.items() if path.endswith(".csv"))
    rows = (row for text in tables for row in csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    return {cell for row in rows for cell in row}


def _shown(field: Field, value: str) -> tuple[str, str]:
    """A value as data hold it, and as a page shows it without its markup."""
    if field.kind == "line":
        line = read_line(value)
        return line, line
    if field.kind == "quote":
        return read_quote(value), read_quote(value)
    return value, plain(value)


@st.composite
def _typed(draw: st.DrawFn) -> tuple[str, str, str]:
    name = draw(st.sampled_from(sorted(FIELDS)))
    return name, draw(TEXTS.filter(is_typed_text)), draw(st.sampled_from(STYLES))


def test_texts_that_are_read_come_out_whole(torture: bool) -> None:
    count = 0

    @settings(
        max_examples=MANY if torture else FEW,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(_typed())
    @example(("briefings/halden.yml:briefings.positions.text", r'"one\ntwo \"three\""', "block"))
    @example(("briefings/halden.yml:briefings.positions.quotes.text", "'it''s # \\n'", "last"))
    @example(("briefings/halden.yml:briefings.positions.venue", "<b>& *x* {{ y }}", "block"))
    @example(("data/actors.yml:data.also_known_as", "=1+1", "first"))
    def come_out(case: tuple[str, str, str]) -> None:
        nonlocal count
        count += _comes_out(*case)

    come_out()
    assert count > FEW / 4


def _comes_out(name: str, raw: str, style: str) -> bool:
    """Whether a text is read whole; fail if it then isn't shown whole."""
    field = FIELDS[name]
    whole, _, outcome, typed = verdict(field, raw, style)
    if not whole or outcome.reading is None or outcome.unread:
        return False
    value = outcome.reading.document.value(field.path)
    site = build_site({**files(), field.file: typed.content.encode()}, SETTINGS, NO_RULE)
    if site.errors:
        return False
    held, shown = _shown(field, value)
    assert held in set(leaves(json.loads(site.assets["data/briefings.json"])))
    if {"name", "role", "description"} & {str(key) for key in field.path[-2:-1]}:
        return True  # in another language: pages and tables of this site have the first
    cells = _cells(site)
    # Several texts in one cell, as other names of an actor are, are side by side there.
    assert cell(shown) in cells or any(shown in listed for listed in cells)
    words = squeezed(shown)
    assert any(words in page for page in _pages(site))
    return True


def _pages(site: Site) -> Iterator[str]:
    """The words of each page, without spaces."""
    for page in site.pages:
        parser = _Words()
        parser.feed(page.markdown)
        yield squeezed("".join(parser.parts))
