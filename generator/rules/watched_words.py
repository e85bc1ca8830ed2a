"""Finding watched words in a briefing or a translation, except in quotations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from generator.model.introspection import FieldPath
from generator.model.registries import WatchedTerm
from generator.model.translated_texts import given_texts
from generator.rules.base import Finding, RuleContext

_QUOTED = (
    "\"[^\"]*\"", "“[^”]*”", "„[^“”]*[“”]", "«[^»]*»", "»[^«]*«", "‹[^›]*›", "「[^」]*」", 
    "『[^』]*』", r"‘(?:[^’]|’(?=\w))*’", r"(?<!\w)'(?:[^'\n]|'(?=\w))+'(?!\w)",
)  # fmt: skip
_NOT_OWN = re.compile("|".join((*_QUOTED, r"\[@[^\]]*\]", r"\]\([^)]*\)", r"https?://\S+")))
_CACHED = 64
_WITHOUT_SPACES = ("zh", "ja", "th", "lo", "km", "my")
# Arabic writes "and", "so", "in", "like", "to" and the article together with the next word.
_ARABIC_PREFIXES = "[وف]?(?:[بك]?(?:ال)?|لل?)"


def own_words(text: str, names: Iterable[str] = ()) -> str:
    """``text`` with spaces instead of quotations, citations, addresses and ``names`` of actors.

    Its length stays the same.
    """
    for name in names:
        text = text.replace(name, " " * len(name))
    return _NOT_OWN.sub(lambda match: " " * len(match[0]), text)


def narrative(context: RuleContext) -> Iterator[tuple[FieldPath, str]]:
    """The texts in the briefing's own words, with their paths."""
    if context.translation:
        for text in given_texts(context.translated):
            if text.role.kind != "quote":
                yield text.path, text.text
    if context.briefing is None:
        return
    model = context.briefing.model
    yield ("title",), model.title
    yield ("summary",), model.summary
    for index, event in enumerate(model.background):
        if event.title:
            yield ("background", index, "title"), event.title
        yield ("background", index, "text"), event.text
    for path, statement in context.statements():
        yield (*path, "text"), statement.model.text


def language_of(context: RuleContext) -> str:
    """The primary language subtag of the briefing or translation."""
    return context.language.partition("-")[0].lower()


def watched(context: RuleContext, terms: Sequence[WatchedTerm], message: str) -> Iterator[Finding]:
    """A finding for each watched term in the narrative. ``message`` is a format for the words."""
    if not terms:
        return
    words_of_terms = [(words, term) for term in terms for words in (term.term, *term.forms)]
    longest_first = sorted(words_of_terms, key=lambda words_and_term: -len(words_and_term[0]))
    pattern = _pattern(tuple(words for words, _ in longest_first), language_of(context))
    for path, text in narrative(context):
        if not pattern.search(text):
            continue
        names = [words for words, _ in context.collection.named_in(text)]
        for match in pattern.finditer(own_words(text, names)):
            better = longest_first[(match.lastindex or 1) - 1][1].instead
            yield Finding(
                path,
                message.format(match[0]),
                f"Instead: {better}." if better else "",
                words=match[0],
                occurrence=text[: match.start()].count(match[0]),
            )


@lru_cache(_CACHED)
def _pattern(terms: tuple[str, ...], language: str) -> re.Pattern[str]:
    """A pattern for ``terms`` as separate words.

    In English it takes regular endings too, in Arabic particles that are written with the word.
    In languages without spaces between words it takes the characters anywhere.
    Each term is one group, so ``lastindex`` is the number of the matching term.
    """
    prefixes = _ARABIC_PREFIXES if language == "ar" else ""
    groups = "|".join(f"({_word(term, language == 'en')})" for term in terms)
    if language in _WITHOUT_SPACES:
        return re.compile(groups)
    return re.compile(rf"(?<![\w-]){prefixes}(?:{groups})(?![\w-])", re.IGNORECASE)


def _word(term: str, english: bool) -> str:
    words = r"\s+".join(map(re.escape, term.split()))
    if english and term.endswith("e"):
        return f"{words[:-1]}(?:e[sd]?|ing)"
    return f"{words}(?:s|es|ed|ing)?" if english else words
