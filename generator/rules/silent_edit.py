"""Changes after publication are listed for readers."""

from collections.abc import Iterator
from typing import Any

from generator.model.briefing import Briefing
from generator.model.field_errors import shown
from generator.model.fingerprints import meaning
from generator.model.introspection import FieldPath
from generator.rules.base import Finding, Findings, RuleContext, error


@error(
    "A correction that nobody hears about is worse than the mistake: readers may have quoted "
    "the old words.",
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
def rule(context: RuleContext) -> Findings:
    earlier = context.settings.earlier
    if earlier is None or context.briefing is None or context.briefing.id not in earlier.briefings:
        return
    before, briefing = earlier.briefings[context.briefing.id].value, context.briefing.model
    if "draft" in (before.status, briefing.status):
        return
    current_changes = [meaning(change) for change in briefing.changes]
    known = [meaning(change) for change in before.changes]
    for change in before.changes:
        if meaning(change) not in current_changes:
            yield Finding(
                ("changes",),
                f"The {change.kind} of {change.date.isoformat()} was here in "
                f"{context.settings.since}, and was changed or removed: {shown(change.text)}",
                "Restore it. To correct a mistake in it, add another entry.",
                key=True,
            )
    if any(change not in known for change in current_changes):
        return
    for path, old, new in _edits(before, briefing):
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
        if meaning(getattr(earlier, name)) != meaning(getattr(current, name)):
            yield (name,), meaning(getattr(earlier, name)), meaning(getattr(current, name))
    for key in ("background", "positions", "responses"):
        old = {entry.id: entry for entry in getattr(earlier, key) if entry.id}
        for index, entry in enumerate(getattr(current, key)):
            if entry.id in old:
                yield from _differing((key, index), meaning(old[entry.id]), meaning(entry))


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
