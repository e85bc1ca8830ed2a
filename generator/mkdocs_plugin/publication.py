"""A build for publication: what MkDocs doesn't do of it, which is nearly all.

MkDocs lays out and writes pages written by hand, the theme's files, and a place for each page that
its menu names. The parts of the site are made, laid out and put into the same folder here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urljoin

from markupsafe import Markup
from mkdocs.structure.files import File

from generator.addresses import urls
from generator.build.artifacts import ArtifactStore, SearchCorpus, build_targets
from generator.build.pipeline import Pipeline
from generator.build.snapshot import Snapshot
from generator.build.targets import BriefingTarget, Target
from generator.mkdocs_plugin.theme_pages import RenderedPage, ThemeRenderer
from generator.publishing import pdf
from generator.publishing.output_folder import OutputFolder, load_manifest, save_manifest
from generator.publishing.search_index import BackgroundIndexer, keeping, kept_index
from generator.publishing.site_writer import SiteWriter
from generator.rendering.settings import Settings
from generator.search.records import SearchPage


class Publication:
    """Makes the site that ``snapshot`` files give, and puts it into ``folder``.

    ``site`` is where it will stand, ``old`` the folder of the one that stands now. ``taken`` are
    paths that MkDocs writes to; ``menu`` are MkDocs' files of pages that the menu names, with the
    part that each is of.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        snapshot: Snapshot,
        settings: Settings,
        *,
        folder: Path,
        site: Path,
        old: Path | None,
        reserved_paths: frozenset[str],
        menu: list[tuple[Target, File]],
    ) -> None:
        self._pipeline, self._known, self._settings = pipeline, snapshot, settings
        self._site, self._taken, self._menu = site, reserved_paths, menu
        groups = load_manifest(pipeline.cache, site, reserved_paths) if old else {}
        self._folder = OutputFolder(folder, reserved_paths, old, groups)
        self._publication: SiteWriter | None = None
        self._index: tuple[bytes, BackgroundIndexer | None] | None = None

    def begin(
        self, layout: ThemeRenderer, common: bytes | None, by_hand: tuple[SearchPage, ...]
    ) -> None:
        """Make every part, and write those that MkDocs has no place for.

        ``common`` stands for all that pages depend on beside the files, where that is known.
        """
        pipeline, snapshot, settings = self._pipeline, self._known, self._settings
        artifacts = build_targets(pipeline, snapshot, settings, layout.render, common)
        # The index is made while the files are written.
        key = SearchCorpus(pipeline, snapshot, settings, by_hand).key
        cached = pipeline.cache.existing([key])
        indexer = None if cached else BackgroundIndexer(partial(_search_pages, artifacts, by_hand))
        self._index = key, indexer
        self._publication = SiteWriter(snapshot, artifacts, self._folder, pipeline.jobs)
        in_menu = {target for target, _ in self._menu}
        self._publication.write_targets(
            target for target in artifacts.keys if target not in in_menu
        )

    @property
    def targets(self) -> list[Target]:
        """The parts that have been made."""
        return list(self._publication.artifacts.keys) if self._publication else []

    def page(self, target: Target, path: str) -> RenderedPage | None:
        """A page that has been made."""
        if self._publication is None:
            return None
        found: RenderedPage | None = self._publication.artifacts.pages(target).get(path)
        return found

    def days(self, targets: Iterable[Target]) -> Iterator[tuple[Target, str, str]]:
        """The pages of parts, with the day on which each last changed, as sitemaps say it."""
        assert self._publication
        for target in targets:
            for path, day in self._publication.artifacts.dates(target).items():
                yield target, path, day.isoformat() if day else ""

    def end(self) -> None:
        """Write the pages in the menu, the files of the whole site, and the search index."""
        assert self._publication
        assert self._index
        cache = self._pipeline.cache
        for _, file in self._menu:
            Path(file.abs_dest_path).unlink(missing_ok=True)  # the place for it
        self._publication.write_targets(dict.fromkeys(target for target, _ in self._menu))
        self._publication.write_aggregates()
        if self._settings.pdf:
            self._folder.write(self._printed())
        key, beside = self._index
        self._publication.put(
            key, lambda: keeping(beside.files(), key, cache) if beside else kept_index(key, cache)
        )
        self.abandon()  # where the index of the old site was taken over, nobody waits for this one
        save_manifest(cache, self._site, self._taken, self._publication.groups)

    def abandon(self) -> None:
        """Leave no index that nobody waits for: the build has failed."""
        if self._index and self._index[1]:
            self._index[1].abort()

    def _printed(self) -> Iterable[tuple[str, bytes]]:
        for target in self.targets:
            if not isinstance(target, BriefingTarget):
                continue
            page = self.page(target, urls.briefing(target.id))
            if page and page.content:
                address = page.place
                if self._settings.directory_urls:
                    address = address.removesuffix("index.html")
                made = pdf.pdf(
                    page.content,
                    title=str(Markup(page.title).unescape()),
                    language=self._settings.language,
                    address=urljoin(self._settings.url, address) if self._settings.url else "",
                )
                yield urls.briefing_pdf(target.id), made


def _search_pages(
    artifacts: ArtifactStore, by_hand: tuple[SearchPage, ...]
) -> Iterator[SearchPage]:
    yield from artifacts.search_pages()
    yield from by_hand
