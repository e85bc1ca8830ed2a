"""What a shared link says of a dispute: nobody is accused in it without the reply status."""

from __future__ import annotations

from generator.rendering.dispute_lines import counted, dispute_text, pair_lines
from tests.examples import ENGLISH
from tests.fiction import allegation, linked, position, response


def test_a_pair_of_parties_is_named_with_its_claims_and_reply_statuses() -> None:
    briefing = linked(allegation(), allegation("other", date="2025-03-01"), responses=[response()])
    (line,) = pair_lines(briefing, ENGLISH)
    assert line.text == "Norland against Esteria: 2 allegations, 1 answered, 1 not recorded"


def test_pairs_with_most_allegations_come_first_and_the_others_are_counted() -> None:
    briefing = linked(
        allegation(),
        allegation("second", against=["sundmark"]),
        allegation("third", against=["sundmark"]),
    )
    lines = pair_lines(briefing, ENGLISH)
    assert [line.text.partition(":")[0] for line in lines] == [
        "Norland against sundmark",
        "Norland against Esteria",
    ]
    assert counted(briefing, lines[:1], ENGLISH) == ["Others: 1 allegation, 1 not recorded"]
    assert counted(briefing, [], ENGLISH) == ["3 allegations, 3 not recorded"]
    assert counted(briefing, lines, ENGLISH) == []


def test_demands_and_answered_statements_are_counted_on_a_line_of_their_own() -> None:
    demand = position("demand", kind="demand", addressed_to=["esteria"], date="2025-02-14")
    briefing = linked(demand, position("remark"), responses=[response(to=["demand"])])
    assert dispute_text(briefing, ENGLISH) == (
        "Demands and statements: 1 claim, 1 answered. Replies checked to 4 March 2025."
    )


def test_a_claim_of_several_parties_is_counted_once_in_what_is_not_named() -> None:
    joint = allegation(party=["norland", "sundmark"])
    briefing = linked(joint, responses=[response()])
    assert len(pair_lines(briefing, ENGLISH)) == 2
    assert counted(briefing, [], ENGLISH) == ["1 allegation, 1 answered"]


def test_a_claim_against_or_to_several_parties_is_counted_once_and_its_replies_apart() -> None:
    both = ["esteria", "sundmark"]
    claim = allegation(against=both, no_response=[{"party": "sundmark", "as_of": "2025-03-04"}])
    demand = position("demand", kind="demand", addressed_to=both, date="2025-02-14")
    briefing = linked(claim, demand, responses=[response(to=["claim", "demand"])])
    assert counted(briefing, [], ENGLISH) == [
        "1 allegation; replies: 1 answered, 1 no reply found",
        "Demands and statements: 1 claim; replies: 1 answered, 1 addressed to others",
    ]
    assert [line.text for line in pair_lines(briefing, ENGLISH)] == [
        "Norland against Esteria: 1 allegation, 1 answered",
        "Norland against sundmark: 1 allegation, 1 no reply found",
    ]


def test_a_briefing_without_claims_says_only_to_which_day_it_was_checked() -> None:
    assert dispute_text(linked(), ENGLISH) == "Replies checked to 4 March 2025."
