"""An allegation rests on more than its maker's own word."""

from generator.collection.actor_parts import belongs_to
from generator.collection.entries import SourceEntry, StatementEntry
from generator.reading.problems import listed
from generator.rules.base import Finding, Findings, RuleContext, warning
from generator.rules.examples import ALLEGATION


@warning(
    "If only the accuser's own outlets carry an allegation, nobody else has confirmed that it "
    "was made.",
    passing=ALLEGATION,
    failing=("norland-page, paper", "norland-page"),
)
def rule(context: RuleContext) -> Findings:
    for path, statement in context.statements():
        sources = statement.all_sources
        if (
            statement.kind == "allegation"
            and sources
            and all(_is_of(statement, source) for source in sources)
        ):
            whose = "its own party" if len(statement.parties) == 1 else "its own parties"
            parties = listed(statement.model.parties, " and ")
            own = listed(source.id for source in sources)
            yield Finding(
                (*path, "sources"),
                f"The allegation `{statement.id}` is based only on what {whose}, "
                f"{parties}, publishes or controls: {own}.",
                "Look for an independent source.",
            )


def _is_of(statement: StatementEntry, source: SourceEntry) -> bool:
    """Whether a party, or an actor that belongs to the same one, publishes or controls it."""
    actors = [actor for actor in (source.controlled_by, source.publisher) if actor]
    return any(
        belongs_to(actor, party) or belongs_to(party, actor)
        for actor in actors
        for party in statement.parties
    )
