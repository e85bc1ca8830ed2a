"""Long lists are divided into pages by what readers look for, and an entry stays on its page."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.addresses.pagination import FIRST_PAGE, PagePath, Paginator, date_path, name_path

DAYS = st.dates(date(2023, 11, 1), date(2025, 2, 28))
STEPS = st.one_of(
    st.builds(date_path, st.none() | DAYS), st.builds(name_path, st.text(max_size=9), DAYS)
)


def _division(*steps: PagePath, most: int = 2) -> Paginator:
    return Paginator(steps, most)


def test_a_short_list_is_one_page() -> None:
    division = _division(date_path(date(2024, 1, 1)), date_path(date(2025, 1, 1)))
    assert division.pages() == [FIRST_PAGE]
    assert division.page_of(date_path(date(2024, 1, 1))) == FIRST_PAGE


def test_a_long_list_is_divided_by_year_and_a_long_year_by_month() -> None:
    days = [date(2024, 1, 1), date(2025, 3, 1), date(2025, 3, 2), date(2025, 4, 1)]
    division = _division(*map(date_path, days))
    assert division.pages() == [FIRST_PAGE, "2024", "2025", "2025-03", "2025-04"]
    assert [division.page_of(date_path(day)) for day in days] == [
        "2024", "2025-03", "2025-03", "2025-04",
    ]  # fmt: skip


def test_many_entries_of_one_day_stay_together() -> None:
    division = _division(*[date_path(date(2025, 3, 1))] * 9)
    assert division.page_of(date_path(date(2025, 3, 1))) == "2025-03-01"


def test_what_has_no_day_is_listed_separately() -> None:
    division = _division(*[date_path(None)] * 3, date_path(date(2025, 3, 1)))
    assert division.page_of(date_path(None)) == "undated"


def test_names_are_divided_by_their_letters_without_accents_and_case() -> None:
    names = ["Über Fluss", "uber", "Unda", "Al-Bahr", "albatross", "新华社", "!?"]
    division = _division(*(name_path(name, None) for name in names))
    pages = {name: division.page_of(name_path(name, None)) for name in names}
    assert pages == {
        "Über Fluss": "ub", "uber": "ub", "Unda": "un", "Al-Bahr": "a", "albatross": "a",
        "新华社": "u-65b0", "!?": "not-named",
    }  # fmt: skip


def test_a_name_with_many_entries_is_divided_by_their_years() -> None:
    days = [date(2024, 1, 1), date(2025, 1, 1), date(2025, 2, 1), None]
    division = _division(*(name_path("Ab", day) for day in days))
    pages = [division.page_of(name_path("Ab", day)) for day in days]
    assert pages == ["ab--2024", "ab--2025", "ab--2025", "ab--undated"]


def test_a_page_shows_what_is_above_before_and_after_it() -> None:
    days = [date(2023, 1, 1), date(2024, 1, 1), date(2025, 1, 1)]
    division = _division(*map(date_path, days))
    page = division.page("2024")
    assert (page.above, page.before, page.after, page.count) == (FIRST_PAGE, "2023", "2025", 1)
    assert division.page(FIRST_PAGE).parts == (("2023", 1), ("2024", 1), ("2025", 1))
    assert (division.page(FIRST_PAGE).above, division.page("2025").after) == (None, None)


@given(st.lists(STEPS, max_size=40), st.integers(1, 9))
def test_every_entry_is_on_one_page_that_can_be_reached_from_the_first(
    entries: list[PagePath], most: int
) -> None:
    division = Paginator(entries, most)
    reached, waiting = set(), [FIRST_PAGE]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        waiting += [part for part, _ in division.page(page).parts]
    assert reached == set(division.pages())
    assert {division.page_of(entry) for entry in entries} <= reached


@given(st.lists(STEPS, max_size=40), st.integers(1, 9))
def test_no_page_has_too_many_entries_where_these_can_be_distinguished(
    entries: list[PagePath], most: int
) -> None:
    division = Paginator(entries, most)
    on_pages: dict[str, set[PagePath]] = {}
    for entry in entries:
        on_pages.setdefault(division.page_of(entry), set()).add(entry)
    for page, steps in on_pages.items():
        count = sum(division.page_of(entry) == page for entry in entries)
        assert count <= most or all(step[-1] == page for step in steps)


@pytest.mark.parametrize("name", ["u65b0", "u-65b0", "U 65 B0"])
def test_no_name_shares_a_page_with_letters_that_are_written_by_number(name: str) -> None:
    assert name_path(name, None)[0] == "u"
    assert name_path("新", None)[0] == "u-65b0"
    assert "u-65b0" not in name_path(name, None)
