"""Words that YAML takes for a comment or for text of another field, by field and by status."""

from __future__ import annotations

import pytest

from generator.reading.problems import Problem
from tests.fixes import fixed
from tests.reference import load

SOUND = """\
title: Norland accuses Esteria
summary: Norland says so. (Fictional.)
status: {status}
published: 2025-03-04
background: []
positions:
  - id: claim
    party: norland
    {line}
    sources: [gauge]
responses: []
sources:
  - {{id: gauge, title: Gauge, url: "https://gauge.example/"}}  # a comment
"""
TEXT = "text: The water falls."


def problems(line: str, status: str = "published") -> list[Problem]:
    text = SOUND.format(line=line, status=status)
    return list(load({"briefings/x.yml": text.encode()}).problems)


@pytest.mark.parametrize(
    ("status", "severity"), [("draft", "warning"), ("published", "error"), ("archived", "error")]
)
def test_a_number_sign_amid_a_text_is_an_error_in_what_readers_see(
    status: str, severity: str
) -> None:
    (problem,) = problems("text: See #2 for more", status)
    assert (problem.rule, problem.severity) == ("yaml-comment-cuts-text", severity)
    assert (problem.location.line, problem.location.column) == (9, 15)
    assert '`text: "See #2 for more"`' in problem.hint
    assert problem.field == "positions[0].text"


def test_a_number_sign_in_a_registrys_text_is_an_error() -> None:
    files = {"data/topics.yml": b"lock:\n  name: Lock #4\n"}
    (problem,) = load(files).problems
    assert (problem.rule, problem.severity) == ("yaml-comment-cuts-text", "error")
    assert load(fixed(files, problem)).problems == ()


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("text: See # two", (9, 15)),
        ("text: See two\n      # three", (10, 7)),
        ('text: "See" # two', (9, 17)),
        ("text: > # two\n      words", (9, 13)),
        ("text: >\n        words\n      # two", (11, 7)),
        ("text: # two\n      words", (9, 11)),
        (f"{TEXT}\n    venue: # Parliament", (10, 12)),
        (f"{TEXT}\n    place: # orm", (10, 12)),
        (f"{TEXT}\n    party: norland #2".replace("party", "speaker"), (10, 22)),
    ],
)
def test_a_comment_that_may_be_text_is_a_warning(line: str, place: tuple[int, int]) -> None:
    (problem,) = problems(line)
    assert (problem.rule, problem.severity) == ("yaml-comment-cuts-text", "warning")
    assert (problem.location.line, problem.location.column) == place


@pytest.mark.parametrize(
    "line",
    [
        f"{TEXT}\n    kind: statement # for now",
        f"{TEXT}\n    addressed_to: # nobody",
        f"{TEXT}\n    # a comment",
        f"# a comment\n    {TEXT}",
        "text: |\n      # a line of the text",
        'text: "See #2"',
        "text: C# and a#b",
        f"{TEXT}\n    quotes:\n      - {{text: They turned the tap., language: en}}  # a comment",
    ],
)
def test_an_ordinary_comment_is_no_problem(line: str) -> None:
    assert problems(line) == []


@pytest.mark.parametrize("quoted", ["'Lock: #4'", "'Lock - #4'"])
def test_a_number_sign_in_the_quotes_of_the_item_above_is_text(quoted: str) -> None:
    text = f"lock: {{name: Lock, also_known_as: [\n  {quoted},\n  'Lock 4']}}\n"
    assert load({"data/topics.yml": text.encode()}).problems == ()


def test_a_comment_between_the_dash_and_the_text_of_an_item_is_a_warning() -> None:
    text = b"lock:\n  name: Lock\n  also_known_as:\n  - # four\n    Lock\n"
    (problem,) = load({"data/topics.yml": text}).problems
    assert (problem.rule, problem.severity) == ("yaml-comment-cuts-text", "warning")


def test_a_needed_text_that_is_a_comment_is_one_error() -> None:
    (problem,) = problems("text: # Repeated")
    assert (problem.rule, problem.severity) == ("yaml-comment-cuts-text", "error")
    assert '`text: "# Repeated"`' in problem.hint


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u061c"])
def test_marks_of_direction_are_kept_in_texts_and_refused_in_keys(mark: str) -> None:
    assert problems(f"text: The {mark}water falls.") == []
    key_problems = problems(f"te{mark}xt: The water falls.")
    assert [problem.rule for problem in key_problems] == ["yaml-odd-character"]
    assert f"U+{ord(mark):04X}" in key_problems[0].message


@pytest.mark.parametrize("sign", ["\u202e", "\u2066"])
def test_what_overrides_or_isolates_the_direction_is_refused(sign: str) -> None:
    assert [problem.rule for problem in problems(f"text: The {sign}water.")] == [
        "yaml-bidi-control"
    ]


def test_an_unknown_key_without_a_value_is_an_unknown_key() -> None:
    (problem,) = problems(f"{TEXT}\n    venue_note:")
    assert (problem.rule, problem.location.line) == ("unknown-key", 10)


def test_a_key_swallowed_by_the_text_above_it_is_a_warning() -> None:
    (problem,) = problems("text: >\n      The water falls.\n      venue: Parliament")
    assert (problem.rule, problem.severity) == ("yaml-key-in-text", "warning")
    assert problem.location.line == 11
