"""A published translation has every text of its original."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.translated_texts import ComparedText, TextState
from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext

_NAMED_MOST = 5
_REPORTED_ELSEWHERE = ("title", "summary")


def _check(context: RuleContext) -> Iterator[Finding]:
    comparison = context.comparison
    if comparison is None or context.is_draft:
        return
    missing = comparison.having(TextState.MISSING)
    if all(text.name in _REPORTED_ELSEWHERE for text in missing):
        return  # `incomplete-translation` reports these
    language = context.language
    yield Finding(
        (),
        f"{len(missing)} of {len(comparison.counted)} texts are not translated: {_names(missing)}.",
        "Readers see them in the original's language. "
        f"`briefings translate {context.translated.translation_of} {language}` adds them here, to "
        "be filled in.",
    )


def _names(texts: list[ComparedText]) -> str:
    names = ", ".join(f"`{text.name}`" for text in texts[:_NAMED_MOST])
    more = len(texts) - _NAMED_MOST
    return f"{names} and {more} more" if more > 0 else names


RULE = Rule(
    "missing-translation",
    Severity.WARNING,
    "A page in two languages is hard to read.",
    _check,
    passing="""
translation: {status: draft, responses: {}}
""",
    failing="""
translation: {responses: {}}
""",
)
