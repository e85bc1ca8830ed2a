"""The symbols on a map: places that are close together share one, and names are where they fit."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from generator.collection.entries import PlaceEntry

#: The least distance between two symbols, in pixels: large enough for a finger.
APART = 24
#: The radius of a symbol, and the height of its name, in pixels.
_RADIUS, _LINE = 11, 16
#: The widths of a letter and of a letter of a wide script, in pixels, and how many letters are
#: shown for each pixel of the map's width.
_LETTER, _WIDE_LETTER, _LONGEST = 7, 13, 1 / 12

Spot = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Symbol:
    """One or several ``places`` at a point, given as shares of the map's width and height.

    ``row`` is the number of the group of places that it belongs to. ``side`` is where its names
    are: ``right``, ``left``, ``above`` or ``below`` it, or empty if there is no room for them.
    """

    x: float
    y: float
    places: tuple[PlaceEntry, ...]
    row: int
    side: str = ""

    @property
    def names(self) -> str:
        return ", ".join(place.name for place in self.places)


def groups_apart(
    spots: Mapping[PlaceEntry, Spot], width: int, height: int
) -> list[list[PlaceEntry]]:
    """Places grouped so that the first places of two groups are at least APART.

    A place joins the nearest group; the first ones in ``spots`` found groups. The cost is linear,
    because only groups in neighbouring squares are compared.
    """
    groups: dict[tuple[int, int], list[list[PlaceEntry]]] = {}
    ordered: list[list[PlaceEntry]] = []
    for place, (x, y) in spots.items():
        column, row = int(x * width // APART), int(y * height // APART)
        near = [
            (distance, number, group)
            for square in product((column - 1, column, column + 1), (row - 1, row, row + 1))
            for number, group in enumerate(groups.get(square, ()))
            if (distance := _distance(spots[group[0]], (x, y), width, height)) < APART
        ]
        if near:
            min(near, key=lambda candidate: candidate[:2])[2].append(place)
        else:
            group = [place]
            groups.setdefault((column, row), []).append(group)
            ordered.append(group)
    return ordered


def _distance(first: Spot, second: Spot, width: int, height: int) -> float:
    return float(
        (((first[0] - second[0]) * width) ** 2 + ((first[1] - second[1]) * height) ** 2) ** 0.5
    )


def with_labels(symbols: Sequence[Symbol], width: int, height: int) -> tuple[Symbol, ...]:
    """The symbols with a side for their names, where nothing is in the way."""
    taken = [_symbol_box(symbol, width, height) for symbol in symbols]
    placed = dict.fromkeys(symbols, "")
    # Names of single places are the most useful, so they come first.
    for symbol in sorted(symbols, key=lambda symbol: len(symbol.places)):
        for side, box in _label_boxes(symbol, width, height):
            if _is_free(box, taken, width, height):
                taken.append(box)
                placed[symbol] = side
                break
    return tuple(replace(symbol, side=side) for symbol, side in placed.items())


def _symbol_box(symbol: Symbol, width: int, height: int) -> Box:
    x, y = symbol.x * width, symbol.y * height
    return x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS


def _label_boxes(symbol: Symbol, width: int, height: int) -> Iterator[tuple[str, Box]]:
    """The sides on which a symbol's names can be, and the room that they need there."""
    names = symbol.names
    if len(names) > width * _LONGEST:
        return
    long = sum(
        _WIDE_LETTER if unicodedata.east_asian_width(letter) in "WF" else _LETTER
        for letter in names
    )
    x, y = symbol.x * width, symbol.y * height
    half = _LINE / 2
    yield "right", (x + _RADIUS, y - half, x + _RADIUS + long, y + half)
    yield "left", (x - _RADIUS - long, y - half, x - _RADIUS, y + half)
    yield "above", (x - long / 2, y - _RADIUS - _LINE, x + long / 2, y - _RADIUS)
    yield "below", (x - long / 2, y + _RADIUS, x + long / 2, y + _RADIUS + _LINE)


def _is_free(box: Box, taken: Iterable[Box], width: int, height: int) -> bool:
    left, top, right, bottom = box
    return (
        left >= 0
        and top >= 0
        and right <= width
        and bottom <= height
        and not any(
            left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
            for other in taken
        )
    )
