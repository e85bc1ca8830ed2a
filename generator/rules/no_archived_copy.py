"""A source on the web has an archived copy."""

from generator.rules.base import Finding, Findings, RuleContext, warning


@warning(
    "Pages change and vanish. A dated copy shows what a statement was based on.",
    passing="""
sources:
  - {id: gauge, title: Gauge readings, url: "https://halden.example/gauge",
     archive_url: "https://archive.example/2025/gauge"}
""",
    failing="""
sources:
  - {id: gauge, title: Gauge readings, url: "https://halden.example/gauge"}
""",
)
def rule(context: RuleContext) -> Findings:
    for path, _, source in context.declared_sources():
        if source.url and not context.has_key(path, "archive_url"):
            yield Finding(
                (*path, "url"),
                "This page has no archived copy.",
                "Archive it, for example at https://web.archive.org/save, and add `archive_url`.",
            )
