"""What a source says it reprints must not lead back to itself."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.rule import Case, Finding, Rule
from generator.problems import Severity


def _check(case: Case) -> Iterator[Finding]:
    if case.briefing is None:
        return
    for index, source in enumerate(case.briefing.model.sources):
        entry = case.briefing.source(source.id)
        seen = {entry}
        while entry.carries and entry.carries not in seen:
            entry = entry.carries
            seen.add(entry)
        if entry.carries is case.briefing.source(source.id):
            yield Finding(
                ("sources", index, "carries"),
                f"`{source.id}` carries itself, directly or through what it carries.",
                "Name the source or the agency whose text it reprints.",
            )


RULE = Rule(
    "carries-itself",
    Severity.ERROR,
    "Sources that carry the same original count as one, so there must be an original.",
    _check,
)
