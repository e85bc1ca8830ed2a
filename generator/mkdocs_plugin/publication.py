"""The part of a published site that MkDocs doesn't write itself, which is nearly all of it.

MkDocs renders and writes handwritten pages, the theme's files, and a placeholder for each generated
page in the menu. All other pages and files are rendered and written here, into the same folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from urllib.parse import urljoin

from markupsafe import Markup
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

from generator.addresses import urls
from generator.build.artifacts import SearchCorpus, build_targets
from generator.build.pipeline import Pipeline
from generator.build.snapshot import Snapshot
from generator.build.targets import BriefingTarget, Target
from generator.build.workers import parallel_map
from generator.mkdocs_plugin.placeholder_page import RenderedPage
from generator.mkdocs_plugin.theme_pages import ThemeRenderer
from generator.publishing import pdf
from generator.publishing.output_folder import Manifest, OutputFolder
from generator.publishing.search_index import SearchIndex
from generator.publishing.site_writer import SiteWriter
from generator.rendering.settings import Settings
from generator.search.records import SearchPage

DatedPages = Iterator[tuple[Target, str, str]]
"""Target and path of pages, with the day of their last change (ISO 8601, or empty)."""


class NotRendered:
    """Takes the place of a ``Publication`` before its targets have been rendered."""

    targets: Sequence[Target] = ()

    def page(self, target: Target, path: str) -> RenderedPage | None:
        """No page has been rendered."""
        return None

    def dates(self, targets: Iterable[Target]) -> DatedPages:
        """No page is known."""
        return iter(())

    def write_rest(self) -> None:
        """Nothing has been rendered."""

    def write_index(self) -> Manifest:
        """Nothing has been written."""
        return {}

    def abort(self) -> None:
        """Nothing is running."""


@dataclass(frozen=True, slots=True)
class Publication:
    """The rendered targets of a site, in the middle of being written. ``start`` makes one.

    ``menu`` are MkDocs' files of the generated pages in the menu, with their targets.
    """

    settings: Settings
    folder: OutputFolder
    menu: Sequence[tuple[Target, File]]
    writer: SiteWriter
    index: SearchIndex

    @classmethod
    def start(
        cls,
        pipeline: Pipeline,
        snapshot: Snapshot,
        settings: Settings,
        folder: OutputFolder,
        menu: Sequence[tuple[Target, File]],
        handwritten: tuple[SearchPage, ...],
        renderer: ThemeRenderer,
        theme_digest: bytes | None,
    ) -> Publication:
        """Render all targets, and write those that have no page in the menu.

        ``theme_digest`` is None if it is unknown; then every page is rendered again.
        """
        artifacts = build_targets(pipeline, snapshot, settings, renderer.render, theme_digest)
        key = SearchCorpus(pipeline, snapshot, settings, handwritten).key
        # The index is built while the files are written.
        index = SearchIndex(
            key,
            pipeline.cache,
            lambda: chain(artifacts.search_pages(), handwritten),
            pipeline.jobs,
        )
        try:
            writer = SiteWriter(snapshot, artifacts, folder, pipeline.jobs)
            in_menu = {target for target, _ in menu}
            writer.write_targets(target for target in artifacts.keys if target not in in_menu)
        except BaseException:
            index.abort()
            raise
        return cls(settings, folder, menu, writer, index)

    @property
    def targets(self) -> Sequence[Target]:
        """All targets of the site."""
        return list(self.writer.artifacts.keys)

    def page(self, target: Target, path: str) -> RenderedPage | None:
        """A rendered page by its target and Markdown path."""
        page: RenderedPage | None = self.writer.artifacts.pages(target).get(path)
        return page

    def dates(self, targets: Iterable[Target]) -> DatedPages:
        """The pages of targets with their dates, as sitemaps show them."""
        for target in targets:
            for path, day in self.writer.artifacts.dates(target).items():
                yield target, path, day.isoformat() if day else ""

    def write_rest(self) -> None:
        """Write the rest but the search index: pages in the menu, aggregate files, PDF files."""
        self.writer.write_targets(dict.fromkeys(target for target, _ in self.menu))
        self.writer.write_aggregates()
        if self.settings.pdf:
            self.folder.write(self._pdf_files())

    def write_index(self) -> Manifest:
        """Wait for the search index and write it.

        Returns the manifest of everything that has been written.
        """
        self.writer.write(self.index.key, self.index.files)
        self.abort()  # if the previous index was reused, the new one isn't needed
        return self.writer.manifest

    def abort(self) -> None:
        """Stop the indexer."""
        self.index.abort()

    def _pdf_files(self) -> Iterator[tuple[str, bytes]]:
        pages = [
            (target.id, page)
            for target in self.targets
            if isinstance(target, BriefingTarget)
            and (page := self.page(target, urls.briefing(target.id)))
            and page.content
        ]
        return parallel_map(self._pdf_file, pages, self.writer.jobs)

    def _pdf_file(self, briefing_page: tuple[str, RenderedPage]) -> tuple[str, bytes]:
        """The path and content of a briefing's PDF file, from its id and its page."""
        briefing_id, page = briefing_page
        path = page.path
        if self.settings.directory_urls:
            path = path.removesuffix("index.html")
        try:
            content = pdf.pdf(
                page.content,
                title=str(Markup(page.title).unescape()),
                language=self.settings.language,
                address=urljoin(self.settings.url, path) if self.settings.url else "",
            )
        except pdf.PdfError as error:
            raise PluginError(f"Briefing {briefing_id}: {error}") from None
        return urls.briefing_pdf(briefing_id), content
