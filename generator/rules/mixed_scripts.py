"""A word is written in one alphabet."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit

from generator.model.briefing import Related
from generator.model.introspection import FieldPath
from generator.model.registries import Source
from generator.rules.base import Finding, Findings, RuleContext, warning

_WORD = re.compile(r"[^\W\d_]+")
# Alphabets with letters that look like Latin ones (Unicode Technical Standard 39).
_ALIKE = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU")


@warning(
    "A Cyrillic `а` in a Latin word looks right, but no search finds it. In a domain it can "
    "lead to another site.",
    passing="title: Norland accuses Esteria",
    failing='title: "Norland accuses Est\u0435ria"',
)
def rule(context: RuleContext) -> Findings:
    for path, _, text in context.texts():
        if text.isascii():
            continue
        for match in _WORD.finditer(text):
            word = match[0]
            if word.isascii():
                continue
            if len(scripts := _scripts(word)) > 1:
                yield Finding(
                    path,
                    f"`{word}` mixes letters of {_listed(scripts)}: {_strangers(word)}.",
                    "Type the word again in one alphabet.",
                    words=word,
                    occurrence=text[: match.start()].count(word),
                    as_written=True,
                )
    for path, address in _addresses(context):
        host = urlsplit(address).hostname or ""
        for label in map(_decoded, host.split(".")):
            if len(scripts := _scripts(label)) > 1:
                yield Finding(
                    path,
                    f"The domain `{host}` mixes letters of {_listed(scripts)} in `{label}`: "
                    f"{_strangers(label)}.",
                    "Check that the address leads where it seems to.",
                )


def _addresses(context: RuleContext) -> Iterator[tuple[FieldPath, str]]:
    """The valid addresses that have letters beyond ASCII."""
    entries: list[tuple[FieldPath, Source | Related]] = [
        (path, source) for path, _, source in context.declared_sources()
    ]
    if context.briefing:
        related = context.briefing.model.related
        entries += [(("related", index), entry) for index, entry in enumerate(related)]
    for path, entry in entries:
        for key in ("url", "archive_url"):
            address = getattr(entry, key, None)
            if address and (not address.isascii() or "xn--" in address.lower()):
                yield (*path, key), address


def _decoded(label: str) -> str:
    """A label of a domain as browsers may show it (RFC 3492)."""
    try:
        return label[4:].encode().decode("punycode") if label.startswith("xn--") else label
    except UnicodeError:
        return label


def _scripts(word: str) -> list[str]:
    """The alphabets of a word that have similar-looking letters, each once."""
    named = (_script(letter) for letter in word)
    return list(dict.fromkeys(script for script in named if script in _ALIKE))


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _listed(scripts: list[str]) -> str:
    return " and ".join(f"the {script.title()} alphabet" for script in scripts)


def _strangers(word: str) -> str:
    """The letters of the word that belong to its rarest alphabet, in words."""
    scripts = [_script(letter) for letter in word]
    rarest = min(_scripts(word), key=lambda script: (scripts.count(script), script == "LATIN"))
    letters = dict.fromkeys(letter for letter in word if _script(letter) == rarest)
    return ", ".join(f"`{letter}` is {rarest.title()} (U+{ord(letter):04X})" for letter in letters)
