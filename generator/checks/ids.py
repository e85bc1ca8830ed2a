"""An id names one thing in a briefing: it is the anchor that others link to."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.rule import Case, Finding, Rule
from generator.problems import Severity


def _check(case: Case) -> Iterator[Finding]:
    if case.briefing is None:
        return
    model = case.briefing.model
    anchors = [
        ((key, index, "id"), item.id)
        for key, items in (
            ("background", model.background),
            ("positions", model.positions),
            ("responses", model.responses),
        )
        for index, item in enumerate(items)  # type: ignore[attr-defined]
    ]
    sources = [(("sources", index, "id"), source.id) for index, source in enumerate(model.sources)]
    for group in (anchors, sources):
        first: dict[str, tuple[str | int, ...]] = {}
        for path, own in group:
            if own is None:
                continue
            if own in first:
                place = case.reading.locate(first[own])
                yield Finding(
                    path,
                    f"The id `{own}` is taken: line {place.line} has it too.",
                    "Give one of the two another id; a published id must stay as it is.",
                )
            first.setdefault(own, path)


RULE = Rule(
    "duplicate-id",
    Severity.ERROR,
    "Two things with one id can't be told apart by whoever links to them.",
    _check,
)
