"""Every accused party's answer, or that none was found, is on file."""

from generator.collection.reply_status import Reply, ReplyStatus
from generator.model.introspection import UNREAD
from generator.reading.problems import Severity
from generator.rules.base import Finding, Findings, RuleContext, error
from generator.rules.examples import NO_REPLY_FOUND


@error(
    "The accused have a right of reply: readers must see the answer, or that none was found.",
    passing=NO_REPLY_FOUND,
    failing="responses: []",
)
def rule(context: RuleContext) -> Findings:
    if context.briefing is None:
        return
    for index, position in enumerate(context.briefing.positions):
        for reply in position.replies:
            if reply.status is ReplyStatus.NOT_RECORDED and not _unread(context, index, reply):
                yield Finding(
                    ("positions", index, "against", position.against.index(reply.accused)),
                    f"Neither a response by `{reply.accused.id}` to `{position.id}` nor a "
                    "`no_response` is on file.",
                    f"Add a response with `to: [{position.id}]`, or "
                    f"`no_response: [{{party: {reply.accused.id}, as_of: YYYY-MM-DD}}]`.",
                    severity=Severity.WARNING if context.briefing.is_draft else None,
                )


def _unread(context: RuleContext, index: int, reply: Reply) -> bool:
    """Whether the answer may be in a part of the file that could not be read."""
    if not reply.accused.model:
        return True  # the rule `unknown-id` reports it
    typed = context.mapping_at(())
    if typed.get("responses") is UNREAD or "responses" not in typed:
        return True  # the key is wrong, missing or misspelt
    positions = (item for _, item in context.items((), "positions") if "to" in item)
    answers = [*(item for _, item in context.items((), "responses")), *positions]
    own = (answer for answer in answers if _may_be(context, answer.get("party"), reply))
    if any(not _leads_to_others(context, reply.allegation.id, answer.get("to")) for answer in own):
        return True
    absences = (item for _, item in context.items(("positions", index), "no_response"))
    return any(_may_be(context, absence.get("party"), reply) for absence in absences)


def _may_be(context: RuleContext, party: object, reply: Reply) -> bool:
    """Whether ``party`` names the accused, or an unknown id that may be meant for it."""
    parties = party if isinstance(party, list) else [party]
    return any(
        party == reply.accused.id or str(party) not in context.loaded.actors for party in parties
    )


def _leads_to_others(context: RuleContext, allegation: str, to: object) -> bool:
    """Whether a response certainly answers other positions only."""
    if not isinstance(to, list) or not to or allegation in to or context.briefing is None:
        return False
    positions = {position.id for position in context.briefing.positions}
    return all(target is not UNREAD and ("#" in target or target in positions) for target in to)
