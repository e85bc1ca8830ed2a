"""Every key of the format: used in tests/cases/every-key, and shown where a reader expects it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from pydantic import BaseModel

from generator.model.briefing import Briefing
from generator.model.fields import Reference, Text
from generator.model.introspection import Key, keys
from generator.model.registries import Actor, Place, Source, Style, Topic
from tests.building import EVERY_KEY, Built, as_typed, briefing_files, squeezed

REGISTRIES: dict[str, type[BaseModel]] = {
    "actors": Actor, "topics": Topic, "places": Place, "sources": Source, "style": Style,
}  # fmt: skip
WORDINGS = {
    "2008~": "about 2008",
    "2009-06": "June 2009",
    "2009-06-11": "11 June 2009",
    "2015-11?": "November 2015 (uncertain)",
    "2016-01-10": "10 January 2016",
    "2023-05": "May 2023",
    "2024": "2024",
    "2025-01": "January 2025",
    "2025-01-05": "5 January 2025",
    "2025-01-06": "6 January 2025",
    "2025-02-10": "10 February 2025",
    "2025-02-10/2025-02-12": "10–12 February 2025",
    "2025-02-12~": "about 12 February 2025",
    "2025-02-13": "13 February 2025",
    "2025-02-14": "14 February 2025",
    "2025-02-14~": "about 14 February 2025",
    "2025-02-15": "15 February 2025",
    "2025-02-16": "16 February 2025",
    "2025-02-20": "20 February 2025",
    "2025-03-01": "1 March 2025",
    "2025-03-02": "2 March 2025",
    "2025-03-04": "4 March 2025",
    "2025-03-05": "5 March 2025",
    "2025-03-06": "6 March 2025",
    "2030-09-01": "1 September 2030",
}
LANGUAGES = {"en": "English", "no": "Norwegian", "ar": "Arabic", "fr": "French"}
WORDS = {
    "Briefing.status": {"published": "Published", "archived": "Archived"},
    "Position.kind": {"allegation": "Allegation", "demand": "Demand", "statement": "Statement"},
    "Response.stance": {"denies": "denies", "disputes": "disputes"},
    "Source.title_by": {"editors": "†"},
    "Change.kind": {
        "correction": "Correction", "update": "Update", "clarification": "Clarification",
    },
    "Quotation.form": {"translation": "translation", "verbatim": "as printed"},
    "Actor.type": {
        "state": "State", "organisation": "Organisation", "government": "Government body",
        "armed_group": "Armed group", "media": "News outlet", "person": "Person",
    },
    "Source.type": {
        "treaty": "treaty", "dataset": "data set", "webpage": "web page",
        "article-newspaper": "news article",
    },
    # Codes that ISO 3166 leaves to users have no name, so they stand as typed.
    "country": {"XN": "XN", "XE": "XE"},
}  # fmt: skip


@dataclass(frozen=True)
class Use:
    """One value of one key: the mapping it stands in, and the part of the site that shows it."""

    name: str
    key: Key
    value: str
    holder: dict[str, Any]
    briefing: str
    page: BeautifulSoup
    scope: Tag

    @property
    def text(self) -> str:
        """What a reader sees of the part."""
        return squeezed(self.scope.get_text())


def test_every_key_of_the_format_is_used_in_these_files() -> None:
    assert _all_keys() - set(_used()) == set()


def test_the_site_that_uses_every_key_is_built_strictly(every_key_site: Built) -> None:
    assert every_key_site.code == 0, every_key_site.output
    assert "WARNING" not in every_key_site.output


def _all_keys() -> set[str]:
    names: set[str] = set()

    def walk(model: type[BaseModel]) -> None:
        for key in keys(model):
            names.add(f"{model.__name__}.{key.name}")
            if key.model:
                walk(key.model)

    for model in (Briefing, *REGISTRIES.values()):
        walk(model)
    return names


def _used() -> dict[str, list[Any]]:
    used: dict[str, list[Any]] = defaultdict(list)

    def walk(model: type[BaseModel], data: dict[str, Any]) -> None:
        for key in keys(model):
            if key.name not in data:
                continue
            held = data[key.name]
            used[f"{model.__name__}.{key.name}"].append(held)
            for element in (held if isinstance(held, list) else [held]) if key.model else []:
                walk(key.model, element)

    for _, path in briefing_files(EVERY_KEY):
        walk(Briefing, as_typed(path))
    for name, model in REGISTRIES.items():
        for entry in as_typed(EVERY_KEY / "data" / f"{name}.yml").values():
            walk(model, entry)
    return used


# Keys whose values stand on no page, each with the reason.
NOT_SHOWN = {
    "Style.loaded": "the editors' own list of wording, for checks",
    "Style.attribution": "the editors' own list of wording, for checks",
    "WatchedTerm.term": "the editors' own list of wording, for checks",
    "WatchedTerm.forms": "the editors' own list of wording, for checks",
    "WatchedTerm.instead": "the editors' own list of wording, for checks",
}


def _leaves() -> list[str]:
    """The keys that hold values rather than further mappings."""
    names: set[str] = set()

    def walk(model: type[BaseModel]) -> None:
        for key in keys(model):
            if key.model:
                walk(key.model)
            else:
                names.add(f"{model.__name__}.{key.name}")

    for model in (Briefing, *REGISTRIES.values()):
        walk(model)
    return sorted(names - set(NOT_SHOWN))


@pytest.mark.parametrize("name", _leaves())
def test_each_value_is_shown_where_a_reader_expects_it(every_key_site: Built, name: str) -> None:
    uses = [use for use in _uses(every_key_site) if use.name == name]
    assert uses, f"no published file of tests/cases/every-key uses {name}"
    shows = RULES.get(name) or _rule_of_kind(uses[0].key)
    missing = [use.value for use in uses if not shows(use)]
    assert missing == []


def test_changes_are_listed_on_the_page_of_all_changes_too(every_key_site: Built) -> None:
    text = squeezed(every_key_site.page("changes/").get_text())
    for change in as_typed(EVERY_KEY / "briefings" / "halden.yml")["changes"]:
        head = f"{WORDINGS[change['date']]} {WORDS['Change.kind'][change['kind']]}"
        assert head in text
        assert change["text"] in text


@pytest.mark.parametrize("page", ["actors/sundmark/", "actors/esteria/"])
def test_a_withdrawal_is_shown_wherever_the_statement_is(every_key_site: Built, page: str) -> None:
    text = squeezed(every_key_site.page(page).get_text())
    assert "Withdrawn by its author, 1 March 2025" in text
    assert "It had not seen the gauge." in text


def test_an_echo_is_shown_as_repetition_on_both_sides(every_key_site: Built) -> None:
    page = every_key_site.page("halden/")
    echo, original = _statement(page, "sundmark-echo"), _statement(page, "diversion")
    assert "Repeats (no further support)" in echo.get_text()
    assert "Repeated in" in original.get_text()
    assert original.select_one('a[href="#sundmark-echo"]')


@pytest.mark.parametrize(
    ("accused", "status"),
    [
        ("Esteria", "Answered"),
        ("Upstream Works", "No reply found"),
    ],
)
def test_each_accused_party_has_its_reply_status_at_a_glance(
    every_key_site: Built, accused: str, status: str
) -> None:
    table = every_key_site.page("halden/").select_one("table.brief")
    assert table
    assert table.caption
    assert table.caption.get_text() == "Claims and replies, as of 5 March 2025"
    rows = table.select("tbody tr")
    assert any(f"{accused} {status}" in squeezed(row.get_text(" ")) for row in rows)


def test_a_reply_older_than_the_allegation_is_no_answer_to_it(every_key_site: Built) -> None:
    rows = every_key_site.page("halden/").select("table.brief tbody tr")
    row = next(row for row in rows if row.select_one('th a[href="#second"]'))
    assert "Earlier denial" in row.get_text()
    assert "Answered" not in row.get_text()


def test_a_former_address_of_a_briefing_leads_to_it(every_key_site: Built) -> None:
    page = every_key_site.pages["halden-river/index.html"]
    assert page.select_one('a[href="../halden/"]')


def _uses(site: Built) -> Iterator[Use]:
    yield from _all_uses(site.folder.as_posix(), site)


_cached_uses: dict[str, list[Use]] = {}


def _all_uses(where: str, site: Built) -> list[Use]:
    if where not in _cached_uses:
        _cached_uses[where] = [*_of_briefings(site), *_of_registries(site)]
    return _cached_uses[where]


def _of_briefings(site: Built) -> Iterator[Use]:
    for name, path in briefing_files(EVERY_KEY):
        data = as_typed(path)
        if data.get("status", "draft") != "draft":
            page = site.page(f"{name}/")
            yield from _walk(Briefing, data, name, page, _article(page))


def _of_registries(site: Built) -> Iterator[Use]:
    for folder in ("actors", "topics", "places"):
        for entry_id, entry in as_typed(EVERY_KEY / "data" / f"{folder}.yml").items():
            page = site.page(f"{folder}/{entry_id}/")
            yield from _walk(REGISTRIES[folder], entry, "", page, _article(page))
    for source_id, source in as_typed(EVERY_KEY / "data" / "sources.yml").items():
        page = site.page("halden/")
        scope = page.find(id=f"source--{source_id}")
        assert isinstance(scope, Tag), source_id
        yield from _walk(Source, source, "halden", page, scope)


def _walk(
    model: type[BaseModel], data: dict[str, Any], briefing: str, page: BeautifulSoup, scope: Tag
) -> Iterator[Use]:
    for key in keys(model):
        held = data.get(key.name)
        if held is None:
            continue
        if isinstance(key.role, Text) and key.role.by_language and isinstance(held, dict):
            held = _first_text(held)
        for index, entry in enumerate(held if isinstance(held, list) else [held]):
            if key.model:
                inner = _scope_of(key.model, entry, index, page, scope)
                yield from _walk(key.model, entry, briefing, page, inner)
            else:
                name = f"{model.__name__}.{key.name}"
                yield Use(name, key, entry, data, briefing, page, scope)


def _scope_of(
    model: type[BaseModel], data: dict[str, Any], index: int, page: BeautifulSoup, scope: Tag
) -> Tag:
    """The part of the page that a mapping is shown in: the smallest that a reader would look at."""
    match model.__name__:
        case "Event":
            element = page.find(id=data.get("id", f"event--{index + 1}"))
        case "Position" | "Response":
            element = _statement(page, data["id"])
        case "ListedSource":
            element = page.find(id=f"source--{data['id']}")
        case "Quotation":
            element = _first(
                scope, ".quotation", lambda shown_text: data["text"].split("\n")[0] in shown_text
            )
        case "Related" | "Change":
            shown = data.get("title") or data.get("text") or data["note"]
            folder = "related" if model.__name__ == "Related" else "changes"
            element = _first(scope, f"ul.{folder} > li", lambda shown_text: shown in shown_text)
        case "ReportedDate":
            element = _first(
                scope, ".accounts", lambda shown_text: "Sources date this differently" in shown_text
            )
        case "Discrepancy":
            element = _first(scope, ".accounts", lambda shown_text: data["about"] in shown_text)
        case "Version":
            element = _first(
                scope, ".version", lambda shown_text: _plain(data["text"])[0] in shown_text
            )
        case "Withdrawal":
            element = _first(scope, ".withdrawn", lambda shown_text: data["text"] in shown_text)
        case "NoResponse":
            name = _names()["actor"][data["party"]]
            exchange = scope.find_parent(class_="exchange")
            assert exchange, data
            element = _first(exchange, ".silence", lambda text: text.startswith(f"{name}: no "))
        case _:
            element = scope
    assert isinstance(element, Tag), f"nothing on the page shows {model.__name__} {data}"
    return element


def _statement(page: BeautifulSoup, statement_id: str) -> Tag:
    anchor = page.find(id=statement_id)
    article = anchor.find_parent("article", class_="statement") if anchor else None
    assert article, f"no statement {statement_id}"
    return article


def _first(scope: Tag, selector: str, holds: Callable[[str], bool]) -> Tag | None:
    return next(
        (element for element in scope.select(selector) if holds(squeezed(element.get_text()))), None
    )


def _article(page: BeautifulSoup) -> Tag:
    article = page.select_one("article.md-content__inner")
    assert article
    return article


def _first_text(value: Any) -> Any:
    """A text, or the first of a text by language, which stands for languages that have none."""
    return next(iter(value.values())) if isinstance(value, dict) else value


@cache
def _names() -> dict[str, dict[str, str]]:
    """What readers call each id, by kind."""
    return {
        kind: {
            entry_id: _first_text(entry["name"])
            for entry_id, entry in as_typed(EVERY_KEY / "data" / file).items()
        }
        for kind, file in (
            ("actor", "actors.yml"), ("topic", "topics.yml"), ("place", "places.yml"),
        )
    }  # fmt: skip


def _rule_of_kind(key: Key) -> Callable[[Use], bool]:
    if isinstance(key.role, Reference):
        return _REFERENCES[key.role.to]
    if isinstance(key.role, Text):
        return {"line": _as_typed_line, "quote": _quoted, "prose": _prose}[key.role.kind]
    raise AssertionError(f"say in RULES how a page shows {key.name}")


def _as_typed_line(use: Use) -> bool:
    return squeezed(use.value) in use.text


def _quoted(use: Use) -> bool:
    lines = use.value.rstrip("\n").split("\n")
    return any(
        lines
        == [squeezed(line) for line in element.get_text("\n").strip().split("\n") if line.strip()]
        for element in use.scope.select("blockquote p")
    )


def _prose(use: Use) -> bool:
    return all(part in use.text for part in _plain(use.value))


def _plain(prose: str) -> list[str]:
    """The words of a prose text as readers see them, in the pieces between its citations."""
    words = re.sub(r"\[([^@\]][^\]]*)\]\([^)]*\)", r"\1", squeezed(prose)).replace("*", "")
    return [piece.strip() for piece in re.split(r"\[@[^\]]*\]", words) if piece.strip(" .")]


def _dated(use: Use) -> bool:
    return WORDINGS[use.value] in use.text


def _named_date(label: str) -> Callable[[Use], bool]:
    return lambda use: f"{label} {WORDINGS[use.value]}" in squeezed(use.scope.get_text(" "))


def _worded(name: str) -> Callable[[Use], bool]:
    return lambda use: WORDS[name][use.value] in use.text


def _links_to(folder: str) -> Callable[[Use], bool]:
    def shows(use: Use) -> bool:
        name = _names()[folder.removesuffix("s")][use.value]
        links = use.scope.select(f'a[href$="{folder}/{use.value}/"], a[href$="../{use.value}/"]')
        return any(squeezed(link.get_text()) == name for link in links)

    return shows


def _names_party(use: Use) -> bool:
    return _names()["actor"][use.value] in use.text


def _cites(use: Use) -> bool:
    return bool(use.scope.select(f'a.citation[href$="#source--{use.value}"]'))


def _anchor(use: Use) -> bool:
    return len(use.page.find_all(id=use.value)) == 1


def _anchor_of_source(use: Use) -> bool:
    return len(use.page.find_all(id=f"source--{use.value}")) == 1


def _leads_to_statement(use: Use) -> bool:
    briefing, mark, own = use.value.rpartition("#")
    ending = f"{briefing}/#{own}" if mark else f"#{own}"
    return bool(use.scope.select(f'a[href$="{ending}"]'))


def _answers(use: Use) -> bool:
    """An answer stands next to a claim, and links to the others that it answers."""
    exchange = use.scope.find_parent(class_="exchange")
    assert exchange
    return bool(exchange.find("h3", id=use.value)) or _leads_to_statement(use)


def _leads_to_briefing(use: Use) -> bool:
    return bool(use.scope.select(f'a[href$="../{use.value}/"]'))


def _href(use: Use) -> bool:
    return any(link["href"] == use.value for link in use.scope.select("a[href]"))


def _language_of_words(use: Use) -> bool:
    return LANGUAGES[use.value] in use.text and bool(use.scope.select(f'[lang="{use.value}"]'))


def _shared_title(source_id: str) -> str:
    title: str = as_typed(EVERY_KEY / "data" / "sources.yml")[source_id]["title"]
    return title


def _words_of(use: Use) -> bool:
    return f"Words of {_names()['actor'].get(use.value, use.value)}" in use.text


def _silent_until(use: Use) -> bool:
    """The day is left out where the page's head has it for all replies."""
    page = squeezed(_article(use.page).get_text(" "))
    return (
        f"reply found as of {WORDINGS[use.value]}" in use.text
        or f"Checked to {WORDINGS[use.value]}" in page
    )


