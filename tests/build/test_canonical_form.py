"""A configuration as text: equal where it is equal, and only there."""

from __future__ import annotations

import functools
import re
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.build.canonical_form import NotDescribableError, canonical

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text("a,(')\" ", max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=1), inner),
    max_leaves=6,
)


def _typed(value: Any) -> Any:
    """A value that equals another only where the types are the same, and the order."""
    if isinstance(value, dict):
        return ("dict", [(key, _typed(item)) for key, item in value.items()])
    if isinstance(value, list):
        return ("list", [_typed(item) for item in value])
    return (type(value).__name__, value)


@given(VALUES, VALUES)
def test_values_are_the_same_where_their_texts_are(first: Any, second: Any) -> None:
    assert (canonical(first) == canonical(second)) is (_typed(first) == _typed(second))


def _fence(mode: str) -> Any:
    def draw(source: str) -> str:
        return f"{mode}{source}"

    return draw


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (_fence("a"), _fence("b")),
        (functools.partial(_fence, "a"), functools.partial(_fence, mode="a")),
        (re.compile("a"), re.compile("a", re.IGNORECASE)),
        (SimpleNamespace(a=1), SimpleNamespace(a=2)),
        ({"a", "b"}, {"a", "c"}),
        (Path("a"), "a"),
        (sys, threading),
        (int, str),
        (b"a", "a"),
    ],
)
def test_what_is_not_the_same_has_another_text(first: Any, second: Any) -> None:
    assert canonical(first) == canonical(first)
    assert canonical(first) != canonical(second)


def test_two_objects_that_hold_the_same_have_one_text() -> None:
    assert canonical(_fence("a")) == canonical(_fence("a"))
    assert canonical(SimpleNamespace(a=[1])) == canonical(SimpleNamespace(a=[1]))


def test_what_holds_itself_has_a_text_too() -> None:
    value: list[Any] = [1]
    value.append(value)
    assert canonical(value) == canonical(value)


@pytest.mark.parametrize("value", [object(), threading.Lock(), iter([1]), (x for x in [1])])
def test_a_value_that_keeps_to_itself_what_it_is_has_none(value: object) -> None:
    with pytest.raises(NotDescribableError):
        canonical({"a": [value]})


def test_every_process_gives_the_same_text() -> None:
    code = (
        "from types import SimpleNamespace; from generator.build.canonical_form import canonical\n"
        "print(canonical([{'b', 'a', 'c'}, SimpleNamespace(f=len, g=canonical, o=dict)]))"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(texts) == 1
    assert b"0x" not in texts.pop()
