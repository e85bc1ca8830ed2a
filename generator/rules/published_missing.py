"""A published briefing says when it was published."""

from __future__ import annotations

from collections.abc import Iterator

from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext


def _check(context: RuleContext) -> Iterator[Finding]:
    if context.briefing is None:
        return
    model = context.briefing.model
    if model.status != "draft" and not context.has_key((), "published"):
        yield Finding(
            ("status",),
            f"A briefing with status `{model.status}` needs the day it was published.",
            "Add `published: YYYY-MM-DD`, or set `status: draft`.",
        )


RULE = Rule(
    "published-missing",
    Severity.ERROR,
    "Readers must see how old a page is: every published briefing names its day.",
    _check,
    passing="""
status: published
published: 2025-03-04
""",
    failing="""
status: published
published:
""",
)
