"""Whoever is accused has the right of reply, which only an allegation has."""

from generator.reading.problems import listed
from generator.rules.base import Finding, Findings, RuleContext, warning
from generator.rules.examples import ALLEGATION

_MEANT = (None, "statement", "demand")


@warning(
    "An accusation that isn't marked as an allegation leaves the accused without a right of reply.",
    passing=ALLEGATION,
    failing=(" kind: allegation,", ""),
)
def rule(context: RuleContext) -> Findings:
    for path, statement in context.statements():
        position = statement.position
        if position is None or position.kind == "allegation" or not position.against:
            continue
        typed = context.mapping_at(path).get("kind")
        if typed not in _MEANT:
            continue  # which is reported as what it is: no kind
        yield Finding(
            (*path, "kind" if typed else "against"),
            f"`{statement.id}` accuses {listed(position.against)} but is a {position.kind}, so "
            "nobody is shown whether they answered.",
            "Write `kind: allegation`. If it accuses nobody, remove `against`.",
            key=not typed,
            write="allegation" if typed else "",
        )
