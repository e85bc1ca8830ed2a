"""That no reply was found is as fresh as the rest of the briefing."""

from generator.model.dates import parse
from generator.model.edtf import Order, order
from generator.rules.base import Finding, Findings, RuleContext, warning
from generator.rules.examples import NO_REPLY_FOUND


@warning(
    "A reply may have come since, so the search for one must be as recent as the briefing.",
    passing=NO_REPLY_FOUND,
    failing=("2025-03-04", "2025-02-20"),
)
def rule(context: RuleContext) -> Findings:
    for path, statement, absence in context.no_responses():
        until = absence.as_of.isoformat()
        as_of = statement.briefing.as_of
        if statement.date and order(parse(until), statement.date) is Order.BEFORE:
            yield Finding(
                (*path, "as_of"),
                f"No reply to `{statement.id}` was looked for after {until}, but it was said "
                f"later, on {statement.date.text}.",
                "Look again, and write the day up to which you did.",
            )
        elif as_of and absence.as_of < as_of:
            yield Finding(
                (*path, "as_of"),
                f"No reply by `{absence.party}` was found up to {until}, but the briefing "
                f"is as of {as_of.isoformat()}.",
                f"Look for one up to {as_of.isoformat()}, and write that day.",
            )
