"""A party named in the summary is heard."""

from __future__ import annotations

from collections.abc import Iterator

from generator.collection.entries import ActorEntry, BriefingEntry
from generator.collection.linker import Collection
from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext


def _check(case: RuleContext) -> Iterator[Finding]:
    if case.briefing is None or not case.briefing.positions:
        return
    summary = case.briefing.model.summary
    heard = _heard(case.briefing, case.collection)
    countries = {one.model.country for one in heard if one.model} - {None}
    for words, actor in case.collection.named_in(summary):
        assert actor.model
        if actor.model.type == "media" or actor in heard or actor.model.country in countries:
            continue
        offices = {role.of for role in actor.model.roles}
        if offices & {one.id for one in heard}:
            continue
        heard.add(actor)
        yield Finding(
            ("summary",),
            f"{words} is named in the summary, but no position or response of `{actor.id}` is "
            "on file.",
            "Add what it says, record `no_response`, or leave it out of the summary.",
            words=words,
        )


def _heard(briefing: BriefingEntry, collection: Collection) -> set[ActorEntry]:
    """Those who speak, those who did not reply, and those accused, of whom another rule tells."""
    heard: set[ActorEntry] = set()
    for one in briefing.statements:
        heard |= {one.party, *one.against}
        heard |= {one.speaker} if one.speaker else set()
        heard |= {collection.actor(none.party) for none in one.no_responses}
    return heard


RULE = Rule(
    "silent-party",
    Severity.WARNING,
    "A party named in a dispute must be heard, or readers must see that it was asked.",
    _check,
    passing="""
summary: Norland says Esteria takes water.
""",
    failing="""
summary: Norland and Sundmark say Esteria takes water.
data/actors.yml:
  sundmark: {name: Sundmark, type: state, country: XS}
""",
)
