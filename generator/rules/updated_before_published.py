"""A briefing is updated after it was published."""

from __future__ import annotations

from collections.abc import Iterator

from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext


def _check(context: RuleContext) -> Iterator[Finding]:
    if context.briefing is None:
        return
    model = context.briefing.model
    if model.published and model.updated and model.updated < model.published:
        yield Finding(
            ("updated",),
            f"`updated` ({model.updated.isoformat()}) is before `published` "
            f"({model.published.isoformat()}).",
            "Check both days.",
        )


RULE = Rule(
    "updated-before-published",
    Severity.ERROR,
    "These days show readers how recent a page is.",
    _check,
    passing="""
published: 2025-03-04
updated: 2025-03-05
""",
    failing="""
published: 2025-03-04
updated: 2025-03-03
""",
)
