"""Changes after publication are listed for readers."""

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

#: Soft hyphens, zero-width spaces, and direction marks that reorder nothing on their own.
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u061c\u2060\ufeff]")


def _check(context: RuleContext) -> Iterator[Finding]:
    earlier = context.settings.earlier
    if earlier is None or context.briefing is None or context.briefing.id not in earlier.briefings:
        return
    earlier_briefing, briefing = (
        earlier.briefings[context.briefing.id].value,
        context.briefing.model,
    )
    if earlier_briefing.status == "draft" or briefing.status == "draft":
        return
    current_changes = [_meaning(change) for change in briefing.changes]
    known = [_meaning(change) for change in earlier_briefing.changes]
    for change in earlier_briefing.changes:
        if _meaning(change) not in current_changes:
            yield Finding(
                ("changes",),
                f"The {change.kind} of {change.date.isoformat()} stood here in "
                f"{context.settings.since}, and was altered or taken out: {shown(change.text)}",
                "Restore it. To correct a mistake in it, add another entry.",
                key=True,
            )
    if any(change not in known for change in current_changes):
        return
    for path, old, new in _edits(earlier_briefing, briefing):
        yield Finding(
            path,
            f"This changed since {context.settings.since}, where it was {_description(old)}"
            f"{'' if new is not None else ', and is gone'}.",
            "Tell readers: add an entry to `changes`, with `kind: correction` if it was wrong.",
            key=new is None,
        )


def _edits(earlier: Briefing, current: Briefing) -> Iterator[tuple[FieldPath, Any, Any]]:
    """Every meaningful field that changed: its path in the new file, its old and new value."""
    for name in ("title", "summary", "published"):
        if _meaning(getattr(earlier, name)) != _meaning(getattr(current, name)):
            yield (name,), _meaning(getattr(earlier, name)), _meaning(getattr(current, name))
    for key in ("background", "positions", "responses"):
        old = {entry.id: entry for entry in getattr(earlier, key) if entry.id}
        for index, entry in enumerate(getattr(current, key)):
            if entry.id in old:
                yield from _differing((key, index), _meaning(old[entry.id]), _meaning(entry))


def _meaning(value: Any) -> Any:
    """``value`` as plain data, without what readers don't see in the text: sources, former ids,
    and layout."""
    if isinstance(value, Model):
        fields = {
            info.alias or name: _meaning(getattr(value, name))
            for name, info in type(value).model_fields.items()
            if name not in ("sources", "aliases")
        }
        return {key: field for key, field in fields.items() if field not in (None, [])}
    if isinstance(value, list):
        return [_meaning(item) for item in value]
    return _seen(str(getattr(value, "text", value))) if value is not None else None


def _seen(text: str) -> str:
    """``text`` as readers see it: spaces collapsed, in Unicode's form NFC, without invisible
    characters.
    """
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())


def _differing(path: FieldPath, old: Any, new: Any) -> Iterator[tuple[FieldPath, Any, Any]]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in {**new, **old}:
            yield from _differing((*path, key), old.get(key), new.get(key))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (old_item, new_item) in enumerate(zip(old, new, strict=True)):
            yield from _differing((*path, index), old_item, new_item)
    elif old != new:
        yield path, old, new


def _description(old: Any) -> str:
    if old is None:
        return "not there"
    if isinstance(old, list) and all(isinstance(item, str) for item in old):
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
