"""The map of places: an outline of the land, and a symbol for each place with coordinates.

The outline is Natural Earth's land at 1:110,000,000, which is in the public domain, in tenths of a
degree. It was taken from ``land-110m.json`` of the npm package ``world-atlas`` 2.0.2 and cut at the
180th meridian. It has no borders, so the map takes no side on any.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import cos, radians

from generator.collection.entries import PlaceEntry
from generator.rendering.charts.map_symbols import Symbol, groups_apart, with_labels

#: The size of the drawing in its own units; the land is drawn to whole units.
WIDTH, HEIGHT = 720, 360
#: The widths, in pixels, for which the symbols are laid out: phones, and anything wider than 560.
NARROW, WIDE = 288, 560
#: The map shows at least this many degrees of longitude, and this share of its width at each side
#: is free of places.
_LEAST, _MARGIN = 60.0, 0.07

Ring = tuple[tuple[int, int], ...]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the world that a map shows, in degrees; ``west`` + ``width`` can exceed 180."""

    west: float
    north: float
    width: float
    height: float

    def at(self, longitude: float, latitude: float) -> Point:
        """The position of a point, as shares of the map's width and height."""
        east = (longitude - self.west) % 360
        return east / self.width, (self.north - latitude) / self.height


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """The map. ``land`` is the data of an SVG path in the units of WIDTH and HEIGHT.

    ``narrow`` and ``wide`` are the symbols for small and for larger screens. ``groups`` are the
    places of each narrow symbol, in the same order; ``unmapped`` those without coordinates.
    """

    land: str
    narrow: tuple[Symbol, ...]
    wide: tuple[Symbol, ...]
    groups: tuple[tuple[PlaceEntry, ...], ...]
    unmapped: tuple[PlaceEntry, ...]


def place_map(places: Iterable[PlaceEntry]) -> PlaceMap | None:
    """The map of ``places``, of which the first is the most important; None if none can be drawn.

    Places that are too close together for a finger share a symbol, so that the map stays readable
    and small however many there are.
    """
    coordinates: dict[PlaceEntry, Point] = {}
    unmapped: list[PlaceEntry] = []
    for place in places:
        model = place.model
        if model is None or model.latitude is None or model.longitude is None:
            unmapped.append(place)
        else:
            coordinates[place] = (float(model.longitude), float(model.latitude))
    if not coordinates:
        return None
    window = _window(list(coordinates.values()))
    spots = {place: window.at(*point) for place, point in coordinates.items()}
    parts = {group[0]: tuple(group) for group in groups_apart(spots, WIDE, WIDE * HEIGHT // WIDTH)}
    # The groups of small screens are made of those of larger ones, so that each has one row.
    first_spots = {first: spots[first] for first in parts}
    rows = groups_apart(first_spots, NARROW, NARROW * HEIGHT // WIDTH)
    groups = tuple(tuple(place for first in row for place in parts[first]) for row in rows)
    narrow = [Symbol(*spots[group[0]], group, number) for number, group in enumerate(groups)]
    wide = [
        Symbol(*spots[first], parts[first], number)
        for number, row in enumerate(rows)
        for first in row
    ]
    return PlaceMap(
        _path(window),
        with_labels(narrow, NARROW, NARROW * HEIGHT // WIDTH),
        with_labels(wide, WIDE, WIDE * HEIGHT // WIDTH),
        groups,
        tuple(unmapped),
    )


def _window(points: Sequence[Point]) -> Window:
    """The smallest window of the map's shape around all points, with a margin.

    Degrees of longitude are drawn as long as they are in its middle.
    """
    longitudes = sorted({longitude for longitude, _ in points})
    latitudes = [latitude for _, latitude in points]
    # The widest gap between neighbours, around the world, is what the map leaves out.
    gaps = [(right - left, right) for left, right in pairwise(longitudes)]
    gaps.append((longitudes[0] + 360 - longitudes[-1], longitudes[0]))
    gap, west = max(gaps)
    middle = (min(latitudes) + max(latitudes)) / 2
    shrink = max(cos(radians(middle)), 0.3)
    width = max(
        (360 - gap) / (1 - 2 * _MARGIN),
        (max(latitudes) - min(latitudes)) / (1 - 2 * _MARGIN) * WIDTH / HEIGHT / shrink,
        _LEAST,
    )
    width = min(width, 360.0)
    height = width * shrink * HEIGHT / WIDTH
    north = min(max(middle + height / 2, -90 + height), 90.0)
    return Window(west - (width - (360 - gap)) / 2, north, width, height)


def _path(window: Window) -> str:
    """The land inside a window, as the data of an SVG path."""
    parts: list[str] = []
    for ring in _land():
        for shift in (-360, 0, 360):
            first = (min(x for x, _ in ring) / 10) + shift
            last = (max(x for x, _ in ring) / 10) + shift
            top, bottom = max(y for _, y in ring) / 10, min(y for _, y in ring) / 10
            if (
                last > window.west
                and first < window.west + window.width
                and top > window.north - window.height
                and bottom < window.north
            ):
                parts.append(_ring_path(ring, shift, window))
    return "".join(parts)


def _ring_path(ring: Ring, shift: int, window: Window) -> str:
    """A ring as a closed path; empty if it is smaller than a unit."""
    points: list[tuple[int, int]] = []
    for x, y in ring:
        # Points beyond the window are drawn at a little distance from it: nobody sees them.
        east = min(max((x / 10 + shift - window.west) / window.width, -0.1), 1.1)
        south = min(max((window.north - y / 10) / window.height, -0.1), 1.1)
        point = round(east * WIDTH), round(south * HEIGHT)
        if not points or points[-1] != point:
            points.append(point)
    if len(points) < 3:
        return ""
    moves = (f"{right[0] - left[0]} {right[1] - left[1]}" for left, right in pairwise(points))
    return f"M{points[0][0]} {points[0][1]}l{' '.join(moves)}z".replace(" -", "-")


@cache
def _land() -> tuple[Ring, ...]:
    """The rings of the outline, the largest first, in tenths of a degree: east, north.

    The file has each ring's first point, and then the steps from point to point.
    """
    text = files(__package__).joinpath("land.json").read_text("utf-8")
    return tuple(_points(steps) for steps in json.loads(text))


def _points(steps: Sequence[int]) -> Ring:
    x = y = 0
    points: list[tuple[int, int]] = []
    for east, north in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + east, y + north
        points.append((x, y))
    return tuple(points)
