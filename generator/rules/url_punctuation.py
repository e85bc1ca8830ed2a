"""Addresses do not include the punctuation of the sentence that they were copied from."""

from collections.abc import Iterator

from generator.model.field_errors import shown
from generator.model.introspection import FieldPath
from generator.rules.base import Finding, Findings, RuleContext, warning

_KEYS = ("url", "archive_url")
#: Not `?` and `!`: a query can be empty, and names end with an exclamation mark.
_PUNCTUATION = ".,;:'\"”’»"


@warning(
    "An address that was copied with the comma or full stop after it leads nowhere.",
    passing="""
sources:
  - {id: gauge, title: Gauge readings, url: "https://halden.example/gauge"}
""",
    failing=('gauge"}', 'gauge,"}'),
)
def rule(context: RuleContext) -> Findings:
    for path, entry in _entries(context):
        for key in _KEYS:
            url = entry.get(key)
            without = url.rstrip(_PUNCTUATION) if isinstance(url, str) else ""
            if not isinstance(url, str) or without in ("", url):
                continue
            end = shown(url[len(without) :])
            yield Finding(
                (*path, key),
                f"This address ends with {end}, which probably does not belong to it.",
                f"Write {shown(without, len(url))}.",
                as_written=True,
                write=without,
            )


def _entries(context: RuleContext) -> Iterator[tuple[FieldPath, dict[str, object]]]:
    """The sources and related pages of a file, by their path in the file."""
    if context.registry == "sources":
        for key in context.reading.value:
            yield (key,), context.mapping_at((key,))
    for name in ("sources", "related") if context.briefing else ():
        for index, entry in context.items((), name):
            yield (name, index), entry
