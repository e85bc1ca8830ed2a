"""An allegation rests on more than one source."""

from generator.reading.problems import listed
from generator.rules.base import Finding, Findings, RuleContext, warning
from generator.rules.examples import ALLEGATION


@warning(
    "One report can be wrong; sources that reprint the same text count as one.",
    passing=ALLEGATION,
    failing=("norland-page, paper", "paper"),
)
def rule(context: RuleContext) -> Findings:
    for path, statement in context.statements():
        sources = statement.all_sources
        if statement.kind != "allegation" or len({source.original for source in sources}) != 1:
            continue
        named = listed(source.id for source in sources)
        yield Finding(
            (*path, "sources"),
            f"The allegation `{statement.id}` is based on one source"
            + (f", {named}." if len(sources) == 1 else f": {named} carry the same original text."),
            "Look for a second, independent one.",
        )
