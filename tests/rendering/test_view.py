"""The view and the functions of templates: addresses, notes on replies, counts, short texts."""

from __future__ import annotations

from typing import Any

import pytest
from markupsafe import Markup

from generator.addresses import urls
from generator.collection.entries import BriefingEntry
from generator.collection.linker import Collection
from generator.rendering.quotations import group_renderings
from generator.rendering.settings import Settings
from generator.rendering.template_functions import (
    by_time,
    count_originals,
    has_answered,
    most_frequent,
    nl2br,
    order_note,
    text_direction,
)
from generator.rendering.view import View
from tests.examples import ENGLISH
from tests.fiction import (
    SOURCE,
    allegation,
    briefing,
    collected,
    linked,
    position,
    response,
    statement,
)
from tests.reference import outlined


def _view(
    path: str = "x/index.md",
    collection: Collection | None = None,
    home: BriefingEntry | None = None,
    *,
    directory_urls: bool = True,
) -> View:
    settings = Settings(directory_urls=directory_urls)
    return View(path, settings, collection or Collection(), home)


def test_each_kind_of_entry_has_an_address() -> None:
    collection = collected(
        {
            "x": briefing(topics=["water"], places=["orm"]),
            "y": briefing(background=[{"id": "low", "date": "2025", "text": "Low."}]),
        },
        topics={"water": {"name": "Water"}},
        places={"orm": {"name": "Orm"}},
    )
    view = _view(collection=collection)
    other = collection.briefings["y"]
    entries: list[Any] = [
        collection.actors["esteria"],
        collection.topics["water"],
        collection.places["orm"],
        other,
        other.events[0],
        other.positions[0],
        other.source("gauge"),
        collection.briefings["x"].positions[0],
    ]
    assert [view.url(entry) for entry in entries] == [
        "../actors/esteria/",
        "../topics/water/",
        "../places/orm/",
        "../y/",
        "../y/#low",
        "../y/#claim",
        "../y/#source--gauge",
        "#claim",
    ]


def test_a_shared_source_leads_to_the_first_briefing_that_cites_it() -> None:
    shared = {"wire": {"title": "Wire", "url": "https://e.example/"}}
    said = position(sources=["wire"])
    collection = collected({"a": briefing(said), "b": briefing(said)}, sources=shared)
    view = _view("timeline/index.md", collection)
    assert view.url(collection.briefings["a"].source("wire")) == "../a/#source--wire"


def test_addresses_name_files_where_folders_do_not_serve() -> None:
    entry = linked()
    view = _view("index.md", directory_urls=False)
    assert view.url(entry) == "x/index.html"
    assert view.relative_url(urls.briefing_yaml(entry.id)) == "x/briefing.yml"


def test_citations_in_prose_are_numbered_as_on_the_briefings_page() -> None:
    entry = linked(sources=[SOURCE | {"id": "first"}, SOURCE])
    own = _view(home=entry).prose("So [@gauge].")
    elsewhere = _view("timeline/index.md").prose("So [@gauge].", entry)
    assert 'href="#source--gauge"' in own
    assert ">[2 <bdi>gauge.example</bdi>]</a>" in own
    assert 'href="../x/#source--gauge"' in elsewhere


def test_citations_outside_any_briefing_are_shown_as_typed() -> None:
    assert _view("topics/water/index.md").prose("So [@gauge].") == "<p>So [@gauge].</p>"


def test_references_in_prose_lead_to_pages() -> None:
    collection = collected({"x": briefing(), "river/y": briefing()})
    html = _view(collection=collection).prose(
        "[a](briefing:river/y) [b](actor:esteria) [c](actor:z)"
    )
    assert 'href="../river/y/"' in html
    assert 'href="../actors/esteria/"' in html
    assert html.count("href") == 2


@pytest.mark.parametrize(
    ("stances", "label"),
    [
        (["denies"], "earlier denial"),
        (["disputes"], "earlier denial"),
        (["accepts"], "earlier reply"),
        (["declines_to_comment"], "earlier reply"),
        (["accepts", "denies"], "earlier denial"),
    ],
)
def test_an_earlier_answer_that_denies_nothing_is_no_denial(stances: list[str], label: str) -> None:
    answers = [
        response(f"answer-{number}", stance=stance, date="2025-01-01")
        for number, stance in enumerate(stances)
    ]
    (reply,) = linked(allegation(), responses=answers).positions[0].replies
    assert reply.label == label


