"""The briefing page: nothing of the data is missing, and each answer is next to its claim, once."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import pytest
from bs4 import BeautifulSoup
from pydantic import BaseModel

from generator.addresses import urls
from generator.collection.entries import BriefingEntry
from generator.collection.linker import Collection, link
from generator.model.edtf import EdtfDate
from generator.model.multilingual import Multilingual
from generator.reading.source_files import read_tree
from generator.rendering.settings import Settings
from generator.rendering.view import View
from tests.building import EVERY_KEY, ROOT
from tests.examples import ENGLISH
from tests.fiction import allegation, briefing, collected, position, response
from tests.published import as_published as shown_text
from tests.published import briefing_page, texts
from tests.reference import load

SITES = {"every-key": EVERY_KEY, "shipped": ROOT}


@cache
def _collection(site: str) -> Collection:
    return link(load(read_tree(SITES[site] / "briefings", SITES[site] / "data")))


def _tree(collection: Collection, briefing_id: str) -> BeautifulSoup:
    return BeautifulSoup(briefing_page(briefing_id, collection, Settings()).body, "html.parser")


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _values(value: object) -> list[object]:
    """All values in a part of the model, however deep."""
    if isinstance(value, BaseModel):
        return [leaf for name in type(value).model_fields for leaf in _values(getattr(value, name))]
    if isinstance(value, list):
        return [leaf for item in value for leaf in _values(item)]
    return [value]


def _texts(entry: BriefingEntry, collection: Collection) -> list[str]:
    """All that an author wrote in a briefing, and what the page shows for ids in it."""
    names = {actor.id: actor.name for actor in collection.actors.values()}
    names |= {source.id: source.title for source in entry.bibliography.values()}
    models = [
        entry.model,
        *(source.model for source in entry.bibliography.values() if source.model),
    ]
    by_language = [text for model in models for text in vars(model).values()]
    others = {
        words
        for text in by_language
        if isinstance(text, Multilingual)
        for words in text.by_language.values()
        if words != text
    }
    written = [
        shown_text(kind, words)
        for model in models
        for kind, words in texts(model)
        if words not in others
    ]
    return [names.get(text, text) for text in written if text] + [
        statement.role for statement in entry.statements if statement.role
    ]


def _prose_links(entry: BriefingEntry, collection: Collection) -> set[str]:
    """The addresses of all links and citations in a briefing's texts."""
    view = View(urls.briefing(entry.id), Settings(), collection, entry)
    html = "".join(view.prose(words) for kind, words in texts(entry.model) if kind == "prose")
    return {str(link["href"]) for link in BeautifulSoup(html, "html.parser").select("a[href]")}


@pytest.mark.parametrize("site", SITES)
def test_all_texts_dates_sources_and_links_of_the_data_are_on_the_page(site: str) -> None:
    collection = _collection(site)
    for briefing_id, entry in collection.briefings.items():
        tree = _tree(collection, briefing_id)
        links = {str(link["href"]) for link in tree.select("a[href]")}
        ids = {str(element["id"]) for element in tree.select("[id]")}
        assert _prose_links(entry, collection) <= links, briefing_id
        related = {related.url for related, _ in entry.related if related.url}
        assert related <= links, briefing_id
        for citation in tree.select(".citation"):
            citation.decompose()
        for note in tree.select("details"):
            note.decompose()
        shown = _squeezed(tree.get_text())
        missing = [text for text in _texts(entry, collection) if _squeezed(text) not in shown]
        assert missing == [], briefing_id
        values = _values(entry.model)
        dates = {when for when in values if isinstance(when, EdtfDate)}
        unshown = [when.text for when in dates if _squeezed(ENGLISH.date(when)) not in shown]
        assert unshown == [], briefing_id
        days = {value for value in values if isinstance(value, date)}
        assert [day for day in days if _squeezed(ENGLISH.day(day)) not in shown] == []
        for source in entry.bibliography.values():
            assert f"source--{source.id}" in ids
            addresses = [source.model.url, source.model.archive_url] if source.model else []
            assert {address for address in addresses if address} <= links, source.id
        assert {part.id for part in (*entry.events, *entry.statements)} <= ids
        former = {
            alias for part in (*entry.events, *entry.statements) for alias in part.model.aliases
        }
        assert former <= ids


@pytest.mark.parametrize("site", SITES)
def test_statements_are_on_the_page_once(site: str) -> None:
    collection = _collection(site)
    for briefing_id, entry in collection.briefings.items():
        headings = _tree(collection, briefing_id).select("article > .statement__heading")
        shown = sorted(str(heading["id"]) for heading in headings)
        assert shown == sorted(statement.id for statement in entry.statements)