def _rivals_stand_together(use: Use) -> bool:
    group = use.scope.find_parent(class_="renderings")
    return group is not None and len(group.select(".quotation")) > 1


def _carries(use: Use) -> bool:
    link = use.scope.select_one(f'a[href$="#source--{use.value}"]')
    return "Carries the text of" in use.text and (link is not None or use.value in use.text)


def _publisher(use: Use) -> bool:
    return _names()["actor"].get(use.value, use.value) in use.text


def _coordinate(letters: str) -> Callable[[Use], bool]:
    def shows(use: Use) -> bool:
        letter = letters[float(use.value) < 0]
        return f"{use.value.removeprefix('-')}° {letter}" in use.text

    return shows


def _source(**rules: Callable[[Use], bool]) -> dict[str, Callable[[Use], bool]]:
    return {
        f"{model}.{key}": rule
        for model in ("Source", "ListedSource")
        for key, rule in rules.items()
    }


_REFERENCES: dict[str, Callable[[Use], bool]] = {
    "actor": _links_to("actors"),
    "topic": _links_to("topics"),
    "place": _links_to("places"),
    "source": _cites,
    "position": _leads_to_statement,
    "own_position": _leads_to_statement,
    "basis": _leads_to_statement,
    "briefing": _leads_to_briefing,
}
RULES: dict[str, Callable[[Use], bool]] = {
    "Briefing.status": _worded("Briefing.status"),
    "Briefing.language": lambda use: bool(use.scope.select(f'[lang="{use.value}"]')),
    "Briefing.published": _named_date("Published"),
    "Briefing.updated": _named_date("Updated"),
    "Briefing.as_of": _named_date("Checked to"),
    "Briefing.review_by": _named_date("To be reviewed by"),
    "Briefing.aliases": _as_typed_line,
    "Event.id": _anchor,
    "Event.aliases": _anchor,
    "Event.date": _dated,
    "ReportedDate.date": _dated,
    "Withdrawal.date": _named_date("Withdrawn by its author,"),
    "Position.id": _anchor,
    "Position.aliases": _anchor,
    "Position.date": _dated,
    "Position.kind": _worded("Position.kind"),
    "Position.against": _names_party,
    "Position.addressed_to": _names_party,
    "Response.to": _answers,
    "Response.id": _anchor,
    "Response.aliases": _anchor,
    "Response.date": _dated,
    "Response.stance": _worded("Response.stance"),
    "Position.stance": _worded("Response.stance"),
    "Version.language": _language_of_words,
    "NoOriginal.as_of": lambda use: (
        f"Original looked for and not found, as of {WORDINGS[use.value]}" in use.text
    ),
    "Quotation.words_of": _words_of,
    "NoResponse.as_of": _silent_until,
    "Quotation.form": _worded("Quotation.form"),
    "Quotation.language": _language_of_words,
    "Quotation.rendering_of": _rivals_stand_together,
    "Original.language": _language_of_words,
    "Related.url": _href,
    "Change.date": _dated,
    "Change.kind": _worded("Change.kind"),
    "ListedSource.id": _anchor_of_source,
    "Actor.type": _worded("Actor.type"),
    "Actor.country": _worded("country"),
    "Actor.wikidata": lambda use: bool(use.scope.select(f'a[href$="/{use.value}"]')),
    "Role.sources": lambda use: _shared_title(use.value) in use.text,
    "Role.from": lambda use: f"from {WORDINGS[use.value]}" in use.text,
    "Role.until": lambda use: f"until {WORDINGS[use.value]}" in use.text,
    "Place.country": _worded("country"),
    "Place.latitude": _coordinate("NS"),
    "Place.longitude": _coordinate("EW"),
} | _source(
    type=_worded("Source.type"),
    title_by=_worded("Source.title_by"),
    publisher=_publisher,
    # Most sources are secondary, so only primary ones have a mark.
    nature=lambda use: (use.value == "primary") is ("primary source" in use.text),
    date=_dated,
    url=_href,
    archive_url=_href,
    accessed=_named_date("Read on"),
    language=lambda use: LANGUAGES[use.value] in use.text,
    carries=_carries,
)
