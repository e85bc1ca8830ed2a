"""Dates: what is read and refused, with which words, in which order."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pytest
from edtf import parse_edtf
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.model.dates import ACCEPTED, ACCEPTED_DAY, DateError, parse, parse_day
from generator.model.edtf import EdtfDate, Order, order
from tests.examples import ENGLISH

T = TypeVar("T")
unhurried = settings(deadline=None)  # a busy machine is no failure

SPANS = {
    "2024": ("2024-01-01", "2024-12-31"),
    "2024-02": ("2024-02-01", "2024-02-29"),
    "2023-02": ("2023-02-01", "2023-02-28"),
    "2024-08-05": ("2024-08-05", "2024-08-05"),
    "0001": ("0001-01-01", "0001-12-31"),
    "9999-12": ("9999-12-01", "9999-12-31"),
    "2023~": ("2023-01-01", "2023-12-31"),
    "2024-07?": ("2024-07-01", "2024-07-31"),
    "2024-08-05%": ("2024-08-05", "2024-08-05"),
    "2024-07-25/2024-07-27": ("2024-07-25", "2024-07-27"),
    "2019?/2021-02~": ("2019-01-01", "2021-02-28"),
    "2024/2024-03": ("2024-01-01", "2024-03-31"),
    "2024-08-05/2024-08": ("2024-08-05", "2024-08-31"),
    "2024/2024": ("2024-01-01", "2024-12-31"),
    "../2024-08": (None, "2024-08-31"),
    "2024-08-05~/..": ("2024-08-05", None),
}

days = st.dates()
marks = st.sampled_from(["", "", "?", "~", "%"])


@st.composite
def points(draw: st.DrawFn) -> str:
    length = draw(st.sampled_from([4, 7, 10]))
    return draw(days).isoformat()[:length] + draw(marks)


@st.composite
def dates(draw: st.DrawFn) -> EdtfDate:
    first, second = draw(points()), draw(points())
    ordered = sorted([first, second], key=lambda text: parse(text).sort_key)
    shapes = [first, "/".join(ordered), f"../{first}", f"{first}/.."]
    return parse(draw(st.sampled_from(shapes)))


def refusal(text: str) -> DateError:
    with pytest.raises(DateError) as caught:
        parse(text)
    return caught.value


def attempt(read: Callable[[str], T], text: str) -> T | DateError:
    """What ``read`` makes of ``text``, or its refusal; any other exception fails the test."""
    try:
        return read(text)
    except DateError as error:
        return error


# ── Reading ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("text", "span"), SPANS.items())
def test_an_accepted_date_spans_its_first_to_its_last_day(
    text: str, span: tuple[str | None, str | None]
) -> None:
    first, last = (date.fromisoformat(end) if end else None for end in span)
    assert parse(text) == EdtfDate(text, first, last)


@pytest.mark.parametrize("text", SPANS)
def test_the_edtf_library_finds_the_same_days(text: str) -> None:
    theirs, ours = parse_edtf(text), parse(text)
    if ours.earliest:
        assert theirs.lower_strict()[:3] == ours.earliest.timetuple()[:3]
    if ours.latest:
        assert theirs.upper_strict()[:3] == ours.latest.timetuple()[:3]


@unhurried
@given(points())
def test_the_edtf_library_finds_the_same_days_in_any_single_date(text: str) -> None:
    theirs, ours = parse_edtf(text), parse(text)
    assert ours.earliest is not None
    assert ours.latest is not None
    assert theirs.lower_strict()[:3] == ours.earliest.timetuple()[:3]
    assert theirs.upper_strict()[:3] == ours.latest.timetuple()[:3]


@pytest.mark.parametrize(
    ("text", "is_day", "is_interval", "uncertain", "approximate"),
    [
        ("2024", False, False, False, False),
        ("2024-08-05", True, False, False, False),
        ("2024-08-05?", True, False, True, False),
        ("2024-08~", False, False, False, True),
        ("2024%", False, False, True, True),
        ("2024-08-05/2024-08-05", False, True, False, False),
        ("2019?/2021~", False, True, True, True),
        ("../2024-08-05", False, True, False, False),
    ],
)
def test_a_date_knows_what_it_is(
    text: str, is_day: bool, is_interval: bool, uncertain: bool, approximate: bool
) -> None:
    date = parse(text)
    assert (date.is_day, date.is_interval) == (is_day, is_interval)
    assert (date.uncertain, date.approximate) == (uncertain, approximate)


def test_a_date_survives_pickling() -> None:
    assert pickle.loads(pickle.dumps(parse("2024~/.."))) == parse("2024~/..")


def test_an_error_survives_pickling() -> None:
    error = pickle.loads(pickle.dumps(refusal("2024-13")))
    assert str(error) == f"`2024-13` is not a date: there is no month 13. {ACCEPTED}"


# ── Refusing ────────────────────────────────────────────────────────────────────────────────────

MEANT = {
    "2024-8-5": "2024-08-05",
    "2024/8/5": "2024-08-05",
    "2024/08/05": "2024-08-05",
    "2024-8": "2024-08",
    "2024/08": "2024-08",
    "08/2024": "2024-08",
    "20240805": "2024-08-05",
    "2024-08-05T12:00:00Z": "2024-08-05",
    "2024-08-05 12:30": "2024-08-05",
    "5 August 2024": "2024-08-05",
    "5th Aug. 2024": "2024-08-05",
    "August 5, 2024": "2024-08-05",
    "5 August 2024?": "2024-08-05?",
    "August 2024": "2024-08",
    "about August 2024": "2024-08~",
    "c. 2024": "2024~",
    "~2024": "2024~",
    "25.08.2024": "2024-08-25",
    "08/25/2024": "2024-08-25",
    "05.05.2024": "2024-05-05",
    "2024-XX": "2024",
    "2024-08-XX": "2024-08",
    "٢٠٢٤-٠٨-٠٥": "2024-08-05",
    "2024-08-05 ": "2024-08-05",
    " 2024": "2024",
    "2019-2021": "2019/2021",
    "2019–2021": "2019/2021",
    "2024-07-25 to 2024-07-27": "2024-07-25/2024-07-27",
    "2024-07-25/27": "2024-07-25/2024-07-27",
    "2024-08-05/2024-8-7": "2024-08-05/2024-08-07",
    "2024-08-05 / ..": "2024-08-05/..",
    "Dec. 24, 2019": "2019-12-24",
    "24/12/2019": "2019-12-24",
    "24.12.19": "2019-12-24",
    "5-Aug-24": "2024-08-05",
    "Aug. '24": "2024-08",
    "the 5th of August, 2024": "2024-08-05",
    "Monday, 5 August 2024": "2024-08-05",
    "Mon, 05 Aug 2024 10:00:00 +0000": "2024-08-05",
    "5 August 2024 at 3:30 pm": "2024-08-05",
    "2024-08-05T10:00": "2024-08-05",
    "2024-08-05.": "2024-08-05",
    "2024-08-00": "2024-08",
    "2024-25-12": "2024-12-25",
    "2024-218": "2024-08-05",
    "2024-W32": "2024-08-05/2024-08-11",
    "2024-W32-1": "2024-08-05",
    "31 January–2 February 2024": "2024-01-31/2024-02-02",
    "30–31 January 2024": "2024-01-30/2024-01-31",
    "January 30–31, 2024": "2024-01-30/2024-01-31",
    "5 and 6 August 2024": "2024-08-05/2024-08-06",
    "30 December – 2 January 2024": "2023-12-30/2024-01-02",
    "January–March 2024": "2024-01/2024-03",
    "Jan 2023 – Mar 2024": "2023-01/2024-03",
    "2019–21": "2019/2021",
    "2019/20": "2019/2020",
    "2024-08/09": "2024-08/2024-09",
    "from 2019 to 2021": "2019/2021",
    "between 2019 and 2021": "2019/2021",
    "between 5 and 7 August 2024": "2024-08-05/2024-08-07",
    "1960s": "1960/1969",
    "the late 1960s": "1960/1969",
    "1960's": "1960/1969",
    "202X": "2020/2029",
    "1970s–1980s": "1970/1989",
    "19th century": "1801/1900",
    "XIXe siècle": "1801/1900",
    "Q3 2024": "2024-07/2024-09",
    "first half of 2024": "2024-01/2024-06",
    "winter 2023/24": "2023-12/2024-02",
    "before 2019-12-24": "../2019-12-23",
    "before March 2024": "../2024-02",
    "before January 2024": "../2023-12",
    "pre-2019": "../2018",
    "after 31 December 2019": "2020-01-01/..",
    "after the 1960s": "1970/..",
    "until August 2024": "../2024-08",
    "no later than 3 July 2023": "../2023-07-03",
    "/2024": "../2024",
    "since 2019": "2019/..",
    "2019-": "2019/..",
    "2019–present": "2019/..",
    "from 5 August 2024 on": "2024-08-05/..",
    "circa August 2023": "2023-08~",
    "2024-08-05 (approx.)": "2024-08-05~",
    "probably 2024": "2024?",
    "2024 (?)": "2024?",
    "2024?~": "2024%",
    "early 2024": "2024",
    "mid-August 2024": "2024-08",
    "5 août 2024": "2024-08-05",
    "1er août 2024": "2024-08-01",
    "5. Mai 2024": "2024-05-05",
    "5 de agosto de 2024": "2024-08-05",
    "5 августа 2024 г.": "2024-08-05",
    "5 أغسطس 2024": "2024-08-05",
    "5 آب 2024": "2024-08-05",
    "۵ اوت ۲۰۲۴": "2024-08-05",
    "2024年8月5日": "2024-08-05",
    "2024년 8월": "2024-08",
    "5 Ağustos 2024": "2024-08-05",
}


@pytest.mark.parametrize(("text", "meant"), MEANT.items())
def test_a_date_written_otherwise_is_refused_with_what_to_write(text: str, meant: str) -> None:
    error = refusal(text)
    assert error.reason == f"`{text}` is not a date as briefings write it: write `{meant}`."
    assert (error.read, error.accepted) == (text, ACCEPTED)
    assert parse(meant).text == meant


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2024-13-32", "there is no month 13"),
        ("2024-13", "there is no month 13"),
        ("2024-02-30", "February 2024 has days 01 to 29"),
        ("2023-02-29", "February 2023 has days 01 to 28"),
        ("2024-08-32", "August 2024 has days 01 to 31"),
        ("5 August", "the year is missing, or hasn't four digits"),
        ("31 June 2024", "June 2024 has days 01 to 30"),
        ("0000", "there is no year 0000"),
        ("0000-01-01", "there is no year 0000"),
        ("Y12024", "years run from 0001 to 9999"),
        ("-0043", "years run from 0001 to 9999"),
        ("2024-21", "month 21 stands for a season in EDTF; name its months instead"),
        ("20X4", "open digits (`X`) are not accepted"),
        ("../..", "it has neither a start nor an end"),
        ("/", "one end is missing; write `..` for an open end"),
        ("45321", "as the number of a day in a spreadsheet it is 2024-01-30"),
        ("45321.75", "as the number of a day in a spreadsheet it is 2024-01-30"),
        ("2024/2023", "it ends before it starts; write `2023/2024` if that is meant"),
        (
            "2024-08~/2024-07-31",
            "it ends before it starts; write `2024-07-31/2024-08~` if that is meant",
        ),
    ],
)
def test_a_date_that_cannot_be_is_refused_with_the_fault(text: str, why: str) -> None:
    assert refusal(text).reason == f"`{text}` is not a date: {why}."


@pytest.mark.parametrize("text", ["05.08.2024", "05/08/2024", "5-8-2024"])
def test_a_day_and_month_in_doubt_are_both_offered(text: str) -> None:
    assert refusal(text).reason == (
        f"`{text}` is not a date as briefings write it, and can be taken two "
        "ways: write `2024-08-05` if it is 5 August 2024, or `2024-05-08` if it is 8 May 2024."
    )


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (
            "spring 2024",
            {
                "2024-03/2024-05": "March 2024 to May 2024",
                "2024-09/2024-11": "September 2024 to November 2024",
            },
        ),
        (
            "winter 2024",
            {
                "2023-12/2024-02": "December 2023 to February 2024",
                "2024-12/2025-02": "December 2024 to February 2025",
                "2024-06/2024-08": "June 2024 to August 2024",
            },
        ),
        ("5/8/24", {"2024-08-05": "5 August 2024", "2024-05-08": "8 May 2024"}),
        ("19-12-24", {"2019-12-24": "24 December 2019", "2024-12-19": "19 December 2024"}),
        ("listopad 2024", {"2024-11": "November 2024", "2024-10": "October 2024"}),
    ],
)
def test_each_reading_of_a_date_in_doubt_is_offered_the_likelier_first(
    text: str, meant: dict[str, str]
) -> None:
    error = refusal(text)
    assert error.likely == tuple(meant)
    offered = ", or ".join(f"`{guess}` if it is {words}" for guess, words in meant.items())
    assert error.reason.endswith(f"ways: write {offered}.")


@pytest.mark.parametrize("text", ["۱۴۰۳-۰۵-۱۵", "๕ สิงหาคม ๒๕๖๗", "1445-02-30"])
def test_no_day_is_made_of_one_that_may_be_of_another_calendar(text: str) -> None:
    assert refusal(text).likely == ()


@unhurried
@given(dates(), st.sampled_from(["before {}", "after {}", "until {}", "since {}", "c. {}", "{},"]))
def test_what_is_offered_is_always_a_date(date: EdtfDate, frame: str) -> None:
    error = attempt(parse, frame.format(date.text))
    for guess in error.likely if isinstance(error, DateError) else ():
        assert parse(guess).text == guess


@pytest.mark.parametrize(
    "text", ["2024‑08‑05", "2024–08–05", "2024-08-05\u00a0", "2024-\u200b08-05", "２０２４-08-05"]
)
def test_of_signs_that_look_like_others_the_usual_ones_are_offered(text: str) -> None:
    assert refusal(text).likely == ("2024-08-05",)


@unhurried
@given(st.dates(date(1000, 1, 1)))
def test_a_day_in_words_is_offered_as_that_day(day: date) -> None:
    assert refusal(ENGLISH.day(day)).likely == (day.isoformat(),)
    month = ENGLISH.day(day).split(maxsplit=1)[1]
    assert refusal(month).likely == (day.isoformat()[:7],)


@pytest.mark.parametrize("text", ["today", "..", "2024~-08", "2024/2025/2026"])
def test_what_resembles_no_date_is_refused_plainly(text: str) -> None:
    assert refusal(text).reason == f"`{text}` is not a date as briefings write it."


def test_an_empty_text_is_refused() -> None:
    assert refusal("").reason == "An empty text is not a date as briefings write it."


def test_a_line_break_is_refused_and_made_visible() -> None:
    assert refusal("2024\n").reason == (
        "`2024\ufffd` is not a date as briefings write it: write `2024`."
    )


@pytest.mark.parametrize(
    "text", ["9" * 5000, "2024-" * 1000, " " * 5000, "2024/" + "1" * 5000, "Y" + "1" * 5000]
)
def test_an_endless_text_is_refused_at_once_and_shown_in_part(text: str) -> None:
    started = time.perf_counter()
    error = refusal(text)
    assert time.perf_counter() - started < 1
    assert error.reason.startswith(f"`{text[:60]}…` is not a date")


@unhurried
@given(st.text() | st.text("0123456789-/.?~%XY T:", max_size=24))
@example("\ud800")
@example("²024")
@example("2024-08-05/9999~")
def test_any_text_is_read_as_typed_or_refused_in_words(text: str) -> None:
    result = attempt(parse, text)
    if isinstance(result, DateError):
        assert result.reason.endswith(".")
        assert result.reason.isprintable()
        assert all(parse(guess).text == guess != text for guess in result.likely)
    else:
        assert result.text == text
        assert text.isascii()


# ── Days ────────────────────────────────────────────────────────────────────────────────────────


def test_a_day_is_read_as_a_calendar_day() -> None:
    assert parse_day("2024-02-29") == date(2024, 2, 29)


@pytest.mark.parametrize("text", ["2024", "2024-08", "2024-08-05?", "2024-08-05/..", "../2024"])
def test_a_date_that_is_not_one_certain_day_is_refused_as_a_day(text: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_day(text)
    assert str(caught.value) == (
        f"`{text}` is a date, but not one certain day, which is needed here. {ACCEPTED_DAY}"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2024-8-5", "`2024-8-5` is not a date as briefings write it: write `2024-08-05`."),
        ("2024-8", "`2024-8` is not a date as briefings write it."),
        ("2024-02-30", "`2024-02-30` is not a date: February 2024 has days 01 to 29."),
    ],
)
def test_a_day_written_otherwise_is_refused_and_only_days_are_offered(
    text: str, reason: str
) -> None:
    with pytest.raises(DateError) as caught:
        parse_day(text)
    assert (caught.value.reason, caught.value.accepted) == (reason, ACCEPTED_DAY)


@unhurried
@given(st.text() | days.map(date.isoformat))
def test_any_text_is_a_calendar_day_or_refused(text: str) -> None:
    result = attempt(parse_day, text)
    if isinstance(result, DateError):
        assert result.accepted == ACCEPTED_DAY
    else:
        assert result.isoformat() == text


# ── Order ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("2024-08-04", "2024-08-05", Order.BEFORE),
        ("2024-08-05", "2024-08-05", Order.NOT_BEFORE),
        ("2024-08-06", "2024-08-05", Order.NOT_BEFORE),
        ("2024-07", "2024-08", Order.BEFORE),
        ("2024-08", "2024-08", Order.UNCERTAIN),
        ("2024-08", "2024-08-05", Order.UNCERTAIN),
        ("2024-08", "2024-08-31", Order.UNCERTAIN),
        ("2024-08", "2024-08-01", Order.NOT_BEFORE),
        ("2024-08-31", "2024-08", Order.NOT_BEFORE),
        ("2024-07-25/2024-07-27", "2024-07-27", Order.UNCERTAIN),
        ("2024-07-27", "2024-07-25/2024-07-27", Order.NOT_BEFORE),
        ("../2024-07", "2024-08", Order.BEFORE),
        ("../2024-08", "2024-07", Order.UNCERTAIN),
        ("2024-08/..", "2024-07", Order.NOT_BEFORE),
        ("2024-08/..", "2030", Order.UNCERTAIN),
        ("2024-08-05~", "2024-08-05", Order.UNCERTAIN),
        ("2024-08-05?", "2024-08-05?", Order.UNCERTAIN),
        ("2024-08-05~", "2024-08-06", Order.UNCERTAIN),
        ("2024-08-05~", "2024-08-07", Order.BEFORE),
        ("2024-08-06~", "2024-08-05", Order.NOT_BEFORE),
        ("2024-08?", "2024-09-30", Order.UNCERTAIN),
        ("2024-12?", "2025-02", Order.BEFORE),
        ("2024%", "2025-12", Order.UNCERTAIN),
        ("2024%", "2026", Order.BEFORE),
        ("2024-08-01/2024-08-05~", "2024-08-06", Order.UNCERTAIN),
        ("2024-08-01~/2024-08-05", "2024-08-06", Order.BEFORE),
        ("0001~", "0001-01-01", Order.UNCERTAIN),
        ("9999-12-31~", "9999-12-30", Order.NOT_BEFORE),
    ],
)
def test_order_is_established_only_where_the_dates_are_apart(
    a: str, b: str, expected: Order
) -> None:
    assert order(parse(a), parse(b)) is expected


@unhurried
@given(dates(), dates())
def test_what_is_before_another_date_is_never_before_it_the_other_way(
    a: EdtfDate, b: EdtfDate
) -> None:
    forwards, backwards = order(a, b), order(b, a)
    if forwards is Order.BEFORE:
        assert backwards is Order.NOT_BEFORE
    if forwards is backwards is Order.NOT_BEFORE:
        assert a.earliest == a.latest == b.earliest == b.latest


@unhurried
@given(dates(), dates())
def test_an_established_order_agrees_with_the_days(a: EdtfDate, b: EdtfDate) -> None:
    if order(a, b) is Order.BEFORE:
        assert a.latest is not None
        assert b.earliest is not None
        assert a.latest < b.earliest
        assert a.sort_key < b.sort_key


def test_dates_sort_by_time_and_an_open_start_by_its_end() -> None:
    texts = [
        "1967",
        "../2023",
        "2023",
        "2023-07-02",
        "../2023-07-03",
        "2023-07-03",
        "2023-07-03/..",
        "2023-07-04",
        "2024-01-01",
        "2024-01",
        "../2024",
        "2024",
        "2024?",
        "2024/..",
        "2024-08-05",
    ]
    shuffled = texts[4:] + texts[:4]
    assert sorted(shuffled, key=lambda text: parse(text).sort_key) == texts


@unhurried
@given(dates(), dates())
def test_only_the_same_text_sorts_as_equal(a: EdtfDate, b: EdtfDate) -> None:
    assert (a.sort_key < b.sort_key) + (a.sort_key > b.sort_key) == (a.text != b.text)


@unhurried
@given(dates())
def test_a_span_never_ends_before_it_starts(span: EdtfDate) -> None:
    assert span.earliest is None or span.latest is None or span.earliest <= span.latest
