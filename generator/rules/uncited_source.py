"""Every source is cited."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.fields import Reference
from generator.model.prose_markdown import mentions
from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext

_HINT = "Cite it where it supports something, or remove it."


def _check(case: RuleContext) -> Iterator[Finding]:
    if case.registry == "sources":
        for key in case.reading.value:
            if key not in case.collection.first_citing:
                yield Finding((key,), f"No briefing cites `{key}`.", _HINT, key=True)
    if case.briefing is None:
        return
    cited = set()
    for _, marker, words in case.marked:
        if isinstance(marker, Reference):
            if marker.to == "source":
                cited.add(words)
        elif marker.kind == "prose":
            cited |= {one.id for one in mentions(words) if one.to == "source"}
    if cited - case.ids("sources") - case.registered("sources"):
        return  # an id that isn't right may be meant for any of them
    if case.reading.problems:  # a source can be cited in what isn't read
        for words in case.texts(without="sources"):
            cited |= {words, *(one.id for one in mentions(words))}
    carried = {source.carries for source in case.briefing.model.sources}
    carried |= {source.carries for source in case.loaded.sources.values()}
    for index, source in enumerate(case.briefing.model.sources):
        if source.id not in cited | carried:
            message = f"Nothing in this briefing cites the source `{source.id}`."
            yield Finding(("sources", index), message, _HINT)


RULE = Rule(
    "uncited-source",
    Severity.WARNING,
    "A source that supports nothing makes a briefing look better sourced than it is.",
    _check,
    passing="""
sources:
  - {id: atlas, title: Atlas of rivers, url: "https://halden.example/atlas"}
summary: Norland says Esteria takes water from the Halden [@atlas].
""",
    failing="""
sources:
  - {id: atlas, title: Atlas of rivers, url: "https://halden.example/atlas"}
""",
)
