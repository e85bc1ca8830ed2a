"""Pages that a preview shows in place of briefings with mistakes."""

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
    """A page of mistakes, by its path, for each briefing that has some."""
    wrong: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.severity is Severity.ERROR:
            wrong.setdefault(problem.location.path, []).append(problem)
    names = {f"{BRIEFINGS}{key}.yml": key for key in (*loaded.briefings, *loaded.broken)}
    return {
        urls.briefing(key): broken_page(key, path, files[path], wrong[path], settings)
        for path, key in names.items()
        if path in wrong
    }
