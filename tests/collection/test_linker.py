"""All briefings together: what is linked to what, in which order."""

from __future__ import annotations

from typing import Any

import pytest

from generator.collection.linker import link
from tests.fiction import ACTORS, SOURCE, briefing, collected, files, linked, position, response
from tests.reference import load, outlined


def test_a_party_knows_its_statements_and_its_speaker_what_it_spoke() -> None:
    actors = ACTORS | {"per-holm": {"name": "Per Holm", "type": "person"}}
    collection = collected({"x": briefing(position(speaker="per-holm"))}, actors=actors)
    assert [entry.id for entry in collection.actors["norland"].statements] == ["claim"]
    assert [entry.id for entry in collection.actors["per-holm"].spoken] == ["claim"]
    assert collection.actors["norland"].spoken == []


def test_a_person_speaking_for_themself_is_counted_once() -> None:
    collection = collected({"x": briefing(position(speaker="norland"))})
    norland = collection.actors["norland"]
    assert (len(norland.statements), len(norland.spoken)) == (1, 0)


def test_the_accused_and_the_addressed_know_of_it() -> None:
    entry = position(kind="demand", against=["esteria"], addressed_to=["esteria"])
    esteria = collected({"x": briefing(entry)}).actors["esteria"]
    assert [entry.id for entry in esteria.accused_in] == ["claim"]
    assert [entry.id for entry in esteria.addressed_in] == ["claim"]


def test_the_role_of_the_day_is_looked_up_and_can_be_overridden() -> None:
    role = {"role": "Minister", "of": "norland", "from": "2024"}
    actors = ACTORS | {"ana": {"name": "Ana", "type": "person", "roles": [role]}}
    collection = collected(
        {
            "x": briefing(
                position("then", speaker="ana", date="2025-01-01"),
                position("before", speaker="ana", date="2023-01-01"),
                position("typed", speaker="ana", date="2025-01-01", speaker_role="Envoy"),
                position("own", party="ana", date="2025-01-01"),
            )
        },
        actors=actors,
    )
    roles = [entry.role for entry in collection.briefings["x"].positions]
    assert roles == ["Minister", "", "Envoy", "Minister, Norland"]
    assert [entry.id for entry in collection.actors["norland"].office_holders] == ["ana"]


def test_what_a_position_rests_on_knows_of_it() -> None:
    entry = linked(
        position("basis"),
        position("claim", based_on=["low", "basis"]),
        background=[{"id": "low", "date": "2025", "text": "Low water."}],
    )
    assert [item.id for item in entry.positions[1].based_on] == ["low", "basis"]
    assert [item.id for item in entry.events[0].basis_of] == ["claim"]
    assert [item.id for item in entry.positions[0].basis_of] == ["claim"]


def test_an_echo_is_linked_both_ways_across_briefings() -> None:
    collection = collected(
        {"first": briefing(), "second": briefing(position("again", echoes=["first#claim"]))}
    )
    (first,) = collection.briefings["first"].positions
    assert [entry.id for entry in first.echoed_by] == ["again"]
    assert [entry.briefing.id for entry in first.echoed_by[0].echoes] == ["first"]


@pytest.mark.parametrize(
    "keys",
    [
        {"related": [{"briefing": "first"}]},
        {"responses": [response(to=["first#claim"])]},
        {"positions": [position(echoes=["first#claim"])]},
        {"summary": "See [it](briefing:first), and [it again](briefing:first)."},
        {"background": [{"date": "2025", "text": "See [it](briefing:first)."}]},
    ],
)
def test_a_briefing_knows_which_others_refer_to_it(keys: dict[str, Any]) -> None:
    collection = collected({"first": briefing(), "second": briefing(**keys)})
    assert [entry.id for entry in collection.briefings["first"].referred_to_by] == ["second"]
    assert collection.briefings["second"].referred_to_by == []


def test_a_briefing_that_refers_to_itself_is_not_reported() -> None:
    entry = linked(summary="See [this](briefing:x).")
    assert entry.referred_to_by == []


def test_actors_know_the_briefings_whose_prose_names_them() -> None:
    collection = collected(
        {"x": briefing(summary="By [it](actor:esteria), [that](actor:esteria).")}
    )
    assert [entry.id for entry in collection.actors["esteria"].mentioned_in] == ["x"]


