"""The map of places: what it shows, where, and that it stays readable and small."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from generator.collection.entries import PlaceEntry
from generator.model.registries import Place
from generator.rendering.charts.map_symbols import APART
from generator.rendering.charts.place_map import HEIGHT, NARROW, WIDE, WIDTH, PlaceMap, place_map


def _place(name: str, latitude: float | None = None, longitude: float | None = None) -> PlaceEntry:
    model = Place.model_construct(name=name, latitude=latitude, longitude=longitude)
    return PlaceEntry(name.lower(), model)


def _map(*places: PlaceEntry) -> PlaceMap:
    drawn = place_map(places)
    assert drawn is not None
    return drawn


def test_there_is_no_map_without_coordinates() -> None:
    assert place_map([_place("Orm"), _place("Ulm", latitude=4.0)]) is None


def test_a_place_with_half_of_its_coordinates_is_not_on_the_map() -> None:
    drawn = _map(_place("Orm", 1.0, 2.0), _place("Ulm", latitude=4.0))
    assert [place.name for place in drawn.unmapped] == ["Ulm"]
    assert [symbol.names for symbol in drawn.wide] == ["Orm"]


def test_north_is_up_and_east_is_right() -> None:
    drawn = _map(_place("Low", -20.0, 0.0), _place("High", 20.0, 0.0), _place("East", 0.0, 40.0))
    low, high, east = drawn.wide
    assert high.y < east.y < low.y
    assert low.x == high.x < east.x


@pytest.mark.parametrize(
    "places",
    [
        [_place("Pole", -90.0, 0.0), _place("Top", 90.0, 10.0)],
        [_place("Alone", 89.0, -180.0)],
        [_place(f"At {east}", 60.0, float(east)) for east in range(-180, 181, 5)],
        [_place("Line", 0.0, 180.0), _place("Same line", 0.0, -180.0)],
    ],
)
def test_all_symbols_are_inside_the_map(places: list[PlaceEntry]) -> None:
    drawn = _map(*places)
    for symbol in (*drawn.narrow, *drawn.wide):
        assert 0 <= symbol.x <= 1, symbol
        assert 0 <= symbol.y <= 1, symbol


def test_places_on_both_sides_of_the_180th_meridian_are_neighbours_on_a_small_map() -> None:
    drawn = _map(_place("Suva", -18.1, 178.4), _place("Apia", -13.8, -171.8))
    west, east = drawn.wide
    assert 0.1 < east.x - west.x < 0.3


def test_no_two_symbols_are_too_close_for_a_finger() -> None:
    places = [_place(f"{y} {x}", y / 2, x / 2) for y in range(-20, 21) for x in range(-20, 21)]
    drawn = _map(*places, _place("Far", 10.0, 90.0))
    for symbols, width in ((drawn.narrow, NARROW), (drawn.wide, WIDE)):
        height = width * HEIGHT / WIDTH
        assert len(symbols) < len(places)
        for symbol, other in combinations(symbols, 2):
            distance = (
                ((symbol.x - other.x) * width) ** 2 + ((symbol.y - other.y) * height) ** 2
            ) ** 0.5
            assert distance >= APART - 0.001


def test_every_place_is_in_one_group_and_in_one_symbol_of_each_layer() -> None:
    places = [_place(f"{y} {x}", float(y), float(x)) for y in range(9) for x in range(0, 90, 10)]
    drawn = _map(*places)
    expected = sorted(place.name for place in places)
    assert sorted(place.name for group in drawn.groups for place in group) == expected
    for layer in (drawn.narrow, drawn.wide):
        assert sorted(place.name for symbol in layer for place in symbol.places) == expected
    for symbol in drawn.wide:
        assert set(symbol.places) <= set(drawn.groups[symbol.row])


def test_names_never_cover_each_other() -> None:
    drawn = _map(*(_place(f"Place {x}", y, float(x)) for x in range(0, 60, 7) for y in (0.0, 9.0)))
    assert {symbol.side for symbol in drawn.narrow} >= {"", "above", "below"}
    boxes = []
    for symbol in drawn.narrow:
        x, y, long = symbol.x * NARROW, symbol.y * NARROW * HEIGHT / WIDTH, 7 * len(symbol.names)
        left = {"right": x + 11, "left": x - 11 - long}.get(symbol.side, x - long / 2)
        top = {"above": y - 27, "below": y + 11}.get(symbol.side, y - 8)
        if symbol.side:
            boxes.append((left, top, left + long, top + 16))
    for box, other in combinations(boxes, 2):
        apart = box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1]
        assert apart, (box, other)


def test_the_land_is_closed_rings_in_whole_units_and_small() -> None:
    world = _map(*(_place(f"At {east}", 0.0, float(east)) for east in range(-180, 180, 30)))
    assert re.fullmatch(r"(M-?\d+ -?\d+l[-\d ]+z)+", world.land)
    assert len(world.land) < 30_000
    near = _map(_place("Bamako", 12.65, -8.0))
    assert len(near.land) < len(world.land) / 3
