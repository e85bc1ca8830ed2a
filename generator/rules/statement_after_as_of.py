"""No statement is later than the day the briefing is as of."""

from generator.rules.base import Finding, Findings, RuleContext, warning


@warning(
    "`as_of` promises that everything up to that day was looked for; a later statement shows "
    "that it is out of date.",
    passing="as_of: 2025-03-04",
    failing="as_of: 2025-02-14",
)
def rule(context: RuleContext) -> Findings:
    as_of = context.briefing.as_of if context.briefing else None
    if context.briefing is None or as_of is None:
        return
    model = context.briefing.model
    key = "as_of" if model.as_of else "updated" if model.updated else "published"
    for path, statement in context.statements():
        if statement.date and statement.date.earliest and statement.date.earliest > as_of:
            yield Finding(
                (*path, "date"),
                f"`{statement.id}` is dated {statement.date.text}, after {as_of.isoformat()}, the "
                f"day up to which statements were looked for (`{key}`).",
                "Check the date, or move `as_of` once you have looked for all replies up to then.",
            )
