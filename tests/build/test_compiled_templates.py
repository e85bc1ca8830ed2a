"""Templates are compiled once for all builds of a project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment

from generator.build.artifacts import build_targets
from generator.build.cache import Cache
from generator.build.compiled_templates import TemplateCache
from generator.build.pipeline import Pipeline
from generator.rendering.settings import Settings
from generator.rendering.templates import clear_caches, environment
from tests import compiled_templates
from tests.fiction import briefing, files

SETTINGS = Settings(name="Fiction")


@pytest.fixture(autouse=True)
def templates_of_a_new_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # Other tests of the run share what they compile.
    monkeypatch.setattr(TemplateCache, "load_bytecode", compiled_templates._load)
    clear_caches()
    yield
    clear_caches()


def _build(cache: Path, title: str, program: bytes) -> None:
    """Build a site of one briefing, as a new process does."""
    clear_caches()
    pipeline = Pipeline(Cache(cache), jobs=1)
    pipeline.program = program
    try:
        build_targets(pipeline, pipeline.read(files({"x": briefing(title=title)})), SETTINGS)
    finally:
        pipeline.close()


def test_templates_of_pages_are_compiled_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[str] = []
    compile_template = Environment.compile

    def compile(self: Environment, source: str, name: str, filename: str) -> object:
        compiled.append(name)
        return compile_template(self, source, name, filename)

    monkeypatch.setattr(Environment, "compile", compile)
    _build(tmp_path / "cache.sqlite", "Fiction", b"1")
    assert compiled.count("briefing.md") == compiled.count("macros.html") == 1
    compiled.clear()
    _build(tmp_path / "cache.sqlite", "More fiction", b"1")
    assert compiled == []
    _build(tmp_path / "cache.sqlite", "More fiction", b"2")
    assert "briefing.md" in compiled


def test_a_template_that_is_loaded_after_its_build_is_compiled(tmp_path: Path) -> None:
    _build(tmp_path / "cache.sqlite", "Fiction", b"1")
    before = (tmp_path / "cache.sqlite").read_bytes()
    assert environment(SETTINGS.interface).get_template("notice.html")
    assert (tmp_path / "cache.sqlite").read_bytes() == before


def test_a_closed_cache_finds_and_stores_nothing(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache.sqlite")
    cache.put_many({b"key": b"value"})
    cache.close()
    cache.put_many({b"other": b"value"})
    assert cache.get_many([b"key", b"other"]) == {}
    assert cache.existing([b"key", b"other"]) == set()
