"""Problems as people and machines read them: text, JSON, and GitHub's workflow commands."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable

from generator.reading.problems import Problem, Severity

#: How much of a line is shown around the place of a problem, in characters.
SHOWN = 96
_LINE_END = re.compile(r"\r\n|\r|\n")
_WIDE = ("W", "F")


def line(problem: Problem) -> str:
    """One problem: ``file:line:column: severity: message``, its field, hint and rule below."""
    return "\n".join([headline(problem), *details(problem)])


def headline(problem: Problem) -> str:
    """The first line of a problem: where it is, how much it matters, what it is."""
    return f"{problem.location}: {problem.severity}: {problem.message} [{problem.rule}]"


def details(problem: Problem) -> list[str]:
    """The lines below it: which field it is in, and what to write instead."""
    lines = [f"  in {problem.field}"] if problem.field else []
    return [*lines, *([f"  {problem.hint}"] if problem.hint else [])]


def excerpt(problem: Problem, content: bytes | None) -> list[str]:
    """The offending line of a file with a caret below it; nothing where no line can be shown."""
    if not content or b"\0" in content[:4]:
        return []
    number, column = problem.location.line, problem.location.column
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    lines = _LINE_END.split(text, maxsplit=number)[:number]
    if number > len(lines) or not lines[number - 1].strip():
        return []
    text = lines[number - 1]
    start = max(0, column - 1 - SHOWN * 2 // 3)
    before = ("…" if start else "") + text[start : column - 1]
    after = text[column - 1 : start + SHOWN]
    more = "…" if len(text) > start + SHOWN else ""
    margin = f"{number:>5} | "
    blanks = "".join(_blank(character) for character in before)
    return [f"{margin}{_visible(before)}{_visible(after)}{more}", f"{'| ':>{len(margin)}}{blanks}^"]


def _visible(text: str) -> str:
    """``text`` with a sign for each character that a terminal hides or obeys."""
    return "".join(
        " " if sign == "\t" else "�" if unicodedata.category(sign) in ("Cc", "Cf", "Cs") else sign
        for sign in text
    )


def _blank(character: str) -> str:
    """As many blanks as a terminal gives a character columns."""
    if unicodedata.category(character) in ("Mn", "Me"):
        return ""
    return "  " if unicodedata.east_asian_width(character) in _WIDE else " "


def as_json(problems: Iterable[Problem]) -> str:
    """A JSON list of the problems; lines and columns count from 1, columns in characters.

    `fix` is the edit that puts a problem right, where it is a single one: the lines from `first`
    up to and including `last` are replaced by `lines`.
    """
    return json.dumps(
        [
            {
                "rule": one.rule,
                "severity": one.severity.value,
                "path": one.location.path,
                "line": one.location.line,
                "column": one.location.column,
                "field": one.field,
                "message": one.message,
                "hint": one.hint,
                "fix": one.fix
                and {
                    "first": one.fix.first,
                    "last": one.fix.last,
                    "lines": list(one.fix.lines),
                },
            }
            for one in problems
        ],
        ensure_ascii=False,
        indent=2,
    )


def as_github(problem: Problem) -> str:
    """A workflow command that GitHub shows beside the line, in the checks of a pull request."""
    place = problem.location
    values = {"file": place.path, "line": place.line, "col": place.column, "title": problem.rule}
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in values.items())
    message = _escaped("\n".join(filter(None, [problem.message, problem.hint])))
    return f"::{problem.severity} {properties}::{message}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def summary(problems: Iterable[Problem]) -> str:
    """How many errors and warnings there are, in words."""
    found = list(problems)
    errors = sum(one.severity is Severity.ERROR for one in found)
    return f"{_count(errors, 'error')}, {_count(len(found) - errors, 'warning')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
