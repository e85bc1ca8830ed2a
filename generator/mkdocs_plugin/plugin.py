"""The MkDocs plugin ``briefings``: forwards MkDocs' hooks to a mode and to its current build."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import click
from jinja2 import Environment
from mkdocs.config.base import ConfigErrors, ConfigWarnings
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from generator.build.workers import relax_gc
from generator.configuration.config_file import ProjectError, located
from generator.configuration.editions import edition_config
from generator.configuration.mkdocs_config import require_one_plugin
from generator.configuration.plugin_settings import plugin_values
from generator.configuration.project import read_project
from generator.mkdocs_plugin.checked_files import notices
from generator.mkdocs_plugin.export import export_build
from generator.mkdocs_plugin.mode import Mode, ModePlugin
from generator.mkdocs_plugin.placeholder_page import PlaceholderPage
from generator.mkdocs_plugin.preview_mode import PreviewMode
from generator.mkdocs_plugin.publication_mode import PublicationMode
from generator.publishing.markdown_export import Exported

_log = get_plugin_logger("briefings")


class BriefingsPlugin(ModePlugin):  # type: ignore[no-untyped-call]
    """Publishes briefings as pages and files of a MkDocs site, or shows them in a live preview.

    MkDocs keeps one plugin object for all builds of a process. All that depends on the command or
    the build is in the mode, which ``on_startup`` replaces.
    """

    def __init__(self) -> None:
        self.mode: Mode = PublicationMode(self, swaps=False)

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[ConfigErrors, ConfigWarnings]:
        """Check the file of the settings as the command ``briefings`` does, and take ours from it.

        Raises ``ConfigurationError`` with the line of the setting and what to write instead.
        """
        require_one_plugin()
        config_file = Path(config_file_path or "")
        try:
            if config_file.is_file():
                read_project(config_file)
            current, deprecations = plugin_values(options)
        except ProjectError as error:
            raise ConfigurationError(located(error, config_file)) from None
        for deprecation in deprecations:
            notices.warning(deprecation.warning("setting"))
        return super().load_config(current, config_file_path)

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Choose the mode of a command."""
        relax_gc()
        if command == "serve" and _reloads():
            self.mode = PreviewMode(self, is_dirty=dirty)
            return
        if command == "serve":
            _log.info("Reloading is off, so this shows the site as it would be published.")
        # `mkdocs serve` has made a temporary folder, which nothing needs to protect.
        self.mode = PublicationMode(self, swaps=command != "serve" and not _is_served())

    @event_priority(100)  # before other plugins take note of the site's folder
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check the configuration, and set the folder of the build."""
        self.mode.on_config(config)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Begin a build. Errors in the project's files stop a publication here."""
        self.mode.on_pre_build(config)

    def on_build_error(self, *, error: Exception) -> None:
        """Clean up after a build that failed."""
        self.mode.on_build_error(error)

    @event_priority(100)  # before other plugins look for the files that their settings name
    def _add_redirect_targets(self, files: Files, *, config: MkDocsConfig) -> Files:
        return self.mode.build.add_redirect_targets(files)

    @event_priority(-1000)  # after other plugins have added and removed files
    def _add_menu_pages(self, files: Files, *, config: MkDocsConfig) -> Files:
        return self.mode.build.add_menu_pages(files)

    on_files = CombinedEvent(_add_redirect_targets, _add_menu_pages)

    @event_priority(-1000)  # after other plugins have changed the menu
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Take note of the menu."""
        self.mode.build.on_nav(nav)
        return nav

    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Take note of handwritten pages."""
        if isinstance(page, PlaceholderPage):
            return html
        return self.mode.build.on_page_content(html, page)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Render generated pages, or prepare to render them on request."""
        return self.mode.build.on_env(env, files)

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """List all pages in the sitemap."""
        return self.mode.build.on_template_context(context, template_name)

    @event_priority(-100)  # after other plugins have changed the page
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Make the last changes to the HTML of a page."""
        return self.mode.build.on_post_page(output)

    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """Make the last changes to the page for missing addresses."""
        return self.mode.build.on_post_template(output_content, template_name)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Complete the site."""
        self.mode.on_post_build(config)

    @event_priority(-100)  # after other plugins have written into the site
    def on_shutdown(self) -> None:
        """Publish the new site, unless something went wrong, and clean up."""
        self.mode.on_shutdown()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Let MkDocs' server answer with generated pages."""
        self.mode.on_serve(server, config)
        return server

    def require_pdf(self) -> None:
        """Make PDF files whatever the configuration says, for ``briefings build --pdf``."""
        self.config.pdf = True

    def export(self, config: MkDocsConfig, folder: Path, language: str) -> Exported:
        """Export the project into ``folder``, for ``briefings export``.

        ``language`` is that of an edition; "" is the main one.
        """
        main = self.mode = PublicationMode(self, swaps=False)
        build = main.checked_build(config.plugins.on_config(config))
        if language not in ("", *self.config.languages[:1]):
            config = edition_config(config, language)
            self.mode = edition = main.edition(self, language)
            build = edition.checked_build(config.plugins.on_config(config))
            self.mode = main  # which closes what both have opened
        return export_build(build, folder)


def _is_served() -> bool:
    """Whether the command is ``mkdocs serve``, which with ``--clean`` runs a build."""
    context = click.get_current_context(silent=True)
    return context is not None and context.command.name == "serve"


def _reloads() -> bool:
    """Whether the server reloads pages. Only then do plugins get ``on_serve``."""
    context = click.get_current_context(silent=True)
    if context is None:
        return True
    # ProperDocs has an option for each answer, and `livereload` is False in it unless it is typed.
    if "no_livereload" in context.params:
        return not context.params["no_livereload"]
    return context.params.get("livereload") is not False
