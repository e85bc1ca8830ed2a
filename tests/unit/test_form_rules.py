"""Every rule of form can be explained, and its examples hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from generator.form_rules import FORM_RULES, FormRule
from tests.examples import SOUND, example
from tests.reference import load

PACKAGE = Path(__file__).parents[2] / "generator"
BY_ID = pytest.mark.parametrize("rule", FORM_RULES, ids=[rule.id for rule in FORM_RULES])
READERS = (
    "yaml_source", "yaml_errors", "yaml_faults", "yaml_signs", "yaml_quotes", "yaml_closing",
    "yaml_columns", "yaml_colons", "yaml_brackets", "yaml_text", "yaml_escapes", "left_out",
    "loading", "reading",
    "mistakes",
)  # fmt: skip
# An empty file is the example of an empty file; the others need a whole file, or can't be typed.
WITHOUT = {
    "file-name", "not-published", "unreadable", "too-many-marks", "yaml-not-utf-8",
    "yaml-utf-16", "yaml-utf-32",
    "yaml-syntax", "yaml-too-deep", "yaml-too-large", "yaml-too-many-problems",
}  # fmt: skip


def rules_of(files: dict[str, bytes]) -> set[str]:
    return {problem.rule for problem in load(files).problems}


@BY_ID
def test_the_failing_example_is_refused_by_the_rule(rule: FormRule) -> None:
    if rule.id in WITHOUT:
        assert not rule.failing
    else:
        assert rule.id in rules_of({"briefings/x.yml": rule.failing.encode()})


@BY_ID
def test_the_passing_example_is_read(rule: FormRule) -> None:
    if rule.passing:
        keys = yaml.safe_load(rule.passing).keys()
        assert keys <= SOUND.keys() | {"topics"}
        assert rule.id not in rules_of(example(rule.passing).files)


def test_every_rule_the_readers_tell_of_can_be_explained() -> None:
    code = "".join((PACKAGE / f"{name}.py").read_text("utf-8") for name in READERS)
    told = set(
        re.findall(
            r'"(yaml-[a-z0-9-]+|(?:missing|unknown)-key|value|file-name|not-published|unreadable|too-many-marks)"',
            code,
        )
    )
    told |= {"yaml-utf-16", "yaml-utf-32"}
    assert told == {rule.id for rule in FORM_RULES}
