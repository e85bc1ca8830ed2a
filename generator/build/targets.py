"""The parts that a site is made of, each by itself.

A part is a briefing, an actor, a topic or a place with all that it publishes, a page of one of the
site's lists, or what else tells of all of them. Parts depend on what ``graph`` names and nothing
else, so they can be made in any order, beside each other, and used again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """One part: its kind (the folder of its pages; ``site``, ``briefings``) and its id.

    The site as a whole has no id, nor has the first page of a list.
    """

    kind: str
    id: str = ""


SITE = Target("site")


def all_targets(
    briefings: Iterable[str],
    subjects: Iterable[tuple[str, Iterable[str]]],
    lists: Iterable[tuple[str, Iterable[str]]],
) -> list[Target]:
    """The parts of a site with these ids; subjects and lists go by the folder of their pages."""
    return [
        SITE,
        *(Target(kind, page) for kind, pages in lists for page in pages),
        *(Target("briefings", one) for one in briefings),
        *(Target(kind, one) for kind, ids in subjects for one in sorted(ids)),
    ]
