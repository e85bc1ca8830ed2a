"""A published briefing says when it was published."""

from generator.rules.base import Finding, Findings, RuleContext, error


@error(
    "Readers must see how old a page is: every published briefing names its day.",
    passing="""
status: published
published: 2025-03-04
""",
    failing=("published: 2025-03-04", "published:"),
)
def rule(context: RuleContext) -> Findings:
    if context.briefing is None:
        return
    model = context.briefing.model
    if model.status != "draft" and not context.has_key((), "published"):
        yield Finding(
            ("status",),
            f"A briefing with status `{model.status}` needs the day it was published.",
            "Add `published: YYYY-MM-DD`, or set `status: draft`.",
        )
