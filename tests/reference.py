"""What a site is, in one function and without any cache: what the pipeline is measured by.

Everything is read, linked up, checked and made at once, in this process, from plain values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pydantic import BaseModel

from generator.addresses import urls
from generator.addresses.sections import SECTIONS
from generator.build.dependencies import DependencyGraph
from generator.build.file_summary import summarise
from generator.build.targets import TargetOutput, all_targets
from generator.collection.linker import Collection, link
from generator.collection.reply_status import count_replies
from generator.exports.aggregate_files import AggregateFile, Fragment, joined
from generator.model.references import references_of
from generator.reading.loader import LoadedProject, assemble, read_file
from generator.reading.problems import Problem, Severity
from generator.reading.selection import Selection
from generator.rendering.error_pages import broken_pages
from generator.rendering.pages import Page
from generator.rendering.settings import Settings
from generator.rules import (
    check_briefing,
    check_registries,
    merged,
)
from generator.rules.address_taken import check_files
from generator.rules.base import CheckSettings
from generator.search.records import SearchPage

#: Tests change one file or two of a project, and load the others again and again.
_read_file = lru_cache(maxsize=500)(read_file)


def load(files: Mapping[str, bytes], selection: Selection | None = None) -> LoadedProject:
    """Read ``files``: path from the project's root, with ``/``, to content.

    ``selection`` says which of those that are no source the site publishes.
    """
    read_files = [_read_file(path, files[path]) for path in sorted(files)]
    briefings = {
        file.name: file.reading for file in read_files if file.kind == "briefing" and file.reading
    }
    owners: dict[str, list[str]] = {}
    for key, reading in briefings.items():
        for alias in reading.value.aliases:
            owners.setdefault(alias, []).append(key)
    translations = {
        file.name: file.reading
        for file in read_files
        if file.kind == "translation" and file.reading
    }
    of: dict[str, list[str]] = {}
    for name, translation in translations.items():
        of.setdefault(translation.value.translation_of, []).append(name)
    site_selection = selection or Selection()
    return assemble(read_files, files, briefings, owners, site_selection, translations, of)


def check_site(
    files: Mapping[str, bytes],
    options: CheckSettings | None = None,
    selection: Selection | None = None,
) -> list[Problem]:
    """Every problem of every file, in the order of the files."""
    loaded = load(files, selection)
    return _problems(loaded, link(loaded), options or CheckSettings())


def _problems(
    loaded: LoadedProject, collection: Collection, options: CheckSettings
) -> list[Problem]:
    problems = [
        problem
        for key in loaded.briefings
        for problem in check_briefing(key, loaded, collection, options)
    ]
    problems += check_registries(loaded, collection, options)
    return merged((*loaded.problems, *check_files(loaded)), problems)


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
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]


def build_site(
    files: Mapping[str, bytes],
    settings: Settings,
    options: CheckSettings | None = None,
    *,
    preview: bool = False,
) -> Site:
    """The site made from ``files``, path from the project's root to content.

    A ``preview`` shows drafts, and a page of mistakes in place of each file that has some.
    """
    loaded = load(files)
    collection = link(loaded)
    problems = _problems(loaded, collection, options or CheckSettings())
    if not preview:
        if any(problem.severity is Severity.ERROR for problem in problems):
            return Site((), {}, tuple(problems))
        if any(briefing.is_draft for briefing in collection.briefings.values()):
            collection = link(loaded, drafts=False)
    graph = outlined(collection, settings.sections)
    context = graph.site_context(count_replies(collection.briefings.values()))
    parts = [target.render(collection, settings, context) for target in all_targets(graph)]
    pages = {page.path: page for part in parts for page in part.pages}
    if preview:
        pages |= broken_pages(loaded, files, problems, settings)
    return Site(
        tuple(pages.values()),
        _assets(parts, collection, files),
        tuple(problems),
        tuple(page for part in parts for page in part.search_pages),
    )


def outlined(collection: Collection, sections: Sequence[str] = SECTIONS) -> DependencyGraph:
    """The outlines of a collection that is there as a whole."""
    registries: dict[str, dict[str, BaseModel]] = {
        kind: {key: entry.model for key, entry in entries.items() if entry.model}
        for kind, entries in collection.subjects()
    }
    shared = (source for source in collection.sources if source.briefing is None)
    registries["sources"] = {source.id: source.model for source in shared if source.model}
    models = {key: briefing.model for key, briefing in collection.briefings.items()}
    return DependencyGraph(
        {key: summarise(model, references_of(model)) for key, model in models.items()},
        registries,
        sections,
    )


def _assets(
    parts: list[TargetOutput], collection: Collection, files: Mapping[str, bytes]
) -> dict[str, bytes]:
    copies = {
        urls.briefing_yaml(key): files[briefing.path]
        for key, briefing in collection.briefings.items()
    }
    own = {path: content for part in parts for path, content in part.files.items()}
    shared = (file for part in parts for file in part.aggregates)
    merged = together(shared, (share for part in parts for share in part.fragments))
    return {**copies, **own, **dict(merged)}


def together(
    files: Iterable[AggregateFile], shares: Iterable[Fragment]
) -> Iterator[tuple[str, bytes]]:
    """Path and content of each of ``files`` with its ``fragments``."""
    by_path: dict[str, list[Fragment]] = {}
    for share in shares:
        by_path.setdefault(share.path, []).append(share)
    for file in files:
        yield file.path, joined(file, by_path.get(file.path, ()))
