"""A translation that readers get has a title and a summary."""

from generator.rules.base import Finding, Findings, RuleContext, error

_NEEDED = ("title", "summary")


@error(
    "A page in another language begins with its title and its lead; without them a reader can't "
    "tell what it is about.",
    passing='translation: {status: draft, title: ""}',
    failing='translation: {status: published, title: ""}',
)
def rule(context: RuleContext) -> Findings:
    if not context.translation or context.is_draft:
        return
    for name in _NEEDED:
        if not context.has_key((), name):
            yield Finding(
                ("status",),
                f"This translation is published, and `{name}` is not translated.",
                f"Translate `{name}`, or write `status: draft` until you have.",
                key=True,
            )
