"""What an actor's page lists: each entry once, with what the actor or a part has to do with it."""

from __future__ import annotations

from typing import Any

from generator.collection.actor_record import BriefingRecords, records_of
from tests.fiction import allegation, briefing, collected, position, response

ACTORS: dict[str, Any] = {
    "esteria": {"name": "Esteria", "type": "state"},
    "ministry": {"name": "Ministry", "type": "government", "part_of": "esteria"},
    "norland": {"name": "Norland", "type": "state"},
    "sundmark": {"name": "Sundmark", "type": "state"},
}


def _records(actor: str, **briefings: dict[str, Any]) -> list[BriefingRecords]:
    return records_of(collected(briefings, actors=ACTORS).actors[actor])


def test_entries_of_a_briefing_are_in_order_of_time_with_the_connection_of_the_actor() -> None:
    demand = position(
        "demand", kind="demand", addressed_to=["esteria"], date="2025-02-01", text="Open the gates."
    )
    event = {"id": "low", "date": "2025-01-01", "text": "Low water.", "actors": ["esteria"]}
    (group,) = _records(
        "esteria",
        x=briefing(allegation(), demand, responses=[response()], background=[event]),
    )
    assert [(record.entry.id, record.connection, record.part) for record in group.records] == [
        ("low", "named", None),
        ("demand", "addressed", None),
        ("claim", "accused", None),
        ("denial", "said", None),
    ]


def test_what_concerns_a_part_of_an_actor_is_on_its_page_and_names_the_part() -> None:
    (group,) = _records(
        "esteria",
        x=briefing(allegation(against=["ministry"]), responses=[response(party="ministry")]),
    )
    assert [
        (record.entry.id, record.connection, record.part and record.part.id)
        for record in group.records
    ] == [("claim", "accused", "ministry"), ("denial", "said", "ministry")]


def test_an_entry_that_concerns_an_actor_and_its_part_is_listed_once_for_the_actor() -> None:
    (group,) = _records("esteria", x=briefing(allegation(against=["esteria", "ministry"])))
    assert [(record.entry.id, record.part) for record in group.records] == [("claim", None)]


def test_the_first_accusation_of_each_accuser_is_where_the_table_leads() -> None:
    joint = allegation("joint", party=["norland", "sundmark"], date="2025-03-01")
    (group,) = _records(
        "esteria",
        x=briefing(joint, allegation("later", date="2025-04-01"), allegation("first")),
    )
    assert [(record.entry.id, record.first_of) for record in group.records] == [
        ("first", ("norland",)),
        ("joint", ("sundmark",)),
        ("later", ()),
    ]


def test_an_actor_that_accuses_its_own_part_or_itself_has_the_anchor_too() -> None:
    (group,) = _records("esteria", x=briefing(allegation(party="ministry", against=["esteria"])))
    assert [(record.connection, record.first_of) for record in group.records] == [
        ("accused", ("ministry",))
    ]


def test_the_briefing_that_changed_last_comes_first() -> None:
    groups = _records(
        "norland",
        a=briefing(published="2025-01-01"),
        b=briefing(published="2025-03-01"),
        c=briefing(published="2025-02-01"),
    )
    assert [group.briefing.id for group in groups] == ["b", "c", "a"]
