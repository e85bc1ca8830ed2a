"""Addresses do not include the punctuation of the sentence that they were copied from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model.fields import shown
from generator.model.introspection import FieldPath
from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext

_KEYS = ("url", "archive_url")
#: Not `?` and `!`: a query can be empty, and names end with an exclamation mark.
_PUNCTUATION = re.compile(r"[.,;:'\"”’»]+\Z")


def _check(case: RuleContext) -> Iterator[Finding]:
    for path, entry in _entries(case):
        for key in _KEYS:
            url = entry.get(key)
            if not isinstance(url, str) or not (match := _PUNCTUATION.search(url)):
                continue
            without = url[: match.start()]
            yield Finding(
                (*path, key),
                f"This address ends with {shown(match[0])}, which probably does not belong to it.",
                f"Write {shown(without, len(url))}.",
                as_written=True,
                write=without,
            )


def _entries(case: RuleContext) -> Iterator[tuple[FieldPath, dict[str, object]]]:
    """The sources and related pages of a file, by their path in the file."""
    if case.registry == "sources":
        for key in case.reading.value:
            yield (key,), case.typed((key,))
    for name in ("sources", "related") if case.briefing else ():
        for index, entry in case.items((), name):
            yield (name, index), entry


RULE = Rule(
    "url-punctuation",
    Severity.WARNING,
    "An address that was copied with the comma or full stop after it leads nowhere.",
    _check,
    passing="""
sources:
  - {id: gauge, title: Gauge readings, url: "https://halden.example/gauge"}
""",
    failing="""
sources:
  - {id: gauge, title: Gauge readings, url: "https://halden.example/gauge,"}
""",
)
