"""Divides targets into batches for worker processes."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from generator.build.lazy_readings import MANY
from generator.build.snapshot import LinkedBriefings, Snapshot
from generator.build.targets import Target

#: How many briefings a batch may need, unless it needs all or has one target.
_MOST_INPUTS = 250
#: The size of batches: smaller ones share too little, of larger ones the last ends too late.
_LEAST_TARGETS, _MOST_TARGETS = 10, 50


@dataclass(frozen=True, slots=True)
class Batch:
    """Targets that one worker builds together, and the briefings that these need: None for all."""

    snapshot: Snapshot
    targets: list[Target]
    inputs: Set[str] | None

    def link(self) -> LinkedBriefings:
        """The briefings that the targets need, linked to each other."""
        if self.inputs is None:
            return self.snapshot.link_all()
        return self.snapshot.linked(self.snapshot.graph.in_order(self.inputs))


def make_batches(targets: list[Target], snapshot: Snapshot, jobs: int) -> list[Batch]:
    """Divide ``targets`` into batches for ``jobs`` processes.

    If all briefings fit in memory and many targets are to be built, they are linked once, before
    any process is forked. Linking the neighbours of each batch takes twice as long for 1,000
    briefings, but all of 10,000 would take too much memory.
    """
    briefings = snapshot.graph.all_briefings
    size = max(_LEAST_TARGETS, min(_MOST_TARGETS, len(targets) // (4 * jobs)))
    if targets and len(briefings) <= MANY and 5 * len(targets) > len(briefings):
        snapshot.link_all()  # here, so that workers inherit it
        parts = [targets[at : at + size] for at in range(0, len(targets), size)]
        return [Batch(snapshot, part, None) for part in parts]
    batches: list[Batch] = []
    batch: list[Target] = []
    inputs: set[str] = set()
    for target in targets:
        needed = snapshot.graph.inputs(target)
        if batch and (len(batch) >= size or len(inputs.union(needed)) > _MOST_INPUTS):
            batches.append(Batch(snapshot, batch, inputs))
            batch, inputs = [], set()
        batch.append(target)
        inputs.update(needed)
    return [*batches, Batch(snapshot, batch, inputs)] if batch else batches
