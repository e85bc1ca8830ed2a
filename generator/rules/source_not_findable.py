"""Readers can find a source."""

from __future__ import annotations

from collections.abc import Iterator

from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext


def _check(context: RuleContext) -> Iterator[Finding]:
    for path, _, _ in context.declared_sources():
        published = context.has_key(path, "publisher") and context.has_key(path, "date")
        if not published and not context.has_key(path, "url"):
            yield Finding(
                path,
                "A source needs `url`, or `publisher` together with `date`.",
                "Readers must be able to find it.",
            )


RULE = Rule(
    "source-not-findable",
    Severity.ERROR,
    "A source that nobody can find again supports nothing.",
    _check,
    passing="""
sources:
  - {id: gauge, title: Gauge readings, publisher: Halden Commission, date: 2025-02-20}
""",
    failing="""
sources:
  - {id: gauge, title: Gauge readings, publisher: Halden Commission}
""",
)
