"""The editorial rules, each in a module named after its id; ``base`` says what a rule is.

A module of this package with a ``RULE`` is a rule: there is no list to keep.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import iter_modules

from generator.collection.linker import Collection
from generator.reading.loader import LoadedProject
from generator.reading.problems import Problem, Severity
from generator.rules import unknown_id
from generator.rules.base import CheckSettings, Rule, RuleContext


def _all_rules() -> Iterator[Rule]:
    for module in iter_modules(__path__):
        rule = getattr(import_module(f"{__name__}.{module.name}"), "RULE", None)
        if isinstance(rule, Rule):
            yield rule


#: Errors first, each group in the order of the ids.
RULES: tuple[Rule, ...] = tuple(
    sorted(_all_rules(), key=lambda rule: (rule.severity is not Severity.ERROR, rule.id))
)

#: Options under which only errors are looked for.
ERRORS_ONLY = CheckSettings({rule.id: None for rule in RULES if rule.severity is Severity.WARNING})


def check_briefing(
    key: str, loaded: LoadedProject, collection: Collection, options: CheckSettings
) -> Iterator[Problem]:
    """What the rules find in one briefing; ``collection`` has it and what it refers to."""
    reading = loaded.briefings[key]
    case = RuleContext(reading, loaded, collection, options, briefing=collection.briefings[key])
    return _found([case], options)


def check_registries(
    loaded: LoadedProject, collection: Collection, options: CheckSettings
) -> Iterator[Problem]:
    """What they find in the registries, and of briefings that are no more."""
    return _found(_registries(loaded, collection, options), options)


def merged(read: Iterable[Problem], checked: Iterable[Problem]) -> list[Problem]:
    """All problems in order. What a check says of a name where an id belongs takes the place of
    what reading says of the same value, since it knows the names.
    """
    found = list(checked)
    named = {(one.location, one.field) for one in found if one.rule == unknown_id.RULE.id}
    kept = (one for one in read if one.rule != "value" or (one.location, one.field) not in named)
    return sorted([*kept, *found])


def _found(cases: Iterable[RuleContext], options: CheckSettings) -> Iterator[Problem]:
    rules = [rule for rule in RULES if options.severities.get(rule.id, rule.severity)]
    for case in cases:
        for rule in rules:
            for finding in rule.check(case):
                yield rule.problem(case, finding)


def _registries(
    loaded: LoadedProject, collection: Collection, options: CheckSettings
) -> Iterator[RuleContext]:
    for name, registry in loaded.registries.items():
        yield RuleContext(registry, loaded, collection, options, registry=name)
    earlier = options.earlier.briefings if options.earlier else {}
    for key in earlier:
        if key in loaded.briefings or key in loaded.broken:
            continue
        reading = earlier[key]
        if reading.value.status != "draft":
            yield RuleContext(reading, loaded, collection, options, deleted=key)
