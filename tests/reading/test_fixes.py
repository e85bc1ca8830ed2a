"""Advice followed to the letter makes the file right, and is worded for editors."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from generator.reading.problems import Problem
from generator.reading.source_files import read_tree
from generator.reading.syntax_rules import SYNTAX_RULES, SyntaxRule
from generator.rules import ERRORS_ONLY, RULES
from tests.bad_files import bad_files
from tests.examples import example
from tests.fixes import fixed, gone
from tests.reference import check_site, load

CASES = Path(__file__).parent.parent / "cases" / "problems"
PACKAGE = Path(__file__).parents[2] / "generator"
#: What writes to authors; the words of YAML errors are those of libyaml, which the cases cover.
WRITERS = (
    "authoring/briefing_template.py", "authoring/json_import.py", "authoring/registry_editor.py",
    "cli/*.py", "configuration/*.py", "linkcheck/*.py", "mkdocs_plugin/other_plugins.py",
    "model/*.py",
    "reading/file_names.py", "reading/hidden_comments.py", "reading/key_locations.py",
    "reading/loader.py", "reading/value_problems.py", "reading/source_text.py",
    "reading/syntax_rules.py", "reading/unknown_keys.py", "reading/misread_words.py",
    "reading/validation.py", "reading/wrong_values.py",
    "reading/yaml_brackets.py", "reading/yaml_composer.py", "reading/yaml_escapes.py",
    "reading/yaml_keys.py", "reading/yaml_quoting.py", "reading/yaml_recovery.py",
    "reading/yaml_unsupported.py", "rules/*.py",
)  # fmt: skip
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
    "value", "missing-key", "unknown-key", "file-name", "not-published", "unreadable",
    "too-many-marks",
    "yaml-bidi-control", "yaml-control-character", "yaml-duplicate-key", "yaml-empty",
    "yaml-key-is-collection", "yaml-lone-surrogate", "yaml-merge-key", "yaml-not-a-mapping",
    "yaml-not-utf-8", "yaml-several-documents", "yaml-syntax", "yaml-too-deep",
    "yaml-too-large", "yaml-too-many-problems", "yaml-utf-16", "yaml-utf-32",
}  # fmt: skip


def files_of(name: str) -> dict[str, bytes]:
    return dict(read_tree(CASES / name / "briefings", CASES / name / "data"))


def with_example(rule: SyntaxRule) -> dict[str, bytes]:
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


@pytest.mark.parametrize("rule", SYNTAX_RULES, ids=[rule.id for rule in SYNTAX_RULES])
def test_the_example_of_a_rule_is_put_right_by_its_advice(rule: SyntaxRule) -> None:
    if rule.id in WITHOUT_FIX:
        return
    files = with_example(rule)
    before = of_syntax(files)
    problem = next(problem for problem in before if problem.rule == rule.id)
    assert gone(problem, before, of_syntax(fixed(files, problem)))


def all_problems() -> list[Problem]:
    """The problems of all cases and examples, by all rules."""
    problems: list[Problem] = []
    for path in CASES.iterdir():
        if path.is_dir():
            problems += check_site(files_of(path.name))
    for case in bad_files():
        if len(case.content) < 10_000:
            problems += check_site({case.file: case.content})
    for rule in SYNTAX_RULES:
        problems += load(with_example(rule)).problems
    for own in RULES:
        laid = example(own.failing)
        problems += check_site(laid.files, laid.options)
    return problems


def sentences() -> dict[str, str]:
    """What stands literally in the code that writes to authors, with its place in the code."""
    literals: dict[str, str] = {}
    paths = [path for name in WRITERS for path in PACKAGE.glob(name)]
    assert len(paths) > 40
    for path in paths:
        tree = ast.parse(path.read_text("utf-8"))
        documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
        docstrings = {
            ast.get_docstring(node, clean=False)
            for node in ast.walk(tree)
            if isinstance(node, documented)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = re.sub(r'"[^"]*"|`[^`]*`', "", node.value)
                if node.value not in docstrings and re.search(r"\w \w", text):
                    literals[text] = f"{path.name}:{node.lineno}"
    return literals


def test_no_message_uses_a_programmers_words() -> None:
    problems = all_problems()
    assert len({problem.rule for problem in problems}) > 70
    shown = {
        re.sub(r'"[^"]*"|`[^`]*`', "", f"{problem.message} {problem.hint}") for problem in problems
    }
    shown |= {rule.reason for rule in (*SYNTAX_RULES, *RULES)}
    assert [words for words in sorted(shown) if JARGON.search(words)] == []


def test_no_sentence_in_the_code_for_authors_has_a_programmers_word() -> None:
    literals = sentences()
    assert len(literals) > 400
    assert [at for text, at in literals.items() if JARGON.search(text)] == []
