"""Problems as lines of text."""

from __future__ import annotations

from collections.abc import Iterable

from generator.problems import Problem, Severity


def line(problem: Problem) -> str:
    """One problem: ``file:line:column: severity: message``, its field, hint and rule below."""
    details = [f"  in {problem.field}"] if problem.field else []
    details += [f"  {problem.hint}"] if problem.hint else []
    first = f"{problem.location}: {problem.severity}: {problem.message} [{problem.rule}]"
    return "\n".join([first, *details])


def summary(problems: Iterable[Problem]) -> str:
    """How many errors and warnings there are, in words."""
    found = list(problems)
    errors = sum(one.severity is Severity.ERROR for one in found)
    return f"{_count(errors, 'error')}, {_count(len(found) - errors, 'warning')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
