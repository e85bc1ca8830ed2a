"""A briefing reports at least one position."""

from generator.rules.base import Finding, Findings, RuleContext, error


@error(
    "A briefing reports who claims what; without a position there is nothing to report.",
    passing="""
positions:
  - {id: diversion, party: norland, text: Esteria takes water., sources: [gauge]}
""",
    failing="""
positions: []
responses: []
""",
)
def rule(context: RuleContext) -> Findings:
    if context.briefing is None or "positions" not in context.mapping_at(()):
        return
    written = context.mapping_at(())["positions"]
    if written == [] or (written is None and not context.briefing.is_draft):
        yield Finding(
            ("positions",),
            "A briefing needs at least one position.",
            "Write who says what under `positions`; in a draft the key may stay empty.",
            key=written is None,
        )
