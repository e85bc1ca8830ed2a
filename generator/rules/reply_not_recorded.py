"""Every accused party's answer, or that none was found, is on file."""

from __future__ import annotations

from collections.abc import Iterator

from generator.collection.reply_status import Reply, ReplyStatus
from generator.model.introspection import UNREAD
from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext


def _check(case: RuleContext) -> Iterator[Finding]:
    if case.briefing is None:
        return
    for index, one in enumerate(case.briefing.positions):
        for reply in one.replies:
            if reply.status is ReplyStatus.NOT_RECORDED and not _unread(case, index, reply):
                yield Finding(
                    ("positions", index, "against", one.against.index(reply.accused)),
                    f"Neither a response by `{reply.accused.id}` to `{one.id}` nor a "
                    "`no_response` is on file.",
                    f"Add a response with `to: [{one.id}]`, or "
                    f"`no_response: [{{party: {reply.accused.id}, as_of: YYYY-MM-DD}}]`.",
                    severity=Severity.WARNING if case.briefing.is_draft else None,
                )


def _unread(case: RuleContext, index: int, reply: Reply) -> bool:
    """Whether the answer may stand in a part of the file that another mistake made unreadable."""
    if not reply.accused.model:
        return True  # the id is unknown, and told as such
    typed = case.typed(())
    if typed.get("responses") is UNREAD or "responses" not in typed:
        return True  # another mistake, missing, or misspelt
    answers = (item for _, item in case.items((), "responses"))
    own = (answer for answer in answers if _may_be(case, answer.get("party"), reply))
    if any(not _leads_to_others(case, reply.allegation.id, answer.get("to")) for answer in own):
        return True
    absences = (item for _, item in case.items(("positions", index), "no_response"))
    return any(_may_be(case, absence.get("party"), reply) for absence in absences)


def _may_be(case: RuleContext, party: object, reply: Reply) -> bool:
    """Whether a party is the accused, or an id that nobody has, which may have been meant so."""
    return party == reply.accused.id or str(party) not in case.loaded.actors


def _leads_to_others(case: RuleContext, allegation: str, to: object) -> bool:
    """Whether a response answers other positions only, as far as can be told."""
    if not isinstance(to, list) or not to or allegation in to or case.briefing is None:
        return False
    positions = {one.id for one in case.briefing.positions}
    return all(one is not UNREAD and ("#" in one or one in positions) for one in to)


RULE = Rule(
    "reply-not-recorded",
    Severity.ERROR,
    "The accused have a right of reply: readers must see the answer, or that none was found.",
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
responses: []
""",
)
