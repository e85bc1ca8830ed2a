"""What the plugin does from the start of a command to its end, in publication and preview alike.

A ``Mode`` lasts as long as a command. It creates a ``Build`` in ``on_pre_build``, which handles the
hooks of that build. So nothing of a build is left when the next one begins.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import ExitStack
from pathlib import Path

from jinja2 import Environment, TemplateError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from generator.build.cache import generator_digest, project_cache
from generator.build.errors import BuildStoppedError
from generator.build.pipeline import Pipeline
from generator.configuration.editions import named_sections
from generator.configuration.mkdocs_config import language, selection
from generator.configuration.plugin_settings import PluginConfig
from generator.configuration.site_catalogue import own_texts
from generator.configuration.site_sections import apply_sections
from generator.configuration.theme_defaults import apply_defaults
from generator.locale.interface import interface_in
from generator.mkdocs_plugin.checked_files import CheckedFiles, check_config, read_and_check
from generator.mkdocs_plugin.template_mistakes import template_mistake
from generator.rendering.templates import clear_caches
from generator.rules.base import CheckSettings

_log = get_plugin_logger("briefings")


class Build:
    """The hooks of one build, in the order in which MkDocs calls them.

    These change nothing. They apply while no build is running.
    """

    def add_redirect_targets(self, files: Files) -> Files:
        """First part of ``on_files``, before other plugins see the files."""
        return files

    def add_menu_pages(self, files: Files) -> Files:
        """Second part of ``on_files``, after all other plugins."""
        return files

    def on_nav(self, nav: Navigation) -> None:
        """Take note of the menu."""

    def on_page_content(self, html: str, page: MkDocsPage) -> str:
        """The content of a handwritten page."""
        return html

    def on_env(self, env: Environment, files: Files) -> Environment:
        """Prepare the theme's templates, and everything that needs them."""
        return env

    def on_template_context(self, context: TemplateContext, template_name: str) -> TemplateContext:
        """The variables of a template that is no page, such as the sitemap."""
        return context

    def on_post_page(self, html: str) -> str:
        """The finished HTML of a page."""
        return html

    def on_post_template(self, output: str, template_name: str) -> str:
        """The finished output of a template that is no page."""
        return output

    def on_post_build(self) -> None:
        """Write the rest of the site."""

    def complete(self) -> None:
        """Write what was still being made then."""

    def abort(self) -> None:
        """Stop what is still running, because the build has failed."""


# MkDocs' base class has no type annotations.
class ModePlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """A plugin whose hooks its ``mode`` handles."""

    mode: Mode


class Mode(ABC):
    """One command of MkDocs, with the builds that it runs. ``plugin`` is the one it belongs to."""

    def __init__(self, plugin: ModePlugin) -> None:
        self.build = Build()
        self.plugin = plugin
        self._edition = ""
        self._project = Path()
        self._check_settings = CheckSettings()
        self._pipelines: dict[Path, Pipeline] = {}
        self._resources = ExitStack()

    def on_config(self, config: MkDocsConfig) -> None:
        """Add what pages need to the configuration, and check it."""
        if languages := self.plugin.config.languages:
            config.theme["language"] = self._edition or languages[0]
        self._project = Path(config.config_file_path).parent.resolve()
        apply_defaults(config)
        if config.nav is not None:
            folder, tag = Path(config.config_file_path).parent, language(config)
            interface = interface_in(tag, own_texts(folder, tag))
            config.nav = named_sections(config.nav, interface_in("en"), interface)
        self._check_settings = check_config(config, self.plugin.config)
        for note in apply_sections(config, self.plugin.config):
            _log.info(note)

    @abstractmethod
    def on_pre_build(self, config: MkDocsConfig) -> None:
        """Read and check the project's files, and begin a new ``build``."""

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Complete the site."""
        self.build.on_post_build()

    def on_build_error(self, error: Exception) -> None:
        """Discard a build that failed."""
        self.build.abort()
        if isinstance(error, TemplateError):
            _log.error(template_mistake(error, self._project))
        elif isinstance(error, BuildStoppedError):
            _log.error(str(error))
        else:
            return
        raise Abort("The build was stopped.") from None

    @abstractmethod
    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig) -> None:
        """Adapt MkDocs' server to the mode."""

    def on_shutdown(self) -> None:
        """Release what the mode has opened."""
        self._resources.close()

    def _check_files(self, config: MkDocsConfig) -> CheckedFiles:
        """Read and check the project's files."""
        own = self.plugin.config
        selected, pipeline = selection(config, own), self._pipeline(config)
        return read_and_check(config, own, selected, pipeline, self._check_settings)

    def _pipeline(self, config: MkDocsConfig) -> Pipeline:
        """The project's pipeline, which all builds of the command share."""
        folder = Path(config.config_file_path).parent
        if folder not in self._pipelines:
            pipeline = self._pipelines[folder] = Pipeline(project_cache(folder))
            self._resources.callback(pipeline.close)
            return pipeline
        pipeline = self._pipelines[folder]
        if (program := generator_digest()) != pipeline.program:
            pipeline.program = program  # somebody edits templates during a preview
            clear_caches()
        return pipeline
