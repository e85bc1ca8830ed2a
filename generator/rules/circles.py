"""Circles of references, such as places that are part of each other."""

from __future__ import annotations

from collections.abc import Mapping


def first_of_circle(key: str, following: Mapping[str, str | None]) -> str | None:
    """The alphabetically first id of the circle that leads from ``key`` back to ``key``, or None.

    A rule that reports only this id reports each circle once.
    """
    circle = [key]
    while (successor := following.get(circle[-1])) is not None:
        if successor == key:
            return min(circle)
        if successor in circle:
            return None
        circle.append(successor)
    return None
