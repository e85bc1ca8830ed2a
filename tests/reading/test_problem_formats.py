"""Problems as lines of text."""

from __future__ import annotations

import pytest

from generator.reading import problem_formats
from generator.reading.problems import Location, Problem, Severity

PLACE = Location("briefings/x.yml", 3, 14)


def _problem(severity: Severity = Severity.ERROR, hint: str = "", field: str = "") -> Problem:
    return Problem("some-rule", severity, PLACE, "Message.", hint, field)


def test_a_line_has_the_place_the_severity_the_message_and_the_rule() -> None:
    assert problem_formats.line(_problem()) == "briefings/x.yml:3:14: error: Message. [some-rule]"


def test_the_field_and_the_hint_are_below_it() -> None:
    line = problem_formats.line(
        _problem(Severity.WARNING, hint="Write it.", field="positions[0].text")
    )
    assert line.splitlines() == [
        "briefings/x.yml:3:14: warning: Message. [some-rule]",
        "  in positions[0].text",
        "  Write it.",
    ]


@pytest.mark.parametrize(
    ("errors", "warnings", "words"),
    [
        (0, 0, "0 errors, 0 warnings"),
        (1, 1, "1 error, 1 warning"),
        (2, 3, "2 errors, 3 warnings"),
    ],
)
def test_a_summary_counts_errors_and_warnings(errors: int, warnings: int, words: str) -> None:
    problems = [_problem()] * errors + [_problem(Severity.WARNING)] * warnings
    assert problem_formats.summary(iter(problems)) == words
