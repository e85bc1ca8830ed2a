"""The live preview of ``mkdocs serve``."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as MkDocsPage

from generator.build.pipeline import Pipeline
from generator.build.targets import Target
from generator.build.workers import collect_garbage_soon
from generator.configuration.mkdocs_config import overrides, registries
from generator.configuration.plugin_settings import PluginConfig
from generator.mkdocs_plugin.checked_files import CheckedFiles, log_problems
from generator.mkdocs_plugin.edition_builds import build_editions
from generator.mkdocs_plugin.edition_snapshots import EditionSnapshots
from generator.mkdocs_plugin.mode import Mode, ModePlugin
from generator.mkdocs_plugin.placeholder_page import PLACEHOLDER, RenderedPage
from generator.mkdocs_plugin.preview_folders import PreviewFolders
from generator.mkdocs_plugin.preview_notices import Notices
from generator.mkdocs_plugin.preview_rebuild import surviving
from generator.mkdocs_plugin.preview_search import IndexingProcess, PreviewIndex
from generator.mkdocs_plugin.preview_server import PreviewServer
from generator.mkdocs_plugin.preview_site import PreviewSite
from generator.mkdocs_plugin.site_build import SiteBuild
from generator.mkdocs_plugin.theme_fixes import fix_theme_html
from generator.mkdocs_plugin.theme_pages import ThemeRenderer
from generator.mkdocs_plugin.theme_templates import prepare_environment
from generator.search.index import FOLDER

#: What of this package the server watches too, for those who change it.
_WATCHED = ("templates", "locale", "theme")

_log = get_plugin_logger("briefings")


class PreviewMode(Mode):
    """Shows drafts and mistakes, and renders generated pages on request.

    Each build has its own folder, unless MkDocs updates one folder (``is_dirty``).
    """

    def __init__(self, plugin: ModePlugin, *, is_dirty: bool) -> None:
        super().__init__(plugin)
        self._is_dirty = is_dirty
        self._indexing = IndexingProcess()
        self._indexes = {"": PreviewIndex(self._indexing)}
        self._folders = PreviewFolders()
        self._server = PreviewServer(self._index_file, self._folders)
        self._livereload: LiveReloadServer | None = None
        self._resources.callback(self._close_indexes)

    def on_config(self, config: MkDocsConfig) -> None:
        """Check the configuration, and name MkDocs the folder of this build."""
        super().on_config(config)
        self._watch(config)
        if not self._is_dirty:
            config.site_dir = str(self._folders.create(Path(config.site_dir)))

    def on_pre_build(self, config: MkDocsConfig) -> None:
        """Read and check. Files with mistakes are shown with these."""
        try:
            checked = self._check_files(config)
        except Exception:
            # If a rebuild raised, readers would wait for an answer forever.
            if not isinstance(self.build, PreviewBuild):
                raise
            _log.exception("Could not read the files again. The last good version is still shown.")
            checked = self.build.checked
        log_problems(checked, _log.warning, is_strict=config.strict)
        pipeline = self._pipeline(config)
        self._checked = checked
        self._editions = EditionSnapshots(checked.snapshot, config, self.plugin.config)
        self.build = PreviewBuild(
            config, self.plugin, pipeline, checked, self._editions, self._server, self._indexes[""]
        )

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Show the site, with its editions in other languages."""
        build_editions(config, tuple(self.plugin.config.languages[1:]), self._edition_mode)
        self.build.on_post_build()
        self._folders.show(Path(config.site_dir))
        collect_garbage_soon()

    def _edition_mode(self, plugin: ModePlugin, language: str) -> PreviewEditionMode:
        if language not in self._indexes:
            self._indexes[language] = PreviewIndex(self._indexing)
        index = self._indexes[language]
        shared = self._checked, self._editions, self._pipelines, self._server, index
        return PreviewEditionMode(plugin, language, *shared)

    def _index_file(self, path: str) -> bytes | None:
        """A file of a search index by its path below the site's root."""
        edition, _, rest = path.partition(f"{FOLDER}/")
        index = self._indexes.get(edition.rstrip("/"))
        return index.file(f"{FOLDER}/{rest}") if index else None

    def _close_indexes(self) -> None:
        self._indexing.close()
        for index in self._indexes.values():
            index.close()

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig) -> None:
        """Serve generated pages too, the last good ones after a rebuild that failed.

        Watch the registries, templates and overrides.
        """
        self._pipeline(config).jobs = 1  # a process with threads, as this now is, must not fork
        self._folders.use_server(server)
        server.set_app(self._server.application(server.serve_request, server.mount_path))
        server.builder = surviving(
            server.builder, Path(config.config_file_path), self._server.show_last_good
        )
        self._livereload = server
        self._watch(config)

    def _watch(self, config: MkDocsConfig) -> None:
        """Watch all folders that pages depend on, also those that a setting names only now."""
        if self._livereload is None:
            return
        package = Path(__file__).parents[1]
        own_folders = [package / name for name in _WATCHED]
        for folder in (
            Path(config.docs_dir),
            registries(config, self.plugin.config),
            *own_folders,
            *overrides(config),
        ):
            if folder.is_dir():
                self._livereload.watch(str(folder))


