"""Joint statements, positions that answer, the lead, parts of actors, links to statements."""

from __future__ import annotations

from typing import Any

from generator.collection.actor_parts import all_parts, belongs_to
from generator.collection.linker import Collection
from generator.collection.reply_status import ReplyStatus
from tests.fiction import allegation, briefing, collected, position, response, statement

ACTORS: dict[str, Any] = {
    "esteria": {"name": "Esteria", "type": "state"},
    "esteria-ministry": {"name": "Ministry", "type": "government", "part_of": "esteria"},
    "esteria-office": {"name": "Office", "type": "government", "part_of": "esteria-ministry"},
    "norland": {"name": "Norland", "type": "state"},
    "sundmark": {"name": "Sundmark", "type": "state"},
}


def _collected(*positions: dict[str, Any], **keys: Any) -> Collection:
    return collected({"x": briefing(*positions, **keys)}, actors=ACTORS)


def test_a_joint_statement_is_on_file_for_each_of_its_parties() -> None:
    collection = _collected(position(id="joint", party=["norland", "sundmark"]))
    joint = statement(collection.briefings["x"], "joint")
    assert [party.id for party in joint.parties] == ["norland", "sundmark"]
    assert collection.actors["norland"].statements == [joint]
    assert collection.actors["sundmark"].statements == [joint]


def test_a_joint_answer_is_the_reply_of_each_accused_party() -> None:
    claim = allegation(against=["esteria", "sundmark"])
    collection = _collected(claim, responses=[response(party=["sundmark", "esteria"])])
    replies = statement(collection.briefings["x"], "claim").replies
    assert [(reply.accused.id, reply.status) for reply in replies] == [
        ("esteria", ReplyStatus.ANSWERED),
        ("sundmark", ReplyStatus.ANSWERED),
    ]


def test_a_position_that_answers_is_a_reply_and_can_be_answered_itself() -> None:
    counter = allegation(
        id="counter", party="esteria", against=["norland"], to=["claim"], stance="denies",
        date="2025-02-16", no_response=[{"party": "norland", "as_of": "2025-03-01"}],
    )  # fmt: skip
    entry = _collected(allegation(), counter).briefings["x"]
    answer = statement(entry, "counter")
    assert answer.position
    assert (answer.is_response, answer.stance, answer.kind) == (True, "denies", "allegation")
    assert entry.answers == [answer]
    assert entry.responses == []
    (reply,) = statement(entry, "claim").replies
    assert (reply.status, reply.responses) == (ReplyStatus.ANSWERED, [answer])
    assert [reply.status for reply in answer.replies] == [ReplyStatus.NONE_FOUND]


def test_a_position_with_to_alone_answers_nothing() -> None:
    entry = _collected(allegation(), position(id="other", to=["claim"])).briefings["x"]
    assert not statement(entry, "other").is_response
    assert statement(entry, "claim").answered_by == []


def test_a_response_can_have_no_reply_of_its_own() -> None:
    absent = [{"party": "norland", "as_of": "2025-03-01"}]
    entry = _collected(allegation(), responses=[response(no_response=absent)]).briefings["x"]
    assert [absence.party for absence in statement(entry, "denial").no_responses] == ["norland"]


def test_the_claim_is_the_authors_clause_or_the_first_sentence() -> None:
    text = "Esteria takes water [@gauge]. It knows it."
    entry = _collected(
        position(id="written", claim="that Esteria takes water", text=text),
        position(id="other", text=text),
    ).briefings["x"]
    assert statement(entry, "written").claim == "that Esteria takes water"
    assert statement(entry, "other").claim == "Esteria takes water."


def test_the_lead_is_in_the_order_of_the_author() -> None:
    entry = _collected(
        position(id="first"), position(id="second"), lead=["second", "first"]
    ).briefings["x"]
    assert [position.id for position in entry.lead] == ["second", "first"]


def test_an_actor_has_its_parts_and_theirs() -> None:
    actors = _collected().actors
    assert [part.id for part in all_parts(actors["esteria"])] == [
        "esteria-ministry", "esteria-office",
    ]  # fmt: skip
    assert belongs_to(actors["esteria-office"], actors["esteria"])
    assert not belongs_to(actors["esteria"], actors["esteria-office"])


def test_actors_in_a_circle_end_no_walk() -> None:
    circle = {
        "a": {"name": "A", "type": "organisation", "part_of": "b"},
        "b": {"name": "B", "type": "organisation", "part_of": "a"},
    }
    actors = collected({"x": briefing(position())}, actors=ACTORS | circle).actors
    assert [part.id for part in all_parts(actors["a"])] == ["b"]
    assert not belongs_to(actors["a"], actors["esteria"])


def test_words_of_another_are_on_file_for_that_actor() -> None:
    quote = {"text": "We open the gates.", "words_of": "sundmark"}
    collection = _collected(position(id="quoting", quotes=[quote]))
    quoting = statement(collection.briefings["x"], "quoting")
    assert quoting.quoted == {"sundmark": collection.actors["sundmark"]}
    assert collection.actors["sundmark"].quoted_in == [quoting]


def test_a_link_to_a_statement_of_another_briefing_refers_to_that_briefing() -> None:
    summary = "See [the claim](briefing:y#claim)."
    collection = collected(
        {"x": briefing(position(), summary=summary), "y": briefing(allegation())}, actors=ACTORS
    )
    assert collection.briefings["y"].referred_to_by == [collection.briefings["x"]]
