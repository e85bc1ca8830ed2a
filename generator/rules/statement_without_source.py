"""A statement has a source."""

from generator.rules.base import Finding, Findings, RuleContext, error


@error(
    "Readers must be able to check who said it: every statement names its source.",
    passing="""
positions:
  - {id: diversion, party: norland, text: Esteria takes water., sources: [gauge]}
""",
    failing=(", sources: [gauge]", ""),
)
def rule(context: RuleContext) -> Findings:
    for path, statement in context.statements():
        quoted = [quote.get("sources") for _, quote in context.items(path, "quotes")]
        if not context.has_key(path, "sources") and not any(quoted):
            yield Finding(
                path,
                f"`{statement.id}` has no source.",
                "Add `sources: [id]`; you can leave it out only if every quotation has a source.",
            )
