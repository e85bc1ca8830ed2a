"""An allegation names whom it accuses."""

from __future__ import annotations

from collections.abc import Iterator

from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext


def _check(context: RuleContext) -> Iterator[Finding]:
    for path, statement in context.statements():
        if statement.kind == "allegation" and not context.has_key(path, "against"):
            yield Finding(
                path,
                "An allegation needs `against`: the actors it accuses.",
                "Add `against: [actor]`, or choose another `kind`.",
            )


RULE = Rule(
    "accused-missing",
    Severity.ERROR,
    "Nobody can answer an allegation that names nobody: the right of reply begins with a name.",
    _check,
    passing="""
positions:
  - {id: diversion, party: norland, kind: allegation, against: [esteria], date: 2025-02-14,
     text: Esteria takes water., sources: [gauge, paper]}
""",
    failing="""
positions:
  - {id: diversion, party: norland, kind: allegation, date: 2025-02-14,
     text: Esteria takes water., sources: [gauge, paper]}
""",
)
