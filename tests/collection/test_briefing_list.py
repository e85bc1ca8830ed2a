"""The list of all briefings: its order and its pages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from generator.addresses.reserved import owner
from generator.collection.briefing_list import NEWEST, BriefingList
from generator.collection.statistics import BriefingStats, briefing_stats
from tests.fiction import briefing, collected

_STATS = briefing_stats(collected({"x": briefing()}).briefings["x"].model)


def _stats(day: date | None, status: str = "published") -> BriefingStats:
    return _STATS._replace(published=day, status=status)


def _many(count: int) -> BriefingList:
    first = date(2020, 1, 1)
    return BriefingList(
        {
            f"matter-{number}": _stats(
                first + timedelta(days=number), "archived" if number % 9 == 0 else "published"
            )
            for number in range(count)
        }
    )


def test_the_newest_is_first_and_neighbours_follow_this_order() -> None:
    briefings = BriefingList(
        {"old": _stats(date(2020, 1, 1)), "new": _stats(date(2024, 1, 1)), "draft": _stats(None)}
    )
    assert list(briefings.order) == ["draft", "new", "old"]
    assert briefings.neighbours("new") == ("draft", "old")
    assert briefings.neighbours("draft") == (None, "new")
    assert briefings.neighbours("old") == ("new", None)
    assert briefings.neighbours("broken") == (None, None)


def test_a_year_or_a_status_that_all_briefings_share_has_no_page() -> None:
    briefings = BriefingList({"a": _stats(date(2024, 1, 1)), "b": _stats(date(2024, 5, 1))})
    assert briefings.pages == {""}
    assert [name for name, _ in briefings.listed("")] == ["b", "a"]


def test_each_year_and_each_status_has_a_page() -> None:
    briefings = BriefingList(
        {
            "a": _stats(date(2024, 1, 1)),
            "b": _stats(date(2025, 5, 1), "archived"),
            "c": _stats(None, "draft"),
        }
    )
    assert briefings.pages == {
        "",
        *("year--2024", "year--2025", "year--undated"),
        *("status--published", "status--archived", "status--draft"),
    }
    assert [page for page, _ in briefings.values("status")] == [
        "status--draft",
        "status--published",
        "status--archived",
    ]
    assert [name for name, _ in briefings.listed("status--archived")] == ["b"]


@pytest.mark.parametrize("count", [1_000, 3_000])
def test_each_briefing_of_a_long_list_is_once_on_the_pages_of_each_filter(count: int) -> None:
    briefings = _many(count)
    for name in ("year", "status"):
        pages = [page for page in briefings.pages if page.startswith(name)]
        shown = [key for page in pages for key, _ in briefings.listed(page)]
        assert sorted(shown) == sorted(briefings.order)
        assert all(len(list(briefings.listed(page))) <= 500 for page in pages)
    assert len(list(briefings.listed(""))) == NEWEST
    assert len(briefings.pages) < 10 + count / 20


def test_no_file_can_take_the_address_of_a_page_of_the_list() -> None:
    assert owner("briefings/index.html") == "a page of the site itself"
    for page in _many(3_000).pages - {""}:
        assert owner(f"briefings/{page}/index.html") == "a page of the list of briefings"
    assert owner("briefings/water/index.html") == ""
