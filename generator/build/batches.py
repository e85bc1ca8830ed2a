"""Divides targets or briefings into batches for worker processes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from typing import Generic, TypeVar

from generator.build.lazy_readings import MANY
from generator.build.snapshot import LinkedBriefings, Snapshot

_Item = TypeVar("_Item")
#: How many briefings a batch may need, unless it needs all or has one target.
_MOST_INPUTS = 250
#: The size of batches: smaller ones share too little, of larger ones the last ends too late.
_LEAST, _MOST = 10, 50


@dataclass(frozen=True, slots=True)
class Batch(Generic[_Item]):
    """What one worker builds or checks, and the briefings that it needs for that: None for all."""

    snapshot: Snapshot
    items: list[_Item]
    inputs: Set[str] | None

    def link(self) -> LinkedBriefings:
        """The briefings that the items need, linked to each other."""
        if self.inputs is None:
            return self.snapshot.link_all()
        return self.snapshot.linked(self.snapshot.graph.in_order(self.inputs))


def make_batches(
    items: Mapping[_Item, Collection[str]], snapshot: Snapshot, jobs: int
) -> list[Batch[_Item]]:
    """Divide ``items``, each with the briefings that it needs, into batches for ``jobs`` processes.

    If all briefings fit in memory and the items are many, briefings are linked once, before
    any process is forked. Linking the neighbours of each batch takes twice as long for 1,000
    briefings, but all of 10,000 would take too much memory.
    """
    briefings = snapshot.graph.all_briefings
    size = max(_LEAST, min(_MOST, len(items) // (4 * jobs)))
    if items and len(briefings) <= MANY and 5 * len(items) > len(briefings):
        snapshot.link_all()  # here, so that workers inherit it
        names = list(items)
        parts = [names[at : at + size] for at in range(0, len(names), size)]
        return [Batch(snapshot, part, None) for part in parts]
    batches: list[Batch[_Item]] = []
    batch: list[_Item] = []
    inputs: set[str] = set()
    for item, needed in items.items():
        if batch and (len(batch) >= size or len(inputs.union(needed)) > _MOST_INPUTS):
            batches.append(Batch(snapshot, batch, inputs))
            batch, inputs = [], set()
        batch.append(item)
        inputs.update(needed)
    return [*batches, Batch(snapshot, batch, inputs)] if batch else batches
