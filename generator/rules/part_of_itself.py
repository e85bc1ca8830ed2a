"""A topic, a place or an actor is not part of itself."""

from __future__ import annotations

from collections.abc import Iterator

from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext
from generator.rules.circles import first_of_circle


def _check(context: RuleContext) -> Iterator[Finding]:
    if context.registry not in ("topics", "places", "actors"):
        return
    name = "part_of" if context.registry == "actors" else "parent"
    parents = {key: getattr(entry, name) for key, entry in context.reading.value.items()}
    for key in parents:
        if key == first_of_circle(key, parents):
            yield Finding(
                (key, name),
                f"`{key}` is part of itself, directly or through what it is part of.",
                f"Name what it is part of, or remove `{name}`.",
            )


RULE = Rule(
    "part-of-itself",
    Severity.ERROR,
    "Readers find topics, places and actors from the widest down. They can't reach any in a "
    "circle.",
    _check,
    passing="""
data/topics.yml:
  water: {name: Water}
  rivers: {name: Rivers, parent: water}
""",
    failing="""
data/topics.yml:
  water: {name: Water, parent: rivers}
  rivers: {name: Rivers, parent: water}
""",
)
