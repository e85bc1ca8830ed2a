"""Commands that publish a site, such as ``mkdocs build``."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.utils.templates import TemplateContext

from generator.build.pipeline import Pipeline
from generator.build.targets import Target
from generator.configuration.mkdocs_config import registries, selection
from generator.configuration.plugin_settings import PluginConfig
from generator.mkdocs_plugin.checked_files import log_problems
from generator.mkdocs_plugin.edition_builds import build_editions
from generator.mkdocs_plugin.edition_snapshots import EditionSnapshots
from generator.mkdocs_plugin.lazy_files import Reiterable
from generator.mkdocs_plugin.mode import Build, Mode, ModePlugin
from generator.mkdocs_plugin.other_plugins import (
    has_no_other_page_hooks,
    has_no_other_writers,
)
from generator.mkdocs_plugin.placeholder_page import (
    NO_DATE,
    PLACEHOLDER,
    RenderedPage,
)
from generator.mkdocs_plugin.publication import NotRendered, Publication
from generator.mkdocs_plugin.site_build import SiteBuild
from generator.mkdocs_plugin.theme_digest import theme_digest
from generator.mkdocs_plugin.theme_fixes import fix_theme_html
from generator.mkdocs_plugin.theme_pages import ThemeRenderer
from generator.mkdocs_plugin.theme_templates import prepare_environment
from generator.publishing.build_folder import BuildFolder, EditionFolder, SwappedFolder
from generator.publishing.output_folder import OutputFolder, load_manifest, save_manifest
from generator.reading import problem_formats
from generator.rendering.csp import with_policy

SITEMAP = "sitemap.xml"
#: Errors of a disk that can't store the site. They are no mistake in the project.
_DISK_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO)

_log = get_plugin_logger("briefings")


class PublicationMode(Mode):
    """Builds a site as readers get it.

    If it ``swaps``, the site is built next to the published one, which it replaces at the end.
    Otherwise it is built in the folder that MkDocs was given.
    """

    def __init__(self, plugin: ModePlugin, *, swaps: bool) -> None:
        super().__init__(plugin)
        self._swaps = swaps
        self._folder = BuildFolder()
        self._incomplete: list[Build] = []

    def on_config(self, config: MkDocsConfig) -> None:
        """Check the configuration, and name MkDocs the folder to build in."""
        super().on_config(config)
        if self._swaps:
            self._folder.finish()  # a process can build several times before it shuts down
            sources = [config.config_file_path, config.docs_dir, *config.theme.dirs, *config.hooks]
            paths = [Path(str(source)) for source in sources]
            paths.append(registries(config, self.plugin.config))
            self._folder = SwappedFolder(config, paths)

    def on_pre_build(self, config: MkDocsConfig) -> None:
        """Create the folder, then read and check. Errors in the files stop the build here."""
        self._folder.start(config)
        self.build = Build()
        self.build = self.checked_build(config)

    def checked_build(self, config: MkDocsConfig) -> PublicationBuild:
        """A build of the project's files. PluginError if they have errors."""
        checked = self._check_files(config)
        log_problems(checked, _log.error, is_strict=config.strict)
        if checked.errors:
            summary = problem_formats.summary(checked.errors)
            raise PluginError(f"Nothing was built: {summary}.")
        is_draft = selection(config, self.plugin.config).is_draft
        published = checked.snapshot.published(is_draft)
        self._editions = EditionSnapshots(published, config, self.plugin.config)
        pipeline = self._pipeline(config)
        return PublicationBuild(config, self.plugin, pipeline, self._editions, self._folder)

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Complete the site, with its editions in other languages."""
        self._write_rest()
        build_editions(config, tuple(self.plugin.config.languages[1:]), self.edition)
        self._complete_builds()
        self._folder.complete()

    def _write_rest(self) -> None:
        """Write the build, then the search index of the edition before.

        So each index is made while the next edition is rendered. There are never more than two at
        once, because they need much memory.
        """
        self.build.on_post_build()
        self._complete_builds()
        self._incomplete.append(self.build)

    def _complete_builds(self) -> None:
        while self._incomplete:
            self._incomplete[0].complete()
            del self._incomplete[0]

    def edition(self, plugin: ModePlugin, language: str) -> EditionMode:
        """The mode that builds the edition in ``language`` of the same files."""
        published = self._folder.published_site
        folder = EditionFolder(published / language if published else None)
        shared = self._editions, self._pipelines, self._incomplete
        return EditionMode(plugin, language, *shared, folder)

    def on_build_error(self, error: Exception) -> None:
        """Keep the published site."""
        for build in self._incomplete:
            build.abort()
        self._incomplete.clear()
        try:
            super().on_build_error(error)
        finally:
            self._folder.abort()
        if self._swaps and isinstance(error, OSError) and error.errno in _DISK_ERRORS:
            raise PluginError(f"The site can't be written: {error.strerror}.") from None

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig) -> None:
        """Leave the server as it is: it shows the site as readers would get it."""

    def on_shutdown(self) -> None:
        """Publish the new site, unless something went wrong."""
        with self._resources:
            self._folder.finish()


class EditionMode(PublicationMode):
    """Builds the edition in ``language`` from the files that the main edition has checked."""

    def __init__(
        self,
        plugin: ModePlugin,
        language: str,
        editions: EditionSnapshots,
        pipelines: dict[Path, Pipeline],
        incomplete: list[Build],
        folder: BuildFolder,
    ) -> None:
        super().__init__(plugin, swaps=False)
        self._edition, self._editions, self._pipelines = language, editions, pipelines
        self._incomplete, self._folder = incomplete, folder

    def checked_build(self, config: MkDocsConfig) -> PublicationBuild:
        """A build of the files, which have been checked already."""
        pipeline = self._pipeline(config)
        return PublicationBuild(config, self.plugin, pipeline, self._editions, self._folder)

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write the edition. The main edition completes it."""
        self._write_rest()


