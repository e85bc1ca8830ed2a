"""What a source says it reprints must not lead back to itself."""

from generator.rules.base import Finding, Findings, RuleContext, error
from generator.rules.circles import first_of_circle


@error(
    "Sources that carry the same original count as one, so there must be an original.",
    passing="""
sources:
  - {id: gauge, title: Gauge readings, url: "https://halden.example/gauge"}
  - {id: copy, title: The gauge fell, url: "https://paper.example/copy", carries: gauge}
""",
    failing=('gauge"}', 'gauge", carries: copy}'),
)
def rule(context: RuleContext) -> Findings:
    declared = list(context.declared_sources())
    known = {**context.loaded.sources, **{key: source for _, key, source in declared}}
    carried = {key: source.carries for key, source in known.items()}
    for path, key, _ in declared:
        if key == first_of_circle(key, carried):
            yield Finding(
                (*path, "carries"),
                f"`{key}` carries itself, directly or through what it carries.",
                "Name the source or the agency whose text it reprints.",
            )
