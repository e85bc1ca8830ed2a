"""Editorial and format rules over the collection: one rule a module, listed in ``RULES``."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks import (
    addresses,
    completeness,
    ids,
    references,
    related,
    reply_recorded,
    role_spans,
    source_identity,
)
from generator.checks.rule import Case, Rule
from generator.collection import Collection
from generator.loading import Loaded
from generator.problems import Problem

RULES: tuple[Rule, ...] = (
    references.RULE,
    ids.RULE,
    completeness.RULE,
    source_identity.RULE,
    related.RULE,
    addresses.RULE,
    role_spans.RULE,
    reply_recorded.RULE,
)


def check(loaded: Loaded, collection: Collection) -> Iterator[Problem]:
    """What the rules find in every briefing and registry; the order is the rules' own."""
    for case in _cases(loaded, collection):
        for rule in RULES:
            for finding in rule.check(case):
                yield rule.problem(case, finding)


def _cases(loaded: Loaded, collection: Collection) -> Iterator[Case]:
    for briefing_id, reading in loaded.briefings.items():
        yield Case(reading, loaded, collection, briefing=collection.briefings[briefing_id])
    for name, registry in loaded.registries.items():
        yield Case(registry, loaded, collection, registry=name)
