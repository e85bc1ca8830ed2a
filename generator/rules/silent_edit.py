"""What changes after publication is told to readers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from generator.model.base import Model
from generator.model.briefing import Briefing
from generator.model.introspection import FieldPath
from generator.model.refusals import shown
from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext

#: Soft hyphens, zero-width spaces, marks of direction that change no order by themselves.
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u061c\u2060\ufeff]")


def _check(case: RuleContext) -> Iterator[Finding]:
    earlier = case.options.earlier
    if earlier is None or case.briefing is None or case.briefing.id not in earlier.briefings:
        return
    was, now = earlier.briefings[case.briefing.id].value, case.briefing.model
    if was.status == "draft" or now.status == "draft":
        return
    kept = [_meaning(change) for change in now.changes]
    known = [_meaning(change) for change in was.changes]
    for change in was.changes:
        if _meaning(change) not in kept:
            yield Finding(
                ("changes",),
                f"The {change.kind} of {change.date.isoformat()} stood here in "
                f"{case.options.since}, and was altered or taken out: {shown(change.text)}",
                "Restore it. To correct a mistake in it, add another entry.",
                key=True,
            )
    if any(change not in known for change in kept):
        return
    for path, old, new in _edits(was, now):
        yield Finding(
            path,
            f"This changed since {case.options.since}, where it was {_told(old)}"
            f"{'' if new is not None else ', and is gone'}.",
            "Tell readers: add an entry to `changes`, with `kind: correction` if it was wrong.",
            key=new is None,
        )


def _edits(was: Briefing, now: Briefing) -> Iterator[tuple[FieldPath, Any, Any]]:
    """Where a field that bears meaning changed, with its old and new value, in the new file."""
    for name in ("title", "summary", "published"):
        if _meaning(getattr(was, name)) != _meaning(getattr(now, name)):
            yield (name,), _meaning(getattr(was, name)), _meaning(getattr(now, name))
    for key in ("background", "positions", "responses"):
        old = {one.id: one for one in getattr(was, key) if one.id}
        for index, one in enumerate(getattr(now, key)):
            if one.id in old:
                yield from _differing((key, index), _meaning(old[one.id]), _meaning(one))


def _meaning(value: Any) -> Any:
    """``value`` as plain data without what readers don't see: sources, and how it is typed."""
    if isinstance(value, Model):
        fields = {
            info.alias or name: _meaning(getattr(value, name))
            for name, info in type(value).model_fields.items()
            if name != "sources"
        }
        return {key: held for key, held in fields.items() if held not in (None, [])}
    if isinstance(value, list):
        return [_meaning(one) for one in value]
    return _seen(str(getattr(value, "text", value))) if value is not None else None


def _seen(text: str) -> str:
    """``text`` as readers see it: without line ends and spaces of the file, in Unicode's one form
    for letters that look alike, and without what nobody sees.
    """
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())


def _differing(path: FieldPath, old: Any, new: Any) -> Iterator[tuple[FieldPath, Any, Any]]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in {**new, **old}:
            yield from _differing((*path, key), old.get(key), new.get(key))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _differing((*path, index), one, other)
    elif old != new:
        yield path, old, new


def _told(old: Any) -> str:
    if old is None:
        return "not there"
    if isinstance(old, list) and all(isinstance(one, str) for one in old):
        return shown(", ".join(old))
    if isinstance(old, list):
        return f"a list of {len(old)}"
    return shown(old)


RULE = Rule(
    "silent-edit",
    Severity.ERROR,
    "A correction that nobody hears about is worse than the mistake: readers may have quoted "
    "the old words.",
    _check,
    passing="""
summary: Norland says Esteria takes too much water.
changes: [{date: 2025-03-05, kind: correction, text: Norland says too much water is taken.}]
earlier:
  summary: Norland says Esteria takes all water.
""",
    failing="""
summary: Norland says Esteria takes too much water.
earlier:
  summary: Norland says Esteria takes all water.
""",
)
