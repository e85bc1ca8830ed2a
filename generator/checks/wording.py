"""Finding watched words in the briefing's own words, which quotations are not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from generator.checks.rule import Case, Finding
from generator.model import WatchedTerm
from generator.yaml_source import FieldPath

_QUOTED = (
    "\"[^\"]*\"", "“[^”]*”", "„[^“”]*[“”]", "«[^»]*»", "»[^«]*«", "‹[^›]*›", "「[^」]*」", 
    "『[^』]*』", r"‘(?:[^’]|’(?=\w))*’", r"(?<!\w)'(?:[^'\n]|'(?=\w))+'(?!\w)",
)  # fmt: skip
_NOT_OWN = re.compile("|".join((*_QUOTED, r"\[@[^\]]*\]", r"\]\([^)]*\)", r"https?://\S+")))
_CACHED = 64


def own_words(text: str) -> str:
    """``text`` with blanks over quotations, citations and addresses; its length stays the same."""
    return _NOT_OWN.sub(lambda found: " " * len(found[0]), text)


def narrative(case: Case) -> Iterator[tuple[FieldPath, str]]:
    """The texts in which the briefing speaks itself: title, summary, events and statements."""
    if case.briefing is None:
        return
    model = case.briefing.model
    yield ("title",), model.title
    yield ("summary",), model.summary
    for index, event in enumerate(model.background):
        if event.title:
            yield ("background", index, "title"), event.title
        yield ("background", index, "text"), event.text
    for path, one in case.statements():
        yield (*path, "text"), one.model.text


def language_of(case: Case) -> str:
    """The primary language subtag of the briefing's own words."""
    own = case.briefing.model.language if case.briefing else None
    return (own or case.options.language).partition("-")[0].lower()


def watched(case: Case, terms: Sequence[WatchedTerm], message: str) -> Iterator[Finding]:
    """A finding for each watched term in the narrative; ``message`` is given the words found."""
    if not terms:
        return
    pattern = _pattern(tuple(one.term for one in terms), language_of(case) == "en")
    instead = {_squeezed(one.term): one.instead for one in terms}
    for path, text in narrative(case):
        for found in pattern.finditer(own_words(text)):
            better = instead[_squeezed(found[1])]
            yield Finding(
                path,
                message.format(found[0]),
                f"Instead: {better}." if better else "",
                words=found[0],
                occurrence=text[: found.start()].count(found[0]),
            )


def _squeezed(words: str) -> str:
    return " ".join(words.casefold().split())


@lru_cache(_CACHED)
def _pattern(terms: tuple[str, ...], english: bool) -> re.Pattern[str]:
    """Any of ``terms`` as whole words, the longest first; in English with regular endings too."""
    words = [r"\s+".join(map(re.escape, term.split())) for term in sorted(terms, key=len)[::-1]]
    ending = "(?:s|es|d|ed|ing)?" if english else ""
    return re.compile(rf"(?<![\w-])({'|'.join(words)}){ending}(?![\w-])", re.IGNORECASE)
