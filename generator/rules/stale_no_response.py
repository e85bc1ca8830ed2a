"""That no reply was found is as fresh as the rest of the briefing."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.dates import parse
from generator.model.edtf import Order, order
from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext


def _check(case: RuleContext) -> Iterator[Finding]:
    for path, one in case.statements():
        for index, absence in enumerate(one.no_responses):
            place = (*path, "no_response", index, "as_of")
            until = absence.as_of.isoformat()
            as_of = one.briefing.as_of
            if one.date and order(parse(until), one.date) is Order.BEFORE:
                yield Finding(
                    place,
                    f"No reply to `{one.id}` was looked for after {until}, but it was said later, "
                    f"on {one.date.text}.",
                    "Look again, and write the day up to which you did.",
                )
            elif as_of and absence.as_of < as_of:
                yield Finding(
                    place,
                    f"No reply by `{absence.party}` was found up to {until}, but the briefing "
                    f"is as of {as_of.isoformat()}.",
                    f"Look for one up to {as_of.isoformat()}, and write that day.",
                )


RULE = Rule(
    "stale-no-response",
    Severity.WARNING,
    "A reply may have come since, so the search for one must be as recent as the briefing.",
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
    no_response: [{party: esteria, as_of: 2025-02-20}]
responses: []
""",
)
