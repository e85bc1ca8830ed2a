"""A briefing is updated after it was published."""

from generator.rules.base import Finding, Findings, RuleContext, error


@error(
    "These days show readers how recent a page is.",
    passing="""
published: 2025-03-04
updated: 2025-03-05
""",
    failing=("updated: 2025-03-05", "updated: 2025-03-03"),
)
def rule(context: RuleContext) -> Findings:
    if context.briefing is None:
        return
    model = context.briefing.model
    if model.published and model.updated and model.updated < model.published:
        yield Finding(
            ("updated",),
            f"`updated` ({model.updated.isoformat()}) is before `published` "
            f"({model.published.isoformat()}).",
            "Check both days.",
        )
