"""Words for the search: how text is cut, folded and made into keys, and the table it is done by."""

from __future__ import annotations

import json
import sys
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search.tokenizer import LETTERS, LONGEST, beginnings, cut, folded, search_keys
from supply.letters import table

TABLE = json.loads(LETTERS)


def _words(text: str) -> list[str]:
    return [word.text for word in cut(text)]


def _spread(table: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The table by code point."""
    spread: dict[str, dict[str, Any]] = {"fold": {}, "instead": dict(table["instead"])}
    for name in ("words", "marks", "unspaced"):
        ends = iter(table[name])
        spread[name] = {
            chr(point): True for first in ends for point in range(first, next(ends) + 1)
        }
    for first, last, step, new in table["fold"]:
        for point in range(first, last + 1, step):
            put = chr(ord(new) + point - first) if len(new) == 1 else new
            spread["fold"][chr(point)] = put
    return spread


# A letter whose base, "lambda" in Latin, came to Unicode later than itself.
LATER = "ƛ"


def test_the_table_is_what_unicode_says_of_every_sign_that_this_python_knows() -> None:
    kept, made = _spread(TABLE), _spread(table())
    signs = map(chr, range(sys.maxunicode + 1))
    known = [sign for sign in signs if unicodedata.name(sign, "") and sign != LATER]
    differ = [
        (name, sign)
        for name in ("fold", "words", "marks", "unspaced")
        for sign in known
        if kept[name].get(sign) != made[name].get(sign)
    ]
    assert differ == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("l’Orvane", ["l", "orvane"]),
        ("river—Zoltar", ["river", "zoltar"]),
        ("النهر،زولتار", ["النهر", "زولتار"]),
        ("3,000 and 3.5 on 12.10.2024", ["3000", "and", "3.5", "on", "12", "10", "2024"]),
        ("Łódź, Straße, ＮＡＴＯ, ILICA", ["lodz", "strasse", "nato", "ilica"]),
        ("水が", ["水", "か\u3099"]),
        ("น้ำ", ["น้ํ", "า"]),
    ],
)
def test_words_are_cut_and_folded(text: str, words: list[str]) -> None:
    assert _words(text) == words


@given(st.text())
def test_every_way_to_write_the_same_signs_gives_the_same_words(text: str) -> None:
    assert _words(unicodedata.normalize("NFC", text)) == _words(unicodedata.normalize("NFD", text))


@given(st.text())
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    once = folded(text)
    assert folded(once) == once


@given(st.text(), st.text())
def test_every_word_of_a_text_is_among_its_keys(before: str, after: str) -> None:
    text = f"{before} {after}"
    keys = search_keys(text)
    assert {word.text[:LONGEST] for word in cut(text)} <= keys
    assert {word.whole[:LONGEST] for word in cut(text) if word.whole} <= keys


def test_a_word_of_any_length_has_short_keys() -> None:
    assert max(map(len, search_keys("a" * 1000))) == LONGEST


def test_a_word_is_looked_up_by_seven_tenths_of_it_from_four_letters_on() -> None:
    assert list(beginnings("inspectors")) == ["inspect", "inspecto", "inspector"]
    assert list(beginnings("inns")) == []
    assert list(beginnings("inner")) == ["inne"]
    assert list(beginnings("12000")) == []
    assert list(beginnings("1990s")) == ["1990"]


def test_letters_of_scripts_without_spaces_are_looked_up_in_pairs() -> None:
    assert search_keys("埃及，水") == {"埃", "及", "水", "埃及"}
    assert "河流" in search_keys("河 流")
