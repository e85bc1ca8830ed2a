"""Every kind of build target: a small value that knows its paths."""

from __future__ import annotations

import pickle
from contextlib import closing

from generator.addresses.sections import SECTIONS
from generator.build.cache import Cache
from generator.build.pipeline import Pipeline
from generator.build.targets import (
    TARGET_KINDS,
    all_targets,
    section_targets,
    target_of_page,
    targets_for_path,
)
from generator.rendering.settings import Settings
from tests.fiction import ACTORS, allegation, briefing, files

SETTINGS = Settings(name="Fiction", url="https://fiction.example/")
FILES = files(
    {"river/claim": briefing(allegation(), aliases=["old-claim"], topics=["water"])},
    actors=ACTORS,
    topics={"water": {"name": "Water"}},
    places={"halden": {"name": "Halden"}},
)


def test_targets_are_values_that_can_be_sorted_and_sent_to_another_process() -> None:
    with closing(Pipeline(Cache(), jobs=1)) as pipeline:
        targets = all_targets(pipeline.read(FILES).graph)
    assert {type(target) for target in targets} == set(TARGET_KINDS)
    assert len(set(targets)) == len(targets)
    assert pickle.loads(pickle.dumps(targets)) == targets
    kinds_and_ids = [(target.kind, target.id) for target in targets]
    assert [(target.kind, target.id) for target in sorted(targets)] == sorted(kinds_and_ids)
    assert set(section_targets(SECTIONS)) < set(targets)


def test_each_page_and_file_leads_to_its_target() -> None:
    with closing(Pipeline(Cache(), jobs=1)) as pipeline:
        snapshot = pipeline.read(FILES)
        context = snapshot.graph.site_context(pipeline.replies(snapshot))
        collection = snapshot.link_all().collection
        for target in all_targets(snapshot.graph):
            output = target.render(collection, SETTINGS, context)
            assert [page.path for page in output.pages] == list(target.page_paths)
            for path in target.page_paths:
                assert target_of_page(path, snapshot) == target
            for path in [*output.files, *target.copied_files]:
                assert target in targets_for_path(path, snapshot), path
        assert target_of_page("nowhere/index.md", snapshot) is None
