"""That no reply was found doesn't contradict the rest of the briefing."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.dates import parse
from generator.model.edtf import Order, order
from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext


def _check(case: RuleContext) -> Iterator[Finding]:
    for path, one in case.statements():
        for index, absence in enumerate(one.no_responses):
            place = (*path, "no_response", index, "party")
            until = parse(absence.as_of.isoformat())
            for answer in one.answered_by:
                given = answer.date
                after = given and one.date and order(given, one.date) is Order.NOT_BEFORE
                own = answer.party.id == absence.party and after
                if own and given and order(until, given) is Order.NOT_BEFORE:
                    yield Finding(
                        place,
                        f"No reply by `{absence.party}` was found up to {until.text}, but "
                        f"`{answer.id}` is one, of {given.text}.",
                        "Remove the `no_response`, or check the dates.",
                    )
                    break


RULE = Rule(
    "no-response-contradicted",
    Severity.WARNING,
    "A page can't say that a party has replied and that it hasn't.",
    _check,
    passing="""
positions:
  - id: diversion
    party: norland
    kind: allegation
    against: [esteria]
    date: 2025-02-14
    text: Esteria takes water.
    sources: [norland-page, paper]
    no_response: [{party: esteria, as_of: 2025-03-04}]
responses: []
""",
    failing="""
positions:
  - id: diversion
    party: norland
    kind: allegation
    against: [esteria]
    date: 2025-02-14
    text: Esteria takes water.
    sources: [norland-page, paper]
    no_response: [{party: esteria, as_of: 2025-03-04}]
""",
)
