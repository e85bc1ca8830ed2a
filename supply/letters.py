"""Write generator/search/letters.json: how the search cuts and folds words, from Unicode's tables.

    uv run --python 3.11 --with unicodedata2 supply/letters.py

The file is committed. The build and the reader's browser read the same file, so they agree whatever
version of Unicode each of them knows. Run this with the oldest supported Python, so that the file
has everything that is newer than its Unicode.

- `words`: first and last code points of letters, marks and digits.
- `marks`: those that belong to the sign before them.
- `unspaced`: the letters of scripts written without spaces between words.
- `joiners`: characters that separate parts of one word (l’Orvane, Sana'a, a zero-width non-joiner).
- `fold`: [first, last, step, what the first becomes]. If that is one letter, the others become the
  letters that follow it. This applies after compatibility decomposition (NFKD).
- `instead`: what replaces a code point instead of its decomposition and folding.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata as oldest
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType

FILE = Path(__file__).parents[1] / "generator" / "search" / "letters.json"

# By combining class: signs of a vowel, a tone, or a missing vowel that no reader leaves out.
_SPELT = {0, 8, 9, 84, 91, 103, 107, 118, 122, 129, 130, 132}
# Letters that Unicode neither decomposes nor names as another letter "with" something.
_LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ȷ": "j", "ð": "d", "þ": "th", "ŋ": "n", "ĸ": "k",
    "ſ": "s", "ς": "σ",
    "ə": "a", "ǝ": "e", "ɛ": "e", "ɔ": "o", "ɩ": "i", "ɣ": "g", "ʋ": "v", "ʒ": "z",
    "ک": "ك", "ڪ": "ك", "ی": "ي", "ى": "ي", "ې": "ي", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه",
    "ۃ": "ه", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا", "ں": "ن",
    "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ",
}  # fmt: skip
_WITH = re.compile(r"(LATIN|CYRILLIC) SMALL LETTER (\w+(?: \w+)??) WITH .+")
_UNSPACED = re.compile(
    r"(CJK (UNIFIED|COMPATIBILITY) IDEOGRAPH|HIRAGANA|KATAKANA|BOPOMOFO|TANGUT|NUSHU|KHITAN"
    r"|IDEOGRAPHIC (ITERATION|CLOSING|NUMBER)|HENTAIGANA|VERTICAL KANA|THAI |LAO |KHMER |MYANMAR "
    r"|TAI LE |NEW TAI LUE |TAI THAM |TAI VIET |AHOM |JAVANESE |BALINESE )"
)
_KANA = "ー々〆〇"
_JOINERS = "'`’‘‛.·‧:_‿׳״\u200c′ʹʺʻʼʽʾʿˈꞌ"
_IGNORED = "ـ՛՜՞"
_RAISED = "²³¹⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"


def table(newest: ModuleType = oldest) -> dict[str, object]:
    """The file's content, of the Unicode that ``newest`` knows."""
    signs = map(chr, range(sys.maxunicode + 1))
    points = [sign for sign in signs if newest.category(sign) not in ("Cn", "Co", "Cs")]
    category = {sign: newest.category(sign) for sign in points}
    fold = dict(_folded(points, newest))
    joiners = set(_JOINERS)
    return {
        "unicode": newest.unidata_version,
        "words": _ranges(
            sign for sign in points if category[sign][0] in "LMN" and sign not in joiners
        ),
        "marks": _ranges(sign for sign in points if category[sign][0] == "M"),
        "unspaced": _ranges(
            sign
            for sign in points
            if category[sign][0] in "LN"
            and (sign in _KANA or _UNSPACED.match(newest.name(sign, "")))
        ),
        "joiners": "".join(sorted(_JOINERS)),
        "fold": list(_runs(fold)),
        "instead": dict(_instead(points, newest, fold)),
    }


def _folded(points: Iterable[str], newest: ModuleType) -> Iterator[tuple[str, str]]:
    """Code points that change after decomposition, each with what it becomes."""
    for sign in points:
        if newest.normalize("NFKD", sign) == sign and (new := _fold(sign, newest)) != sign:
            yield sign, new


