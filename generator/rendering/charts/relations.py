"""Who accuses whom, and who has answered: the parties one below the other, joined by arrows.

Accusations run down the left side, answers down the right.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from generator.collection.entries import ActorEntry, StatementEntry
from generator.collection.reply_status import Reply

_LINE = 18
_BETWEEN = 22
_STEP = 13
_MOST = 78
_EDGE = 14
#: The whole picture on the smallest screen, and what one letter takes there, in pixels.
_SMALLEST = 288
_LETTER = 7.6


@dataclass(frozen=True, slots=True)
class Party:
    """One party: its name in lines that fit between the arrows, and where the first stands."""

    actor: ActorEntry
    lines: tuple[str, ...]
    y: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one party to another, on one side; ``out`` is how far out it runs, in pixels."""

    start: int
    end: int
    out: int
    statements: tuple[StatementEntry, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Pair:
    """All that one party alleges against another, with how each allegation was answered."""

    accuser: ActorEntry
    accused: ActorEntry
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Relations:
    """The picture; ``left`` and ``right`` are the widths kept for arrows, all in pixels."""

    parties: tuple[Party, ...]
    accusations: tuple[Arrow, ...]
    answers: tuple[Arrow, ...]
    pairs: tuple[Pair, ...]
    left: int
    right: int
    height: int


def relations(allegations: Iterable[StatementEntry]) -> Relations | None:
    """The picture of a briefing's allegations; None where nobody is accused of anything."""
    pairs: dict[tuple[ActorEntry, ActorEntry], list[Reply]] = {}
    for one in allegations:
        for reply in one.replies:
            pairs.setdefault((one.party, reply.accused), []).append(reply)
    if not pairs:
        return None
    actors = list(dict.fromkeys(actor for pair in pairs for actor in pair))
    place = {actor: index for index, actor in enumerate(actors)}
    accusing = {
        pair: tuple(reply.allegation for reply in replies) for pair, replies in pairs.items()
    }
    answering = {
        (accused, accuser): tuple(dict.fromkeys(one for r in replies for one in r.responses))
        for (accuser, accused), replies in pairs.items()
        if any(reply.responses for reply in replies)
    }
    left_lanes, right_lanes = _lanes(accusing, place), _lanes(answering, place)
    left, right = _width(left_lanes.values()), _width(right_lanes.values())
    parties, bottom = _stacked(actors, int((_SMALLEST - left - right) / _LETTER))
    middles = {one.actor: one.y + (len(one.lines) - 1) * _LINE // 2 for one in parties}
    return Relations(
        tuple(parties),
        _arrows(accusing, left_lanes, middles, "accuses"),
        _arrows(answering, right_lanes, middles, "answers"),
        tuple(Pair(*pair, tuple(replies)) for pair, replies in pairs.items()),
        left,
        right,
        bottom,
    )


_Ends = tuple[ActorEntry, ActorEntry]


def _lanes(
    joined: dict[_Ends, tuple[StatementEntry, ...]], place: dict[ActorEntry, int]
) -> dict[_Ends, int]:
    """A lane for each arrow, so that no two that pass each other share one; short ones inside."""
    lanes: list[list[tuple[int, int]]] = []
    found: dict[_Ends, int] = {}
    for pair in sorted(joined, key=lambda ends: abs(place[ends[0]] - place[ends[1]])):
        low, high = sorted((place[pair[0]], place[pair[1]]))
        # Two that only meet at a party would look like one, so they don't share a lane either.
        free = (i for i, lane in enumerate(lanes) if all(high < a or b < low for a, b in lane))
        index = next(free, len(lanes))
        if index == len(lanes):
            lanes.append([])
        lanes[index].append((low, high))
        found[pair] = index
    return found


def _width(lanes: Iterable[int]) -> int:
    return min(_EDGE + _STEP * (max(lanes, default=-1) + 1), _MOST) + 8


def _out(lane: int, most: int) -> int:
    """How far out a lane runs; where there are many, they stand closer."""
    step = min(_STEP, (_MOST - _EDGE) / (most + 1))
    return int(_EDGE + step * lane)


def _stacked(actors: list[ActorEntry], letters: int) -> tuple[list[Party], int]:
    parties: list[Party] = []
    y = _LINE
    for actor in actors:
        lines = tuple(textwrap.wrap(actor.name, max(letters, 8))) or (actor.name,)
        parties.append(Party(actor, lines, y))
        y += len(lines) * _LINE + _BETWEEN
    return parties, y - _BETWEEN


def _arrows(
    joined: dict[_Ends, tuple[StatementEntry, ...]],
    lanes: dict[_Ends, int],
    middles: dict[ActorEntry, int],
    verb: str,
) -> tuple[Arrow, ...]:
    most = max(lanes.values(), default=0)
    # What comes from a party and what goes to it don't touch it at the same height.
    starts, ends = _spread(joined, middles, 0), _spread(joined, middles, 1)
    return tuple(
        Arrow(
            starts[pair],
            ends[pair],
            _out(lanes[pair], most),
            statements,
            f"{pair[0].name} {verb} {pair[1].name}: {len(statements)}",
        )
        for pair, statements in joined.items()
    )


def _spread(
    joined: dict[_Ends, tuple[StatementEntry, ...]], middles: dict[ActorEntry, int], end: int
) -> dict[_Ends, int]:
    shift = -5 if end == 0 else 3
    return {pair: middles[pair[end]] + shift for pair in joined}
