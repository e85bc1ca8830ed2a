"""An allegation names whom it accuses."""

from generator.rules.base import Finding, Findings, RuleContext, error
from generator.rules.examples import ALLEGATION


@error(
    "Nobody can answer an allegation that names nobody: the right of reply begins with a name.",
    passing=ALLEGATION,
    failing=(" against: [esteria],", ""),
)
def rule(context: RuleContext) -> Findings:
    for path, statement in context.statements():
        if statement.kind == "allegation" and not context.has_key(path, "against"):
            yield Finding(
                path,
                "An allegation needs `against`: the actors it accuses.",
                "Add `against: [actor]`, or choose another `kind`.",
            )
