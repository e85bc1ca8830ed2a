"""Configuration values as text: equal text for equal values, in every process."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from pathlib import PurePath
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

from babel import Locale


class NotDescribableError(TypeError):
    """The parts of a value can't be found out."""


def canonical(value: object) -> str:
    """``value`` and all its parts as text; raises ``NotDescribableError``.

    Functions and classes are only named: what they do depends on the version of their package, or
    on the code of the project.
    """
    return "".join(_pieces(value, ()))


def _pieces(value: object, within: tuple[int, ...]) -> Iterator[str]:
    if value is None or isinstance(value, bool | int | float | complex | str | bytes):
        yield f"{_name(type(value))}({_plain(value)})"
    elif isinstance(value, date | time | PurePath):
        yield repr(value)
    elif isinstance(value, type | BuiltinFunctionType):
        yield _name(value)
    elif isinstance(value, ModuleType):
        yield f"module {value.__name__}"
    elif id(value) in within:
        yield f"its {len(within) - within.index(id(value))}th container"
    else:
        yield f"{_name(type(value))}("
        for part in _parts(value):
            yield from _pieces(part, (*within, id(value)))
            yield ","
        yield ")"


def _plain(value: Any) -> str:
    for kind in (bool, int, float, complex, str, bytes):
        if isinstance(value, kind):
            return kind.__repr__(value)
    return "None"


def _parts(value: Any) -> Sequence[object]:
    """The parts of a value."""
    if isinstance(value, Mapping):
        return [part for pair in value.items() for part in pair]
    if isinstance(value, list | tuple):
        return list(value)
    if isinstance(value, set | frozenset):
        return sorted(map(canonical, value))
    if isinstance(value, Locale):  # its other data is loaded on first use
        return [str(value)]
    if isinstance(value, re.Pattern):
        return [value.pattern, value.flags]
    if isinstance(value, functools.partial):
        return [value.func, value.args, value.keywords]
    if isinstance(value, MethodType):
        return [value.__self__, value.__func__]
    if isinstance(value, FunctionType):
        cells = [cell.cell_contents for cell in value.__closure__ or ()]
        line = value.__code__.co_firstlineno
        return [_name(value), line, value.__defaults__, value.__kwdefaults__, cells]
    fields = dict(vars(value)) if hasattr(value, "__dict__") else {}
    for kind in type(value).__mro__:
        slots = kind.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if name not in ("__dict__", "__weakref__") and hasattr(value, name):
                fields[name] = getattr(value, name)
    if not fields and not hasattr(value, "__dict__"):
        raise NotDescribableError(f"the parts of {_name(type(value))} are unknown")
    return [part for pair in fields.items() for part in pair]


def _name(value: Any) -> str:
    return f"{value.__module__}.{value.__qualname__}"