class PublicationBuild(SiteBuild):
    """One build for publication, into ``folder``."""

    def __init__(
        self,
        config: MkDocsConfig,
        plugin: BasePlugin[PluginConfig],
        pipeline: Pipeline,
        editions: EditionSnapshots,
        folder: BuildFolder,
    ) -> None:
        super().__init__(config, plugin, pipeline, editions, is_preview=False)
        self._folder = folder
        self._publication: Publication | NotRendered = NotRendered()

    def rendered_page(self, target: Target, path: str) -> RenderedPage | None:
        """A generated page, if all pages have been rendered."""
        return self._publication.page(target, path)

    def add_menu_pages(self, files: Files) -> Files:
        """Add the generated pages in the menu. PluginError if a file would replace one."""
        files = super().add_menu_pages(files)
        self.files.refuse_conflicts()
        return files

    def on_env(self, env: Environment, files: Files) -> Environment:
        """Render everything, and write what has no placeholder."""
        config, pipeline, settings = self.config, self.pipeline, self.settings
        env = prepare_environment(
            env,
            pipeline.cache,
            pipeline.program,
            self.imprint,
            self.editions,
            self.editions_of,
        )
        renderer = ThemeRenderer(config, self.nav, env, files, with_content=settings.pdf)
        # Other plugins can count the pages they see. With them, every page is rendered here.
        is_known = has_no_other_page_hooks(config, self._plugin)
        digest = theme_digest(config, self.nav, env, self._plugin) if is_known else None
        self._publication = Publication.start(
            pipeline,
            self.snapshot,
            settings,
            self._output_folder(),
            self.files.menu,
            tuple(self.handwritten),
            renderer,
            digest,
        )
        self._set_dates(files)
        return env

    def _output_folder(self) -> OutputFolder:
        """The folder of the new site. It reuses files that no other plugin changes."""
        published = self._folder.published_site
        # A plugin that writes into a reused file would change the published site too.
        if published is not None and not has_no_other_writers(self.config, self._plugin):
            published = None
        reserved = self.files.reserved_paths
        manifest = load_manifest(self.pipeline.cache, published, reserved) if published else {}
        return OutputFolder(Path(self.config.site_dir), reserved, published, manifest)

    def _set_dates(self, files: Files) -> None:
        """Give pages the dates of their data. MkDocs would take the day of the build."""
        in_menu = [target for target, _ in self.files.menu]
        days = {path: day for _, path, day in self._publication.dates(in_menu)}
        for file in files.documentation_pages():
            if file.page:
                file.page.update_date = days.get(file.src_uri) or NO_DATE

    def on_template_context(self, context: TemplateContext, template_name: str) -> TemplateContext:
        """List all pages in the sitemap."""
        context = super().on_template_context(context, template_name)
        if template_name == SITEMAP and self.config.site_url:
            listed: Any = Reiterable(partial(self._sitemap_files, context["pages"]))
            context["pages"] = listed
        return context

    def _sitemap_files(self, mkdocs_files: Iterable[File]) -> Iterator[File]:
        yield from mkdocs_files
        in_menu = {target for target, _ in self.files.menu}
        others = (target for target in self._publication.targets if target not in in_menu)
        reserved = self.files.reserved_paths
        for target, path, day in self._publication.dates(others):
            file = self.files.page_file(target, path)
            if file.page and file.dest_uri not in reserved:
                file.page.update_date = day or NO_DATE
                yield file

    def on_post_page(self, html: str) -> str:
        """Correct the theme's HTML, and add the Content-Security-Policy."""
        return html if html == PLACEHOLDER else with_policy(fix_theme_html(html))

    def on_post_template(self, output: str, template_name: str) -> str:
        """Do the same for the page for missing addresses."""
        return self.on_post_page(output) if template_name.endswith(".html") else output

    def on_post_build(self) -> None:
        """Write the rest of the site but the search index."""
        self.files.delete_placeholders()
        self._publication.write_rest()

    def complete(self) -> None:
        """Write the search index."""
        manifest, cache = self._publication.write_index(), self.pipeline.cache
        site = self._folder.published_site or Path(self.config.site_dir)
        save_manifest(cache, site, self.files.reserved_paths, manifest)
        cache.evict_unused()

    def abort(self) -> None:
        """Stop what is still running."""
        self._publication.abort()
