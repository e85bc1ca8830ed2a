"""What a live preview says above a page about mistakes in the files behind the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from generator.collection.linker import Collection
from generator.reading.problems import Problem, Severity
from generator.rendering.settings import Settings
from generator.rendering.templates import environment
from generator.rendering.view import View

#: How many files with mistakes are named.
MOST = 5


class Notices:
    """What is said above each page of one build.

    ``page_of`` tells for a file that has a page of its own the path of that page. A page of
    mistakes doesn't repeat its own.
    """

    def __init__(
        self, problems: Iterable[Problem], page_of: Callable[[str], str | None], settings: Settings
    ) -> None:
        self._page_of, self._settings = page_of, settings
        self._errors: dict[str, list[Problem]] = {}
        self._warnings: dict[str | None, list[Problem]] = {}
        for problem in problems:
            file = problem.location.path
            if problem.severity is Severity.WARNING:
                self._warnings.setdefault(page_of(file), []).append(problem)
            else:
                self._errors.setdefault(file, []).append(problem)

    def above(self, here: str) -> str:
        """HTML for the top of the page at path ``here``; empty where there is nothing to say."""
        warnings = self._warnings.get(here, [])
        pages = {file: self._page_of(file) for file in self._errors}
        view = View(here, self._settings, Collection())
        errors = [
            (file, view.relative_url(page) if page else "", self._errors[file])
            for file, page in pages.items()
            if page != here
        ]
        if not errors and not warnings:
            return ""
        template = environment().get_template("notice.html")
        return template.render(errors=errors, warnings=warnings, most=MOST)
