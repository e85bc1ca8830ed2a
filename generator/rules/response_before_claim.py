"""A response does not come before what it answers."""

from __future__ import annotations

from collections.abc import Iterator

from generator.collection.reply_status import DENIALS
from generator.model.edtf import Order, order
from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext


def _check(context: RuleContext) -> Iterator[Finding]:
    for path, answer in context.statements():
        if not answer.is_response or answer.date is None:
            continue
        for target in answer.model.to:
            claim = context.collection.position(target, answer.briefing)
            if claim is None or claim.date is None:
                continue
            denial = answer.stance in DENIALS and claim.kind == "allegation"
            if not denial and order(answer.date, claim.date) is Order.BEFORE:
                yield Finding(
                    (*path, "date"),
                    f"`{answer.id}` is dated {answer.date.text}, before the statement it answers, "
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
