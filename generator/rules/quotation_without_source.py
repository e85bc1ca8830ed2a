"""A quotation has a source, or its statement has one."""

from generator.model.field_errors import shown
from generator.rules.base import Finding, Findings, RuleContext, error


@error(
    "Words in quotation marks are somebody's own: readers must be able to look them up.",
    passing="""
positions:
  - id: diversion
    party: norland
    text: Esteria takes water.
    quotes:
      - {text: They turned the tap., language: en, sources: [gauge]}
      - {text: They know it., language: en, sources: [paper]}
""",
    failing=(", sources: [paper]", ""),
)
def rule(context: RuleContext) -> Findings:
    for path, statement in context.statements():
        quotes = statement.model.quotes
        if context.has_key(path, "sources") or not any(quote.sources for quote in quotes):
            continue
        for index, quote in enumerate(quotes):
            if not context.has_key((*path, "quotes", index), "sources"):
                yield Finding(
                    (*path, "quotes", index, "text"),
                    f"Neither this quotation nor `{statement.id}` as a whole has a source: "
                    f"{shown(quote.text)}",
                    "Add `sources: [id]` to the quotation, or to the statement.",
                )
