"""A quotation names its language."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.refusals import shown
from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext


def _check(context: RuleContext) -> Iterator[Finding]:
    for path, statement in context.statements():
        for index, quote in enumerate(statement.model.quotes):
            if quote.language is None and not context.has_key((*path, "quotes", index), "language"):
                yield Finding(
                    (*path, "quotes", index),
                    f"This quotation names no language: {shown(quote.text)}",
                    "Add `language`, for example `language: en`.",
                )


RULE = Rule(
    "quotation-without-language",
    Severity.WARNING,
    "Readers must know in which language words were said, and screen readers how to speak them.",
    _check,
    passing="""
positions:
  - id: diversion
    party: norland
    text: Esteria takes water.
    sources: [paper]
    quotes:
      - {text: They turned the tap., language: en}
""",
    failing="""
positions:
  - id: diversion
    party: norland
    text: Esteria takes water.
    sources: [paper]
    quotes:
      - {text: They turned the tap.}
""",
)
