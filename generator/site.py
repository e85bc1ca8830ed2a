"""From files to a site, in one function: the table of contents of the generator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator import routes
from generator.checks import check
from generator.checks.rule import Options
from generator.collection import Collection, collect
from generator.exports.files import data_files
from generator.exports.search import SearchPage, search_pages
from generator.loading import Loaded, load
from generator.problems import Problem, Severity
from generator.redirects import redirects
from generator.rendering import Page, broken_page, render
from generator.view import Settings


@dataclass(frozen=True, slots=True)
class Site:
    """What a build publishes, and what is wrong with what it is made from.

    ``pages`` are Markdown, ``assets`` bytes by path; both paths are below the site's root.
    ``found`` are what the search is to find.
    """

    pages: tuple[Page, ...]
    assets: dict[str, bytes]
    problems: tuple[Problem, ...]
    found: tuple[SearchPage, ...] = ()

    @property
    def errors(self) -> list[Problem]:
        """The problems that stop publication."""
        return [one for one in self.problems if one.severity is Severity.ERROR]


def build_site(
    files: Mapping[str, bytes],
    settings: Settings,
    options: Options | None = None,
    *,
    preview: bool = False,
) -> Site:
    """The site made from ``files``, path from the project's root to content.

    A ``preview`` shows drafts, and a page of mistakes in place of each file that has some.
    """
    loaded = load(files)
    collection = collect(loaded)
    problems = sorted((*loaded.problems, *check(loaded, collection, options)))
    if preview:
        return Site(
            tuple(_preview_pages(loaded, collection, files, problems, settings)),
            _assets(collection, files, settings),
            tuple(problems),
            tuple(search_pages(collection, settings)),
        )
    if any(one.severity is Severity.ERROR for one in problems):
        return Site((), {}, tuple(problems))
    has_drafts = any(one.is_draft for one in collection.briefings.values())
    published = collect(loaded, drafts=False) if has_drafts else collection
    return Site(
        tuple(render(published, settings)),
        _assets(published, files, settings),
        tuple(problems),
        tuple(search_pages(published, settings)),
    )


def check_site(files: Mapping[str, bytes], options: Options | None = None) -> list[Problem]:
    """Every problem of every file, in the order of the files."""
    loaded = load(files)
    return sorted((*loaded.problems, *check(loaded, collect(loaded), options)))


def _preview_pages(
    loaded: Loaded,
    collection: Collection,
    files: Mapping[str, bytes],
    problems: list[Problem],
    settings: Settings,
) -> list[Page]:
    wrong: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.severity is Severity.ERROR:
            wrong.setdefault(problem.location.path, []).append(problem)
    names = {one.path: key for key, one in collection.briefings.items()}
    names |= {broken.path: key for key, broken in loaded.broken.items()}
    broken = {
        routes.briefing(key): broken_page(key, path, files[path], wrong[path], settings)
        for path, key in names.items()
        if path in wrong
    }
    pages = {page.path: page for page in render(collection, settings)} | broken
    return list(pages.values())


def _assets(
    collection: Collection, files: Mapping[str, bytes], settings: Settings
) -> dict[str, bytes]:
    copies = {
        routes.briefing_yaml(key): files[briefing.path]
        for key, briefing in collection.briefings.items()
    }
    return {**redirects(collection, settings), **copies, **dict(data_files(collection, settings))}
