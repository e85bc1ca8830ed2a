"""Characters that nobody sees, or that look like others, where programs read: ids, addresses.

`kuwait` with a soft hyphen in it, `nоrland` with a Cyrillic о, “https://…” in curly quotes.
"""

from __future__ import annotations

import unicodedata

#: Letters of other alphabets that look like those of the English one.
_ALIKE = dict(
    zip(
        "асԁеһіјӏոорԛѕսԝхуАВСЕНІЈКМОРЅТХαινορυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "acdehijlnopqsuwxyABCEHIJKMOPSTXaivopuxABEZHIKMNOPTYX",
        strict=True,
    )
)
_QUOTES = "\"'“”„‟«»‘’‚‛‹›＂＇`"
_SPACES = {"Zs"}
_HIDDEN = {"Cf", "Cc", "Zl", "Zp"}


def strange(text: str) -> int | None:
    """Where the first character is that is hidden, or looks like another; None without one."""
    return next((index for index, sign in enumerate(text) if _is_strange(sign)), None)


def described(text: str, index: int) -> str:
    """The character at ``index`` by its name, its number, and what it comes after."""
    sign = text[index]
    name = unicodedata.name(sign, "control character").lower()
    before = visible(text[max(0, index - 12) : index])
    place = f"after `{before}`" if before.strip() else "at the beginning"
    article = "an" if name[0] in "aeiou" else "a"
    return f"{article} {name} (U+{ord(sign):04X}) {place}"


def visible(text: str) -> str:
    """``text`` with a sign for each character that nobody sees."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)


def usual(text: str) -> str:
    """``text`` with the usual characters: nothing hidden, no spaces or quotation marks around it,
    each letter that looks like an English one as that, full-width letters as narrow ones.
    """
    kept = (
        " " if unicodedata.category(sign) in _SPACES else _ALIKE.get(sign, sign)
        for sign in unicodedata.normalize("NFC", text)
        if unicodedata.category(sign) not in _HIDDEN or sign in "\n\t"
    )
    narrow = "".join(
        unicodedata.normalize("NFKC", sign) if 0xFF01 <= ord(sign) <= 0xFF5E else sign
        for sign in kept
    )
    return narrow.strip().strip(_QUOTES).strip()


def _is_strange(sign: str) -> bool:
    if sign.isascii():
        return False
    return (
        sign in _ALIKE
        or sign in _QUOTES
        or unicodedata.category(sign) in _HIDDEN | _SPACES
        or 0xFF01 <= ord(sign) <= 0xFF5E
        or unicodedata.category(sign) == "Pd"
    )
