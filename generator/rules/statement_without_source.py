"""A statement has a source."""

from __future__ import annotations

from collections.abc import Iterator

from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext


def _check(case: RuleContext) -> Iterator[Finding]:
    for path, one in case.statements():
        quoted = [quote.get("sources") for _, quote in case.items(path, "quotes")]
        if not case.has_key(path, "sources") and not any(quoted):
            yield Finding(
                path,
                f"`{one.id}` has no source.",
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
