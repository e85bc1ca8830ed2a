"""The generated pages and files of one build of the live preview, each rendered on request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.addresses import urls
from generator.build.batches import make_batches
from generator.build.compiled_templates import cache_templates
from generator.build.pipeline import Pipeline
from generator.build.snapshot import Snapshot
from generator.build.targets import (
    BriefingTarget,
    Target,
    TargetOutput,
    target_of_page,
    targets_for_path,
)
from generator.exports.aggregate_files import Fragment, joined
from generator.mkdocs_plugin.placeholder_page import RenderedPage
from generator.mkdocs_plugin.theme_pages import ThemeRenderer
from generator.reading.problems import Problem
from generator.rendering.error_pages import broken_pages
from generator.rendering.pages import Page
from generator.rendering.settings import Settings
from generator.rendering.templates import environment


@dataclass(frozen=True, slots=True)
class PreviewSite:
    """The site as of one build. ``folder`` is where MkDocs has written its own files.

    ``reserved_paths`` are the output paths of these. A file with errors has a page that lists them
    (``error_pages``, by Markdown path). ``editions`` are those in other languages, by the path of
    each below the site's root: ``fr/``.
    """

    pipeline: Pipeline
    snapshot: Snapshot
    problems: list[Problem]
    settings: Settings
    renderer: ThemeRenderer
    folder: Path
    reserved_paths: frozenset[str]
    error_pages: dict[str, Page] = field(init=False)
    editions: dict[str, PreviewSite] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        templates = environment(self.settings.interface)
        cache_templates(templates, self.pipeline.cache, self.pipeline.program)
        loaded, files = self.snapshot.loaded, self.snapshot.files
        error_pages = broken_pages(loaded, files, self.problems, self.settings)
        for briefing in self.snapshot.graph.elsewhere:
            error_pages.pop(urls.briefing(briefing), None)
        object.__setattr__(self, "error_pages", error_pages)

    def page(self, path: str) -> Page | None:
        """The page with this Markdown path, without the theme."""
        if path in self.error_pages:
            return self.error_pages[path]
        target = target_of_page(path, self.snapshot)
        pages = self._output(target).pages if target else ()
        return next((page for page in pages if page.path == path), None)

    def rendered_page(self, path: str) -> RenderedPage | None:
        """The page with this Markdown path, with the theme."""
        page = self.page(path)
        return self.renderer.render(page) if page else None

    def is_reserved(self, path: str) -> bool:
        """Whether MkDocs has written the file with this output path."""
        for prefix, edition in self.editions.items():
            if path.startswith(prefix):
                return edition.is_reserved(path.removeprefix(prefix))
        return path in self.reserved_paths

    def content(self, path: str) -> bytes | None:
        """The page or file with this output path; None if there is none."""
        for prefix, edition in self.editions.items():
            if path.startswith(prefix):
                return edition.content(path.removeprefix(prefix))
        stem, is_page, _ = path.rpartition(".html")
        is_index = stem == "index" or stem.endswith("/index")
        if is_page and (is_index or not self.settings.directory_urls):
            page = self.rendered_page(f"{stem}.md")
            if page and page.html:
                return page.html.encode()
        return self.file(path)

    def file(self, path: str) -> bytes | None:
        """The file with this output path, if it is not a page."""
        for target in targets_for_path(path, self.snapshot):
            if source := target.copied_files.get(path):
                return self.snapshot.files[source]
            output = self._output(target)
            for aggregate in output.aggregates:
                if aggregate.path == path:
                    return joined(aggregate, self._fragments())
            if path in output.files:
                return output.files[path]
        return None

    def _output(self, target: Target) -> TargetOutput:
        """Render one target; empty for a briefing that can't be read."""
        graph = self.snapshot.graph
        if isinstance(target, BriefingTarget) and target.id not in graph.briefings:
            return TargetOutput()
        replies = self.pipeline.replies(self.snapshot) if target.needs_replies else {}
        collection = self.snapshot.linked(graph.inputs(target)).collection
        return target.render(collection, self.settings, graph.site_context(replies))

    def _fragments(self) -> Iterator[Fragment]:
        """The fragments of aggregate files from all briefings, a few briefings at a time."""
        graph = self.snapshot.graph
        context = graph.site_context({})
        targets = {target: graph.inputs(target) for target in BriefingTarget.all(graph)}
        for batch in make_batches(targets, self.snapshot, self.pipeline.jobs):
            collection = batch.link().collection
            for target in batch.items:
                yield from target.render_files(collection, self.settings, context).fragments
