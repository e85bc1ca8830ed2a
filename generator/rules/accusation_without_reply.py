"""Whoever is accused has the right of reply, which only an allegation has."""

from __future__ import annotations

from collections.abc import Iterator

from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext

_MEANT = (None, "statement", "demand")


def _check(context: RuleContext) -> Iterator[Finding]:
    for path, statement in context.statements():
        position = statement.position
        if position is None or position.kind == "allegation" or not position.against:
            continue
        typed = context.mapping_at(path).get("kind")
        if typed not in _MEANT:
            continue  # which is reported as what it is: no kind
        accused = ", ".join(f"`{actor}`" for actor in position.against)
        yield Finding(
            (*path, "kind" if typed else "against"),
            f"`{statement.id}` accuses {accused} but is a {position.kind}, so nobody is shown "
            "whether they answered.",
            "Write `kind: allegation`. If it accuses nobody, remove `against`.",
            key=not typed,
            write="allegation" if typed else "",
        )


RULE = Rule(
    "accusation-without-reply",
    Severity.WARNING,
    "An accusation that isn't marked as an allegation leaves the accused without a right of reply.",
    _check,
    passing="""
positions:
  - {id: diversion, party: norland, kind: allegation, against: [esteria], date: 2025-02-14,
     text: Esteria takes water., sources: [norland-page, paper]}
""",
    failing="""
positions:
  - {id: diversion, party: norland, against: [esteria], text: Esteria takes water.,
     date: 2025-02-14, sources: [norland-page, paper]}
""",
)
