"""That no reply was found doesn't contradict the rest of the briefing."""

from generator.model.dates import parse
from generator.model.edtf import Order, order
from generator.rules.base import Finding, Findings, RuleContext, warning
from generator.rules.examples import NO_REPLY_FOUND


@warning(
    "A page can't say that a party has replied and that it hasn't.",
    passing=NO_REPLY_FOUND,
    failing=("responses: []\n", ""),
)
def rule(context: RuleContext) -> Findings:
    for path, statement, absence in context.no_responses():
        until = parse(absence.as_of.isoformat())
        for answer in statement.answered_by:
            by_party = absence.party in answer.model.parties
            if not by_party or answer.date is None or statement.date is None:
                continue
            came_after = order(answer.date, statement.date) is Order.NOT_BEFORE
            if came_after and order(until, answer.date) is Order.NOT_BEFORE:
                yield Finding(
                    (*path, "party"),
                    f"No reply by `{absence.party}` was found up to {until.text}, but "
                    f"`{answer.id}` is one, of {answer.date.text}.",
                    "Remove the `no_response`, or check the dates.",
                )
                break
