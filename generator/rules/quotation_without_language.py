"""A quotation names its language."""

from generator.model.field_errors import shown
from generator.rules.base import Finding, Findings, RuleContext, warning
from generator.rules.examples import quotation


@warning(
    "Readers must know in which language words were said, and screen readers how to speak them.",
    passing=quotation("text: They turned the tap., language: en"),
    failing=quotation("text: They turned the tap."),
)
def rule(context: RuleContext) -> Findings:
    for path, _, quote in context.quotations():
        if quote.language is None and not context.has_key(path, "language"):
            yield Finding(
                path,
                f"This quotation names no language: {shown(quote.text)}",
                "Add `language`, for example `language: en`.",
            )
