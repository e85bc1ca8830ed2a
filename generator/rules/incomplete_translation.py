"""A translation that readers get has a title and a summary."""

from __future__ import annotations

from collections.abc import Iterator

from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext

_NEEDED = ("title", "summary")


def _check(context: RuleContext) -> Iterator[Finding]:
    if not context.translation or context.is_draft:
        return
    for name in _NEEDED:
        if not context.has_key((), name):
            yield Finding(
                ("status",),
                f"This translation is published, and `{name}` is not translated.",
                f"Translate `{name}`, or write `status: draft` until you have.",
                key=True,
            )


RULE = Rule(
    "incomplete-translation",
    Severity.ERROR,
    "A page in another language begins with its title and its lead; without them a reader can't "
    "tell what it is about.",
    _check,
    passing="""
translation: {status: draft, title: ""}
""",
    failing="""
translation: {status: published, title: ""}
""",
)
