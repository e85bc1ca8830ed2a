"""A published allegation says in one clause what it claims."""

from generator.model.fields import CLAIM_LENGTH
from generator.rules.base import Finding, Findings, RuleContext, warning
from generator.rules.examples import NO_REPLY_FOUND

_HINT = (
    'Add `claim:` with a clause that begins with "that", such as `that Esteria diverts the '
    f"Halden`, in at most {CLAIM_LENGTH} characters."
)
_HINT_ELSEWHERE = (
    "Add `claim:` with a clause in the language of the briefing, like the English `that Esteria "
    f"diverts the Halden`, in at most {CLAIM_LENGTH} characters."
)


@warning(
    "Readers must see at a glance what is claimed. The first sentence of a text may say something "
    "else.",
    passing=NO_REPLY_FOUND.replace(
        "text:", "claim: that Esteria takes water from the Halden\n    text:"
    ),
    failing=NO_REPLY_FOUND,
)
def rule(context: RuleContext) -> Findings:
    if context.briefing is None or context.briefing.is_draft:
        return
    for path, statement in context.statements():
        if statement.kind == "allegation" and not context.has_key(path, "claim"):
            yield Finding(
                path,
                f"The allegation `{statement.id}` doesn't say in one clause what it claims, so "
                "lists show the first sentence of its `text`.",
                _HINT if context.language.startswith("en") else _HINT_ELSEWHERE,
            )
