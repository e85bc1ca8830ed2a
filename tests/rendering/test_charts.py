"""Charts: where marks and days are on an axis, and that nothing is left out."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.collection.entries import EventEntry, StatementEntry
from generator.collection.reply_status import oldest_first
from generator.rendering.charts.scale import scale, ticks
from generator.rendering.charts.timeline import timeline
from generator.rendering.charts.years import years
from tests.examples import ENGLISH
from tests.fiction import allegation, linked, position, response

Entry = EventEntry | StatementEntry
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
spans = st.lists(st.tuples(days, days).map(lambda two: (min(two), max(two))), min_size=2)


@given(spans)
def test_an_axis_keeps_the_order_of_days_and_ends_at_0_and_100(
    given_spans: list[tuple[date, date]],
) -> None:
    axis = scale(given_spans)
    ordered = sorted(day for span in given_spans for day in span)
    places = [axis.at(day) for day in ordered]
    assert places == sorted(places)
    assert places[0] == 0
    assert places[-1] <= 100.0001
    assert all(0 < place < 100 for place in axis.breaks)


@given(spans)
def test_named_days_are_apart(given_spans: list[tuple[date, date]]) -> None:
    named = ticks(scale(given_spans), [day for span in given_spans for day in span], ENGLISH)
    assert named
    assert all(right.x - left.x >= 27 for left, right in pairwise(named))


def test_a_long_stretch_without_entries_is_cut() -> None:
    axis = scale([(date(1900, 1, 1),) * 2, (date(2025, 1, 1),) * 2, (date(2025, 3, 1),) * 2])
    assert len(axis.breaks) == 1
    assert axis.at(date(2025, 1, 1)) < 60


def test_an_axis_within_one_month_names_days() -> None:
    first, last = date(2025, 2, 3), date(2025, 2, 27)
    named = ticks(scale([(first, first), (last, last)]), [first, last], ENGLISH)
    assert [name.label for name in named] == ["3 Feb 2025", "27 Feb 2025"]


def test_an_axis_of_several_months_names_months_and_years() -> None:
    first, last = date(2024, 5, 3), date(2025, 9, 27)
    named = ticks(scale([(first, first), (last, last)]), [first, last], ENGLISH)
    assert [name.label for name in named] == ["May 2024", "2025", "Sept 2025"]


@given(spans)
def test_no_two_places_of_an_axis_have_one_name(given_spans: list[tuple[date, date]]) -> None:
    named = ticks(scale(given_spans), [day for span in given_spans for day in span], ENGLISH)
    assert len({name.label for name in named}) == len(named)


def _entries(count: int, dates: list[str | None]) -> list[Entry]:
    made = [allegation(f"claim-{n}", date=dates[n % len(dates)]) for n in range(count)]
    own = [{k: v for k, v in item.items() if v is not None} for item in made]
    return list(oldest_first(linked(*own).statements))


@pytest.mark.parametrize("count", [3, 60, 600])
@pytest.mark.parametrize(
    "dates",
    [["2025-02-14"], ["2025-02-14", "2025-02-15", "2025-03"], ["1950", "2025-02-14", "2024/.."]],
)
def test_every_dated_entry_has_a_mark_inside_a_strip_of_60_pixels(
    count: int, dates: list[str | None]
) -> None:
    chart = timeline(_entries(count, dates), ENGLISH)
    assert chart
    assert len(chart.marks) == count
    assert chart.height <= 60
    # A mark reaches 4.5 pixels to each side of its middle; the smallest chart is 288 pixels wide.
    assert all(4.5 <= mark.y <= chart.axis - 4.5 for mark in chart.marks)
    assert all(1.3 < mark.x < 98.7 for mark in chart.marks)


def test_marks_are_in_the_order_of_time() -> None:
    days = [f"2025-{month:02}-{day:02}" for month in range(1, 13) for day in (1, 9, 28)]
    chart = timeline(_entries(len(days), list(reversed(days))), ENGLISH)
    assert chart
    starts = [mark.start for mark in chart.marks]
    assert starts == sorted(starts)
    assert len(set(starts)) == len(days)
    assert [mark.x for mark in chart.marks] == sorted(mark.x for mark in chart.marks)


def test_events_claims_and_answers_have_a_row_each() -> None:
    entry = linked(
        allegation(),
        position("demand", kind="demand", date="2025-02-16"),
        background=[{"id": "low", "date": "2025-02-13", "text": "Low."}],
        responses=[response()],
    )
    chart = timeline(oldest_first([*entry.events, *entry.statements]), ENGLISH)
    assert chart
    assert [mark.kind for mark in chart.marks] == ["event", "allegation", "response", "demand"]
    event, claim, answer, demand = [mark.y for mark in chart.marks]
    assert claim == demand
    # Marks are 9 pixels high, so that none of one row covers one of another.
    assert claim - event >= 9
    assert answer - claim >= 9


def test_an_imprecise_date_is_a_span() -> None:
    chart = timeline(_entries(3, ["2025-01-01", "2025-02", "2025-03-01/.."]), ENGLISH)
    assert chart
    day, month, opened = chart.marks
    assert not day.is_span
    assert month.is_span
    assert day.end <= month.start < month.x < month.end <= opened.start
    # How long a date with an open end lasts is not known, so it is a mark where it begins.
    assert not opened.is_span


def test_an_open_start_is_drawn_from_where_its_end_is_listed() -> None:
    chart = timeline(_entries(3, ["2013-06-01", "../2014", "2014-06-01"]), ENGLISH)
    assert chart
    before, opened, after = chart.marks
    assert before.x < opened.start < opened.end
    assert opened.start < after.x


def test_an_undated_entry_has_no_mark() -> None:
    chart = timeline(_entries(3, ["2025-01-01", "2025-02-02", None]), ENGLISH)
    assert chart
    assert len(chart.marks) == 2


def test_one_dated_entry_is_no_picture() -> None:
    assert timeline(_entries(2, ["2025-01-01", None]), ENGLISH) is None


def test_years_are_bars_that_count_everything() -> None:
    count = {"event": 1, "position": 4}
    first, second = years([("2019", {"response": 1}), ("2025", count), ("undated", count)])
    assert (first.label, first.count, second.label, second.count) == ("2019", 1, "2025", 5)
    assert second.first == "2025"
    assert sum(part.count for part in second.parts) == 5


def test_many_years_share_bars() -> None:
    bars = years([(f"{year:04}", {"event": 1}) for year in range(1900, 2026)])
    assert len(bars) <= 25
    assert sum(bar.count for bar in bars) == 126
    assert bars[0].label == "1900–1909"
