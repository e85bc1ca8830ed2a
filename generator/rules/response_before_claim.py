"""A response does not come before what it answers."""

from __future__ import annotations

from collections.abc import Iterator

from generator.collection.reply_status import DENIALS
from generator.model.edtf import Order, order
from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext


def _check(case: RuleContext) -> Iterator[Finding]:
    for path, one in case.statements():
        if one.response is None or one.date is None:
            continue
        for target in one.response.to:
            claim = case.collection.position(target, one.briefing)
            if claim is None or claim.date is None:
                continue
            denial = one.response.stance in DENIALS and claim.kind == "allegation"
            if not denial and order(one.date, claim.date) is Order.BEFORE:
                yield Finding(
                    (*path, "date"),
                    f"`{one.id}` is dated {one.date.text}, before the statement it answers, "
                    f"`{target}` ({claim.date.text}).",
                    "Check both dates; only a denial can be older than the allegation.",
                )


RULE = Rule(
    "response-before-claim",
    Severity.WARNING,
    "What was said earlier can't answer what was said later; only an earlier denial is shown "
    "as one.",
    _check,
    passing="""
responses:
  - {id: drought, to: [diversion], party: esteria, date: 2025-02-15, stance: accepts_in_part,
     text: Some water was diverted., sources: [esteria-page]}
""",
    failing="""
responses:
  - {id: drought, to: [diversion], party: esteria, date: 2025-02-10, stance: accepts_in_part,
     text: Some water was diverted., sources: [esteria-page]}
""",
)
