"""What builds for publication and for the preview have in common."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import is_error_template
from mkdocs.utils.templates import TemplateContext

from generator.build.artifacts import SearchCorpus
from generator.build.pipeline import Pipeline
from generator.build.targets import Target
from generator.configuration.mkdocs_config import (
    language,
    leaves_out,
    selection,
    site_settings,
)
from generator.configuration.plugin_settings import PluginConfig
from generator.configuration.site_sections import dead_links, site_sections, without_pages
from generator.mkdocs_plugin.edition_snapshots import EditionSnapshots
from generator.mkdocs_plugin.front_matter import escape_front_matter, title_text
from generator.mkdocs_plugin.handwritten_pages import HandwrittenPages
from generator.mkdocs_plugin.handwritten_search import search_page
from generator.mkdocs_plugin.main_edition_links import (
    file_elsewhere,
    markdown_with_addresses,
    with_addresses,
)
from generator.mkdocs_plugin.mode import Build
from generator.mkdocs_plugin.navigation import tidy_navigation
from generator.mkdocs_plugin.other_plugins import hide_generated_pages, remove_redirects
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
    """A build of one edition, with its list of files, menu and handwritten pages."""

    def __init__(
        self,
        config: MkDocsConfig,
        plugin: BasePlugin[PluginConfig],
        pipeline: Pipeline,
        editions: EditionSnapshots,
        *,
        is_preview: bool,
    ) -> None:
        self._sections = site_sections(config.nav, plugin.config)
        self.config, self.pipeline = config, pipeline
        self.snapshot = editions.of(language(config))
        minimum = InclusionLevel.DRAFT if is_preview else InclusionLevel.NOT_IN_NAV
        selected = selection(config, plugin.config)
        self.files = SiteFiles(
            config, self.snapshot, selected, self.rendered_page, minimum, self.file_elsewhere
        )
        self.own_pages = HandwrittenPages()
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

    @cached_property
    def editions(self) -> list[Alternate]:
        """The site in all its languages, for the theme's templates, once the configuration is
        complete.
        """
        settings = self.settings
        return list(alternates(settings.languages, settings.language, settings.url))

    def editions_of(self, path: str) -> list[Alternate]:
        """The same, for the page at this Markdown path."""
        tags = self._languages_of(path)
        return [replace(edition, has_page=edition.language in tags) for edition in self.editions]

    def _languages_of(self, path: str) -> tuple[str, ...]:
        generated = self.snapshot.graph.page_languages
        return self.own_pages.languages_of(path) or generated.of(path)

    def file_elsewhere(self, path: str) -> File | None:
        """The file of the page at this path if only the main edition has it."""
        return file_elsewhere(self.config, path, tag) if (tag := self._elsewhere(path)) else None

    def markdown(self, file: File) -> bytes:
        """A page written by hand as other builders get it."""
        edition = self.settings.edition_path
        if not edition:
            return file.content_bytes
        return markdown_with_addresses(file, self.config, edition, self._is_elsewhere)

    def _is_elsewhere(self, path: str) -> bool:
        return bool(self._elsewhere(path))

    def _elsewhere(self, path: str) -> str:
        """The language of a page that only the main edition has; "" for other paths."""
        graph, tags = self.snapshot.graph, self._languages_of(path)
        is_known = path in graph.page_languages.partial or path in self.own_pages
        main_language = graph.page_languages.languages[0] if is_known else ""
        if not is_known or language(self.config) in tags or main_language not in tags:
            return ""
        return graph.elsewhere.get(path.removesuffix("/index.md")) or main_language

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
        options = self._plugin.config
        if languages := tuple(options.languages):
            self.own_pages = HandwrittenPages.find(
                files, languages, partial(leaves_out, options), self.files.is_published
            )
            self.own_pages.choose(files, self.config, language(self.config))
            self.config.nav = without_pages(self.config.nav, self._is_elsewhere)
            remove_redirects(self.config, self._is_elsewhere)
        return self.files.add_redirect_targets(files)

    def add_menu_pages(self, files: Files) -> Files:
        """Add the generated pages in the menu."""
        return self.files.add_menu_pages(files)

    def on_nav(self, nav: Navigation) -> None:
        """Take note of the menu, which is part of every page."""
        tidy_navigation(nav, self.config)
        self.nav = nav

    def on_template_context(self, context: TemplateContext, template_name: str) -> TemplateContext:
        """Let the page for missing addresses lead to pages of its own edition.

        Without `site_url` MkDocs takes the root of the server for that of the site, and this is an
        edition's folder there.
        """
        edition = self.settings.edition_path
        if edition and is_error_template(template_name) and not self.config.site_url:
            context["base_url"] = f"/{edition}"
        return context

    def on_page_content(self, html: str, page: MkDocsPage) -> str:
        """Take note of a handwritten page for the search, and prepare it for the theme."""
        html = with_addresses(html)
        title = title_text(page)
        escape_front_matter(page)
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
