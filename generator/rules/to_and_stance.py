"""A position that answers others says which, and how."""

from generator.rules.base import Finding, Findings, RuleContext, error


@error(
    "A position that answers others counts as their reply. Readers must see whom it answers, and "
    "how.",
    passing="""
positions:
  - {id: diversion, party: norland, text: Esteria takes water., sources: [norland-page]}
  - {id: return, party: esteria, to: [diversion], stance: denies, text: Norland takes it.,
     sources: [paper]}
""",
    failing=("stance: denies, ", ""),
)
def rule(context: RuleContext) -> Findings:
    for path, statement in context.statements():
        position = statement.position
        if position is None or bool(position.to) == (position.stance is not None):
            continue
        written, missing = ("to", "stance") if position.to else ("stance", "to")
        if context.has_key(path, missing):
            continue  # its value can't be read, and that is reported
        example = "stance: denies" if missing == "stance" else "to: [id]"
        yield Finding(
            (*path, written),
            f"`{statement.id}` has `{written}` without `{missing}`, so it doesn't count as a "
            "response.",
            f"Add `{example}`, or remove `{written}`.",
            key=True,
        )
