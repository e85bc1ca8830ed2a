"""The search index of a preview is built again after a failure."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing import active_children
from pathlib import Path

import pytest

from generator.build.artifacts import SearchCorpus
from generator.build.cache import Cache
from generator.build.pipeline import Pipeline
from generator.mkdocs_plugin import preview_search
from generator.mkdocs_plugin.preview_search import IndexingProcess, PreviewIndex
from generator.reading.source_files import SourceFiles
from generator.rendering.settings import Settings
from generator.search.index import ENTRY, FOLDER
from tests.fiction import briefing, files


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[SearchCorpus]:
    for path, content in files({"x": briefing()}).items():
        file = tmp_path / "project" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    project = tmp_path / "project"
    with closing(Pipeline(Cache(tmp_path / "cache.sqlite"), jobs=1)) as pipeline:
        snapshot = pipeline.read(SourceFiles(project / "briefings", project / "data"))
        yield SearchCorpus(pipeline, snapshot, Settings())


@pytest.fixture
def indexing() -> Iterator[IndexingProcess]:
    process = IndexingProcess()
    yield process
    process.close()


def _within(seconds: float, holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    return holds()


def test_a_failed_index_is_reported_and_built_again(
    corpus: SearchCorpus,
    indexing: IndexingProcess,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(preview_search, "_DELAY", 0.02)
    monkeypatch.setenv("PYTHONHASHSEED", "no number")  # so that a new Python process fails at once
    index = PreviewIndex(indexing)
    with caplog.at_level(logging.WARNING):
        index.refresh(corpus)
        assert _within(30, lambda: "The search index could not be built (" in caplog.text)
    assert index.file("search-index/entry.json") is None
    monkeypatch.delenv("PYTHONHASHSEED")
    assert _within(60, lambda: index.file("search-index/entry.json") is not None)
    index.close()


def test_one_process_builds_all_indexes_and_how_it_ended_is_reported(
    corpus: SearchCorpus, indexing: IndexingProcess, tmp_path: Path
) -> None:
    first, second, third = (tmp_path / name for name in ("first", "second", "third"))
    others = set(active_children())
    assert [indexing.write(corpus, folder) for folder in (first, second)] == [None, None]
    assert (first / FOLDER / ENTRY).read_bytes() == (second / FOLDER / ENTRY).read_bytes()
    (process,) = set(active_children()) - others
    process.kill()
    assert indexing.write(corpus, third) == "exit code -9"
    assert not third.exists()


def test_a_process_without_work_ends_and_another_one_builds_the_next_index(
    corpus: SearchCorpus, tmp_path: Path
) -> None:
    indexing = IndexingProcess(idle_seconds=0.01)
    others = set(active_children())
    for name in ("first", "second"):
        assert indexing.write(corpus, tmp_path / name) is None
        assert _within(30, lambda: set(active_children()) <= others)
    assert (tmp_path / "second" / FOLDER / ENTRY).is_file()
