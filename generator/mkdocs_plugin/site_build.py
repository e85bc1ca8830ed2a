"""What builds for publication and for the preview have in common."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from generator.build.artifacts import SearchCorpus
from generator.build.editions import in_language, with_names
from generator.build.pipeline import Pipeline
from generator.build.snapshot import Snapshot
from generator.build.targets import Target
from generator.configuration.mkdocs_config import language, selection, site_settings
from generator.configuration.plugin_settings import PluginConfig
from generator.configuration.site_sections import dead_links, site_sections
from generator.mkdocs_plugin.editions import choose_language
from generator.mkdocs_plugin.handwritten_pages import search_page
from generator.mkdocs_plugin.mode import Build
from generator.mkdocs_plugin.navigation import tidy_navigation
from generator.mkdocs_plugin.other_plugins import hide_generated_pages
from generator.mkdocs_plugin.page_language import marked, written_in
from generator.mkdocs_plugin.placeholder_page import RenderedPage
from generator.mkdocs_plugin.site_files import SiteFiles
from generator.model.languages import LanguageError, direction
from generator.rendering.alternates import Alternate, alternates
from generator.rendering.imprint import ImprintTexts
from generator.rendering.settings import Settings
from generator.search.records import SearchPage

_log = get_plugin_logger("briefings")


class SiteBuild(Build):
    """A build of the files in ``snapshot``, with its list of files, menu and handwritten pages."""

    def __init__(
        self,
        config: MkDocsConfig,
        plugin: BasePlugin[PluginConfig],
        pipeline: Pipeline,
        snapshot: Snapshot,
        *,
        is_preview: bool,
    ) -> None:
        self._sections = site_sections(config, plugin.config)
        self.config, self.pipeline = config, pipeline
        snapshot = snapshot.with_sections(self._sections)
        languages = plugin.config.languages
        if languages and language(config) != languages[0]:
            self.snapshot = in_language(snapshot, language(config), languages[0])
        else:
            self.snapshot = with_names(snapshot, language(config))
        minimum = InclusionLevel.DRAFT if is_preview else InclusionLevel.NOT_IN_NAV
        selected = selection(config, plugin.config)
        self.files = SiteFiles(config, snapshot, selected, self.rendered_page, minimum)
        self.handwritten: list[SearchPage] = []
        self.nav = Navigation([], [])
        self._plugin, self._is_preview = plugin, is_preview
        hide_generated_pages(config, plugin)

    @property
    def settings(self) -> Settings:
        """The settings for pages, as plugins and hooks have left the configuration."""
        options = self._plugin.config
        return site_settings(self.config, options, self._sections, preview=self._is_preview)

    @property
    def imprint(self) -> ImprintTexts:
        """The publisher, for the theme's templates."""
        settings = self.settings
        name_language = settings.name_language or settings.main_language
        return ImprintTexts(settings.imprint, settings.language, settings.own_texts, name_language)

    @property
    def editions(self) -> list[Alternate]:
        """The site in all its languages, for the theme's templates."""
        settings = self.settings
        return list(alternates(settings.languages, settings.language, settings.url))

    @property
    def search_corpus(self) -> SearchCorpus:
        """Everything that the search finds."""
        handwritten = tuple(self.handwritten)
        return SearchCorpus(self.pipeline, self.snapshot, self.settings, handwritten)

    def rendered_page(self, target: Target, path: str) -> RenderedPage | None:
        """A generated page by its target and Markdown path; None if it isn't rendered yet."""
        return None

    def add_redirect_targets(self, files: Files) -> Files:
        """Add the pages to which redirects lead."""
        if languages := tuple(self._plugin.config.languages):
            choose_language(files, self.config, language(self.config), languages)
        return self.files.add_redirect_targets(files)

    def add_menu_pages(self, files: Files) -> Files:
        """Add the generated pages in the menu."""
        return self.files.add_menu_pages(files)

    def on_nav(self, nav: Navigation) -> None:
        """Take note of the menu, which is part of every page."""
        tidy_navigation(nav, self.config)
        self.nav = nav

    def on_page_content(self, html: str, page: MkDocsPage) -> str:
        """Take note of a handwritten page for the search, and mark the language that it names."""
        title = str(page.title)
        for mistake in dead_links(html, page.file.src_uri, self._sections):
            _log.warning(mistake)
        try:
            tag = written_in(page, language(self.config), self.settings.main_language)
        except LanguageError as error:
            _log.warning(f"{page.file.src_uri}: `language`: {error.reason}")
            tag = ""
        interface = self.settings.interface
        self.handwritten.append(search_page(page.url, title, html, tag, interface))
        if not tag:
            return html
        return marked(html, page.toc, f'lang="{tag}" dir="{direction(tag)}"')
