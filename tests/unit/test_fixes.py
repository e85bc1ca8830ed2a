"""Advice followed to the letter makes the file right, and is worded for editors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.checks import ERRORS_ONLY
from generator.form_rules import FORM_RULES, FormRule
from generator.problems import Problem
from generator.tree import read_tree
from tests.bad_files import bad_files
from tests.fixes import fixed, gone
from tests.reference import check_site, load

CASES = Path(__file__).parent.parent / "cases" / "problems"
TYPED = sorted(path.name for path in CASES.iterdir() if path.name.startswith("typed-"))
#: What only a programmer calls things.
JARGON = re.compile(
    r"\b(mapping|scalar|node|sequence|token|parse[rd]?|parsing|null|string|dict\w*)s?\b", re.I
)
SOUND = """\
title: Norland accuses Esteria
summary: Norland says that Esteria lowers the Halden. (Fictional.)
status: published
published: 2025-03-04
topics: []
background: []
positions:
  - id: claim
    party: norland
    text: The water falls.
    sources: [gauge]
responses: []
sources:
  - {id: gauge, title: Gauge, url: "https://gauge.example/"}
"""
REGISTRIES = {"data/actors.yml": b"norland: {name: Norland, type: state}\n"}
# Rules of which no single edit is proposed, as it takes an author to know what was meant, or whose
# example stops the reading of anything else.
WITHOUT_FIX = {
    "value", "missing-key", "unknown-key", "file-name", "unreadable", "too-many-marks",
    "not-published",
    "yaml-bidi-control", "yaml-control-character", "yaml-duplicate-key", "yaml-empty",
    "yaml-key-is-collection", "yaml-lone-surrogate", "yaml-merge-key", "yaml-not-a-mapping",
    "yaml-not-utf-8", "yaml-several-documents", "yaml-syntax", "yaml-too-deep",
    "yaml-too-large", "yaml-too-many-problems", "yaml-utf-16", "yaml-utf-32",
}  # fmt: skip


def files_of(name: str) -> dict[str, bytes]:
    return dict(read_tree(CASES / name / "briefings", CASES / name / "data"))


def with_example(rule: FormRule) -> dict[str, bytes]:
    """A sound briefing in which the rule's example stands in place of the keys that it has."""
    names = set(re.findall(r"^\s*(\w+)", rule.failing, re.M))
    sections = re.split(r"^(?=\w)", SOUND, flags=re.M)
    rest = "".join(part for part in sections if part.partition(":")[0] not in names)
    return REGISTRIES | {"briefings/x.yml": f"{rule.failing.rstrip()}\n{rest}".encode()}


def of_syntax(files: dict[str, bytes]) -> list[Problem]:
    """What is wrong with how files are written; the examples hold not all that their files need."""
    return [problem for problem in load(files).problems if problem.rule.startswith("yaml-")]


@pytest.mark.parametrize("name", TYPED)
def test_a_mistake_of_syntax_is_put_right_by_its_advice(name: str) -> None:
    files = files_of(name)
    before = check_site(files, ERRORS_ONLY)
    assert before
    for problem in before:
        assert gone(problem, before, check_site(fixed(files, problem), ERRORS_ONLY)), problem


@pytest.mark.parametrize("name", TYPED)
def test_all_advice_followed_leaves_no_problem(name: str) -> None:
    files = files_of(name)
    for problem in sorted(check_site(files, ERRORS_ONLY), reverse=True):
        files = fixed(files, problem)
    assert check_site(files, ERRORS_ONLY) == []


@pytest.mark.parametrize("rule", FORM_RULES, ids=[rule.id for rule in FORM_RULES])
def test_the_example_of_a_rule_is_put_right_by_its_advice(rule: FormRule) -> None:
    if rule.id in WITHOUT_FIX:
        return
    files = with_example(rule)
    before = of_syntax(files)
    problem = next(problem for problem in before if problem.rule == rule.id)
    assert gone(problem, before, of_syntax(fixed(files, problem)))


def syntax_problems() -> list[Problem]:
    """The problems of syntax of all cases and examples."""
    problems: list[Problem] = []
    for path in CASES.iterdir():
        if path.is_dir():
            problems += check_site(files_of(path.name), ERRORS_ONLY)
    for one in bad_files():
        if len(one.content) < 10_000:
            problems += load({one.file: one.content}).problems
    for rule in FORM_RULES:
        problems += load(with_example(rule)).problems
    return [problem for problem in problems if problem.rule.startswith("yaml-")]


def test_no_message_of_syntax_uses_a_programmers_words() -> None:
    problems = syntax_problems()
    assert len({problem.rule for problem in problems}) > 30
    shown = {re.sub(r'"[^"]*"|`[^`]*`', "", f"{one.message} {one.hint}") for one in problems}
    shown |= {rule.reason for rule in FORM_RULES}
    assert [words for words in sorted(shown) if JARGON.search(words)] == []
