"""Small trees of files in, the exact lines that authors read out: see tests/cases/problems.

Editorial warnings are left out here; what each says stands in tests/cases/rules.txt.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from generator.reading import problem_formats
from generator.reading.problems import Problem
from generator.reading.source_files import read_tree
from generator.rules import ERRORS_ONLY
from tests.fixes import fixed, gone
from tests.reference import check_site

CASES = Path(__file__).parent.parent / "cases" / "problems"
NAMES = sorted(path.name for path in CASES.iterdir() if path.is_dir())
ONE_MISTAKE = [name for name in NAMES if name.startswith("one-mistake")]
HOW = "if it is meant, run `pytest tests/reading/test_problem_cases.py --regenerate`, read the diff"


@cache
def problems(case: Path) -> list[Problem]:
    return check_site(read_tree(case / "briefings", case / "data"), ERRORS_ONLY)


@pytest.mark.parametrize("name", NAMES)
def test_authors_read_these_lines(name: str, request: pytest.FixtureRequest) -> None:
    case = CASES / name
    lines = "".join(f"{problem_formats.line(problem)}\n" for problem in problems(case))
    expected = case / "expected.txt"
    if request.config.getoption("--regenerate"):
        expected.write_text(lines, encoding="utf-8")
    assert lines == expected.read_text(encoding="utf-8"), HOW


def test_each_problem_of_a_place_is_reported_once() -> None:
    for name in NAMES:
        lines = [problem_formats.line(problem) for problem in problems(CASES / name)]
        assert len(lines) == len(set(lines)), name


def test_one_mistake_gives_one_problem() -> None:
    assert ONE_MISTAKE
    assert [name for name in ONE_MISTAKE if len(problems(CASES / name)) != 1] == []


@pytest.mark.parametrize("name", ONE_MISTAKE)
def test_advice_that_is_one_edit_leaves_no_problem(name: str) -> None:
    files = dict(read_tree(CASES / name / "briefings", CASES / name / "data"))
    before = problems(CASES / name)
    for problem in before:
        if problem.fix:
            assert gone(problem, before, check_site(fixed(files, problem), ERRORS_ONLY))
