"""Pages that the preview shows instead of briefings with errors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator.addresses import urls
from generator.collection.linker import Collection
from generator.reading import problem_formats
from generator.reading.loader import BRIEFINGS, LoadedProject
from generator.reading.problems import Problem, Severity
from generator.rendering.pages import Page, render_page
from generator.rendering.settings import Settings


def broken_pages(
    loaded: LoadedProject,
    files: Mapping[str, bytes],
    problems: Iterable[Problem],
    settings: Settings,
) -> dict[str, Page]:
    """A page with the errors of each briefing that has some, by its path."""
    by_path: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.severity is Severity.ERROR:
            by_path.setdefault(problem.location.path, []).append(problem)
    briefing_ids = {f"{BRIEFINGS}{key}.yml": key for key in (*loaded.briefings, *loaded.broken)}
    return {
        urls.briefing(key): broken_page(key, path, files[path], by_path[path], settings)
        for path, key in briefing_ids.items()
        if path in by_path
    }


def broken_page(
    briefing_id: str, path: str, content: bytes, problems: list[Problem], settings: Settings
) -> Page:
    """The page with the errors of a briefing's file; it quotes their lines from ``content``."""
    excerpts = [(problem, problem_formats.excerpt(problem, content)) for problem in problems]
    page_path = urls.briefing(briefing_id)
    page = render_page(page_path, "error.md", Collection(), settings, file=path, problems=excerpts)
    return replace(page, source=path)
