"""Every syntax rule can be explained, and its examples pass and fail."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from generator.reading.syntax_rules import SYNTAX_RULES, SyntaxRule
from tests.examples import SOUND, example
from tests.reference import load

PACKAGE = Path(__file__).parents[2] / "generator"
BY_ID = pytest.mark.parametrize("rule", SYNTAX_RULES, ids=[rule.id for rule in SYNTAX_RULES])
# An empty file is the example of an empty file; the others need a whole file, or can't be typed.
WITHOUT = {
    "file-name", "not-published", "unreadable", "too-many-marks", "yaml-not-utf-8",
    "yaml-utf-16", "yaml-utf-32",
    "yaml-syntax", "yaml-too-deep", "yaml-too-large", "yaml-too-many-problems",
}  # fmt: skip


def rules_of(files: dict[str, bytes]) -> set[str]:
    return {problem.rule for problem in load(files).problems}


@BY_ID
def test_the_failing_example_is_refused_by_the_rule(rule: SyntaxRule) -> None:
    if rule.id in WITHOUT:
        assert not rule.failing
    else:
        assert rule.id in rules_of({"briefings/x.yml": rule.failing.encode()})


@BY_ID
def test_the_passing_example_is_read(rule: SyntaxRule) -> None:
    if rule.passing:
        keys = yaml.safe_load(rule.passing).keys()
        assert keys <= SOUND.keys() | {"topics"}
        assert rule.id not in rules_of(example(rule.passing).files)


def test_every_rule_the_readers_report_can_be_explained() -> None:
    modules = (PACKAGE / "reading").glob("*.py")
    code = "".join(path.read_text("utf-8") for path in modules if path.name != "syntax_rules.py")
    reported = set(
        re.findall(
            r'"(yaml-[a-z0-9-]+|(?:missing|unknown)-key|value|file-name|not-published|unreadable|too-many-marks)"',
            code,
        )
    )
    reported |= {"yaml-utf-16", "yaml-utf-32"}
    assert reported == {rule.id for rule in SYNTAX_RULES}
