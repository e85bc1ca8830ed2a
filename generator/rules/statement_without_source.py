"""A statement has a source."""

from __future__ import annotations

from collections.abc import Iterator

from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext


def _check(context: RuleContext) -> Iterator[Finding]:
    for path, statement in context.statements():
        quoted = [quote.get("sources") for _, quote in context.items(path, "quotes")]
        if not context.has_key(path, "sources") and not any(quoted):
            yield Finding(
                path,
                f"`{statement.id}` has no source.",
                "Add `sources: [id]`; you can leave it out only if every quotation has a source.",
            )


RULE = Rule(
    "statement-without-source",
    Severity.ERROR,
    "Readers must be able to check who said it: every statement names its source.",
    _check,
    passing="""
positions:
  - {id: diversion, party: norland, text: Esteria takes water., sources: [gauge]}
""",
    failing="""
positions:
  - {id: diversion, party: norland, text: Esteria takes water.}
""",
)