def test_an_answer_is_in_full_next_to_its_first_claim_and_a_link_at_the_next() -> None:
    claims = [allegation("first", date="2025-02-01"), allegation("second", date="2025-02-02")]
    answer = response("both", to=["first", "second"])
    tree = _tree(collected({"x": briefing(*claims, responses=[answer])}), "x")
    first, second = tree.select(".exchange")
    assert [heading["id"] for heading in first.select(".exchange__answers h4")] == ["both"]
    assert second.select(".exchange__answers article") == []
    (link_to_answer,) = second.select(".answered-elsewhere a")
    assert link_to_answer["href"] == "#both"


def test_a_repetition_without_words_of_its_own_is_below_what_it_repeats() -> None:
    claims = [allegation("first", date="2025-02-01")]
    claims += [allegation("again", date="2025-03-01", echoes=["first"])]
    tree = _tree(collected({"x": briefing(*claims)}), "x")
    (exchange,) = tree.select(".exchange")
    assert [heading["id"] for heading in exchange.select(".exchange__repetitions h4")] == ["again"]


def test_a_repetition_with_a_quotation_has_a_place_of_its_own() -> None:
    quoted = allegation("again", date="2025-03-01", echoes=["first"], quotes=[{"text": "Words."}])
    claims = [allegation("first", date="2025-02-01"), quoted]
    assert len(_tree(collected({"x": briefing(*claims)}), "x").select(".exchange")) == 2


def test_sources_lead_back_to_what_cites_them() -> None:
    quoted = position(sources=[], quotes=[{"text": "Words.", "sources": ["gauge"]}])
    tree = _tree(collected({"x": briefing(quoted, summary="So [@gauge].")}), "x")
    links = tree.select("#source--gauge .source__cited a")
    assert [link["href"] for link in links] == ["#page--summary", "#claim"]


def test_links_back_to_the_same_parties_say_their_name_once() -> None:
    claims = [
        allegation("first", date="2025-02-01"),
        allegation("second", date="2025-02-01"),
        allegation("third", date="2025-03-02"),
    ]
    links = _tree(collected({"x": briefing(*claims)}), "x").select(".source__cited a")
    assert [link.get_text() for link in links] == [
        "Norland, 1 February 2025",
        "(2)",
        "2 March 2025",
    ]
    assert [link.get("aria-label") for link in links] == [
        None,
        "Norland, 1 February 2025 (2)",
        "Norland, 2 March 2025",
    ]


def test_a_claim_that_the_text_holds_word_for_word_is_not_repeated() -> None:
    said = "She says Esteria took\nthe water. It is not known when."
    claims = [
        allegation("same", claim="that Esteria took the water", text=said),
        allegation("other", claim="that Esteria took all the water", text=said),
    ]
    tree = _tree(collected({"x": briefing(*claims)}), "x")
    shown = [claim.bdi.get_text() for claim in tree.select(".statement__claim") if claim.bdi]
    assert shown == ["that Esteria took all the water"]


def test_successive_statements_of_a_day_share_a_line_of_what_happened() -> None:
    claims = [
        allegation("first", date="2025-02-01"),
        allegation("second", date="2025-02-01"),
        allegation("third", date="2025-03-02"),
    ]
    lines = _tree(collected({"x": briefing(*claims)}), "x").select(".event--statements")
    targets = [[link["href"] for link in line.select("a")] for line in lines]
    assert targets == [["#first", "#second"], ["#third"]]


def test_the_sections_are_listed_with_the_number_of_entries_that_each_has() -> None:
    event = {"id": "low", "date": "2025-02-10", "text": "The water falls."}
    collection = collected(
        {"x": briefing(allegation(), responses=[response()], background=[event])}
    )
    tree = _tree(collection, "x")
    counts = dict(item.get_text().rsplit(" ", 1) for item in tree.select("nav.sections li"))
    assert counts["Claims and answers"] == str(len(tree.select("article.statement"))) == "2"
    assert counts["What happened"] == str(len(tree.select("ol.events > li"))) == "3"
    assert counts["Sources"] == str(len(tree.select("ol.sources > li"))) == "1"


def test_statements_are_articles_named_by_their_headings() -> None:
    for article in _tree(_collection("every-key"), "halden").select("article"):
        assert article.select(f"#{article['aria-labelledby']}")
