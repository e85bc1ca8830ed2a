"""`make torture`, and the workflow that runs it in parts, run every test with a long form."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from tests.building import ROOT

_TERMS = re.compile(r"^LONG = ((?:.*\\\n)*.*)$", re.MULTILINE)


def _terms(expression: str) -> list[str]:
    """The terms of an expression for pytest's `-k` that only has `or` between them."""
    return expression.replace("\\\n", " ").replace(" or ", " ").split()


def _of_make() -> list[str]:
    makefile = _TERMS.search((ROOT / "Makefile").read_text("utf-8"))
    assert makefile
    return _terms(makefile[1])


def _long_forms(path: Path) -> Iterator[str]:
    """The tests of a file that do more with `--torture`."""
    module = ast.parse(path.read_text("utf-8"))
    functions = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]
    # A fixture or a list of parameters that asks for it makes all tests of the file longer.
    whole = any(
        "torture" in ast.unparse(function)
        for function in functions
        if not function.name.startswith("test_")
    )
    for function in functions:
        if function.name.startswith("test_") and (whole or "torture" in ast.unparse(function)):
            yield f"{path.name}::{function.name}"


def test_make_torture_selects_every_test_with_a_long_form() -> None:
    tests = [
        name for path in (ROOT / "tests").rglob("test_*.py") for name in _long_forms(path)
        if path != Path(__file__)
    ]  # fmt: skip
    assert len(tests) > 50
    assert [name for name in tests if not any(term in name for term in _of_make())] == []


def test_every_term_selects_a_test() -> None:
    names = [
        f"{path.name}::{name}" for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)
    ]  # fmt: skip
    unused = [term for term in _of_make() if not any(term in name for name in names)]
    assert unused == []


def test_the_workflow_runs_the_same_in_parts() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/torture.yml").read_text("utf-8"))
    parts = workflow["jobs"]["torture"]["strategy"]["matrix"]["tests"]
    assert sorted(term for part in parts for term in _terms(part)) == sorted(_of_make())
