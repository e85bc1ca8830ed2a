"""An answer comes from a party that the claim is about."""

from generator.collection.entries import StatementEntry
from generator.reading.problems import listed
from generator.rules.base import Finding, Findings, RuleContext, warning
from generator.rules.examples import REPLY


@warning(
    "Readers expect the answer of the accused. An answer by somebody else may be a typing mistake.",
    passing=REPLY,
    failing=REPLY
    + """\
  - {id: doubt, to: [diversion], party: ana-lind, date: 2025-02-16, stance: disputes,
     text: No water was diverted., sources: [esteria-page]}
data/actors.yml:
  ana-lind: {name: Ana Lind, type: person}
""",
)
def rule(context: RuleContext) -> Findings:
    for path, statement in context.statements():
        if not statement.is_response:
            continue
        for index, target in enumerate(statement.model.to):
            claim = context.collection.position(target, statement.briefing)
            if claim is None or claim.position is None:
                continue
            about = [*claim.position.against, *claim.position.addressed_to]
            if about and not _is_about(statement, about):
                parties = listed(statement.model.parties, " and ")
                yield Finding(
                    (*path, "to", index),
                    f"{parties} answers `{target}`, which is about {listed(about)}.",
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
