"""Nothing is dated later than today that has already happened."""

from collections.abc import Iterator
from datetime import date, timedelta

from pydantic import BaseModel

from generator.locale.interface import interface_in
from generator.model.edtf import EdtfDate
from generator.model.introspection import FieldPath, keys
from generator.rules.base import Finding, Findings, RuleContext, warning

#: Dates that may be in the future.
_TO_COME = ("review_by", "from", "until")
#: Dates that may be in the future in a draft, which can say when it will be published.
_PLANNED = ("published", "updated", "as_of")
#: In some time zones it is already tomorrow.
_AHEAD = timedelta(days=1)


@warning(
    "A briefing reports what has happened, so a future day is a typing mistake.",
    passing="updated: 2025-05-31",
    failing="updated: 2026-05-31",
)
def rule(context: RuleContext) -> Findings:
    today = context.settings.today
    if today is None:
        return
    if context.briefing:
        days = _days(context.briefing.model, ())
        if context.briefing.is_draft:
            days = (item for item in days if len(item[0]) > 1 or item[0][0] not in _PLANNED)
    elif context.registry:
        entries = context.reading.value.items()
        days = (item for id_, entry in entries for item in _days(entry, (id_,)))
    else:
        return
    words = interface_in("en")
    for path, day in days:
        if day > today + _AHEAD:
            yield Finding(
                path,
                f"{words.day(day)} is still to come: today is {words.day(today)}.",
                "Check the year, the month and the day.",
            )


def _days(model: BaseModel, path: FieldPath) -> Iterator[tuple[FieldPath, date]]:
    """Each day in ``model`` and below, with its path. Of an imprecise date, the earliest day."""
    for key in keys(type(model)):
        value = getattr(model, key.attribute)
        if value is None or key.name in _TO_COME:
            continue
        here = (*path, key.name)
        if key.model:
            if key.many:
                for index, entry in enumerate(value):
                    yield from _days(entry, (*here, index))
            else:
                yield from _days(value, here)
        elif isinstance(value, EdtfDate):
            if value.earliest:
                yield here, value.earliest
        elif isinstance(value, date):
            yield here, value
