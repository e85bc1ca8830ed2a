"""The table of who answers whom counts each claim of each party once. All of it is fictional."""

from __future__ import annotations

from generator.rendering.reply_table import reply_table
from tests.fiction import allegation, linked, position, response


def test_the_table_has_all_allegations_and_how_many_are_answered() -> None:
    collection = linked(
        allegation("one"),
        allegation("two"),
        allegation("back", party="esteria", against=["norland"]),
        responses=[response(to=["one"])],
    )
    table = reply_table(collection.allegations)
    assert table
    assert [actor.id for actor in table.accusers] == ["norland", "esteria"]
    counts = {
        (accuser.id, accused.id): dict(cell.counts)
        for (accuser, accused), cell in table.cells.items()
    }
    assert counts == {
        ("norland", "esteria"): {"answered": 1, "not recorded": 1},
        ("esteria", "norland"): {"not recorded": 1},
    }


def test_a_joint_allegation_counts_for_each_party() -> None:
    table = reply_table(linked(allegation(party=["norland", "sundmark"])).allegations)
    assert table
    assert [actor.id for actor in table.accusers] == ["norland", "sundmark"]
    assert all(len(cell.replies) == 1 for cell in table.cells.values())


def test_without_an_allegation_there_is_no_table() -> None:
    assert reply_table(linked(position()).allegations) is None
