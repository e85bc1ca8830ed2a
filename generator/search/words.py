"""Text cut into the words that the search looks up.

Words are cut as Unicode's annex 29 does, and more finely at signs within them: « l’Orvane » is
found by "Orvane" and by "lorvane". Letters of scripts without spaces are looked up singly and in
pairs. The page's script `search-words.js` does the same by the same table, `letters.json`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

#: The table of letters, as it is published for the page's script.
LETTERS = Path(__file__).with_name("letters.json").read_bytes()
#: A longer word is looked up by its beginning.
LONGEST = 64
_TABLE: dict[str, Any] = json.loads(LETTERS)
_DIGITS = re.compile("[0-9]+")
_NUMBER = re.compile(r"[0-9]+(?:[.,'’٫٬][0-9]+)+")
_GROUPS = re.compile(r"[0-9]{1,3}(?:[,'’٬][0-9]{3})+")
_APART = "\u200b\u200c"
_KEPT = 2**16
# A word of plain letters among plain punctuation, as nearly all are in English.
_SIMPLE = re.compile(r"[!-/:-@\[-`{-~]*([A-Za-z]+)[!-/:-@\[-`{-~]*")


def _in_ranges(name: str) -> frozenset[str]:
    ends = iter(_TABLE[name])
    return frozenset(chr(point) for first in ends for point in range(first, next(ends) + 1))


def _fold() -> dict[int, str]:
    folded = {}
    for first, last, step, new in _TABLE["fold"]:
        for point in range(first, last + 1, step):
            folded[point] = chr(ord(new) + point - first) if len(new) == 1 else new
    return folded


_WORDS = _in_ranges("words")
_MARKS = _in_ranges("marks")
_UNSPACED = _in_ranges("unspaced")
_JOINERS = frozenset(_TABLE["joiners"])
_FOLD = _fold()
_INSTEAD: dict[str, str] = _TABLE["instead"]


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of a text: a word, or a letter of a script without spaces (``unspaced``).

    ``joined`` says that it continues the piece before it: such letters with nothing between them,
    and pieces of a word that is parted by an apostrophe. ``whole`` is the word that begins here,
    where it has such pieces.
    """

    text: str
    unspaced: bool = False
    joined: bool = False
    whole: str = ""


_NONE = Word("")


def folded(text: str) -> str:
    """``text`` without what makes no other word of it: capitals, accents, width."""
    return "".join(_folded(cluster) for cluster in _clusters(text))


def _clusters(text: str) -> Iterator[str]:
    """Each sign with the marks that belong to it."""
    start = 0
    for at, sign in enumerate(text):
        if at > start and sign not in _MARKS:
            yield text[start:at]
            start = at
    if text:
        yield text[start:]


def _folded(cluster: str) -> str:
    if cluster.isascii():
        return cluster.lower()
    put = "".join(_INSTEAD.get(sign) or unicodedata.normalize("NFKD", sign) for sign in cluster)
    if len(put) > 1:
        put = unicodedata.normalize("NFD", put)
    return put.translate(_FOLD)


def cut(text: str) -> list[Word]:
    """The words of ``text`` in order."""
    signs = folded(text)
    found: list[Word] = []
    between = " "
    at = 0
    while at < len(signs):
        sign = signs[at]
        if sign in _UNSPACED:
            end = _after_marks(signs, at + 1)
            joined = bool(found) and found[-1].unspaced and _is_nothing(between, found[-1], sign)
            found.append(Word(signs[at:end], unspaced=True, joined=joined))
        elif sign in _WORDS:
            end = _end_of_word(signs, at)
            found += _pieces(signs[at:end])
        else:
            between += sign
            at += 1
            continue
        at, between = end, ""
    return found


def _after_marks(signs: str, at: int) -> int:
    while at < len(signs) and signs[at] in _MARKS:
        at += 1
    return at


def _is_nothing(between: str, before: Word, sign: str) -> bool:
    """Whether what is between two letters parts them. A line's end in Chinese doesn't."""
    left = between.strip(_APART)
    return not left or (left == " " and _is_wide(before.text[0]) and _is_wide(sign))


def _is_wide(sign: str) -> bool:
    return "\u2e80" <= sign <= "\u9fff" or sign >= "\U00016fe0"


