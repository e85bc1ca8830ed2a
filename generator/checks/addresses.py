"""Every page has an address of its own."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.rule import Case, Finding, Rule
from generator.problems import Severity


def _check(case: Case) -> Iterator[Finding]:
    briefing = case.briefing
    if briefing is None:
        return
    for name in (briefing.id, f"{briefing.id}/index"):
        if name in case.loaded.pages:
            yield Finding(
                (), f"briefings/{name}.md has the same address as this briefing.",
                "Rename one of the two files.",
            )  # fmt: skip
    for index, alias in enumerate(briefing.model.aliases):
        if alias in case.loaded.briefings or alias in case.loaded.broken:
            yield Finding(
                ("aliases", index),
                f"The former address `{alias}` is that of the briefing briefings/{alias}.yml.",
                "Take the alias out, or move that briefing.",
            )
        elif owner := _other_owner(case, alias):
            yield Finding(
                ("aliases", index),
                f"The former address `{alias}` is also that of `{owner}`.",
                "It can lead to one briefing only: take it out of the other.",
            )


def _other_owner(case: Case, alias: str) -> str:
    owners = (key for key, one in case.loaded.briefings.items() if alias in one.value.aliases)
    return next((key for key in owners if case.briefing and key != case.briefing.id), "")


RULE = Rule(
    "address-taken",
    Severity.ERROR,
    "Two pages with one address would overwrite each other.",
    _check,
)
