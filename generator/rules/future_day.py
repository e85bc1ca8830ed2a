"""Nothing is dated later than today that has already happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pydantic import BaseModel

from generator.model.date_words import word_day
from generator.model.edtf import EdtfDate
from generator.model.introspection import FieldPath, keys
from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext

#: Days that may well be to come.
_TO_COME = ("review_by", "from", "until")
#: A draft can say when it is to be published.
_PLANNED = ("published", "updated", "as_of")
#: Elsewhere on earth it is tomorrow already.
_AHEAD = timedelta(days=1)


def _check(case: RuleContext) -> Iterator[Finding]:
    today = case.options.today
    if today is None:
        return
    if case.briefing:
        found = _days(case.briefing.model, ())
        if case.briefing.is_draft:
            found = (one for one in found if len(one[0]) > 1 or one[0][0] not in _PLANNED)
    elif case.registry:
        entries = case.reading.value.items()
        found = (one for id_, entry in entries for one in _days(entry, (id_,)))
    else:
        return
    for path, day in found:
        if day > today + _AHEAD:
            yield Finding(
                path,
                f"{word_day(day)} is still to come: today is {word_day(today)}.",
                "Check the year, the month and the day.",
            )


def _days(model: BaseModel, path: FieldPath) -> Iterator[tuple[FieldPath, date]]:
    """Each day that is given below ``model``, or the first that a date can mean."""
    for key in keys(type(model)):
        held = getattr(model, key.attribute)
        if held is None or key.name in _TO_COME:
            continue
        here = (*path, key.name)
        if key.model:
            if key.many:
                for index, entry in enumerate(held):
                    yield from _days(entry, (*here, index))
            else:
                yield from _days(held, here)
        elif isinstance(held, EdtfDate):
            if held.earliest:
                yield here, held.earliest
        elif isinstance(held, date):
            yield here, held


RULE = Rule(
    "future-day",
    Severity.WARNING,
    "A briefing reports what has happened, so a future day is a typing mistake.",
    _check,
    passing="""
updated: 2025-05-31
""",
    failing="""
updated: 2026-05-31
""",
)