@pytest.mark.parametrize(
    ("said", "answered", "note"),
    [
        ("2025-02-14", "2025-02-15", ""),
        ("2025-02-14", "2025-02-14", ""),
        ("2025-02-14", "2025-02-13", "given before this statement"),
        ("2025-02-14", "2025-02", ""),
        ("2025-02-14", "2025-01/2025-02", "which of the two came first is not established"),
        ("2025-02-14", None, "this reply is undated"),
        (None, "2025-02-14",
         "the statement it answers is undated, so which came first is not established"),
    ],
)  # fmt: skip
def test_readers_see_when_an_answer_was_given(
    said: str | None, answered: str | None, note: str
) -> None:
    entry = linked(allegation(date=said), responses=[response(date=answered)])
    assert order_note(statement(entry, "claim"), statement(entry, "denial"), ENGLISH) == note


def test_an_answer_counts_as_its_partys() -> None:
    claim = linked(allegation(), responses=[response()]).positions[0]
    assert has_answered(claim, "esteria")
    assert not has_answered(claim, "norland")


def test_an_entry_knows_whether_it_is_on_this_page() -> None:
    entry = linked()
    assert _view(home=entry).is_on_page(entry.positions[0])
    assert not _view("timeline/index.md").is_on_page(entry.positions[0])


def test_sources_of_one_original_are_counted_once() -> None:
    sources = [SOURCE | {"id": own, "carries": "Halden Wire"} for own in ("a", "b")]
    entry = linked(position(sources=["a"]), sources=[*sources, SOURCE])
    listed = list(entry.bibliography.values())
    assert [count_originals(listed[:size]) for size in range(4)] == [0, 1, 1, 2]


def test_renderings_of_the_same_words_are_grouped_in_their_order() -> None:
    quotes = [
        {"text": "a", "rendering_of": "x"},
        {"text": "b"},
        {"text": "c", "rendering_of": "y"},
        {"text": "d", "rendering_of": "x"},
        {"text": "e"},
    ]
    model = linked(position(quotes=quotes)).positions[0].model
    groups = [[entry.text for entry in group] for group in group_renderings(model.quotes)]
    assert groups == [["a", "d"], ["b"], ["c"], ["e"]]


def test_entries_are_in_order_of_time_each_once() -> None:
    entry = linked(position("none"), position("late", date="2025"), position("early", date="2024"))
    ordered = by_time([*entry.positions, entry.positions[0]])
    assert [entry.id for entry in ordered] == ["early", "late", "none"]


def test_the_busiest_parties_come_first_and_the_silent_not_at_all() -> None:
    actors = {key: {"name": key.upper(), "type": "state"} for key in ("a", "b", "c", "d")}
    collection = collected(
        {"x": briefing(position("one", party="b"), position("two", party="b"),
                       position("three", party="a"), position("four", party="c"))},
        actors=actors,
    )  # fmt: skip
    busiest = most_frequent(outlined(collection).statistics.parts_played, collection.actors)
    assert [actor.id for actor in busiest] == ["b", "a", "c"]


def test_an_actor_that_nothing_declares_goes_by_its_id() -> None:
    assert Collection().actor("sundmark").name == "sundmark"


@pytest.mark.parametrize(
    ("tag", "direction"),
    [("ar", "rtl"), ("az-Arab", "rtl"), ("fr", "ltr"), (None, "auto"), ("", "auto")],
)
def test_the_direction_of_a_text_is_that_of_its_language(tag: str | None, direction: str) -> None:
    assert text_direction(tag) == direction


def test_verbatim_words_keep_their_lines_and_signs() -> None:
    assert nl2br("a <b>\n\n*c*") == Markup("a &lt;b&gt;<br><br>*c*")
    assert nl2br("a\r\nb\rc") == Markup("a<br>b<br>c")
    assert nl2br("") == Markup("")


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029"])
def test_what_ends_no_line_in_yaml_ends_none_of_a_quotation(character: str) -> None:
    assert nl2br(f"a{character}b") == Markup(f"a{character}b")
