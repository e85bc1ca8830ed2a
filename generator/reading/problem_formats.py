"""Problems as text for people, as JSON, and as workflow commands of GitHub."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable

from generator.reading.problems import Problem, Severity
from generator.reading.source_text import LINE_END

#: How much of a line is shown around a problem, in characters.
_SHOWN = 96
_WIDE = ("W", "F")


def line(problem: Problem) -> str:
    """One problem: ``file:line:column: severity: message``, its field, hint and rule below."""
    return "\n".join([headline(problem), *details(problem)])


def headline(problem: Problem) -> str:
    """The first line of a problem: its location, severity, message and rule."""
    return f"{problem.location}: {problem.severity}: {problem.message} [{problem.rule}]"


def details(problem: Problem) -> list[str]:
    """The lines below it: the field it is in, and what to write instead."""
    lines = [f"  in {problem.field}"] if problem.field else []
    return [*lines, *([f"  {problem.hint}"] if problem.hint else [])]


def excerpt(problem: Problem, content: bytes | None) -> list[str]:
    """The line of a file with a problem, and a caret below it; nothing if no line can be shown."""
    if not content or b"\0" in content[:4]:
        return []
    number, column = problem.location.line, problem.location.column
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    lines = LINE_END.split(text, maxsplit=number)[:number]
    if number > len(lines) or not lines[number - 1].strip():
        return []
    text = lines[number - 1]
    start = max(0, column - 1 - _SHOWN * 2 // 3)
    before = ("…" if start else "") + text[start : column - 1]
    after = text[column - 1 : start + _SHOWN]
    more = "…" if len(text) > start + _SHOWN else ""
    margin = f"{number:>5} | "
    indent = "".join(_spaces(character) for character in before)
    return [f"{margin}{_visible(before)}{_visible(after)}{more}", f"{'| ':>{len(margin)}}{indent}^"]


def _visible(text: str) -> str:
    """``text`` with a visible sign for each character that a terminal hides or obeys."""
    return "".join(
        " " if sign == "\t" else "�" if unicodedata.category(sign) in ("Cc", "Cf", "Cs") else sign
        for sign in text
    )


def _spaces(character: str) -> str:
    """As many spaces as a character has columns on a terminal."""
    if unicodedata.category(character) in ("Mn", "Me"):
        return ""
    return "  " if unicodedata.east_asian_width(character) in _WIDE else " "


def as_json(problems: Iterable[Problem]) -> str:
    """A JSON list of the problems; lines and columns count from 1, columns in characters.

    `fix` is the edit that corrects a problem, if it is a single one: it replaces the lines from
    `first` up to and including `last` by `lines`.
    """
    return json.dumps(
        [
            {
                "rule": problem.rule,
                "severity": problem.severity.value,
                **problem.location._asdict(),
                "field": problem.field,
                "message": problem.message,
                "hint": problem.hint,
                "fix": problem.fix and problem.fix._asdict(),
            }
            for problem in problems
        ],
        ensure_ascii=False,
        indent=2,
    )


def as_github(problem: Problem) -> str:
    """A workflow command, which GitHub shows next to the line, in the checks of a pull request."""
    at = problem.location
    values = {"file": at.path, "line": at.line, "col": at.column, "title": problem.rule}
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in values.items())
    message = _escaped("\n".join(filter(None, [problem.message, problem.hint])))
    return f"::{problem.severity} {properties}::{message}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def summary(problems: Iterable[Problem]) -> str:
    """How many errors and warnings there are, in words."""
    severities = [problem.severity for problem in problems]
    errors = severities.count(Severity.ERROR)
    warnings = severities.count(Severity.WARNING)
    return f"{_count(errors, 'error')}, {_count(warnings, 'warning')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