def _end_of_word(signs: str, at: int) -> int:
    while at < len(signs):
        sign = signs[at]
        if sign not in _WORDS or sign in _UNSPACED:
            after = signs[at + 1 : at + 2]
            inside = after in _WORDS and after not in _UNSPACED
            if not inside or not _joins(signs[at - 1], sign, after):
                return at
        at += 1
    return at


def _joins(before: str, sign: str, after: str) -> bool:
    if sign == ",":
        return before in "0123456789" and after in "0123456789"
    if sign == '"':
        return "\u05d0" <= before <= "\u05ea" and "\u05d0" <= after <= "\u05ea"
    return sign in _JOINERS or sign in "٫٬"


def _pieces(word: str) -> list[Word]:
    if _NUMBER.fullmatch(word):
        if _GROUPS.fullmatch(word):
            return [Word(re.sub(r"[^0-9]", "", word))]
        parts = re.split(r"[^0-9]", word)
        if len(parts) == 2:
            return [Word(".".join(parts))]
    pieces = "".join(sign if sign in _WORDS else " " for sign in word).split(" ")
    if len(pieces) == 1:
        return [Word(word)]
    first, *others = pieces
    whole = "".join(pieces)
    if whole.isascii() and whole.isdigit():
        whole = ""
    return [Word(first, whole=whole), *(Word(piece, joined=True) for piece in others)]


def looked_up(text: str) -> str:
    """The keys that a text is found by: of its words, their beginnings, and letters in pairs."""
    chunks = text.split()
    found = [_of_chunk(chunk)[0] for chunk in dict.fromkeys(chunks)]
    if not text.isascii():
        found += _across(chunks)
    return " ".join(filter(None, found))


def _across(chunks: list[str]) -> Iterator[str]:
    """Keys of pairs of letters that only the end of a line parts."""
    for (_, _, ending), (_, beginning, _) in pairwise(map(_of_chunk, chunks)):
        if ending and beginning and _is_wide(ending[0]) and _is_wide(beginning[0]):
            yield key(ending + beginning)


@lru_cache(_KEPT)
def _of_chunk(chunk: str) -> tuple[str, str, str]:
    """The keys of what is between two spaces, and the unspaced letters at its two ends."""
    if simple := _SIMPLE.fullmatch(chunk):
        return _keys(simple[1].lower()), "", ""
    words = cut(chunk)
    found: dict[str, None] = {}
    for word in words:
        if word.unspaced:
            found[key(word.text)] = None
            continue
        for text in filter(None, (word.text, word.whole)):
            found[_keys(text)] = None
    for one, other in pairwise(words):
        if other.unspaced and other.joined:
            found[key(one.text + other.text)] = None
    signs = folded(chunk).strip(_APART)
    first, last = (words[0], words[-1]) if words else (_NONE, _NONE)
    return (
        " ".join(found),
        first.text if first.unspaced and signs.startswith(first.text) else "",
        last.text if last.unspaced and signs.endswith(last.text) else "",
    )


@lru_cache(_KEPT)
def _keys(word: str) -> str:
    return " ".join(map(key, (word, *beginnings(word))))


def beginnings(word: str) -> Iterator[str]:
    """What is enough to type of a word: four letters on, and seven tenths of it.

    Digits are the beginning of "1990s", but not of another number.
    """
    for length in range(max(4, -(-7 * len(word) // 10)), len(word)):
        if not (_DIGITS.fullmatch(word[:length]) and word[length] in "0123456789."):
            yield word[:length]


class _Signs(dict[int, str]):
    """What becomes of each sign in a key."""

    def __missing__(self, point: int) -> str:
        sign = chr(point)
        if sign not in "qz" and sign.isascii() and sign.isalnum():
            put = sign
        else:
            put = f"q{point:04x}" if point < 0x10000 else f"qq{point:06x}"
        self[point] = put
        return put


_SIGNS = _Signs()


def key(word: str) -> str:
    """``word`` for Pagefind: letters and digits that it leaves as they are, and "z" at the end.

    As "z" is nowhere else, no key begins another: Pagefind, which offers longer words that begin
    with what is looked up, and else shorter ones, finds this word or none.
    """
    return f"{word[:LONGEST].translate(_SIGNS)}z"
