"""The editorial rules, each in a module named after its id; ``base`` says what a rule is.

A module of this package with a ``rule`` is found: there is no list to keep.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from pkgutil import iter_modules

from generator.collection.linker import Collection
from generator.reading.loader import LoadedProject
from generator.reading.problems import Problem, Severity
from generator.rules import unknown_id
from generator.rules.base import CheckSettings, Rule, RuleContext


def _all_rules() -> Iterator[Rule]:
    for module in iter_modules(__path__):
        rule = getattr(import_module(f"{__name__}.{module.name}"), "rule", None)
        if isinstance(rule, Rule):
            yield rule


#: Errors first, each group in the order of the ids.
RULES: tuple[Rule, ...] = tuple(
    sorted(_all_rules(), key=lambda rule: (rule.severity is not Severity.ERROR, rule.id))
)

#: Settings that turn off the rules that only warn.
ERRORS_ONLY = CheckSettings({rule.id: None for rule in RULES if rule.severity is Severity.WARNING})


def check_briefing(
    key: str, loaded: LoadedProject, collection: Collection, settings: CheckSettings
) -> Iterator[Problem]:
    """The problems of one briefing and of its translations.

    ``collection`` has the briefing and everything it refers to.
    """
    common = (loaded, collection, settings)
    briefing = RuleContext(loaded.briefings[key], *common, briefing=collection.briefings[key])
    translations = (
        RuleContext(loaded.translations[name], *common, translation=name, original=briefing)
        for name in loaded.translations_of.get(key, ())
    )
    return _run_rules([briefing, *translations], settings)


def check_registries(
    loaded: LoadedProject, collection: Collection, settings: CheckSettings
) -> Iterator[Problem]:
    """The problems of the registries, of translations without original, of deleted briefings."""
    common = (loaded, collection, settings)
    contexts = [
        RuleContext(registry, *common, registry=name)
        for name, registry in loaded.registries.items()
    ]
    contexts += [
        RuleContext(loaded.translations[name], *common, translation=name)
        for name in orphans(loaded)
    ]
    earlier = settings.earlier.briefings if settings.earlier else {}
    contexts += [
        RuleContext(earlier[key], *common, deleted=key)
        for key in earlier
        if not (key in loaded.briefings or key in loaded.broken)
        and earlier[key].value.status != "draft"
    ]
    return _run_rules(contexts, settings)


def without_errors_in(paths: Container[str], problems: Iterable[Problem]) -> list[Problem]:
    """The same problems; those of the files at ``paths``, which are left out, only warn."""
    return sorted(
        replace(problem, severity=Severity.WARNING) if problem.location.path in paths else problem
        for problem in problems
    )


def orphans(loaded: LoadedProject) -> list[str]:
    """The translations without an original, by the names of their files."""
    return [
        name
        for original, names in loaded.translations_of.items()
        if original not in loaded.briefings
        for name in names
    ]


def merged(read: Iterable[Problem], checked: Iterable[Problem]) -> list[Problem]:
    """All problems in order.

    The rule ``unknown-id`` knows which names exist. So what it says of a value replaces what the
    reader says of the same value.
    """
    checked_problems = list(checked)
    named = {
        (problem.location, problem.field)
        for problem in checked_problems
        if problem.rule == unknown_id.rule.id
    }
    other_problems = (
        problem
        for problem in read
        if problem.rule != "value" or (problem.location, problem.field) not in named
    )
    return sorted([*other_problems, *checked_problems])


def _run_rules(contexts: Iterable[RuleContext], settings: CheckSettings) -> Iterator[Problem]:
    rules = [rule for rule in RULES if settings.severities.get(rule.id, rule.severity)]
    for context in contexts:
        for rule in rules:
            for finding in rule.check(context):
                yield rule.problem(context, finding)
