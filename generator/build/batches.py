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

    targets: list[Target]
    inputs: Set[str] | None


def make_batches(missing: list[Target], snapshot: Snapshot, jobs: int) -> list[Batch]:
    """``missing`` in parts for one worker each, so that none needs too many briefings."""
    graph = snapshot.graph
    size = max(_LEAST, min(_MOST, len(missing) // (4 * jobs)))
    if len(graph.briefings) <= MANY and 5 * len(missing) > len(graph.briefings):
        return [Batch(missing[at : at + size], None) for at in range(0, len(missing), size)]
    found: list[Batch] = []
    targets: list[Target] = []
    inputs: set[str] = set()
    for target in missing:
        near = graph.inputs(target)
        if targets and (len(targets) >= size or len(inputs.union(near)) > _AROUND):
            found.append(Batch(targets, inputs))
            targets, inputs = [], set()
        targets.append(target)
        inputs.update(near)
    return [*found, Batch(targets, inputs)] if targets else found


def preload(batches: list[Batch], snapshot: Snapshot) -> list[Batch]:
    """The batches, with their inputs in memory, so that workers find them when they begin."""
    if any(batch.inputs is None for batch in batches):
        _whole(snapshot)
    return batches


def load_collection(snapshot: Snapshot, batch: Batch) -> Collection:
    """The collection that the parts of a chunk are made from."""
    if batch.inputs is None:
        return _whole(snapshot)
    inputs = batch.inputs
    return snapshot.collection(key for key in snapshot.graph.briefings if key in inputs)


_last: tuple[Snapshot, Collection] | None = None


def _whole(snapshot: Snapshot) -> Collection:
    """The collection of all briefings, made once in each process."""
    global _last
    if _last is None or _last[0] is not snapshot:
        with gc_paused():
            _last = snapshot, snapshot.collection(snapshot.graph.briefings)
    return _last[1]