def test_own_sources_are_numbered_first_then_shared_ones_as_they_are_cited() -> None:
    shared = {
        "a": {"title": "A", "url": "https://e.example/a"},
        "b": {"title": "B", "url": "https://e.example/b"},
        "unused": {"title": "Unused", "url": "https://e.example/u"},
    }
    entry = collected(
        {"x": briefing(position(sources=["b", "gauge"]), summary="So it is [@a].")}, sources=shared
    ).briefings["x"]
    assert {key: entry.number(key) for key in entry.bibliography} == {"gauge": 1, "a": 2, "b": 3}


def test_a_briefings_own_source_comes_before_a_shared_one_of_that_id() -> None:
    shared = {"gauge": {"title": "Another", "url": "https://e.example/"}}
    entry = collected({"x": briefing()}, sources=shared).briefings["x"]
    assert entry.source("gauge").title == "Gauge"


def test_what_a_shared_source_carries_is_listed_too() -> None:
    shared = {
        "copy": {"title": "Copy", "url": "https://e.example/c", "carries": "wire"},
        "wire": {"title": "Wire", "url": "https://e.example/w"},
    }
    entry = collected({"x": briefing(position(sources=["copy"]))}, sources=shared).briefings["x"]
    assert list(entry.bibliography) == ["gauge", "copy", "wire"]
    assert entry.source("copy").carries is entry.source("wire")


def test_a_source_knows_what_cites_it_once_each() -> None:
    entry = linked(position(quotes=[{"text": "Words.", "sources": ["gauge"]}]))
    assert [item.id for item in entry.source("gauge").cited_by] == ["claim"]


def test_sources_that_carry_the_same_text_have_one_original() -> None:
    def source(own: str, carries: str | None) -> dict[str, Any]:
        keys = {"id": own, "title": own, "url": f"https://e.example/{own}"}
        return keys | ({"carries": carries} if carries else {})

    entry = linked(
        position(sources=["a"]),
        sources=[
            source("a", None),
            source("copy", "a"),
            source("copy-of-copy", "copy"),
            source("wire", "Halden  Wire"),
            source("wire-too", "halden wire"),
            source("round", "trip"),
            source("trip", "round"),
        ],
    )
    originals = {key: source.original for key, source in entry.bibliography.items()}
    assert originals["a"] == originals["copy"] == originals["copy-of-copy"] == "x#a"
    assert originals["wire"] == originals["wire-too"] == "agency:halden wire"
    assert originals["round"]


def test_publishers_and_owners_know_their_sources() -> None:
    source = SOURCE | {"publisher": "norland", "controlled_by": "esteria"}
    collection = collected({"x": briefing(sources=[source])})
    assert [entry.id for entry in collection.actors["norland"].published] == ["gauge"]
    assert [entry.id for entry in collection.actors["esteria"].controlled] == ["gauge"]
    assert collection.sources[0].publisher_name == "Norland"


def test_a_publisher_that_is_no_actor_stays_as_typed() -> None:
    entry = linked(sources=[SOURCE | {"publisher": "The <Halden> Herald"}])
    assert entry.source("gauge").publisher is None
    assert entry.source("gauge").publisher_name == "The <Halden> Herald"


def test_topics_and_places_know_their_briefings_and_parts() -> None:
    collection = collected(
        {"x": briefing(position(place="orm"), topics=["water"], places=["halden"])},
        topics={"nature": {"name": "Nature"}, "water": {"name": "Water", "parent": "nature"}},
        places={"halden": {"name": "Halden"}, "orm": {"name": "Orm", "parent": "halden"}},
    )
    assert [entry.id for entry in collection.topics["nature"].parts] == ["water"]
    assert collection.topics["water"].parent is collection.topics["nature"]
    assert [entry.id for entry in collection.topics["water"].briefings] == ["x"]
    assert [entry.id for entry in collection.places["halden"].briefings] == ["x"]
    assert [entry.id for entry in collection.places["orm"].statements] == ["claim"]


def test_a_topic_that_is_its_own_parent_has_none() -> None:
    collection = collected({}, topics={"a": {"name": "A", "parent": "a"}})
    assert collection.topics["a"].parent is None


