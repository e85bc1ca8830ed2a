"""An id names one thing in a briefing: it is the anchor that others link to."""

from generator.model.introspection import FieldPath
from generator.rules.base import Finding, Findings, RuleContext, error

# Events and statements are anchors of one page; sources have separate anchors.
_GROUPS = (("background", "positions", "responses"), ("sources",))


@error(
    "A link to an id that two things share can't say which of them it means.",
    passing="""
background:
  - {id: low-water, date: 2025-02-10, text: The gauge falls., sources: [gauge]}
  - {id: lower-water, date: 2025-02-12, text: The gauge falls again., sources: [gauge]}
""",
    failing=("lower-water", "low-water"),
)
def rule(context: RuleContext) -> Findings:
    if context.briefing is None:
        return
    for group in _GROUPS:
        first: dict[str, FieldPath] = {}
        for key in group:
            for path, own, _ in context.written_ids(key):
                if own in first:
                    place = context.reading.document.locate(first[own])
                    yield Finding(
                        path,
                        f"The id `{own}` is already used in line {place.line}.",
                        _advice(path, first[own]),
                        as_written=True,
                    )
                first.setdefault(own, path)


def _advice(path: FieldPath, first: FieldPath) -> str:
    if "aliases" in path and "aliases" in first:
        return "A former id leads to one entry: remove it from the other."
    if "aliases" in (*path, *first):
        return "An entry has this id, so its anchor leads there: remove it from `aliases`."
    return "Give one of the two another id; a published id must stay as it is."
