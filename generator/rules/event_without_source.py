"""An event of the background has a source."""

from generator.model.prose_markdown import mentions
from generator.rules.base import Finding, Findings, RuleContext, warning

_WITH_SOURCES = ("sources", "reported_dates", "discrepancies")


@warning(
    "Background is in the briefing's own words, so readers must see what it is based on.",
    passing="""
background:
  - {date: 2025-02-10, text: The gauge falls., sources: [gauge]}
""",
    failing=(", sources: [gauge]", ""),
)
def rule(context: RuleContext) -> Findings:
    if context.briefing is None:
        return
    for index, event in enumerate(context.briefing.model.background):
        cited = any(mention.to == "source" for mention in mentions(event.text))
        if not (cited or any(context.has_key(("background", index), key) for key in _WITH_SOURCES)):
            yield Finding(
                ("background", index),
                f"The event of {event.date.text} has no source.",
                "Add `sources: [id]`, or cite one in its text with `[@id]`.",
            )
