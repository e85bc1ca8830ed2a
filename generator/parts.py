"""The parts that a site is made of, each by itself.

A part is a briefing, an actor, a topic or a place with all that it publishes, or what tells of all
of them. Parts depend on the files that ``outlines`` names and on nothing else, so they can be made
in any order, beside each other, and used again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """One part: its kind (the folder of its pages; ``site``, ``briefings``) and its id.

    The site as a whole has no id.
    """

    kind: str
    id: str = ""


SITE = Unit("site")


def units(briefings: Iterable[str], subjects: Iterable[tuple[str, Iterable[str]]]) -> list[Unit]:
    """The parts of a site with these ids; ``subjects`` go by the folder of their pages."""
    return [
        SITE,
        *(Unit("briefings", one) for one in briefings),
        *(Unit(kind, one) for kind, ids in subjects for one in sorted(ids)),
    ]
