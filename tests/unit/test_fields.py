"""Kinds of value: what each reads, and what it says of a text that it refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from generator import fields

Read = Callable[[object], Any]


def _refusal(read: Read, value: object) -> tuple[str, str]:
    with pytest.raises(PydanticCustomError) as caught:
        read(value)
    context = caught.value.context or {}
    return context["message"], context["hint"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("norland", "`norland`"),
        (" two\n words ", "`two words`"),
        ("a" * 61, f"`{'a' * 60}…`"),
        (None, "nothing"),
        (["a"], "a list"),
        ({"a": "b"}, "an entry with keys"),
    ],
)
def test_a_value_is_shown_in_a_message(value: object, words: str) -> None:
    assert fields.shown(value) == words


@pytest.mark.parametrize("typed", ["no", " leading", "a  b", "<b>", "*a*", "\u00a0", "عنوان"])
def test_a_line_stays_as_typed(typed: str) -> None:
    assert fields.read_line(f"x{typed}") == f"x{typed}"


def test_a_line_may_come_from_a_block_text() -> None:
    assert fields.read_line("One line\n") == "One line"


@pytest.mark.parametrize("end", ["\n", "\r", "\t", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_a_line_is_one_line(end: str) -> None:
    message, hint = _refusal(fields.read_line, f"One{end}two")
    assert message == ("`One two` has a line break or a tab, but this field is one line of text.")
    assert hint == "Write it on one line, in quotes."


@pytest.mark.parametrize("typed", ["", " ", "\u3000"])
@pytest.mark.parametrize(
    "read", [fields.read_line, fields.read_quote, fields.read_prose, fields.read_id]
)
def test_an_empty_text_is_refused(read: Read, typed: str) -> None:
    message, hint = _refusal(read, typed)
    assert message.startswith("An empty text is here; ")
    assert hint


@pytest.mark.parametrize(
    ("value", "start"), [(["a"], "A list"), ({}, "An entry with keys")]
)
def test_a_list_or_a_mapping_is_no_text(value: object, start: str) -> None:
    message, _ = _refusal(fields.read_line, value)
    assert message == f"{start} is here; one line of text belongs here."


@given(st.text(min_size=1).filter(lambda text: bool(text.strip()) and text[-1] != "\n"))
def test_a_quote_stays_as_typed(typed: str) -> None:
    assert fields.read_quote(typed) == typed
    assert fields.read_quote(f"{typed}\n") == typed


@pytest.mark.parametrize("own", ["a", "a-b", "2024", "a1-2-c", "a" * 64])
def test_an_id_is_words_joined_by_hyphens(own: str) -> None:
    assert fields.read_id(own) == own


@pytest.mark.parametrize(
    ("typed", "likely"),
    [("Norland", "norland"), ("a--b", "a-b"), ("-a", "a"), ("a_b", "a-b"), ("a/b", "a-b")],
)
def test_a_bad_id_is_refused_with_a_likely_one(typed: str, likely: str) -> None:
    message, hint = _refusal(fields.read_id, typed)
    assert message == f"`{typed}` is not an id."
    assert hint.endswith(f"for example `{likely}`.")


def test_a_long_id_is_refused_with_its_length() -> None:
    message, _ = _refusal(fields.read_id, "a" * 65)
    assert message.endswith("has 65 characters; 64 is the most.")


def test_an_id_of_other_letters_gets_no_example() -> None:
    _, hint = _refusal(fields.read_id, "ساحل")
    assert hint == "An id is made of lower-case letters a–z, digits and single hyphens."


@pytest.mark.parametrize("typed", ["halden", "river/halden", "a/b/c-1"])
def test_a_briefings_id_is_its_path(typed: str) -> None:
    assert fields.read_briefing_id(typed) == typed


@pytest.mark.parametrize("typed", ["/a", "a/", "a//b", "../a", "A", "a.yml", "a#b", "a b"])
def test_a_bad_briefings_id_is_refused(typed: str) -> None:
    message, hint = _refusal(fields.read_briefing_id, typed)
    assert message == f"`{typed}` is not a briefing's id."
    assert "`river/halden`" in hint


@pytest.mark.parametrize("typed", ["claim", "halden#claim", "river/halden#claim"])
def test_a_positions_id_may_name_its_briefing(typed: str) -> None:
    assert fields.read_position_id(typed) == typed


@pytest.mark.parametrize("typed", ["#claim", "halden#", "a#b#c", "A#b", "#"])
def test_a_bad_positions_id_is_refused(typed: str) -> None:
    assert _refusal(fields.read_position_id, typed) == (
        f"`{typed}` is not a position's id.",
        "Write `id`, or `briefing#id`.",
    )


def test_dates_and_days_are_read() -> None:
    assert fields.read_date("2024-08~").approximate
    assert fields.read_day("2024-08-05") == date(2024, 8, 5)


def test_a_bad_date_is_refused_with_what_is_accepted() -> None:
    message, hint = _refusal(fields.read_date, "5 August 2024")
    assert message.endswith("write `2024-08-05`.")
    assert hint.startswith("A date is `2024`")
    assert _refusal(fields.read_day, "2024-08")[1].startswith("A day is written `YYYY-MM-DD`")


def test_a_language_is_brought_to_its_usual_case() -> None:
    assert fields.read_language("ZH-hans") == "zh-Hans"
    assert _refusal(fields.read_language, "French")[0].endswith("write `fr`.")


@pytest.mark.parametrize(
    "typed",
    [
        "https://e.example",
        "http://e.example/a?b=c#d",
        "HTTPS://e.example/(x)",
        "https://مثال.example/ا",
        "https://[2001:db8::1]/",
    ],
)
def test_a_web_address_stays_as_typed(typed: str) -> None:
    assert fields.read_url(typed) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "e.example",
        "//e.example",
        "https://",
        "https:e.example",
        "ftp://e.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://e.example/a b",
        'https://e.example/"x',
        "https://e.example/<x>",
        "https://[::1",
        "https://e.example/\n",
    ],
)
def test_what_is_no_web_address_is_refused(typed: str) -> None:
    message, hint = _refusal(fields.read_url, typed)
    assert message.endswith("is not a web address.")
    assert hint.endswith(("for example `https://example.org/page`.", "`https://e.example`."))


def test_degrees_are_read_within_their_limits() -> None:
    read = fields.read_number(-90, 90)
    assert [read(typed) for typed in ("12.65", "-90", "+0.5")] == [12.65, -90.0, 0.5]
    assert _refusal(read, "90.01")[0] == "`90.01` is not between -90 and 90."


@pytest.mark.parametrize("typed", ["12,5", "12° E", "nan", "1e1", "١٢", "0x1F", "1_0"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    message, hint = _refusal(fields.read_number(-90, 90), typed)
    assert (message, hint) == (f"`{typed}` is not a number.", "Write decimal degrees: `12.65`.")


@pytest.mark.parametrize(
    ("kind", "typed", "example"),
    [
        (fields.Country, "Norland", "ML"),
        (fields.Country, "ml", "ML"),
        (fields.Wikidata, "912", "Q912"),
    ],
)
def test_a_code_is_refused_with_an_example(kind: Any, typed: str, example: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(typed)
    (detail,) = caught.value.errors()
    assert detail["ctx"]["hint"] == f"Write it like `{example}`."


def test_an_id_stands_once_in_a_list() -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(fields.SourceIds).validate_python(["a", "b", "a"])
    (detail,) = caught.value.errors()
    assert detail["msg"] == "`a` stands twice in this list."
