"""A published allegation says in one clause what it claims."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.fields import CLAIM_LENGTH
from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext


def _check(context: RuleContext) -> Iterator[Finding]:
    if context.briefing is None or context.briefing.is_draft:
        return
    for path, statement in context.statements():
        if statement.kind == "allegation" and not context.has_key(path, "claim"):
            yield Finding(
                path,
                f"The allegation `{statement.id}` doesn't say in one clause what it claims, so "
                "lists show the first sentence of its `text`.",
                'Add `claim:` with a clause that begins with "that", such as `that Esteria diverts '
                f"the Halden`, in at most {CLAIM_LENGTH} characters.",
            )


RULE = Rule(
    "claim-missing",
    Severity.WARNING,
    "Readers must see at a glance what is claimed. The first sentence of a text may say something "
    "else.",
    _check,
    passing="""
positions:
  - {id: diversion, party: norland, kind: allegation, against: [esteria], date: 2025-02-14,
     claim: that Esteria takes water from the Halden,
     text: Esteria takes water., sources: [norland-page, paper],
     no_response: [{party: esteria, as_of: 2025-03-04}]}
responses: []
""",
    failing="""
positions:
  - {id: diversion, party: norland, kind: allegation, against: [esteria], date: 2025-02-14,
     text: Esteria takes water., sources: [norland-page, paper],
     no_response: [{party: esteria, as_of: 2025-03-04}]}
responses: []
""",
)
