"""A topic, a place or an actor is not part of itself."""

from generator.rules.base import Finding, Findings, RuleContext, error
from generator.rules.circles import first_of_circle


@error(
    "Readers find topics, places and actors from the widest down. They can't reach any in a "
    "circle.",
    passing="""
data/topics.yml:
  water: {name: Water}
  rivers: {name: Rivers, parent: water}
""",
    failing=("name: Water}", "name: Water, parent: rivers}"),
)
def rule(context: RuleContext) -> Findings:
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
