"""What a table of the data is: its columns, and its rows with a cell for each of them.

Who, what, when and where have a column each, so that a spreadsheet can sort and filter. A list of
ids is one cell, separated by ``; ``. Names of columns never change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeVar

from generator.collection.entries import BriefingEntry
from generator.collection.linker import Collection
from generator.model.edtf import EdtfDate
from generator.rendering.view import View

ColumnType = Literal["string", "integer", "number", "boolean", "date"]
Cell = str | int | float | bool | date | None
Row = tuple[Cell, ...]
#: What a table has rows of: one briefing, or the registries of a collection.
Owner = TypeVar("Owner", BriefingEntry, Collection)
ForeignKey = tuple[tuple[str, ...], str, tuple[str, ...]]
"""The columns of a foreign key, the table that it refers to, and the columns there."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, and of what type (Frictionless Table Schema)."""

    name: str
    description: str
    type: ColumnType = "string"


@dataclass(frozen=True, slots=True)
class Table(Generic[Owner]):
    """A table. ``rows`` gives those of a briefing or of a registry; ``key`` is the primary key."""

    name: str
    description: str
    columns: tuple[Column, ...]
    rows: Callable[[Owner, View], Iterator[Row]]
    key: tuple[str, ...]
    foreign: tuple[ForeignKey, ...]


def table(
    name: str,
    description: str,
    *columns: tuple[str, str] | tuple[str, str, ColumnType] | Column,
    key: tuple[str, ...] = (),
    foreign: tuple[ForeignKey, ...] = (),
) -> Callable[[Callable[[Owner, View], Iterator[Row]]], Table[Owner]]:
    """Make a table of a function that gives its rows, with a cell for each of these columns."""
    described = tuple(item if isinstance(item, Column) else Column(*item) for item in columns)
    return lambda rows: Table(name, description, described, rows, key, foreign)


def dated(when: EdtfDate | None) -> tuple[Cell, Cell, Cell]:
    """The cells of a date: as written, and the first and the last day it can mean."""
    return (when.text, when.earliest, when.latest) if when else (None, None, None)


def listed(values: Iterable[str]) -> str:
    """Several values as one cell."""
    return "; ".join(values)
