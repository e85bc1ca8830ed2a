"""A statement has a source."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.rule import Case, Finding, Rule
from generator.problems import Severity


def _check(case: Case) -> Iterator[Finding]:
    for path, one in case.statements():
        typed = case.typed(path)
        quoted = [quote.get("sources") for quote in _mappings(typed.get("quotes"))]
        if not case.gives(path, "sources") and not any(quoted):
            yield Finding(
                path,
                f"`{one.id}` has no source.",
                "Add `sources: [id]`; only where every quotation has its own can it be left out.",
            )


def _mappings(items: object) -> list[dict[str, object]]:
    return [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []


RULE = Rule(
    "statement-without-source",
    Severity.ERROR,
    "Readers must be able to check who said it: every statement names its source.",
    _check,
    passing="""
positions:
  - {id: diversion, party: norland, text: Esteria takes water., sources: [gauge]}
""",
    failing="""
positions:
  - {id: diversion, party: norland, text: Esteria takes water.}
""",
)
