"""An allegation rests on more than its maker's own word."""

from __future__ import annotations

from collections.abc import Iterator

from generator.collection.entries import ActorEntry, SourceEntry
from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext


def _check(context: RuleContext) -> Iterator[Finding]:
    for path, statement in context.statements():
        sources = statement.all_sources
        if (
            statement.kind == "allegation"
            and sources
            and all(_is_of(statement.party, each) for each in sources)
        ):
            own = ", ".join(f"`{source.id}`" for source in sources)
            yield Finding(
                (*path, "sources"),
                f"The allegation `{statement.id}` is based only on what its own party, "
                f"`{statement.party.id}`, publishes or controls: {own}.",
                "Look for an independent source.",
            )


def _is_of(party: ActorEntry, source: SourceEntry) -> bool:
    return party in (source.controlled_by, source.publisher)


RULE = Rule(
    "own-sources",
    Severity.WARNING,
    "If only the accuser's own outlets carry an allegation, nobody else has confirmed that it "
    "was made.",
    _check,
    passing="""
positions:
  - {id: diversion, party: norland, kind: allegation, against: [esteria], date: 2025-02-14,
     text: Esteria takes water., sources: [norland-page, paper]}
""",
    failing="""
positions:
  - {id: diversion, party: norland, kind: allegation, against: [esteria], date: 2025-02-14,
     text: Esteria takes water., sources: [norland-page]}
""",
)
