"""A speaker belongs to the party whose position it is."""

from generator.collection.actor_parts import belongs_to
from generator.collection.entries import ActorEntry
from generator.collection.linker import Collection
from generator.reading.problems import listed
from generator.rules.base import Finding, Findings, RuleContext, warning
from generator.rules.examples import SPOKEN_REPLY


@warning(
    "A claim must not be given to the wrong party: its speaker must belong to that party.",
    passing=SPOKEN_REPLY,
    failing=("ana-lind", "per-holm"),
)
def rule(context: RuleContext) -> Findings:
    for path, statement in context.statements():
        if statement.speaker is None or statement.model.speaker_role:
            continue
        speaker = statement.speaker
        if not any(_belongs(speaker, party, context.collection) for party in statement.parties):
            parties = listed(statement.model.parties, " or ")
            yield Finding(
                (*path, "speaker"),
                f"`{speaker.id}` holds no office of {parties}, whose position this is.",
                "Check `party` and `speaker`, or add the role to data/actors.yml.",
            )


def _belongs(speaker: ActorEntry, party: ActorEntry, collection: Collection) -> bool:
    """Whether the registry lets the two belong together. Missing data counts as yes."""
    if belongs_to(speaker, party) or speaker.model is None or party.model is None:
        return True
    country = party.model.country
    if speaker.model.type != "person":
        return None in (country, speaker.model.country) or country == speaker.model.country
    offices = [role.of for role in speaker.model.roles]
    if not offices or None in offices or party.id in offices:
        return True
    if country is None:
        return False
    holders = [collection.actor(office).model for office in offices if office]
    return country in [speaker.model.country, *(holder.country for holder in holders if holder)]
