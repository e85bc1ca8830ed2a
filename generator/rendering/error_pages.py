"""Pages that the preview shows instead of briefings with errors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.addresses import urls
from generator.reading.loader import BRIEFINGS, LoadedProject
from generator.reading.problems import Problem, Severity
from generator.rendering.pages import Page, broken_page
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