def test_ids_that_nothing_declares_become_entries_of_that_name() -> None:
    collection = collected({"x": briefing(position(party="sundmark"), topics=["lost"])})
    assert collection.actor("sundmark").model is None
    assert collection.actor("sundmark").name == "sundmark"
    assert [entry.id for entry in collection.actor("sundmark").statements] == ["claim"]
    assert collection.topic("lost").name == "lost"
    assert [entry.id for entry in collection.topic("lost").briefings] == ["x"]
    assert "sundmark" not in collection.actors
    assert "lost" not in collection.topics


def test_events_are_in_order_of_time_and_need_no_id() -> None:
    entry = linked(
        background=[
            {"date": "2025", "text": "Later."},
            {"date": "2024-05", "text": "Earlier."},
            {"date": "2025", "text": "Later too."},
        ]
    )
    assert [item.model.text for item in entry.events] == ["Earlier.", "Later.", "Later too."]
    assert [item.id for item in entry.events] == ["event--2", "event--1", "event--3"]


def test_parties_are_in_order_of_their_first_position() -> None:
    entry = linked(
        position("a"), position("b", party="esteria"), position("c"), position("d", party="esteria")
    )
    groups = [([party.id for party in group], said) for group, said in entry.parties()]
    assert [(*group, [entry.id for entry in said]) for group, said in groups] == [
        ("norland", ["a", "c"]),
        ("esteria", ["b", "d"]),
    ]


def test_the_chronology_holds_every_dated_entry_of_every_briefing() -> None:
    collection = collected(
        {
            "a": briefing(position("undated"), position("late", date="2025-03")),
            "b": briefing(
                position("early", date="2025-01-05"),
                background=[{"id": "event", "date": "2024", "text": "Before."}],
                responses=[response("reply", to=["early"], date="2025-03-31")],
            ),
        }
    )
    assert [entry.id for entry in collection.chronology()] == ["event", "early", "late", "reply"]


def test_the_last_changed_briefing_comes_first() -> None:
    collection = collected(
        {
            "old": briefing(published="2024-01-01"),
            "updated": briefing(published="2023-01-01", updated="2025-02-01"),
            "undated": briefing(status="draft", published=None),
            "new": briefing(published="2025-01-01"),
        }
    )
    assert list(outlined(collection).statistics.latest) == ["updated", "new", "old", "undated"]


def test_changes_are_listed_newest_first() -> None:
    def change(day: str) -> dict[str, str]:
        return {"date": day, "kind": "update", "text": day}

    collection = collected(
        {
            "a": briefing(changes=[change("2025-01-01"), change("2025-03-01")]),
            "b": briefing(changes=[change("2025-02-01")]),
        }
    )
    changes = [(entry.briefing.id, entry.model.text) for entry in collection.changes()]
    assert changes == [("a", "2025-03-01"), ("b", "2025-02-01"), ("a", "2025-01-01")]


def test_a_position_is_found_here_or_in_another_briefing() -> None:
    collection = collected({"x": briefing(), "river/y": briefing(position("other"))})
    home = collection.briefings["x"]
    target = collection.position("river/y#other", home)
    assert target is not None
    assert target.briefing.id == "river/y"
    assert collection.position("claim", home) is home.positions[0]
    assert collection.position("other", home) is None
    assert collection.position("nowhere#claim", home) is None


def test_without_drafts_it_is_as_if_there_were_none() -> None:
    loaded = load(
        files(
            {
                "x": briefing(related=[{"briefing": "draft"}]),
                "draft": briefing(
                    status="draft", topics=["water"], responses=[response(to=["x#claim"])]
                ),
            }
        )
    )
    collection = link(loaded, drafts=False)
    assert list(collection.briefings) == ["x"]
    assert collection.briefings["x"].positions[0].answered_by == []
    assert collection.briefings["x"].related[0][1] is None
    assert "water" not in collection.topics
    assert collection.actors["esteria"].statements == []


@pytest.mark.parametrize(
    ("keys", "day"),
    [
        ({}, "2025-03-04"),
        ({"updated": "2025-04-01"}, "2025-04-01"),
        ({"updated": "2025-04-01", "as_of": "2025-03-20"}, "2025-03-20"),
    ],
)
def test_the_day_of_looking_is_the_last_change_unless_given(keys: dict[str, str], day: str) -> None:
    assert str(linked(**keys).as_of) == day
