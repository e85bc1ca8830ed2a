"""Problems: their order, the names of fields, and guesses at what a word was meant to be."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.reading.problems import Fix, Location, Problem, Severity, field_name, nearest


def _problem(
    line: int, *, rule: str = "rule", severity: Severity = Severity.ERROR, path: str = "a.yml"
) -> Problem:
    return Problem(rule, severity, Location(path, line, 1), "Message.")


def test_locations_sort_by_file_then_line_then_column() -> None:
    ordered = [
        Location("a.yml", 2, 9),
        Location("a.yml", 10, 1),
        Location("a.yml", 10, 2),
        Location("b.yml", 1, 1),
    ]
    shuffled = ordered[2:] + ordered[:2]
    assert sorted(shuffled) == ordered


def test_location_reads_as_editors_and_terminals_link_it() -> None:
    assert str(Location("briefings/x.yml", 3, 14)) == "briefings/x.yml:3:14"


def test_problems_sort_from_top_to_bottom_with_errors_before_warnings() -> None:
    ordered = [
        _problem(1, severity=Severity.WARNING),
        _problem(2, rule="z"),
        _problem(2, rule="a", severity=Severity.WARNING),
        _problem(10),
        _problem(1, path="b.yml"),
    ]
    shuffled = ordered[2:] + ordered[:2]
    assert sorted(shuffled) == ordered


def test_severity_prints_as_its_plain_word() -> None:
    assert [f"{severity}" for severity in Severity] == ["error", "warning"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ((), ""),
        (("title",), "title"),
        (("positions", 0, "text"), "positions[0].text"),
        (("positions", 0, "quotes", 1, "original", "text"), "positions[0].quotes[1].original.text"),
    ],
)
def test_field_name_is_written_as_authors_read_it(path: tuple[str | int, ...], name: str) -> None:
    assert field_name(path) == name


def test_nearest_finds_a_misspelt_word_in_its_own_spelling() -> None:
    assert nearest("sumary", ["title", "summary"]) == "summary"


def test_nearest_ignores_case() -> None:
    assert nearest("ANNA-LIND", ["ana-lind", "Esteria"]) == "ana-lind"
    assert nearest("esteria", ["ana-lind", "Esteria"]) == "Esteria"


def test_nearest_offers_nothing_for_a_word_like_no_other() -> None:
    assert nearest("xylophone", ["title", "summary"]) is None
    assert nearest("title", []) is None


@given(st.text(min_size=1), st.lists(st.text()))
def test_nearest_finds_a_word_that_is_known(word: str, others: list[str]) -> None:
    close = nearest(word, [*others, word])
    assert close is not None
    assert close.casefold() == word.casefold()


@pytest.mark.parametrize("severity", Severity)
def test_a_problem_is_unpacked_as_it_was_packed(severity: Severity) -> None:
    place = Location("briefings/fiction.yml", 3, 7)
    problem = Problem("unknown-id", severity, place, "A message.", "A hint.", "positions[0]")
    unpacked = pickle.loads(pickle.dumps(problem))
    assert unpacked == problem
    assert unpacked.severity is severity


@pytest.mark.parametrize(
    ("text", "fix", "after"),
    [
        ("a\nb\nc\n", Fix(2, 2, ("B",)), "a\nB\nc\n"),
        ("a\nb\nc", Fix(3, 3, ("C",)), "a\nb\nC\n"),
        ("a\r\nb\r\n", Fix(1, 2, ("A", "B", "C")), "A\r\nB\r\nC\r\n"),
        ("a\rb\r", Fix(1, 1, ("A",)), "A\rb\r"),
        ("a\nb\n", Fix(2, 2, ()), "a\n"),
        ("a\nb\n", Fix(2, 1, ("new",)), "a\nnew\nb\n"),
        ("a\nb", Fix(3, 2, ("c",)), "a\nb\nc\n"),
        ("\ufeffa\nb\n", Fix(1, 1, ("A",)), "\ufeffA\nb\n"),
        ("", Fix(1, 0, ("a",)), "a\n"),
    ],
)
def test_a_fix_changes_its_lines_and_no_others(text: str, fix: Fix, after: str) -> None:
    assert fix.applied(text) == after


def test_a_problem_is_packed_with_its_fix() -> None:
    problem = Problem("rule", Severity.ERROR, Location("a.yml", 1, 1), "M.", fix=Fix(1, 2, ("a",)))
    assert pickle.loads(pickle.dumps(problem)) == problem
    assert pickle.loads(pickle.dumps(problem)).fix == problem.fix
