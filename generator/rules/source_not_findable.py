"""Readers can find a source."""

from generator.rules.base import Finding, Findings, RuleContext, error


@error(
    "A source that nobody can find again supports nothing.",
    passing="""
sources:
  - {id: gauge, title: Gauge readings, publisher: Halden Commission, date: 2025-02-20}
""",
    failing=(", date: 2025-02-20", ""),
)
def rule(context: RuleContext) -> Findings:
    for path, _, _ in context.declared_sources():
        published = context.has_key(path, "publisher") and context.has_key(path, "date")
        if not published and not context.has_key(path, "url"):
            yield Finding(
                path,
                "A source needs `url`, or `publisher` together with `date`.",
                "Readers must be able to find it.",
            )
