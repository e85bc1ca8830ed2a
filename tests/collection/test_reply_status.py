"""Whether the accused answered: the five statuses, and which response decides."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.collection.reply_status import Reply, ReplyStatus, oldest_first, replies_to
from tests.fiction import allegation, briefing, collected, linked, position, response, statement

ACTORS: dict[str, Any] = {
    "esteria": {"name": "Esteria", "type": "state"},
    "norland": {"name": "Norland", "type": "state"},
    "ana-lind": {"name": "Ana Lind", "type": "person"},
}
LOOKED = {"party": "esteria", "as_of": "2025-03-01"}


def _reply(*responses: dict[str, Any], **keys: Any) -> Reply:
    entry = collected(
        {"x": briefing(allegation(**keys), responses=list(responses))}, actors=ACTORS
    ).briefings["x"]
    (reply,) = statement(entry, "claim").replies
    return reply


def _deciding(reply: Reply) -> list[str]:
    return [statement.id for statement in reply.responses]


@pytest.mark.parametrize("when", ["2025-02-14", "2025-02-15", "2025-03", "2026"])
def test_a_reply_of_the_same_day_or_later_answers(when: str) -> None:
    reply = _reply(response(date=when))
    assert reply.status is ReplyStatus.ANSWERED
    assert _deciding(reply) == ["denial"]
    assert not reply.order_unclear


@pytest.mark.parametrize("when", ["2025-02-13", "2025-01", "2024", "../2025-02-13"])
def test_a_reply_from_before_the_allegation_is_an_earlier_denial(when: str) -> None:
    reply = _reply(response(date=when))
    assert reply.status is ReplyStatus.EARLIER
    assert _deciding(reply) == ["denial"]


def test_a_reply_without_a_date_is_an_undated_reply() -> None:
    assert _reply(response(date=None)).status is ReplyStatus.UNDATED


def test_a_reply_to_an_undated_allegation_may_have_come_first() -> None:
    reply = _reply(response(), date=None)
    assert reply.status is ReplyStatus.ANSWERED
    assert reply.order_unclear


def test_no_reply_found_says_up_to_when_it_was_looked_for() -> None:
    reply = _reply(no_response=[LOOKED])
    assert (reply.status, reply.as_of) == (ReplyStatus.NONE_FOUND, date(2025, 3, 1))
    assert reply.responses == []


def test_the_last_day_of_looking_counts() -> None:
    reply = _reply(no_response=[LOOKED | {"as_of": "2025-03-09"}, LOOKED])
    assert reply.as_of == date(2025, 3, 9)


def test_neither_a_reply_nor_a_search_is_not_recorded() -> None:
    reply = _reply()
    assert (reply.status, reply.as_of, reply.responses) == (ReplyStatus.NOT_RECORDED, None, [])


def test_looking_for_anothers_reply_records_nothing_of_the_accused() -> None:
    reply = _reply(no_response=[LOOKED | {"party": "norland"}])
    assert reply.status is ReplyStatus.NOT_RECORDED


@pytest.mark.parametrize(
    ("said", "answered"),
    [("2025-02", "2025-02-14"), ("2025-02-14", "2025-02"), ("2025-02", "2025-02"),
     ("2025-02-14~", "2025-02-14"), ("2025-02-10/2025-02-20", "2025-02-15"),
     ("2024-03-02", "2024-03?"), ("2024-03-02", "2024"), ("2024-03-02?", "2024-03-02/2024-03-05")],
)  # fmt: skip
@pytest.mark.parametrize("stance", ["denies", "answers", "disputes"])
def test_an_answer_follows_the_claim_it_names_where_their_dates_leave_it_open(
    said: str, answered: str, stance: str
) -> None:
    reply = _reply(response(date=answered, stance=stance), date=said)
    assert reply.status is ReplyStatus.ANSWERED
    assert not reply.order_unclear


@pytest.mark.parametrize(
    ("said", "answered"),
    [("2025-02-14", "2025-02-13~"), ("2025-02-14", "../2025-02-20"), ("2025-02", "2024/2025"),
     ("2025-02-14", "2025-01/2025-02"), ("../2025-02-14", "../2025-02-15")],
)  # fmt: skip
def test_an_answer_that_begins_earlier_and_goes_on_leaves_the_order_unclear(
    said: str, answered: str
) -> None:
    reply = _reply(response(date=answered), date=said)
    assert reply.status is ReplyStatus.ANSWERED
    assert reply.order_unclear


def test_months_apart_are_in_order() -> None:
    assert not _reply(response(date="2025-03"), date="2025-02").order_unclear
    assert _reply(response(date="2025-01"), date="2025-02").status is ReplyStatus.EARLIER


def test_two_replies_after_it_are_both_shown_oldest_first() -> None:
    reply = _reply(response("second", date="2025-03-01"), response("first", date="2025-02-20"))
    assert _deciding(reply) == ["first", "second"]


def test_a_later_reply_decides_over_an_earlier_and_an_undated_one() -> None:
    reply = _reply(response("old", date="2025-01-01"), response("none", date=None), response("new"))
    assert (reply.status, _deciding(reply)) == (ReplyStatus.ANSWERED, ["new"])


def test_an_undated_reply_decides_over_an_earlier_one() -> None:
    reply = _reply(response("old", date="2025-01-01"), response("none", date=None))
    assert (reply.status, _deciding(reply)) == (ReplyStatus.UNDATED, ["none"])


def test_a_search_next_to_an_earlier_denial_is_kept() -> None:
    reply = _reply(response(date="2025-01-01"), no_response=[LOOKED])
    assert (reply.status, reply.as_of) == (ReplyStatus.EARLIER, date(2025, 3, 1))


def test_a_search_is_of_no_weight_once_there_is_a_later_reply() -> None:
    reply = _reply(response(), no_response=[LOOKED])
    assert (reply.status, reply.no_response) == (ReplyStatus.ANSWERED, None)


def test_the_reply_counts_as_its_partys_whoever_speaks() -> None:
    assert _reply(response(speaker="ana-lind")).status is ReplyStatus.ANSWERED


def test_a_reply_that_the_accused_only_speaks_is_not_its_own() -> None:
    reply = _reply(
        response(party="norland", speaker="ana-lind"), against=["ana-lind"], party="esteria"
    )
    assert reply.status is ReplyStatus.NOT_RECORDED


def test_a_reply_by_someone_else_is_none_of_the_accused() -> None:
    assert _reply(response(party="norland")).status is ReplyStatus.NOT_RECORDED


def test_each_accused_has_a_status_of_its_own() -> None:
    entry = linked(
        allegation(against=["esteria", "norland"], party="esteria"),
        responses=[response()],
    )
    claim = statement(entry, "claim")
    assert [(reply.accused.id, reply.status) for reply in claim.replies] == [
        ("esteria", ReplyStatus.ANSWERED),
        ("norland", ReplyStatus.NOT_RECORDED),
    ]


def test_one_reply_answers_several_allegations() -> None:
    entry = linked(
        allegation("one"),
        allegation("two", date="2025-02-20"),
        responses=[response(to=["one", "two"])],
    )
    assert [statement.replies[0].status for statement in entry.positions] == [
        ReplyStatus.ANSWERED,
        ReplyStatus.EARLIER,
    ]


def test_a_reply_in_another_briefing_answers() -> None:
    collection = collected(
        {
            "first": briefing(allegation()),
            "later/second": briefing(responses=[response(to=["first#claim"])]),
        }
    )
    claim = statement(collection.briefings["first"], "claim")
    assert [statement.briefing.id for statement in claim.answered_by] == ["later/second"]
    assert claim.replies[0].status is ReplyStatus.ANSWERED
    own = statement(collection.briefings["later/second"], "claim")
    assert own.answered_by == []


def test_a_withdrawn_reply_still_shows_and_carries_its_withdrawal() -> None:
    taken_back = {"date": "2025-02-20", "text": "It was premature.", "sources": ["gauge"]}
    reply = _reply(response(withdrawn=taken_back))
    assert reply.status is ReplyStatus.ANSWERED
    assert reply.responses[0].withdrawn is not None
    assert reply.responses[0].withdrawn.text == "It was premature."


def test_a_withdrawn_allegation_keeps_its_replies() -> None:
    reply = _reply(response(), withdrawn={"date": "2025-02-20", "text": "Withdrawn."})
    assert reply.status is ReplyStatus.ANSWERED


@pytest.mark.parametrize("kind", ["demand", "statement"])
def test_only_allegations_have_a_reply_status(kind: str) -> None:
    entry = linked(allegation(kind=kind, against=[]), responses=[response()])
    claim = statement(entry, "claim")
    assert claim.replies == []
    assert [statement.id for statement in claim.answered_by] == ["denial"]


def test_entries_sort_by_time_with_undated_ones_last_as_written() -> None:
    entry = linked(
        allegation(),
        responses=[
            response("b", date=None),
            response("late", date="2025-03"),
            response("a", date=None),
            response("open", date="../2025-01"),
            response("early", date="2025-02-15"),
        ],
    )
    assert [statement.id for statement in oldest_first(entry.responses)] == [
        "open",
        "early",
        "late",
        "b",
        "a",
    ]


def test_everybody_addressed_and_everybody_who_answered_is_among_the_replies_to_a_claim() -> None:
    demand = position("demand", kind="demand", addressed_to=["esteria"], date="2025-02-14")
    answer = response("answer", party="norland", to=["demand"], stance="disputes")
    collection = collected({"x": briefing(demand, responses=[answer])})
    replies = replies_to(statement(collection.briefings["x"], "demand"), collection.actor)
    assert [(reply.accused.id, reply.label) for reply in replies] == [
        ("esteria", "addressed"),
        ("norland", "answered"),
    ]


def test_a_reply_is_missing_for_the_accused_and_not_for_those_only_addressed() -> None:
    demand = allegation(kind="demand", against=[], addressed_to=["esteria"])
    accusing = allegation("accusing", addressed_to=["norland"])
    collection = collected({"x": briefing(demand, accusing)})
    labels = {
        key: [reply.label for reply in replies_to(entry, collection.actor)]
        for key in ("claim", "accusing")
        if (entry := statement(collection.briefings["x"], key))
    }
    assert labels == {"claim": ["addressed"], "accusing": ["not recorded", "addressed"]}
