"""No statement is later than the day up to which statements were looked for."""

from __future__ import annotations

from collections.abc import Iterator

from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext


def _check(case: RuleContext) -> Iterator[Finding]:
    as_of = case.briefing.as_of if case.briefing else None
    if case.briefing is None or as_of is None:
        return
    model = case.briefing.model
    key = "as_of" if model.as_of else "updated" if model.updated else "published"
    for path, one in case.statements():
        if one.date and one.date.earliest and one.date.earliest > as_of:
            yield Finding(
                (*path, "date"),
                f"`{one.id}` is dated {one.date.text}, after {as_of.isoformat()}, the day up to "
                f"which statements were looked for (`{key}`).",
                "Check the date, or move `as_of` once you have looked for all replies up to then.",
            )


RULE = Rule(
    "statement-after-as-of",
    Severity.WARNING,
    "`as_of` promises that everything up to that day was looked for; a later statement shows "
    "that it is out of date.",
    _check,
    passing="""
as_of: 2025-03-04
""",
    failing="""
as_of: 2025-02-14
""",
)
