"""What a briefing needs that depends on what else it says."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.rule import Case, Finding, Rule
from generator.entries import StatementEntry
from generator.model import Briefing, Source
from generator.problems import Severity


def _check(case: Case) -> Iterator[Finding]:
    if case.registry == "sources":
        for key, source in case.reading.value.items():
            yield from _source((key,), source)
    if case.briefing is None:
        return
    model = case.briefing.model
    yield from _dates(model)
    written = case.reading.document.data.get("positions")
    if not model.positions and (written is None or written == []):
        hint = "Write who says what under `positions`."
        if "positions" in case.reading.document.data and written == []:
            yield Finding(("positions",), "A briefing needs at least one position.", hint)
    for key, entries in (
        ("positions", case.briefing.positions),
        ("responses", case.briefing.responses),
    ):
        for index, entry in enumerate(entries):
            yield from _statement((key, index), entry)
    for index, source in enumerate(model.sources):
        yield from _source(("sources", index), source)


def _dates(model: Briefing) -> Iterator[Finding]:
    if model.status != "draft" and model.published is None:
        yield Finding(
            ("status",),
            f"A briefing with status `{model.status}` needs the day it was published.",
            "Add `published: YYYY-MM-DD`, or set `status: draft`.",
        )


def _statement(path: tuple[str | int, ...], entry: StatementEntry) -> Iterator[Finding]:
    if entry.kind == "allegation" and not entry.against:
        yield Finding(
            path, "An allegation needs `against`: the actors it accuses.", "Add `against: [actor]`."
        )
    quotes = entry.model.quotes
    if not entry.sources and not (quotes and all(quote.sources for quote in quotes)):
        yield Finding(
            path,
            f"`{entry.id}` has no source.",
            "Add `sources: [id]`; only where every quotation has its own can it be left out.",
        )


def _source(path: tuple[str | int, ...], source: Source) -> Iterator[Finding]:
    if source.url is None and not (source.publisher and source.date):
        yield Finding(
            path,
            "A source needs `url`, or `publisher` together with `date`.",
            "Readers must be able to find it.",
        )


RULE = Rule(
    "incomplete",
    Severity.ERROR,
    "Some keys are needed only beside others: readers must see whom, when and on which source.",
    _check,
)
