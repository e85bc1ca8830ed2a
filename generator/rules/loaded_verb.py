"""Verbs that report speech don't judge it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext
from generator.rules.watched_words import language_of, watched


def _check(context: RuleContext) -> Iterator[Finding]:
    style = context.loaded.style.get(language_of(context))
    if style:
        yield from watched(
            context, style.attribution, "`{}` tells readers whether to believe what was said."
        )


RULE = Rule(
    "loaded-verb",
    Severity.WARNING,
    "“Admitted” presumes guilt and “claimed” doubt; a neutral verb leaves the judgement to "
    "readers.",
    _check,
    passing="""
data/style.yml:
  en: {attribution: [{term: admits, instead: says}]}
summary: Esteria says that it takes water.
""",
    failing="""
data/style.yml:
  en: {attribution: [{term: admits, instead: says}]}
summary: Esteria admits that it takes water.
""",
)
