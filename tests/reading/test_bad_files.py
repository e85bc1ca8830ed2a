"""Whatever a file holds or is called, it is read as FORMAT says or refused at a line and column."""

from __future__ import annotations

import pytest

from generator.reading import problem_formats
from generator.reading.loader import BRIEFINGS
from generator.reading.problems import Problem
from generator.rules import ERRORS_ONLY
from tests.bad_files import BadFile, bad_files, regenerate
from tests.fiction import files
from tests.reference import check_site

HOW = "if it is meant, run `pytest tests/reading/test_bad_files.py --regenerate`, read the diff"
EVERY = bad_files()
CASES = pytest.mark.parametrize("case", EVERY, ids=[one.name for one in EVERY])


def _problems(case: BadFile) -> list[Problem]:
    return check_site(files({}) | {case.file: case.content}, ERRORS_ONLY)


def _told(one: Problem) -> str:
    return f"{one.location.line}:{one.location.column}: {one.severity} [{one.rule}]"


@pytest.fixture(scope="module", autouse=True)
def written(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--regenerate"):
        regenerate({one.name: [_told(problem) for problem in _problems(one)] for one in EVERY})


@CASES
def test_a_bad_file_gets_the_verdict_that_is_written_beside_it(
    case: BadFile, request: pytest.FixtureRequest
) -> None:
    expected = next(one.says for one in bad_files() if one.name == case.name)
    found = _problems(case)
    assert [_told(one) for one in found] == expected, HOW
    for problem in found:
        assert problem.location.path == case.file
        assert problem.message
        assert problem.location.path.startswith(BRIEFINGS)
        assert len(problem_formats.line(problem)) < 1_000
        assert all(len(line) < 300 for line in problem_formats.excerpt(problem, case.content))


def test_every_value_that_yaml_1_1_changes_stays_as_typed() -> None:
    accepted = {one.name for one in bad_files() if not one.says}
    assert accepted >= {"NO", "on", "12:30", "0123", "1.10", ".nan", "true"}
