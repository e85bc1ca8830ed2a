"""Text cut into the words that the search looks up.

Words are cut as in Unicode's annex 29, and also at signs within them: « l’Orvane » is found by
"Orvane" and by "lorvane". Letters of scripts without spaces are looked up singly and in pairs. The
browser does the same in `search-words.js`, with the same table, `letters.json`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

#: The table of letters, as the site publishes it for `search-words.js`.
LETTERS = Path(__file__).with_name("letters.json").read_bytes()
#: A longer word is looked up by its first characters.
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
    for first, last, step, replacement in _TABLE["fold"]:
        for point in range(first, last + 1, step):
            one_letter = len(replacement) == 1
            folded[point] = chr(ord(replacement) + point - first) if one_letter else replacement
    return folded


_WORDS = _in_ranges("words")
_MARKS = _in_ranges("marks")
_UNSPACED = _in_ranges("unspaced")
_JOINERS = frozenset(_TABLE["joiners"])
_FOLD = _fold()
_INSTEAD: dict[str, str] = _TABLE["instead"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, a piece of one, or a letter of a script without spaces (``unspaced``).

    ``joined`` is true if it continues the word before it: such letters with nothing between them,
    and the pieces of a word around an apostrophe. ``whole`` is the word without the apostrophe, on
    its first piece.
    """

    text: str
    unspaced: bool = False
    joined: bool = False
    whole: str = ""


def folded(text: str) -> str:
    """``text`` without differences that don't matter in a search: capitals, accents, width."""
    return "".join(_folded(cluster) for cluster in _clusters(text))


def _clusters(text: str) -> Iterator[str]:
    """Each character with the combining marks that belong to it."""
    start = 0
    for position, character in enumerate(text):
        if position > start and character not in _MARKS:
            yield text[start:position]
            start = position
    if text:
        yield text[start:]


def _folded(cluster: str) -> str:
    if cluster.isascii():
        return cluster.lower()
    decomposed = "".join(
        _INSTEAD.get(character) or unicodedata.normalize("NFKD", character) for character in cluster
    )
    if len(decomposed) > 1:
        decomposed = unicodedata.normalize("NFD", decomposed)
    return decomposed.translate(_FOLD)


def cut(text: str) -> list[Word]:
    """The words of ``text`` in order."""
    text = folded(text)
    words: list[Word] = []
    between = " "
    start = 0
    while start < len(text):
        character = text[start]
        if character in _UNSPACED:
            end = _after_marks(text, start + 1)
            before = words[-1] if words else None
            joined = bool(before and before.unspaced and _joins_letters(between, before, character))
            words.append(Word(text[start:end], unspaced=True, joined=joined))
        elif character in _WORDS:
            end = _end_of_word(text, start)
            words += _pieces(text[start:end])
        else:
            between += character
            start += 1
            continue
        start, between = end, ""
    return words


def _after_marks(text: str, position: int) -> int:
    while position < len(text) and text[position] in _MARKS:
        position += 1
    return position


def _joins_letters(between: str, before: Word, character: str) -> bool:
    """Whether two letters with ``between`` between them are next to each other.

    In Chinese and Japanese, a line break doesn't part them.
    """
    rest = between.strip(_ZERO_WIDTH)
    return not rest or (rest == " " and _is_wide(before.text[0]) and _is_wide(character))


def _is_wide(character: str) -> bool:
    return "\u2e80" <= character <= "\u9fff" or character >= "\U00016fe0"


def _end_of_word(text: str, position: int) -> int:
    while position < len(text):
        character = text[position]
        if character not in _WORDS or character in _UNSPACED:
            after = text[position + 1 : position + 2]
            goes_on = after in _WORDS and after not in _UNSPACED
            if not goes_on or not _joins_pieces(text[position - 1], character, after):
                return position
        position += 1
    return position


def _joins_pieces(before: str, character: str, after: str) -> bool:
    if character == ",":
        return before in "0123456789" and after in "0123456789"
    if character == '"':
        return "\u05d0" <= before <= "\u05ea" and "\u05d0" <= after <= "\u05ea"
    return character in _JOINERS or character in "٫٬"


def _pieces(word: str) -> list[Word]:
    if _NUMBER.fullmatch(word):
        if _GROUPS.fullmatch(word):
            return [Word(re.sub(r"[^0-9]", "", word))]
        parts = re.split(r"[^0-9]", word)
        if len(parts) == 2:
            return [Word(".".join(parts))]
    pieces = "".join(character if character in _WORDS else " " for character in word).split(" ")
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


def name_keys(names: Iterable[str]) -> tuple[set[str], set[str]]:
    """The keys that only names have: of complete names, and of the words in longer names.

    They end with a space, so that they are different from all others and next to them in the index.
    """
    complete: set[str] = set()
    words: set[str] = set()
    for name in names:
        pieces = cut(name)
        complete.add(name_key(word.text for word in pieces))
        # "Sana’a" is typed as "Sanaa" too.
        complete.add(name_key(word.whole or word.text for word in pieces if not _continues(word)))
        spaced = [word for word in pieces if not word.unspaced]
        words |= {name_key([text]) for word in spaced for text in (word.text, word.whole) if text}
    return complete - {" "}, words - complete


def _continues(word: Word) -> bool:
    return word.joined and not word.unspaced


def name_key(words: Iterable[str]) -> str:
    """The key of the words of a name, or of one of them."""
    return f"{' '.join(words)[: LONGEST - 1]} "


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
