"""A party does not accuse itself."""

from generator.rules.base import Finding, Findings, RuleContext, warning
from generator.rules.examples import ALLEGATION


@warning(
    "Nobody accuses itself: one of the two ids is probably a typing mistake.",
    passing=ALLEGATION,
    failing="""
positions:
  - {id: diversion, party: norland, kind: allegation, against: [esteria, norland], date: 2025-02-14,
     text: Esteria takes water., sources: [norland-page, paper],
     no_response: [{party: norland, as_of: 2025-03-04}]}
""",
)
def rule(context: RuleContext) -> Findings:
    for path, statement in context.statements():
        if statement.position is None:
            continue
        for index, accused in enumerate(statement.position.against):
            if accused in statement.model.parties:
                yield Finding(
                    (*path, "against", index),
                    f"`{accused}` accuses itself here: it is the `party` of `{statement.id}` too.",
                    "Check `party`, who makes the claim, and `against`, whom it is about.",
                )
