"""An answer comes from a party that the claim is about."""

from __future__ import annotations

from collections.abc import Iterator

from generator.collection.entries import StatementEntry
from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext


def _check(context: RuleContext) -> Iterator[Finding]:
    for path, statement in context.statements():
        if not statement.is_response:
            continue
        for index, target in enumerate(statement.model.to):
            claim = context.collection.position(target, statement.briefing)
            if claim is None or claim.position is None:
                continue
            about = [*claim.position.against, *claim.position.addressed_to]
            if about and not _is_about(statement, about):
                named = ", ".join(f"`{actor}`" for actor in about)
                parties = " and ".join(f"`{party.id}`" for party in statement.parties)
                yield Finding(
                    (*path, "to", index),
                    f"{parties} answers `{target}`, which is about {named}.",
                    "Check `party` and `to`. What a third party says is shown as its own answer, "
                    "and doesn't count as the answer of the accused.",
                )


def _is_about(answer: StatementEntry, about: list[str]) -> bool:
    """Whether an answering party or its speaker is in ``about``, or belongs to one of them."""
    people = [*answer.parties, *([answer.speaker] if answer.speaker else [])]
    if any(actor.id in about for actor in people):
        return True
    roles = [role for party in answer.parties if party.model for role in party.model.roles]
    return any(role.of in about for role in roles)


RULE = Rule(
    "answer-by-another",
    Severity.WARNING,
    "Readers expect the answer of the accused. An answer by somebody else may be a typing mistake.",
    _check,
    passing="""
responses:
  - {id: drought, to: [diversion], party: esteria, date: 2025-02-15, stance: denies,
     text: No water was diverted., sources: [esteria-page]}
""",
    failing="""
responses:
  - {id: drought, to: [diversion], party: esteria, date: 2025-02-15, stance: denies,
     text: No water was diverted., sources: [esteria-page]}
  - {id: doubt, to: [diversion], party: ana-lind, date: 2025-02-16, stance: disputes,
     text: No water was diverted., sources: [esteria-page]}
data/actors.yml:
  ana-lind: {name: Ana Lind, type: person}
""",
)
