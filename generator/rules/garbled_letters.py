"""Texts hold no letters that a program read in a wrong encoding, such as `Ã©` for `é`."""

import re
from collections.abc import Iterator
from itertools import islice

from generator.model.field_errors import shown
from generator.rules.base import Finding, Findings, RuleContext, warning

#: So many are reported of one text; if there are more, the whole text has to be replaced.
_MOST = 20
#: How much of a word is shown on each side of what is garbled in it, in characters.
_AROUND = 30
#: How often a text can have been saved and read wrongly, one time after the other.
_TIMES = 3
_SPACE = re.compile(r"\s")


def _class(first: int, last: int) -> str:
    """The characters that Windows-1252 has for a range of bytes, for use in brackets. Latin-1 has
    the same, or control characters, which are refused elsewhere.
    """
    characters = bytes(range(first, last + 1)).decode("cp1252", "ignore")
    return re.escape(characters)


# UTF-8 writes a letter as a first byte, which says how many follow, and bytes from 80 to BF.
_FOLLOWING = f"[{_class(0x80, 0xBF)}]"
#: The same without the punctuation that comes after words.
_SIGN = f"(?![‘’“”«»‹›–—…\u00a0]){_FOLLOWING}"
_LETTER = (
    f"(?:[{_class(0xC2, 0xDF)}]{_FOLLOWING}|[{_class(0xE0, 0xEF)}]{_FOLLOWING}{{2}}"
    f"|[{_class(0xF0, 0xF4)}]{_FOLLOWING}{{3}})"
)
#: What all of them begin with. Nearly no other text has it, and the search for it is fast.
_BEGINNING = re.compile(f"[{_class(0xC2, 0xF4)}]{_FOLLOWING}")
# A single letter needs more evidence than several: `ß”` is a word's end and a quotation mark.
_GARBLED = re.compile(
    # Several in a row, such as a word in Cyrillic.
    f"{_LETTER}{{2,}}"
    # Punctuation, currencies and arrows.
    rf"|â[€‚„†ˆ]{_FOLLOWING}"
    # A closing quotation mark without its last byte, for which Windows-1252 has no character.
    r"|â€(?!\w)"
    # Letters with accents: next to a small letter, or at the beginning of a word.
    rf"|(?<=[a-zà-ÿ])[ÂÃÄÅ]{_FOLLOWING}"
    rf"|[ÃÄÅ]{_SIGN}(?=[a-zà-ÿ])"
    rf"|(?<=[a-z])á[º»]{_SIGN}(?=[a-z])"
    rf"|(?<!\w)Ã{_FOLLOWING}(?=[a-zà-ÿ])"
    r"|(?<!\w)[ÄÅ][’“”‹›](?=[a-zà-ÿ]{2})"
    r"|(?<!\w)Ã\u00a0"
    # Signs that Latin-1 has too.
    r"|(?<![^\W\d])(?<!«)Â[\u00a0¡-¿]"
)


@warning(
    "A text that was saved in one encoding and read in another has wrong letters, such as `cafÃ©` "
    "for `café`.",
    passing="summary: Norland says that the café at Orm is closed.",
    failing="summary: Norland says that the cafÃ© at Orm is closed.",
)
def rule(context: RuleContext) -> Findings:
    for path, _, text in context.texts():
        if not _BEGINNING.search(text):
            continue
        for start, end, right in islice(_garbled_words(text), _MOST):
            wrong = text[start:end]
            yield Finding(
                path,
                f"{shown(wrong)} was probably {shown(right)}: its letters were read in a wrong "
                "encoding.",
                f"Write {shown(right)}.",
                words=wrong,
                occurrence=text[:start].count(wrong),
                as_written=True,
                write=right,
            )


def _garbled_words(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of ``text`` with garbled letters: where each begins and ends, and how it reads with
    the right ones.
    """
    end = 0
    for match in _GARBLED.finditer(text):
        if match.start() < end:
            continue
        before = text[max(end, match.start() - _AROUND) : match.start()]
        after = text[match.end() : match.end() + _AROUND]
        start = match.start() - len(_SPACE.split(before)[-1])
        end = match.end() + len(_SPACE.split(after)[0])
        word = repaired = text[start:end]
        for _ in range(_TIMES):
            repaired = _GARBLED.sub(_right_letters, repaired)
        if repaired != word:
            yield start, end, repaired


def _right_letters(match: re.Match[str]) -> str:
    if match[0] == "â€":
        return "”"
    try:
        return match[0].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return match[0]
