"""The groups of publishers by first letter."""

from __future__ import annotations

from generator.collection.listings import by_letter
from tests.examples import ENGLISH


def test_publishers_are_below_letters_then_scripts_then_those_not_named() -> None:
    names = ["Élan", "esteria", "Norland", "2nd Post", "الجزائر", "埃及", "", "«Ny»", "[Not shown]"]
    groups = by_letter([(name, None, []) for name in names], ENGLISH)
    assert [(label, [name for name, _, _ in group]) for label, _, group in groups] == [
        ("0–9", ["2nd Post"]),
        ("E", ["Élan", "esteria"]),
        ("N", ["Norland", "«Ny»"]),
        ("Arabic", ["الجزائر"]),
        ("Chinese", ["埃及"]),
        ("Publisher not named", ["", "[Not shown]"]),
    ]


def test_anchors_of_groups_are_ascii_and_differ() -> None:
    groups = by_letter(
        [(name, None, []) for name in ["Æra", "Øst", "Ost", "埃及", "…", ""]], ENGLISH
    )
    anchors = [anchor.lower() for _, anchor, _ in groups]
    assert len(set(anchors)) == len(anchors) == 6
    assert all(anchor.isascii() for anchor in anchors), anchors
