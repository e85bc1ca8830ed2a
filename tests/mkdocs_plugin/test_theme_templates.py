"""Templates are compiled once for all builds of a project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from generator.build.cache import Cache
from generator.locale.interface import interface_in
from generator.mkdocs_plugin.theme_templates import _TemplateCache, prepare_environment
from generator.rendering.imprint import Imprint, ImprintTexts
from generator.rendering.templates import clear_caches
from generator.rendering.templates import environment as page_environment
from tests import compiled_templates


@pytest.fixture(autouse=True)
def templates_of_a_new_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # Other tests of the run share what they compile.
    monkeypatch.setattr(_TemplateCache, "load_bytecode", compiled_templates._load)
    clear_caches()
    yield
    clear_caches()


def _load_templates(cache: Cache, program: bytes) -> None:
    """Load a template of the theme and one of pages, as a build by ``program`` does."""
    clear_caches()
    imprint = ImprintTexts(Imprint(), "en", "", lambda language: language)
    theme = Environment(loader=DictLoader({"main.html": "{{ 1 + 1 }}"}))
    theme = prepare_environment(theme, cache, program, imprint, [], lambda path: [])
    assert theme.get_template("main.html").render() == "2"
    page_environment(interface_in("en", "")).get_template("search.md")


def test_templates_of_the_theme_and_of_pages_are_compiled_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[str] = []
    compile_template = Environment.compile

    def compile(self: Environment, source: str, name: str, filename: str) -> object:
        compiled.append(name)
        return compile_template(self, source, name, filename)

    monkeypatch.setattr(Environment, "compile", compile)
    for program, expected in (
        (b"1", ["main.html", "search.md"]),
        (b"1", []),
        (b"2", ["main.html", "search.md"]),
    ):
        cache = Cache(tmp_path / "cache.sqlite")
        _load_templates(cache, program)
        cache.close()
        assert compiled == expected, program
        compiled.clear()


def test_a_template_that_is_loaded_after_its_build_is_compiled(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache.sqlite")
    _load_templates(cache, b"1")
    cache.close()
    page_environment(interface_in("en", "")).get_template("timeline.md")
    assert cache.existing([b"any"]) == set()
    cache.put_many({b"any": b"value"})
    assert cache.get(b"any") is None
