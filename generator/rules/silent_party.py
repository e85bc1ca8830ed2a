"""A party named in the summary is heard."""

from generator.collection.entries import ActorEntry, BriefingEntry
from generator.collection.linker import Collection
from generator.rules.base import Finding, Findings, RuleContext, warning


@warning(
    "A party named in a dispute must be heard, or readers must see that it was asked.",
    passing="summary: Norland says Esteria takes water.",
    failing="""
summary: Norland and Sundmark say Esteria takes water.
data/actors.yml:
  sundmark: {name: Sundmark, type: state, country: XS}
""",
)
def rule(context: RuleContext) -> Findings:
    if context.briefing is None or not context.briefing.positions:
        return
    summary = context.briefing.model.summary
    heard = _heard_actors(context.briefing, context.collection)
    countries = {actor.model.country for actor in heard if actor.model} - {None}
    for words, actor in context.collection.named_in(summary):
        assert actor.model
        if actor.model.type == "media" or actor in heard or actor.model.country in countries:
            continue
        offices = {role.of for role in actor.model.roles}
        if offices & {party.id for party in heard}:
            continue
        heard.add(actor)
        yield Finding(
            ("summary",),
            f"{words} is named in the summary, but no position or response of `{actor.id}` is "
            "on file.",
            "Add what it says, record `no_response`, or leave it out of the summary.",
            words=words,
        )


def _heard_actors(briefing: BriefingEntry, collection: Collection) -> set[ActorEntry]:
    """The actors with a statement or a `no_response`, and the accused.

    The rule `reply-not-recorded` reports accused actors without a reply.
    """
    heard: set[ActorEntry] = set()
    for statement in briefing.statements:
        heard |= {*statement.parties, *statement.against}
        heard |= {statement.speaker} if statement.speaker else set()
        heard |= {collection.actor(none.party) for none in statement.no_responses}
    return heard
