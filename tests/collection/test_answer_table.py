"""The table of who answers whom: counted by pair, and never larger than a page."""

from __future__ import annotations

from generator.collection.answer_table import (
    MOST_ACCUSED,
    MOST_ACCUSERS,
    AnswerTable,
    ReplyKey,
    answer_table,
    by_label,
)
from generator.rendering.exchanges import answers_in
from tests.fiction import allegation, linked, position, response


def test_a_site_without_allegations_has_no_rows() -> None:
    assert answer_table({}) == AnswerTable()


def test_replies_are_counted_by_accuser_and_accused() -> None:
    replies: dict[ReplyKey, int] = {
        (("norland",), "esteria", "answered"): 2,
        (("norland",), "esteria", "no reply found"): 1,
        (("esteria",), "norland", "answered"): 1,
    }
    table = answer_table(replies)
    assert table.accused == ("esteria", "norland")
    assert [(row.accuser, row.cells) for row in table.rows] == [
        ("norland", ((("answered", 2), ("no reply found", 1)), ())),
        ("esteria", ((), (("answered", 1),))),
    ]
    assert not table.has_others


def test_a_joint_allegation_counts_for_each_party_and_once_in_the_totals() -> None:
    replies: dict[ReplyKey, int] = {(("norland", "sundmark"), "esteria", "answered"): 1}
    assert [row.accuser for row in answer_table(replies).rows] == ["norland", "sundmark"]
    assert by_label(replies) == {"answered": 1}


def test_the_table_of_a_briefing_has_all_pairs_and_leads_to_their_first_claims() -> None:
    others = [f"other-{number}" for number in range(MOST_ACCUSED)]
    collection = linked(
        allegation("two", date="2025-02-15", against=["esteria", *others]),
        allegation("one", date="2025-02-14"),
        allegation("back", party=["esteria", "sundmark"], against=["norland"]),
        responses=[response(to=["one"])],
    )
    table = answers_in(collection)
    assert [row.accuser for row in table.rows] == ["norland", "esteria", "sundmark"]
    assert table.accused[:2] == ("esteria", "norland")
    assert table.rows[0].cells[0] == (("answered", 1), ("not recorded", 1))
    assert table.first_claims["norland", "esteria"] == "one"
    assert table.first_claims["sundmark", "norland"] == "back"
    assert table.is_wide
    assert not table.has_others


def test_a_briefing_without_an_allegation_has_no_table() -> None:
    assert answers_in(linked(position())).rows == ()


def test_the_table_of_many_actors_is_bounded_and_its_claims_are_all_counted() -> None:
    replies: dict[ReplyKey, int] = {
        ((f"accuser-{number:02}",), f"accused-{other:02}", "answered"): 1
        for number in range(MOST_ACCUSERS + 7)
        for other in range(MOST_ACCUSED + 4)
    }
    table = answer_table(replies)
    assert (len(table.rows), len(table.accused), table.more) == (MOST_ACCUSERS, MOST_ACCUSED, 7)
    for row in table.rows:
        assert sum(count for cell in row.cells for _, count in cell) == MOST_ACCUSED
        assert row.others == (("answered", 4),)
