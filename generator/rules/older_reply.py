"""An allegation has a reply that is not older than itself."""

from generator.collection.entries import StatementEntry
from generator.collection.reply_status import DENIALS, ReplyStatus
from generator.model.edtf import Order, order
from generator.reading.problems import listed
from generator.rules.base import Finding, Findings, RuleContext, warning
from generator.rules.examples import REPLY


@warning(
    "A denial from last year must not count as the answer to this year's allegation.",
    passing=REPLY,
    failing=("2025-02-15", "2024-07-01"),
)
def rule(context: RuleContext) -> Findings:
    for path, answer in context.statements():
        if answer.stance not in DENIALS:
            continue
        for index, target in enumerate(answer.model.to):
            claim = context.collection.position(target, answer.briefing)
            if claim and claim.kind == "allegation" and _is_older(answer, claim):
                assert answer.date
                assert claim.date
                parties = listed(answer.model.parties, " and ")
                yield Finding(
                    (*path, "to", index),
                    f"This denial ({answer.date.text}) is older than the allegation `{target}` "
                    f"({claim.date.text}), and no later reply is on file.",
                    f"Look for a later reply by {parties}, or add to `{target}`: "
                    f"`no_response: [{{party: {answer.model.parties[0]}, as_of: YYYY-MM-DD}}]`.",
                )


def _is_older(answer: StatementEntry, claim: StatementEntry) -> bool:
    if not (answer.date and claim.date and order(answer.date, claim.date) is Order.BEFORE):
        return False
    standing = [reply for reply in claim.replies if reply.accused in answer.parties]
    return all(reply.status is ReplyStatus.EARLIER and not reply.no_response for reply in standing)
