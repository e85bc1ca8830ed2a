"""An allegation rests on more than one source."""

from __future__ import annotations

from collections.abc import Iterator

from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext


def _check(context: RuleContext) -> Iterator[Finding]:
    for path, statement in context.statements():
        sources = statement.all_sources
        if statement.kind != "allegation" or len({source.original for source in sources}) != 1:
            continue
        if len(sources) == 1:
            message = f"The allegation `{statement.id}` is based on one source, `{sources[0].id}`."
        else:
            named = ", ".join(f"`{source.id}`" for source in sources)
            message = (
                f"The allegation `{statement.id}` is based on one source: "
                f"{named} carry the same original text."
            )
        yield Finding((*path, "sources"), message, "Look for a second, independent one.")


RULE = Rule(
    "single-source",
    Severity.WARNING,
    "One report can be wrong; sources that reprint the same text count as one.",
    _check,
    passing="""
positions:
  - {id: diversion, party: norland, kind: allegation, against: [esteria], date: 2025-02-14,
     text: Esteria takes water., sources: [norland-page, paper]}
""",
    failing="""
positions:
  - {id: diversion, party: norland, kind: allegation, against: [esteria], date: 2025-02-14,
     text: Esteria takes water., sources: [paper]}
""",
)
