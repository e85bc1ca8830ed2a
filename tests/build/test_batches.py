"""Batches: what workers are given together, and how many briefings they load for it."""

from __future__ import annotations

from contextlib import closing

from generator.build.batches import make_batches
from generator.build.cache import Cache
from generator.build.pipeline import Pipeline
from tests.fiction import briefing, files


def test_briefings_that_refer_to_each_other_are_put_into_one_batch() -> None:
    """Each of the last briefings refers to one of the first, and the batches hold ten."""
    first = [f"a{number:02}" for number in range(30)]
    last = {f"b{key}": briefing(related=[{"briefing": key}]) for key in first}
    with closing(Pipeline(Cache(), jobs=2)) as pipeline:
        snapshot = pipeline.read(files({key: briefing() for key in first} | last))
    graph = snapshot.graph
    near = graph.near_each_other(list(graph.briefings))
    assert sorted(near) == sorted(graph.briefings)
    assert near[:4] == ["a00", "ba00", "a01", "ba01"]
    few = {name: graph.neighbours(name) for name in near[:10]}
    (batch,) = make_batches(few, snapshot, jobs=2)
    assert batch.inputs == set(batch.items)
