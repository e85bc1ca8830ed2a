"""Whatever a file holds or is called, it is read as FORMAT says or refused at a line and column."""

from __future__ import annotations

import time

import pytest

from generator.reading import problem_formats
from generator.reading.loader import BRIEFINGS
from generator.reading.problems import Problem
from generator.rules import ERRORS_ONLY
from tests.bad_files import BadFile, bad_files, regenerate
from tests.fiction import files
from tests.reference import check_site

#: CPU seconds that a file may take on a slow machine. The promised one second is tried by
#: `tests/integration/test_bad_files_cost.py`.
PATIENCE = 10
HOW = "if it is meant, run `pytest tests/reading/test_bad_files.py --regenerate`, read the diff"
CASES = bad_files()


def _problems(case: BadFile, content: bytes) -> list[Problem]:
    return check_site(files({}) | {case.file: content}, ERRORS_ONLY)


def _verdict(problem: Problem) -> str:
    place = problem.location
    return f"{place.line}:{place.column}: {problem.severity} [{problem.rule}]"


@pytest.fixture(scope="module")
def expected(request: pytest.FixtureRequest) -> dict[str, list[str]]:
    """The verdicts on file, by the name of the case; with `--regenerate` those of now."""
    if request.config.getoption("--regenerate"):
        regenerate({case.name: [*map(_verdict, _problems(case, case.content))] for case in CASES})
        return {case.name: case.says for case in bad_files()}
    return {case.name: case.says for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_bad_file_gets_the_verdict_that_is_written_next_to_it_and_takes_little(
    case: BadFile, expected: dict[str, list[str]], torture: bool
) -> None:
    """Large files are smaller without `--torture`: `tests/integration/test_bad_files_cost.py`
    has these at their full size.
    """
    content = case.content if torture else case.small
    began = time.process_time()
    problems = _problems(case, content)
    assert time.process_time() - began < PATIENCE
    assert [*map(_verdict, problems)] == expected[case.name], HOW
    for problem in problems:
        assert problem.location.path == case.file
        assert problem.message
        assert problem.location.path.startswith(BRIEFINGS)
        assert len(problem_formats.line(problem)) < 1_000
        assert all(len(line) < 300 for line in problem_formats.excerpt(problem, content))


def test_every_value_that_yaml_1_1_changes_stays_as_typed() -> None:
    accepted = {case.name for case in CASES if not case.says}
    assert accepted >= {"NO", "on", "12:30", "0123", "1.10", ".nan", "true"}