def _fold(sign: str, newest: ModuleType) -> str:
    kind = newest.category(sign)
    if sign in _IGNORED or (kind == "Cf" and sign not in "\u200b\u200c"):
        return ""
    if kind in ("Mn", "Me"):
        name = newest.name(sign)
        left_out = "VARIATION SELECTOR" in name or "GRAPHEME JOINER" in name or kind == "Me"
        return "" if left_out or newest.combining(sign) not in _SPELT else sign
    if kind == "Nd":
        return str(newest.digit(sign))
    small = _small(sign, newest)
    return "".join(_LETTERS.get(character, _base(character, newest)) for character in small)


def _small(sign: str, newest: ModuleType) -> str:
    if (small := sign.lower()) != sign:
        return small
    name = newest.name(sign, "")
    if newest.category(sign) == "Lu" and " CAPITAL " in name:
        try:
            return str(newest.lookup(name.replace(" CAPITAL ", " SMALL ")))
        except KeyError:
            return sign
    return sign


def _base(sign: str, newest: ModuleType) -> str:
    """The letter that a letter "with" a stroke, a hook or a descender is by its name."""
    match = _WITH.fullmatch(newest.name(sign, ""))
    if not match:
        return sign
    script, letter = match.groups()
    letter = letter.removeprefix("DOTLESS ").removeprefix("LONG ")
    try:
        base = str(newest.lookup(f"{script} SMALL LETTER {letter}"))
    except KeyError:
        return sign
    return _LETTERS.get(base, base)


def _instead(
    points: Iterable[str], newest: ModuleType, fold: dict[str, str]
) -> Iterator[tuple[str, str]]:
    def whole(sign: str, tables: ModuleType) -> str:
        apart = tables.normalize("NFKD", sign)
        return "".join(fold.get(character, character) for character in apart)

    for sign in points:
        if sign == "´":
            yield sign, "'"
        elif sign in _RAISED:  # an area in km² is found by km, and by km2
            yield sign, f"ʼ{newest.digit(sign)}"
        elif newest.category(sign) == "So" and whole(sign, newest)[:1].isalnum():  # Name™
            yield sign, f" {whole(sign, newest)} "
        elif newest.decomposition(sign).startswith("<fraction>"):
            yield sign, sign
        elif newest is not oldest and whole(sign, newest) != whole(sign, oldest):
            yield sign, whole(sign, newest)


def _ranges(signs: Iterable[str]) -> list[int]:
    """First and last code points in turn."""
    ranges: list[int] = []
    for point in map(ord, signs):
        if ranges and ranges[-1] == point - 1:
            ranges[-1] = point
        else:
            ranges += [point, point]
    return ranges


def _runs(fold: dict[str, str]) -> Iterator[list[int | str]]:
    """Letters that follow each other, or every other one, and become such ones, as one entry."""
    points = {ord(sign): new for sign, new in fold.items()}
    done: set[int] = set()
    for first in sorted(points):
        if first in done:
            continue
        run = max((_run(points, done, first, step) for step in (1, 2)), key=lambda run: run[0])
        last, step = run
        done.update(range(first, last + 1, step))
        yield [first, last, step, points[first]]


def _run(points: dict[int, str], done: set[int], first: int, step: int) -> tuple[int, int]:
    expected: Callable[[int], str]
    if len(points[first]) == 1:
        start = ord(points[first])

        def expected(point: int) -> str:
            return chr(start + point - first)
    else:

        def expected(point: int) -> str:
            return points[first]

    last = first
    while last + step not in done and points.get(last + step) == expected(last + step):
        last += step
    return last, step


def main() -> None:
    """Write the file."""
    import unicodedata2

    if oldest.unidata_version != "14.0.0":
        sys.exit("Run it with Python 3.11, whose Unicode is the oldest in use.")
    text = json.dumps(table(unicodedata2), ensure_ascii=True, separators=(",", ":"))
    FILE.write_text(text.replace('],"', '],\n"') + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
