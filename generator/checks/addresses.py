"""Every page has an address of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.checks.rule import Case, Finding, Rule
from generator.loading import RESERVED_NAMES
from generator.problems import Severity

_OUT = "Take the alias out."


def _check(case: Case) -> Iterator[Finding]:
    briefing, loaded = case.briefing, case.loaded
    if briefing is None:
        return
    for name in (briefing.id, f"{briefing.id}/index"):
        if name in loaded.pages:
            yield Finding(
                (),
                f"briefings/{name}.md has the same address as this briefing.",
                "Rename one of the two files.",
            )
    if entry := _entry(case, briefing.id):
        yield Finding(
            (), f"The page of {entry} has the same address as this briefing.", "Rename this file."
        )
    for index, alias in enumerate(briefing.model.aliases):
        place = ("aliases", index)
        others = [owner for owner in loaded.aliases[alias] if owner != briefing.id]
        if alias == briefing.id:
            yield Finding(place, f"`{alias}` is this briefing's own address.", _OUT)
        elif alias in loaded.briefings or alias in loaded.broken:
            message = f"The former address `{alias}` is that of briefings/{alias}.yml."
            yield Finding(place, message, _OUT)
        elif alias in loaded.pages or f"{alias}/index" in loaded.pages:
            message = f"The former address `{alias}` is that of a page written by hand."
            yield Finding(place, message, _OUT)
        elif alias in RESERVED_NAMES or _entry(case, alias):
            yield Finding(place, f"The site itself needs the address `{alias}`.", _OUT)
        elif others and min(others) < briefing.id:
            yield Finding(
                place,
                f"The former address `{alias}` is also that of `{min(others)}`.",
                "It can lead to one briefing only: take it out of one of them.",
            )


def _entry(case: Case, address: str) -> str:
    """The registry's entry that has a page at ``address``, in words; empty where none has."""
    folder, _, key = address.partition("/")
    registries: dict[str, Mapping[str, object]] = {
        "actors": case.loaded.actors,
        "topics": case.loaded.topics,
        "places": case.loaded.places,
    }
    return f"`{key}` in data/{folder}.yml" if key in registries.get(folder, {}) else ""


RULE = Rule(
    "address-taken",
    Severity.ERROR,
    "Two pages with one address would overwrite each other.",
    _check,
    passing="""
aliases: [old-name]
""",
    failing="""
aliases: [actors]
""",
)
