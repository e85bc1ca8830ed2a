"""The parts of a site in pieces for one worker each, and the briefings that a piece takes."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from generator.build.lazy_readings import MANY
from generator.build.snapshot import Snapshot
from generator.build.targets import Target
from generator.build.workers import gc_paused
from generator.collection.linker import Collection

#: Of more than ``MANY`` briefings, a part's collection holds those that it needs: so many at once.
_AROUND = 250
#: How many parts are made at once: fewer share too little, more end too late.
_LEAST, _MOST = 10, 50


@dataclass(frozen=True, slots=True)
class Batch:
    """Parts that one worker makes at once, and the briefings that takes: None for all."""

    units: list[Target]
    around: Set[str] | None


def make_batches(missing: list[Target], known: Snapshot, jobs: int) -> list[Batch]:
    """``missing`` in parts for one worker each, so that none needs too many briefings."""
    outlines = known.outlines
    size = max(_LEAST, min(_MOST, len(missing) // (4 * jobs)))
    if len(outlines.briefings) <= MANY and 5 * len(missing) > len(outlines.briefings):
        return [Batch(missing[at : at + size], None) for at in range(0, len(missing), size)]
    found: list[Batch] = []
    units: list[Target] = []
    around: set[str] = set()
    for unit in missing:
        near = outlines.around(unit)
        if units and (len(units) >= size or len(around.union(near)) > _AROUND):
            found.append(Batch(units, around))
            units, around = [], set()
        units.append(unit)
        around.update(near)
    return [*found, Batch(units, around)] if units else found


def preload(chunks: list[Batch], known: Snapshot) -> list[Batch]:
    """The batches, with their inputs in memory, so that workers find them when they begin."""
    if any(chunk.around is None for chunk in chunks):
        _whole(known)
    return chunks


def load_collection(known: Snapshot, chunk: Batch) -> Collection:
    """The collection that the parts of a chunk are made from."""
    if chunk.around is None:
        return _whole(known)
    around = chunk.around
    return known.part(key for key in known.outlines.briefings if key in around)


_last: tuple[Snapshot, Collection] | None = None


def _whole(known: Snapshot) -> Collection:
    """The collection of all briefings, made once in each process."""
    global _last
    if _last is None or _last[0] is not known:
        with gc_paused():
            _last = known, known.part(known.outlines.briefings)
    return _last[1]
