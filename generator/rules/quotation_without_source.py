"""A quotation has a source, or its statement has one."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.refusals import shown
from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext


def _check(context: RuleContext) -> Iterator[Finding]:
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


RULE = Rule(
    "quotation-without-source",
    Severity.ERROR,
    "Words in quotation marks are somebody's own: readers must be able to look them up.",
    _check,
    passing="""
positions:
  - id: diversion
    party: norland
    text: Esteria takes water.
    quotes:
      - {text: They turned the tap., language: en, sources: [gauge]}
      - {text: They know it., language: en, sources: [paper]}
""",
    failing="""
positions:
  - id: diversion
    party: norland
    text: Esteria takes water.
    quotes:
      - {text: They turned the tap., language: en, sources: [gauge]}
      - {text: They know it., language: en}
""",
)
