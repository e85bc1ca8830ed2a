"""Readers can find a source."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.introspection import FieldPath
from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext


def _check(case: RuleContext) -> Iterator[Finding]:
    for path in _sources(case):
        published = case.has_key(path, "publisher") and case.has_key(path, "date")
        if not published and not case.has_key(path, "url"):
            yield Finding(
                path,
                "A source needs `url`, or `publisher` together with `date`.",
                "Readers must be able to find it.",
            )


def _sources(case: RuleContext) -> Iterator[FieldPath]:
    if case.registry == "sources":
        yield from ((key,) for key in case.reading.value)
    elif case.briefing:
        yield from (("sources", index) for index, _ in enumerate(case.briefing.model.sources))


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
