"""Error recovery: what else is wrong with a file below its first syntax error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator.reading.problems import Fix, Problem, Severity
from generator.reading.source_text import MAX_PROBLEMS, SourceText
from generator.reading.yaml_composer import compose
from generator.reading.yaml_events import ParseBudget
from generator.reading.yaml_lines import enclosing_lines

_HALF_CHARACTER = re.compile(r"\\(?:u|U0000)[dD][89a-fA-F][0-9a-fA-F]{2}")


def problems_with_recovery(
    source: SourceText,
    problems: list[Problem],
    syntax_error: Problem,
    names: Mapping[str, bool],
    budget: ParseBudget,
) -> tuple[list[Problem], Iterable[str]]:
    """All problems of a file whose parsing ended with `syntax_error`, after `problems`, and the
    plain keys of the file as far as it can be parsed.

    The file is parsed again as if the advice for the error had been followed, or without the lines
    around it, until no error is left. If that isn't possible, the last problem says so.
    """
    problems = _with_syntax_error(problems, syntax_error)
    edited = _EditedFile(source)
    parsed_lines, keys = 0, dict[str, str]()
    while True:
        line = syntax_error.location.line
        fix = syntax_error.fix or _without_half_characters(edited.source, line)
        if fix is None or line < parsed_lines:
            first, last = enclosing_lines(edited.source, line)
            fix = Fix(first, last, ("",) * (last + 1 - first))
        too_many = len(problems) > MAX_PROBLEMS
        if line < parsed_lines or too_many or not budget.allows(source.text):
            break
        parsed_lines = edited.apply(fix)
        composer, next_error = compose(edited.source, names, budget)
        keys |= composer.plain_keys
        known = {(problem.rule, problem.location.line) for problem in problems}
        original = filter(None, map(edited.in_original, composer.problems))
        problems += [
            problem for problem in original if (problem.rule, problem.location.line) not in known
        ]
        if next_error is None:
            return problems, keys
        syntax_error = next_error
        error = edited.in_original(syntax_error)
        if error is None or (error.rule, error.location.line) in known:
            break
        problems = _with_syntax_error(problems, error)
    lowest = max(problems, key=lambda problem: problem.location)
    more = "There may be more mistakes below: check the file again after this."
    problems[problems.index(lowest)] = replace(lowest, hint=f"{lowest.hint} {more}".strip())
    return problems, keys


class _EditedFile:
    """A file with some edits, and the numbers that its lines have in the original."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        #: For each line its number in the original; None if an edit wrote it.
        self._numbers: list[int | None] = list(range(1, source.count + 1))

    def apply(self, fix: Fix) -> int:
        """Make an edit, and return the number of the line below what it wrote."""
        inner = range(fix.first + 1, fix.last)
        only_deletes = [*fix.lines] == [self.source.line_at(row) for row in inner] != []
        numbers = self._numbers[fix.first : fix.last - 1] if only_deletes else []
        self.source = SourceText(self.source.path, fix.applied(self.source.text))
        self._numbers[fix.first - 1 : fix.last] = numbers or [None] * len(fix.lines)
        return fix.first + (0 if only_deletes else len(fix.lines))

    def in_original(self, problem: Problem) -> Problem | None:
        """A problem of the edited file with its place in the original; None if an edit wrote the
        line, or if the file only ends too early, which can be because of an edit.
        """
        location, fix = problem.location, problem.fix
        number = self._number(location.line)
        if number is None:
            return None
        if fix is not None:
            numbers = [self._number(line) for line in range(fix.first, fix.last + 1)]
            first, last = (numbers[0], numbers[-1]) if numbers else (None, None)
            if first and last and None not in numbers and last - first + 1 == len(numbers):
                fix = fix._replace(first=first, last=last)
            else:
                fix = None
        return replace(problem, location=location._replace(line=number), fix=fix)

    def _number(self, line: int) -> int | None:
        return self._numbers[line - 1] if line <= len(self._numbers) else None


def _without_half_characters(source: SourceText, row: int) -> Fix | None:
    """The edit that lets the parser go on behind a lone surrogate: only an author knows the
    character, but without the lines around it, brackets that close below would have no opening.
    """
    line = source.line_at(row)
    typed = _HALF_CHARACTER.sub(r"\\ufffd", line)
    return Fix(row, row, (typed,)) if typed != line else None


def _with_syntax_error(problems: list[Problem], syntax_error: Problem) -> list[Problem]:
    """`problems` and the error that ended the parsing, unless one of them caused it."""
    line = syntax_error.location.line
    for index, problem in enumerate(problems):
        distance = line - problem.location.line
        if distance == 0 and problem.severity is Severity.ERROR:
            return problems  # an alias followed by text, say
        if distance in (0, 1) and problem.rule == "yaml-missing-space":
            # `-word` was a warning; as the lines below it don't fit, it is the mistake.
            cause = replace(problem, severity=Severity.ERROR)
            return [*problems[:index], *problems[index + 1 :], cause]
    return [
        *(problem for problem in problems if problem.location != syntax_error.location),
        syntax_error,
    ]
