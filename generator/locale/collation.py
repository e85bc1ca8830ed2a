"""The order of names in indexes, by the alphabet of a language.

No kept library for the Unicode Collation Algorithm can be installed without a compiler. So this
has what the languages of the catalogues need: accents count only between equal names, Spanish has
``ñ`` after ``n``, Ukrainian has its own letters, and the 3,755 most frequent Chinese characters are
in order of pinyin, as the first level of GB 2312 is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

SortKey = tuple[str, str]
_UKRAINIAN = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
_FIRST = 0x430  # so that Ukrainian letters come in the place of Cyrillic ones


def sort_key(text: str, language: str) -> SortKey:
    """The key of ``text`` in an index in ``language`` (BCP 47); equal texts have equal keys."""
    folded = text.casefold()
    order = _ORDERS.get(language.partition("-")[0], _without_accents)
    return order(folded), text


def _without_accents(text: str) -> str:
    """Accents of Latin and Arabic letters don't count. A Cyrillic ``й`` is a letter."""
    if text.isascii():
        return text
    letters = []
    for letter in text:
        decomposed = unicodedata.normalize("NFD", letter)
        first, marks = decomposed[0], decomposed[1:]
        is_cyrillic = "\u0400" <= first <= "\u04ff"
        keeps_mark = is_cyrillic and letter != "ё"
        letters.append(letter if keeps_mark else "".join([first, *filter(str.isalnum, marks)]))
    return "".join(letters)


def _spanish(text: str) -> str:
    return _without_accents(unicodedata.normalize("NFC", text).replace("ñ", "n\uffff"))


def _ukrainian(text: str) -> str:
    places = {letter: chr(_FIRST + index) for index, letter in enumerate(_UKRAINIAN)}
    return "".join(places.get(letter) or _without_accents(letter) for letter in text)


def _chinese(text: str) -> str:
    """Characters of GB 2312 by their place in it, behind other letters; the rest by code point."""
    return "".join(map(_place_of_character, _without_accents(text)))


def _place_of_character(letter: str) -> str:
    try:
        encoded = letter.encode("gb2312")
    except UnicodeEncodeError:
        return letter
    return letter if len(encoded) == 1 else chr(0x4E00 + int.from_bytes(encoded) - 0xB0A1)


_ORDERS: dict[str, Callable[[str], str]] = {
    "es": _spanish,
    "uk": _ukrainian,
    "zh": _chinese,
}
