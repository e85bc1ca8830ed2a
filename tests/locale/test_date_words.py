"""Dates in words: each form of a date in each language of the interface."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.locale.catalogues import catalogue_languages
from generator.locale.interface import interface_in
from generator.model.dates import parse
from generator.model.edtf import EdtfDate
from tests.examples import ENGLISH

#: Each form of a date, and its words by language. CLDR gives the order and the names of months.
WORDS = {
@@TABLE@@}
ROWS = [(text, tag, words) for text, by_tag in WORDS.items() for tag, words in by_tag.items()]

points = st.builds(
    lambda day, length, qualifier: day.isoformat()[:length] + qualifier,
    st.dates(),
    st.sampled_from([4, 7, 10]),
    st.sampled_from(["", "", "?", "~", "%"]),
)


@st.composite
def dates(draw: st.DrawFn) -> EdtfDate:
    first, second = sorted([draw(points), draw(points)], key=lambda text: parse(text).sort_key)
    shapes = [first, f"{first}/{second}", f"../{first}", f"{first}/.."]
    return parse(draw(st.sampled_from(shapes)))


@pytest.mark.parametrize(("text", "tag", "words"), ROWS)
def test_a_date_is_in_the_words_of_the_language(text: str, tag: str, words: str) -> None:
    assert interface_in(tag).date(parse(text)) == words


def test_the_table_has_every_language_of_the_interface() -> None:
    assert [text for text, by_tag in WORDS.items() if set(by_tag) != catalogue_languages()] == []


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("ar", "من دون تاريخ"),
        ("de", "ohne Datum"),
        ("en", "undated"),
        ("es", "sin fecha"),
        ("fr", "sans date"),
        ("pt", "sem data"),
        ("ru", "без даты"),
        ("uk", "без дати"),
        ("zh", "未注明日期"),
    ],
)
def test_a_missing_date_has_words_too(tag: str, words: str) -> None:
    assert interface_in(tag).date(None) == words


@pytest.mark.parametrize(
    ("tag", "day", "short_day", "month"),
    [
        ("en", "5 August 2024", "5 Aug 2024", "Aug 2024"),
        ("en-US", "August 5, 2024", "Aug 5, 2024", "Aug 2024"),
        ("fr", "5 août 2024", "5 août 2024", "août 2024"),
        ("de", "5. August 2024", "5. Aug. 2024", "Aug. 2024"),
        ("zh", "2024年8月5日", "2024年8月5日", "2024年8月"),
    ],
)
def test_a_calendar_day_has_long_and_short_words(
    tag: str, day: str, short_day: str, month: str
) -> None:
    interface, when = interface_in(tag), date(2024, 8, 5)
    assert interface.day(when) == day
    assert interface.short_day(when) == short_day
    assert interface.month(when) == month


@given(dates(), st.sampled_from(sorted(catalogue_languages())))
def test_words_have_only_numbers_of_the_date(when: EdtfDate, tag: str) -> None:
    words = {int(number) for number in re.findall(r"\d+", interface_in(tag).date(when))}
    assert words
    assert words <= {int(number) for number in re.findall(r"\d+", when.text)}


@given(dates(), st.sampled_from(sorted(catalogue_languages())))
def test_words_have_every_year_and_no_program_sign(when: EdtfDate, tag: str) -> None:
    words = interface_in(tag).date(when)
    years = {int(year) for year in re.findall(r"(?<!-)\b\d{4}", when.text)}
    assert years <= {int(number) for number in re.findall(r"\d+", words)}
    assert not re.search(r"%\(|[?~%]|\.\.", words)


@given(dates())
def test_words_say_that_a_date_is_uncertain_or_approximate(when: EdtfDate) -> None:
    words = ENGLISH.date(when)
    assert ("(uncertain)" in words) == when.uncertain
    assert ("about " in words or "(approximate)" in words) == when.approximate
