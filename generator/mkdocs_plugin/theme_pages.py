"""Renders generated pages with the theme: in worker processes, or on request in the preview.

MkDocs renders all pages in every build, one after another. A page's HTML depends only on the page
and on the inputs of ``theme_digest``, so pages can be rendered concurrently, and reused.
"""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from generator.configuration.mkdocs_config import language
from generator.locale.interface import is_translated
from generator.mkdocs_plugin.markdown_to_html import Converter
from generator.mkdocs_plugin.page_language import ENGLISH, marked
from generator.mkdocs_plugin.placeholder_page import PlaceholderPage, RenderedPage
from generator.rendering.pages import Page


class ThemeRenderer:
    """Renders the pages of one build with its configuration, menu, files and theme.

    ``with_content`` also keeps each page without the theme, for PDF files. ``notice`` returns HTML
    to put above the page with a given path.
    """

    def __init__(
        self,
        config: MkDocsConfig,
        nav: Navigation,
        env: Environment,
        files: Files,
        *,
        with_content: bool = False,
        notice: Callable[[str], str] = lambda path: "",
    ) -> None:
        self._config, self._nav, self._env, self._files = config, nav, env, files
        self._pages = files.documentation_pages()
        self._converter = Converter(config)
        self._with_content, self._notice = with_content, notice

    def render(self, page: Page) -> RenderedPage:
        """Render one page; without HTML if somebody wrote a page for its address by hand."""
        file = self._files.get_file_from_path(page.path)
        placeholder = file.page if file else None
        if not isinstance(placeholder, PlaceholderPage):
            return RenderedPage("", "", frozenset())
        try:
            return self._render(page, placeholder)
        finally:
            placeholder.active = False
            placeholder.reset(self._config, self._files)

    def _render(self, page: Page, placeholder: PlaceholderPage) -> RenderedPage:
        config, plugins = self._config, self._config.plugins
        placeholder.load(page)
        # No other plugin gets this text as source: braces in it, say, are an author's words.
        content, placeholder.toc, anchors = self._converter.convert(page.body)
        if not is_translated(language(config)):
            content = marked(content, placeholder.toc, ENGLISH)
        placeholder.content = self._notice(page.path) + content
        placeholder.active = True
        context = get_context(self._nav, self._pages, config, placeholder)
        context = plugins.on_page_context(context, page=placeholder, config=config, nav=self._nav)
        html = self._env.get_template("main.html").render(context)
        return RenderedPage(
            placeholder.file.dest_uri,
            plugins.on_post_page(html, page=placeholder, config=config),
            frozenset(anchors),
            str(placeholder.title),
            content if self._with_content else "",
        )
