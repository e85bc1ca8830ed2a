"""The chart of who accuses whom and who has answered: parties in a column, joined by arrows.

Accusations are on the left side, answers on the right.
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
#: The widths of the chart and of a letter on the smallest screen, in pixels.
_SMALLEST = 288
_LETTER = 7.6


@dataclass(frozen=True, slots=True)
class Party:
    """A party: its name in lines that fit between the arrows, and the position of the first."""

    actor: ActorEntry
    lines: tuple[str, ...]
    y: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow from a party to another, on one side; ``out`` is its distance to them in pixels."""

    start: int
    end: int
    out: int
    statements: tuple[StatementEntry, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Pair:
    """All allegations by one party against another, with the replies."""

    accuser: ActorEntry
    accused: ActorEntry
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Relations:
    """The chart; ``left`` and ``right`` are the widths of the space for arrows, in pixels."""

    parties: tuple[Party, ...]
    accusations: tuple[Arrow, ...]
    answers: tuple[Arrow, ...]
    pairs: tuple[Pair, ...]
    left: int
    right: int
    height: int


def relations(allegations: Iterable[StatementEntry]) -> Relations | None:
    """The chart of a briefing's allegations; None if nobody is accused."""
    pairs: dict[tuple[ActorEntry, ActorEntry], list[Reply]] = {}
    for allegation in allegations:
        for accuser in allegation.parties:
            for reply in allegation.replies:
                pairs.setdefault((accuser, reply.accused), []).append(reply)
    if not pairs:
        return None
    actors = list(dict.fromkeys(actor for pair in pairs for actor in pair))
    rows = {actor: index for index, actor in enumerate(actors)}
    accusing = {
        pair: tuple(reply.allegation for reply in replies) for pair, replies in pairs.items()
    }
    answering = {
        (accused, accuser): tuple(
            dict.fromkeys(response for reply in replies for response in reply.responses)
        )
        for (accuser, accused), replies in pairs.items()
        if any(reply.responses for reply in replies)
    }
    left_lanes, right_lanes = _lanes(accusing, rows), _lanes(answering, rows)
    left, right = _width(left_lanes.values()), _width(right_lanes.values())
    parties, bottom = _in_column(actors, int((_SMALLEST - left - right) / _LETTER))
    middles = {party.actor: party.y + (len(party.lines) - 1) * _LINE // 2 for party in parties}
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
    arrows: dict[_Ends, tuple[StatementEntry, ...]], rows: dict[ActorEntry, int]
) -> dict[_Ends, int]:
    """A lane for each arrow, so that no lane has overlapping arrows; short arrows are inside."""
    lanes: list[list[tuple[int, int]]] = []
    lane_of: dict[_Ends, int] = {}
    for pair in sorted(arrows, key=lambda ends: abs(rows[ends[0]] - rows[ends[1]])):
        low, high = sorted((rows[pair[0]], rows[pair[1]]))
        # Two arrows that meet at a party would look like one, so they don't share a lane either.
        free = (i for i, lane in enumerate(lanes) if all(high < a or b < low for a, b in lane))
        index = next(free, len(lanes))
        if index == len(lanes):
            lanes.append([])
        lanes[index].append((low, high))
        lane_of[pair] = index
    return lane_of


def _width(lanes: Iterable[int]) -> int:
    return min(_EDGE + _STEP * (max(lanes, default=-1) + 1), _MOST) + 8


def _out(lane: int, most: int) -> int:
    """The distance of a lane from the parties; many lanes are closer together."""
    step = min(_STEP, (_MOST - _EDGE) / (most + 1))
    return int(_EDGE + step * lane)


def _in_column(actors: list[ActorEntry], letters: int) -> tuple[list[Party], int]:
    parties: list[Party] = []
    y = _LINE
    for actor in actors:
        lines = tuple(textwrap.wrap(actor.name, max(letters, 8))) or (actor.name,)
        parties.append(Party(actor, lines, y))
        y += len(lines) * _LINE + _BETWEEN
    return parties, y - _BETWEEN


def _arrows(
    arrows: dict[_Ends, tuple[StatementEntry, ...]],
    lanes: dict[_Ends, int],
    middles: dict[ActorEntry, int],
    verb: str,
) -> tuple[Arrow, ...]:
    most = max(lanes.values(), default=0)
    # Arrows from a party and arrows to it end at different heights.
    starts, ends = _spread(arrows, middles, 0), _spread(arrows, middles, 1)
    return tuple(
        Arrow(
            starts[pair],
            ends[pair],
            _out(lanes[pair], most),
            statements,
            f"{pair[0].name} {verb} {pair[1].name}: {len(statements)}",
        )
        for pair, statements in arrows.items()
    )


def _spread(
    arrows: dict[_Ends, tuple[StatementEntry, ...]], middles: dict[ActorEntry, int], end: int
) -> dict[_Ends, int]:
    shift = -5 if end == 0 else 3
    return {pair: middles[pair[end]] + shift for pair in arrows}
