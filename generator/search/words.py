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
_ZERO_WIDTH = "\u200b\u200c"
_CACHE_SIZE = 2**16
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
    left = between.strip(_ZERO_WIDTH)
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


def search_keys(text: str) -> set[str]:
    """What a text is found by: its words, their beginnings, and letters in pairs."""
    chunks = text.split()
    keys: set[str] = set()
    for chunk in set(chunks):
        keys |= _chunk_keys(chunk).keys
    if not text.isascii():
        keys.update(_pairs_across_lines(chunks))
    return keys


def _pairs_across_lines(chunks: list[str]) -> Iterator[str]:
    """Pairs of letters that only the end of a line parts."""
    for before, after in pairwise(map(_chunk_keys, chunks)):
        last, first = before.last_letter, after.first_letter
        if last and first and _is_wide(last[0]) and _is_wide(first[0]):
            yield last + first


@dataclass(frozen=True, slots=True)
class _ChunkKeys:
    """The keys of what is between two spaces, and the unspaced letters at its ends."""

    keys: frozenset[str]
    first_letter: str = ""
    last_letter: str = ""


@lru_cache(_CACHE_SIZE)
def _chunk_keys(chunk: str) -> _ChunkKeys:
    if simple := _SIMPLE.fullmatch(chunk):
        return _ChunkKeys(_word_keys(simple[1].lower()))
    words = cut(chunk)
    keys: set[str] = set()
    for word in words:
        if word.unspaced:
            keys.add(word.text[:LONGEST])
            continue
        for text in filter(None, (word.text, word.whole)):
            keys |= _word_keys(text)
    for word, following in pairwise(words):
        if following.unspaced and following.joined:
            keys.add((word.text + following.text)[:LONGEST])
    if not words:
        return _ChunkKeys(frozenset())
    folded_chunk = folded(chunk).strip(_ZERO_WIDTH)
    first, last = words[0], words[-1]
    return _ChunkKeys(
        frozenset(keys),
        first.text if first.unspaced and folded_chunk.startswith(first.text) else "",
        last.text if last.unspaced and folded_chunk.endswith(last.text) else "",
    )


@lru_cache(_CACHE_SIZE)
def _word_keys(word: str) -> frozenset[str]:
    return frozenset(text[:LONGEST] for text in (word, *beginnings(word)))


def beginnings(word: str) -> Iterator[str]:
    """What is enough to type of a word: four letters or more, and seven tenths of it.

    Digits are the beginning of "1990s", but not of another number.
    """
    for length in range(max(4, -(-7 * len(word) // 10)), len(word)):
        if not (_DIGITS.fullmatch(word[:length]) and word[length] in "0123456789."):
            yield word[:length]
