"""A quotation has a source of its own or its statement's."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.refusals import shown
from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext


def _check(case: RuleContext) -> Iterator[Finding]:
    for path, one in case.statements():
        quotes = one.model.quotes
        if case.has_key(path, "sources") or not any(quote.sources for quote in quotes):
            continue
        for index, quote in enumerate(quotes):
            if not case.has_key((*path, "quotes", index), "sources"):
                yield Finding(
                    (*path, "quotes", index, "text"),
                    f"Neither this quotation nor `{one.id}` as a whole has a source: "
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
