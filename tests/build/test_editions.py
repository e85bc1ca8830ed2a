"""The snapshots of a site's editions: names are in the edition's language. All is fictional."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from generator.build.cache import Cache
from generator.build.editions import in_language, with_names
from generator.build.pipeline import Pipeline
from generator.build.snapshot import Snapshot
from tests.fiction import briefing, files

NAMES = "{fr: Norlande, en: Norland, ar: نورلاند}"


@pytest.fixture
def pipeline(tmp_path: Path) -> Iterator[Pipeline]:
    with closing(Cache(tmp_path / "cache")) as cache:
        yield Pipeline(cache, jobs=1)


def _read(pipeline: Pipeline, names: str) -> Snapshot:
    actors = f"norland: {{name: {names}, type: state}}\nesteria: {{name: Esteria, type: state}}\n"
    held = dict(files({"river": briefing()}))
    return pipeline.read({**held, "data/actors.yml": actors.encode()})


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Norland"), ("fr", "Norlande"), ("ar", "نورلاند"), ("de", "Norlande")],
)
def test_each_edition_has_the_names_in_its_language(
    pipeline: Pipeline, language: str, name: str
) -> None:
    snapshot = _read(pipeline, NAMES)
    for edition in (in_language(snapshot, language, "en"), with_names(snapshot, language)):
        assert edition.link_all().collection.actors["norland"].name == name
        assert edition.linked(["river"]).loaded.actors["norland"].name == name
        assert edition.graph.registries["actors"]["norland"].name == name
        assert edition.loaded.actors["esteria"].name == "Esteria"


def test_a_changed_name_changes_what_pages_of_the_edition_depend_on(pipeline: Pipeline) -> None:
    before, after = (
        in_language(_read(pipeline, names), "fr", "en")
        for names in (NAMES, NAMES.replace("Norlande", "La Norlande"))
    )
    key = ("actor", "norland")
    assert before.graph.entries.digest(key) != after.graph.entries.digest(key)
    other = ("actor", "esteria")
    assert before.graph.entries.digest(other) == after.graph.entries.digest(other)


def test_editions_in_two_languages_have_different_keys(pipeline: Pipeline) -> None:
    snapshot = _read(pipeline, NAMES)
    english, french = (with_names(snapshot, language) for language in ("en", "fr"))
    key = ("actor", "norland")
    assert english.graph.entries.digest(key) != french.graph.entries.digest(key)


def test_without_names_by_language_the_snapshot_stays_the_same(pipeline: Pipeline) -> None:
    snapshot = _read(pipeline, "Norland")
    assert with_names(snapshot, "fr") is snapshot
