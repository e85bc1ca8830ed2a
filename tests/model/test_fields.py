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

from generator.model import coordinates, field_errors, fields, ids, urls

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
    assert field_errors.shown(value) == words


@pytest.mark.parametrize("typed", ["no", " leading", "a  b", "<b>", "*a*", "\u00a0", "عنوان"])
def test_a_line_stays_as_typed(typed: str) -> None:
    assert fields.read_line(f"x{typed}") == f"x{typed}"


def test_a_line_may_come_from_a_block_text() -> None:
    assert fields.read_line("One line\n") == "One line"


@pytest.mark.parametrize("end", ["\n", "\r", "\t", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_a_line_is_one_line(end: str) -> None:
    message, hint = _refusal(fields.read_line, f"One{end}two")
    assert message == ("`One two` has a line break or a tab, but this field is one line of text.")
    assert hint == 'Write it on one line, in quotes: `"One two"`.'


@pytest.mark.parametrize("typed", ["", " ", "\u3000"])
@pytest.mark.parametrize(
    "read", [fields.read_line, fields.read_quote, fields.read_prose, ids.read_id]
)
def test_an_empty_text_is_refused(read: Read, typed: str) -> None:
    message, hint = _refusal(read, typed)
    assert message.endswith(" belongs here, not an empty text.")
    assert hint


@pytest.mark.parametrize(("value", "read"), [(["a"], "a list"), ({}, "an entry with keys")])
def test_a_list_or_a_mapping_is_no_text(value: object, read: str) -> None:
    message, _ = _refusal(fields.read_line, value)
    assert message == f"One line of text belongs here, not {read}."


@given(st.text(min_size=1).filter(lambda text: bool(text.strip()) and text[-1] != "\n"))
def test_a_quote_stays_as_typed(typed: str) -> None:
    assert fields.read_quote(typed) == typed
    assert fields.read_quote(f"{typed}\n") == typed


@pytest.mark.parametrize("own", ["a", "a-b", "2024", "a1-2-c", "a" * 64])
def test_an_id_is_words_joined_by_hyphens(own: str) -> None:
    assert ids.read_id(own) == own


@pytest.mark.parametrize(
    ("typed", "likely"),
    [
        ("Norland", "norland"),
        ("a--b", "a-b"),
        ("-a", "a"),
        ("a_b", "a-b"),
        ("a/b", "a-b"),
        ("Per Holm", "per-holm"),
        ("Côte d'Or", "cote-dor"),
        ('"norland"', "norland"),
    ],
)
def test_a_bad_id_is_refused_with_a_likely_one(typed: str, likely: str) -> None:
    message, hint = _refusal(ids.read_id, typed)
    assert message == f"`{typed}` is not an id."
    assert hint.endswith(f"single hyphens: write `{likely}`.")


def test_a_long_id_is_refused_with_its_length() -> None:
    message, _ = _refusal(ids.read_id, "a" * 65)
    assert message.endswith("has 65 characters; 64 is the most.")


def test_an_id_of_other_letters_gets_no_example() -> None:
    _, hint = _refusal(ids.read_id, "ساحل")
    assert hint == "An id is made of lower-case letters a–z, digits and single hyphens."


@pytest.mark.parametrize(
    ("typed", "shown", "sign"),
    [
        ("ku\u00adwait", "ku\ufffdwait", "a soft hyphen (U+00AD) after `ku`"),
        ("ku\u200bwait", "ku\ufffdwait", "a zero width space (U+200B) after `ku`"),
        ("\ufeffkuwait", "\ufffdkuwait", "a zero width no-break space (U+FEFF) at the beginning"),
        ("kuw\u0430it", "kuw\u0430it", "a cyrillic small letter a (U+0430) after `kuw`"),
        ("kuwait\u00a0", "kuwait\ufffd", "a no-break space (U+00A0) after `kuwait`"),
        ("“kuwait”", "“kuwait”", "a left double quotation mark (U+201C) at the beginning"),
    ],
)
def test_an_id_is_refused_with_the_character_that_nobody_sees(
    typed: str, shown: str, sign: str
) -> None:
    message, hint = _refusal(ids.read_id, typed)
    assert message == f"`{shown}` is not an id: it has {sign}."
    assert hint.endswith("write `kuwait`.")


@pytest.mark.parametrize("typed", ["halden", "river/halden", "a/b/c-1"])
def test_a_briefings_id_is_its_path(typed: str) -> None:
    assert ids.read_briefing_id(typed) == typed


@pytest.mark.parametrize(
    ("typed", "likely"),
    [("/a", "a"), ("a/", "a"), ("a//b", "a/b"), ("../a", "a"), ("A", "a"), ("a.yml", "a"),
     ("briefings/a/b.yml", "a/b"), ("a#b", "a-b"), ("a b", "a-b"), ("https://b.example/a/", "a")],
)  # fmt: skip
def test_a_bad_briefings_id_is_refused_with_a_likely_one(typed: str, likely: str) -> None:
    message, hint = _refusal(ids.read_briefing_id, typed)
    assert message == f"`{typed}` is not a briefing's id."
    assert hint.endswith(f"without `.yml`: write `{likely}`.")


@pytest.mark.parametrize("typed", ["claim", "halden#claim", "river/halden#claim"])
def test_a_positions_id_may_name_its_briefing(typed: str) -> None:
    assert ids.read_position_id(typed) == typed


@pytest.mark.parametrize(
    ("typed", "likely"),
    [("#claim", ": `claim`"), ("halden#", ""), ("A#b", ": `a#b`"), ("#", ""),
     ("briefings/halden.yml#claim", ": `halden#claim`")],
)  # fmt: skip
def test_a_bad_positions_id_is_refused_with_a_likely_one(typed: str, likely: str) -> None:
    assert _refusal(ids.read_position_id, typed) == (
        f"`{typed}` is not a position's id.",
        f"Write `id`, or `briefing#id` for a position of another briefing{likely}.",
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
    assert urls.read_url(typed) == typed


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
        "https://[::1",
        "https://[ü",
    ],
)
def test_what_is_no_web_address_is_refused(typed: str) -> None:
    message, hint = _refusal(urls.read_url, typed)
    assert message.endswith("is not a web address.")
    assert hint.endswith(("for example `https://example.org/page`.", "`https://e.example`."))


@pytest.mark.parametrize(
    ("typed", "likely"),
    [
        ("“https://e.example/a”", "https://e.example/a"),
        ("«https://e.example/a»", "https://e.example/a"),
        ("https://e.example/a”", "https://e.example/a"),
        ("<https://e.example/a>", "https://e.example/a"),
        ("https://e.exam\u00adple/a", "https://e.example/a"),
        ("https://e.example/a\u200b", "https://e.example/a"),
        ("https://e.example/a\u00a0", "https://e.example/a"),
        ("https://e.example/a b", "https://e.example/a%20b"),
        ('https://e.example/"x', "https://e.example/%22x"),
        ("https://e.example/\n", "https://e.example/"),
        ("[a page](https://e.example/a)", "https://e.example/a"),
        ("https//e.example/a", "https://e.example/a"),
        ("https:/e.example/a", "https://e.example/a"),
        ("htps://e.example/a", "https://e.example/a"),
        ("http:e.example/a", "http://e.example/a"),
        ("www.e.example/a?b=c", "https://www.e.example/a?b=c"),
    ],
)
def test_a_web_address_is_refused_with_how_it_should_be(typed: str, likely: str) -> None:
    message, hint = _refusal(urls.read_url, typed)
    assert "is not a web address" in message
    assert hint == f"Write the whole address: `{likely}`."
    assert urls.read_url(likely) == likely


def test_a_web_address_is_refused_with_the_character_that_nobody_sees() -> None:
    message, _ = _refusal(urls.read_url, "“https://e.example/a”")
    assert message == (
        "`“https://e.example/a”` is not a web address: "
        "it has a left double quotation mark (U+201C) at the beginning."
    )


def test_a_web_address_can_have_letters_of_any_script() -> None:
    for typed in ("https://fa.example/می\u200cخواهم", "https://de.example/wiki/„Wort“_im_Text"):
        assert urls.read_url(typed) == typed


def test_degrees_are_read_within_their_limits() -> None:
    read = coordinates.read_number(-90, 90)
    assert [read(typed) for typed in ("12.65", "-90", "+0.5")] == [12.65, -90.0, 0.5]
    assert _refusal(read, "90.01")[0] == "`90.01` is not between -90 and 90."


@pytest.mark.parametrize("typed", ["12° E", "nan", "1e1", "١٢", "0x1F", "1_0"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    message, hint = _refusal(coordinates.read_number(-90, 90), typed)
    assert (message, hint) == (f"`{typed}` is not a number.", "Write decimal degrees: `12.65`.")


@pytest.mark.parametrize(
    ("typed", "likely"),
    [("12,5", "12.5"), ("12.65° N", "12.65"), ("12°39′ S", "-12.65"), ("12° 39' 0\" N", "12.65"),
     ("N 12.65", "12.65"), ("−12.65", "-12.65")],
)  # fmt: skip
def test_degrees_written_otherwise_are_refused_with_what_to_write(typed: str, likely: str) -> None:
    message, hint = _refusal(coordinates.read_number(-90, 90), typed)
    assert (message, hint) == (f"`{typed}` is not a number.", f"Write `{likely}`.")


@pytest.mark.parametrize(
    ("kind", "typed", "hint"),
    [
        (fields.Country, "Norland", "Write it like `ML`."),
        (fields.Country, "ml", "Write `ML`."),
        (fields.Country, "Mali", "Write `ML`."),
        (fields.Country, "MLI", "Write `ML`."),
        (fields.Wikidata, "912", "Write `Q912`."),
        (fields.Wikidata, "https://www.wikidata.org/wiki/Q912", "Write `Q912`."),
        (fields.Wikidata, "Mali", "Write it like `Q912`."),
    ],
)
def test_a_code_is_refused_with_what_to_write(kind: Any, typed: str, hint: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(typed)
    (detail,) = caught.value.errors()
    assert detail["ctx"]["hint"] == hint


def test_an_id_is_once_in_a_list() -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(fields.SourceIds).validate_python(["a", "b", "a"])
    (detail,) = caught.value.errors()
    assert detail["msg"] == "`a` is twice in this list."
