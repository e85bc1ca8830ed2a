"""Finding watched words in the briefing's own words, which quotations are not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from generator.model.introspection import FieldPath
from generator.model.registries import WatchedTerm
from generator.rules.base import Finding, RuleContext

_QUOTED = (
    "\"[^\"]*\"", "“[^”]*”", "„[^“”]*[“”]", "«[^»]*»", "»[^«]*«", "‹[^›]*›", "「[^」]*」", 
    "『[^』]*』", r"‘(?:[^’]|’(?=\w))*’", r"(?<!\w)'(?:[^'\n]|'(?=\w))+'(?!\w)",
)  # fmt: skip
_NOT_OWN = re.compile("|".join((*_QUOTED, r"\[@[^\]]*\]", r"\]\([^)]*\)", r"https?://\S+")))
_CACHED = 64


def own_words(text: str, names: Iterable[str] = ()) -> str:
    """``text`` with blanks over quotations, citations, addresses and the ``names`` of actors.

    Its length stays the same.
    """
    for name in names:
        text = text.replace(name, " " * len(name))
    return _NOT_OWN.sub(lambda found: " " * len(found[0]), text)


def narrative(case: RuleContext) -> Iterator[tuple[FieldPath, str]]:
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


def language_of(case: RuleContext) -> str:
    """The primary language subtag of the briefing's own words."""
    own = case.briefing.model.language if case.briefing else None
    return (own or case.options.language).partition("-")[0].lower()


def watched(case: RuleContext, terms: Sequence[WatchedTerm], message: str) -> Iterator[Finding]:
    """A finding for each watched term in the narrative; ``message`` is given the words found."""
    if not terms:
        return
    longest_first = sorted(terms, key=lambda one: -len(one.term))
    pattern = _pattern(tuple(one.term for one in longest_first), language_of(case) == "en")
    for path, text in narrative(case):
        if not pattern.search(text):
            continue
        names = [words for words, _ in case.collection.named_in(text)]
        for found in pattern.finditer(own_words(text, names)):
            better = longest_first[(found.lastindex or 1) - 1].instead
            yield Finding(
                path,
                message.format(found[0]),
                f"Instead: {better}." if better else "",
                words=found[0],
                occurrence=text[: found.start()].count(found[0]),
            )


@lru_cache(_CACHED)
def _pattern(terms: tuple[str, ...], english: bool) -> re.Pattern[str]:
    """Any of ``terms`` as whole words, the longest first; in English with regular endings too.

    Each term is a group of its own, so that ``lastindex`` tells which one was found.
    """
    return re.compile(
        rf"(?<![\w-])(?:{'|'.join(f'({_word(term, english)})' for term in terms)})(?![\w-])",
        re.IGNORECASE,
    )


def _word(term: str, english: bool) -> str:
    words = r"\s+".join(map(re.escape, term.split()))
    if english and term.endswith("e"):
        return f"{words[:-1]}(?:e[sd]?|ing)"
    return f"{words}(?:s|es|ed|ing)?" if english else words
