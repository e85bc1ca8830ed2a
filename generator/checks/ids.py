"""An id names one thing in a briefing: it is the anchor that others link to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.checks.rule import Case, Finding, Rule
from generator.model import Event, ListedSource, Statement
from generator.problems import Severity
from generator.yaml_source import FieldPath


def _check(case: Case) -> Iterator[Finding]:
    if case.briefing is None:
        return
    model = case.briefing.model
    anchors = [
        *_ids("background", model.background),
        *_ids("positions", model.positions),
        *_ids("responses", model.responses),
    ]
    for group in (anchors, list(_ids("sources", model.sources))):
        first: dict[str, FieldPath] = {}
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


def _ids(
    key: str, items: Sequence[Event | Statement | ListedSource]
) -> Iterator[tuple[FieldPath, str | None]]:
    for index, item in enumerate(items):
        yield (key, index, "id"), item.id


RULE = Rule(
    "duplicate-id",
    Severity.ERROR,
    "Two things with one id can't be told apart by whoever links to them.",
    _check,
)