class PreviewEditionMode(Mode):
    """Shows the edition in ``language`` of the files that the main edition has checked."""

    def __init__(
        self,
        plugin: ModePlugin,
        language: str,
        checked: CheckedFiles,
        editions: EditionSnapshots,
        pipelines: dict[Path, Pipeline],
        server: PreviewServer,
        index: PreviewIndex,
    ) -> None:
        super().__init__(plugin)
        self._edition, self._checked, self._pipelines = language, checked, pipelines
        self._editions = editions
        self._server, self._index = server, index

    def on_pre_build(self, config: MkDocsConfig) -> None:
        """Begin a build of the checked files."""
        pipeline = self._pipeline(config)
        self.build = PreviewBuild(
            config,
            self.plugin,
            pipeline,
            self._checked,
            self._editions,
            self._server,
            self._index,
            self._edition,
        )

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig) -> None:
        """The main edition's mode has adapted the server."""


class PreviewBuild(SiteBuild):
    """One build of the preview. ``checked`` are the files that it shows.

    ``edition`` is the language of an edition other than the main one.
    """

    def __init__(
        self,
        config: MkDocsConfig,
        plugin: BasePlugin[PluginConfig],
        pipeline: Pipeline,
        checked: CheckedFiles,
        editions: EditionSnapshots,
        server: PreviewServer,
        index: PreviewIndex,
        edition: str = "",
    ) -> None:
        super().__init__(config, plugin, pipeline, editions, is_preview=True)
        self.checked = checked
        self._server, self._index, self._edition = server, index, edition

    @cached_property
    def _notices(self) -> Notices:
        return Notices(self.checked.problems, self.snapshot.loaded, self.settings)

    def rendered_page(self, target: Target, path: str) -> RenderedPage | None:
        """A generated page, rendered now."""
        return self._server.rendered_page(path, self._edition)

    def on_page_content(self, html: str, page: MkDocsPage) -> str:
        """Take note of a handwritten page for the search, and put a notice above it."""
        html = super().on_page_content(html, page)
        return f"{self._notices.above(page.file.src_uri)}{html}"

    def on_env(self, env: Environment, files: Files) -> Environment:
        """Prepare to render pages on request."""
        env = prepare_environment(
            env,
            self.pipeline.cache,
            self.pipeline.program,
            self.imprint,
            self.editions,
            self.editions_of,
        )
        renderer = ThemeRenderer(self.config, self.nav, env, files, notice=self._notices.above)
        site = PreviewSite(
            self.pipeline,
            self.snapshot,
            self.checked.problems,
            self.settings,
            renderer,
            Path(self.config.site_dir),
            self.files.reserved_paths,
        )
        if self._edition:
            self._server.add_edition(self._edition, site)
        else:
            self._server.show(site)
        return env

    def on_post_page(self, html: str) -> str:
        """Correct the theme's HTML. A policy would block MkDocs' script that reloads pages."""
        return html if html == PLACEHOLDER else fix_theme_html(html)

    def on_post_build(self) -> None:
        """Start on the search index."""
        self.files.delete_placeholders()
        self._index.refresh(self.search_corpus)
