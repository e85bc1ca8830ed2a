"""From files to a site, in one function: the table of contents of the generator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator import routes
from generator.checks import check, merged
from generator.checks.rule import Options
from generator.collection import Collection, collect
from generator.exports.search import SearchPage
from generator.exports.shares import together
from generator.loading import BRIEFINGS, Loaded, load
from generator.outlines import outlined
from generator.problems import Problem, Severity
from generator.rendering import Page, broken_page
from generator.replies import count_replies
from generator.units import Made, make
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
    problems = merged(loaded.problems, check(loaded, collection, options))
    if not preview:
        if any(one.severity is Severity.ERROR for one in problems):
            return Site((), {}, tuple(problems))
        if any(one.is_draft for one in collection.briefings.values()):
            collection = collect(loaded, drafts=False)
    outlines = outlined(collection)
    whole = outlines.whole(count_replies(collection.briefings.values()))
    parts = outlines.units()
    made = [make(unit, collection, settings, whole) for unit in parts]
    pages = {page.path: page for one in made for page in one.pages}
    if preview:
        pages |= broken_pages(loaded, files, problems, settings)
    return Site(
        tuple(pages.values()),
        _assets(made, collection, files),
        tuple(problems),
        tuple(page for one in made for page in one.found),
    )


def check_site(files: Mapping[str, bytes], options: Options | None = None) -> list[Problem]:
    """Every problem of every file, in the order of the files."""
    loaded = load(files)
    return merged(loaded.problems, check(loaded, collect(loaded), options))


def broken_pages(
    loaded: Loaded,
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
        routes.briefing(key): broken_page(key, path, files[path], wrong[path], settings)
        for path, key in names.items()
        if path in wrong
    }


def _assets(
    made: Iterable[Made], collection: Collection, files: Mapping[str, bytes]
) -> dict[str, bytes]:
    copies = {
        routes.briefing_yaml(key): files[briefing.path]
        for key, briefing in collection.briefings.items()
    }
    own = {path: content for one in made for path, content in one.files.items()}
    shared = (file for one in made for file in one.shared)
    whole = together(shared, (share for one in made for share in one.shares))
    return {**copies, **own, **dict(whole)}
