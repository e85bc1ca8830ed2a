"""Every accused party's answer, or that none was found, is on file."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.rule import Case, Finding, Rule
from generator.problems import Severity
from generator.replies import ReplyStatus


def _check(case: Case) -> Iterator[Finding]:
    if case.briefing is None:
        return
    for index, one in enumerate(case.briefing.positions):
        for reply in one.replies:
            if reply.accused.model and reply.status is ReplyStatus.NOT_RECORDED:
                yield Finding(
                    ("positions", index, "against", one.against.index(reply.accused)),
                    f"Neither a response by `{reply.accused.id}` to `{one.id}` nor a "
                    "`no_response` is on file.",
                    f"Add a response with `to: [{one.id}]`, or "
                    f"`no_response: [{{party: {reply.accused.id}, as_of: YYYY-MM-DD}}]`.",
                    severity=Severity.WARNING if case.briefing.is_draft else None,
                )


RULE = Rule(
    "reply-not-recorded",
    Severity.ERROR,
    "The accused have a right of reply: readers must see the answer, or that none was found.",
    _check,
)
