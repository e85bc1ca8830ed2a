"""The notices above pages of the live preview, about mistakes in the project's files."""

from __future__ import annotations

from generator.addresses import urls
from generator.collection.linker import Collection
from generator.reading.loader import BRIEFINGS, LoadedProject
from generator.reading.problems import Problem, Severity
from generator.rendering.settings import Settings
from generator.rendering.templates import environment
from generator.rendering.view import View

#: How many files with errors a notice names.
MOST = 5


class Notices:
    """The notices of one build. A page that lists the errors of a file doesn't repeat them."""

    def __init__(self, problems: list[Problem], loaded: LoadedProject, settings: Settings) -> None:
        self._settings = settings
        self._errors: dict[str, list[Problem]] = {}
        self._warnings: dict[str | None, list[Problem]] = {}
        for problem in problems:
            file = problem.location.path
            if problem.severity is Severity.WARNING:
                self._warnings.setdefault(_page_of(file, loaded), []).append(problem)
            else:
                self._errors.setdefault(file, []).append(problem)
        self._pages = {file: _page_of(file, loaded) for file in self._errors}

    def above(self, path: str) -> str:
        """HTML for the top of the page with this Markdown path; empty if there are no mistakes."""
        warnings = self._warnings.get(path, [])
        view = View(path, self._settings, Collection())
        errors = [
            (file, view.relative_url(page) if page else "", self._errors[file])
            for file, page in self._pages.items()
            if page != path
        ]
        if not errors and not warnings:
            return ""
        template = environment(self._settings.interface).get_template("notice.html")
        return template.render(errors=errors, warnings=warnings, most=MOST)


def _page_of(file: str, loaded: LoadedProject) -> str | None:
    """The Markdown path of the page that a briefing's file has."""
    key = file.removeprefix(BRIEFINGS).removesuffix(".yml")
    if file != f"{BRIEFINGS}{key}.yml":
        return None
    return urls.briefing(key) if key in loaded.briefings or key in loaded.broken else None
