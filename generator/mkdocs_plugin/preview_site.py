"""The generated pages and files of one build of the live preview, each rendered on request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.addresses import urls
from generator.build.batches import load_collection, make_batches
from generator.build.pipeline import Pipeline
from generator.build.render_target import TargetOutput, page_paths, render
from generator.build.snapshot import Snapshot
from generator.build.targets import SITE, Target
from generator.exports.aggregate_files import Fragment, joined
from generator.exports.all_files import briefing_data
from generator.mkdocs_plugin.lazy_files import target_of
from generator.mkdocs_plugin.placeholder_page import RenderedPage
from generator.mkdocs_plugin.theme_pages import ThemeRenderer
from generator.reading.problems import Problem
from generator.rendering.error_pages import broken_pages
from generator.rendering.pages import TITLES, Page
from generator.rendering.view import Settings


@dataclass(frozen=True, slots=True)
class PreviewSite:
    """The site as of one build. ``folder`` is where MkDocs has written its own files.

    ``reserved_paths`` are the output paths of these. A file with errors has a page that lists them
    (``error_pages``, by Markdown path).
    """

    pipeline: Pipeline
    snapshot: Snapshot
    problems: list[Problem]
    settings: Settings
    renderer: ThemeRenderer
    folder: Path
    reserved_paths: frozenset[str]
    error_pages: dict[str, Page] = field(init=False)

    def __post_init__(self) -> None:
        loaded, files = self.snapshot.loaded, self.snapshot.files
        error_pages = broken_pages(loaded, files, self.problems, self.settings)
        object.__setattr__(self, "error_pages", error_pages)

    def page(self, path: str) -> Page | None:
        """The page with this Markdown path, without the theme."""
        if path in self.error_pages:
            return self.error_pages[path]
        if path in TITLES:
            return next(page for page in self._output(SITE).pages if page.path == path)
        target = target_of(path, self.snapshot)
        if target is None or path not in page_paths(target):
            return None
        return next(iter(self._output(target).pages), None)

    def rendered_page(self, path: str) -> RenderedPage | None:
        """The page with this Markdown path, with the theme."""
        page = self.page(path)
        return self.renderer.render(page) if page else None

    def content(self, path: str) -> bytes | None:
        """The page or file with this output path; None if there is none."""
        stem, is_page, _ = path.rpartition(".html")
        is_index = stem == "index" or stem.endswith("/index")
        if is_page and (is_index or not self.settings.directory_urls):
            page = self.rendered_page(f"{stem}.md")
            if page and page.html:
                return page.html.encode()
        return self.file(path)

    def file(self, path: str) -> bytes | None:
        """The file with this output path, if it is not a page."""
        target = target_of(path, self.snapshot)
        if target and target.kind == "briefings" and path == urls.briefing_yaml(target.id):
            return self.snapshot.files[f"briefings/{target.id}.yml"]
        if target and (content := self._output(target).files.get(path)):
            return content
        if not path.startswith(("data/", "feeds/", "assets/")):
            return None
        output = self._output(SITE)
        aggregate = next((file for file in output.shared if file.path == path), None)
        if aggregate is None:
            return output.files.get(path)
        return joined(aggregate, (part for part in self._fragments() if part.path == path))

    def _output(self, target: Target) -> TargetOutput:
        """Render one target; empty for a briefing that can't be read."""
        graph = self.snapshot.graph
        if target.kind == "briefings" and target.id not in graph.briefings:
            return TargetOutput()
        replies = self.pipeline.replies(self.snapshot) if target == SITE else {}
        collection = self.snapshot.part(graph.inputs(target))
        return render(target, collection, self.settings, graph.whole(replies))

    def _fragments(self) -> Iterator[Fragment]:
        """The fragments of aggregate files from all briefings, a few briefings at a time."""
        targets = [Target("briefings", key) for key in self.snapshot.graph.briefings]
        for batch in make_batches(targets, self.snapshot, self.pipeline.jobs):
            collection = load_collection(self.snapshot, batch)
            for target in batch.targets:
                briefing = collection.briefings[target.id]
                yield from briefing_data(briefing, collection, self.settings).fragments
