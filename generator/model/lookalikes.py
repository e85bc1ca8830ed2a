"""Hidden and look-alike characters in ids and addresses.

`kuwait` with a soft hyphen in it, `nоrland` with a Cyrillic о, “https://…” in curly quotes.
"""

from __future__ import annotations

import unicodedata

#: Letters of other alphabets that look like English ones.
_LOOKALIKES = dict(
    zip(
        "асԁеһіјӏոорԛѕսԝхуАВСЕНІЈКМОРЅТХαινορυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "acdehijlnopqsuwxyABCEHIJKMOPSTXaivopuxABEZHIKMNOPTYX",
        strict=True,
    )
)
_QUOTES = "\"'“”„‟«»‘’‚‛‹›＂＇`"
_SPACES = {"Zs"}
_HIDDEN = {"Cf", "Cc", "Zl", "Zp"}


def find_suspicious(text: str) -> int | None:
    """The index of the first character that is hidden or looks like another, or None."""
    return next((index for index, char in enumerate(text) if _is_suspicious(char)), None)


def describe_character(text: str, index: int) -> str:
    """The name and number of the character at ``index``, and the text before it."""
    char = text[index]
    before = visible(text[max(0, index - 12) : index])
    place = f"after `{before}`" if before.strip() else "at the beginning"
    name = with_article(unicodedata.name(char, "control character").lower())
    return f"{name} (U+{ord(char):04X}) {place}"


def with_article(name: str) -> str:
    """``an arrow``, ``a bracket``."""
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def visible(text: str) -> str:
    """``text`` with a replacement character for each invisible one."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def without_lookalikes(text: str) -> str:
    """``text`` with the characters that were probably meant.

    It has no hidden characters, no spaces or quotation marks around it, English letters in place of
    those that look like them, and narrow letters in place of full-width ones.
    """
    replaced = (
        " " if unicodedata.category(char) in _SPACES else _LOOKALIKES.get(char, char)
        for char in unicodedata.normalize("NFC", text)
        if unicodedata.category(char) not in _HIDDEN or char in "\n\t"
    )
    narrow = "".join(
        unicodedata.normalize("NFKC", char) if 0xFF01 <= ord(char) <= 0xFF5E else char
        for char in replaced
    )
    return narrow.strip().strip(_QUOTES).strip()


def _is_suspicious(char: str) -> bool:
    if char.isascii():
        return False
    return (
        char in _LOOKALIKES
        or char in _QUOTES
        or unicodedata.category(char) in _HIDDEN | _SPACES
        or 0xFF01 <= ord(char) <= 0xFF5E
        or unicodedata.category(char) == "Pd"
    )
