"""The notices above pages of the live preview, about mistakes in the project's files."""

from __future__ import annotations

from dataclasses import dataclass

from generator.addresses import urls
from generator.collection.linker import Collection
from generator.model.languages import nearest
from generator.reading.loader import BRIEFINGS, LoadedProject, briefing_path
from generator.reading.problems import Problem, Severity
from generator.rendering.settings import Settings
from generator.rendering.templates import environment
from generator.rendering.view import View

#: How many files with errors a notice names.
MOST = 5


@dataclass(frozen=True, slots=True)
class _FileProblems:
    errors: list[Problem]
    warnings: list[Problem]


class Notices:
    """The notices of one build. A page that lists the errors of a file doesn't repeat them.

    The page of a translated briefing has the problems of the translation that this edition shows,
    other pages those of their briefing.
    """

    def __init__(self, problems: list[Problem], loaded: LoadedProject, settings: Settings) -> None:
        self._settings, self._loaded = settings, loaded
        self._files: dict[str, _FileProblems] = {}
        for problem in problems:
            own = self._files.setdefault(problem.location.path, _FileProblems([], []))
            own_list = own.warnings if problem.severity is Severity.WARNING else own.errors
            own_list.append(problem)
        # A briefing with errors has a page that lists them, whatever its translations say.
        self._translations = {
            original: name
            for original, name in _shown_translations(loaded, settings).items()
            if original in loaded.briefings and not self._has_errors(original)
        }
        self._translation_of_page = {
            urls.briefing(original): name for original, name in self._translations.items()
        }
        self._pages = {file: self._page_of(file) for file in self._files}
        self._file_of_page = {page: file for file, page in self._pages.items() if page}

    def above(self, path: str) -> str:
        """HTML for the top of the page with this Markdown path; empty if there are no mistakes."""
        file = self._file_of_page.get(path, "")
        own = self._files.get(file, _FileProblems([], []))
        is_translation = file in self._loaded.translation_files
        view = View(path, self._settings, Collection())
        errors = [
            (other, view.relative_url(page) if page else "", self._files[other].errors)
            for other, page in self._pages.items()
            if other != file and self._files[other].errors
        ]
        own_errors = own.errors if is_translation else []  # a briefing's are the page itself
        is_draft = self._is_draft_translation(path)
        if not errors and not own_errors and not own.warnings and not is_draft:
            return ""
        template = environment(self._settings.interface).get_template("notice.html")
        return template.render(
            errors=errors, own_errors=own_errors, warnings=own.warnings, is_draft=is_draft,
            most=MOST, what="translation" if is_translation else "file",
        )  # fmt: skip

    def _is_draft_translation(self, path: str) -> bool:
        """Whether the page with this Markdown path shows a translation that readers don't get."""
        reading = self._loaded.translations.get(self._translation_of_page.get(path, ""))
        return reading is not None and reading.value.status == "draft"

    def _page_of(self, file: str) -> str | None:
        """The Markdown path of the page of this edition that shows a file."""
        key = file.removeprefix(BRIEFINGS).removesuffix(".yml")
        if file != f"{BRIEFINGS}{key}.yml":
            return None
        if file in self._loaded.translation_files:
            original = key.rpartition(".")[0]
            return urls.briefing(original) if self._translations.get(original) == key else None
        is_shown = key in self._loaded.briefings or key in self._loaded.broken
        return urls.briefing(key) if is_shown and key not in self._translations else None

    def _has_errors(self, briefing: str) -> bool:
        problems = self._files.get(briefing_path(briefing))
        return bool(problems and problems.errors)


def _shown_translations(loaded: LoadedProject, settings: Settings) -> dict[str, str]:
    """The name of the translation that this edition shows, or would show if it could be read, by
    the id of the original.
    """
    if not settings.edition_path:
        return {}
    languages: dict[str, list[str]] = {}
    for file in sorted(loaded.translation_files):
        original, _, tag = file.removeprefix(BRIEFINGS).removesuffix(".yml").rpartition(".")
        languages.setdefault(original, []).append(tag)
    shown = {original: nearest(settings.language, tags) for original, tags in languages.items()}
    return {original: f"{original}.{tag}" for original, tag in shown.items() if tag}
