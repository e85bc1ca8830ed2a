"""The briefing's own words don't take sides."""

from __future__ import annotations

from collections.abc import Iterator

from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext
from generator.rules.watched_words import language_of, watched


def _check(context: RuleContext) -> Iterator[Finding]:
    style = context.loaded.style.get(language_of(context))
    if style:
        yield from watched(
            context, style.loaded, "`{}` is a judgement in the briefing's own words."
        )


RULE = Rule(
    "loaded-term",
    Severity.WARNING,
    "A loaded word takes a side before the reader has seen what each side says. In a "
    "quotation it stays.",
    _check,
    passing="""
data/style.yml:
  en: {loaded: [{term: regime, instead: government}]}
summary: Norland says the government of Esteria takes water.
""",
    failing="""
data/style.yml:
  en: {loaded: [{term: regime, instead: government}]}
summary: Norland says the regime of Esteria takes water.
""",
)
