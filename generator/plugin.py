"""The MkDocs plugin ``briefings``: hands the generated site to MkDocs as files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.config import config_options as options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel, get_files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from generator import printing, report, routes
from generator.checks.rule import Options
from generator.conversion import GeneratedPage
from generator.exporting import Exported, export
from generator.exports.search import SearchPage, SearchRecord, spaced
from generator.notices import notice
from generator.policy import with_policy
from generator.project import ProjectError, severities
from generator.reuse import Memory, ReusablePage, common_input
from generator.searching import IndexBeside, PreviewIndex
from generator.site import Site, build_site
from generator.theme import mended
from generator.tree import read_tree
from generator.view import Settings, words

#: Where a notice goes; laid out pages are kept without theirs, as it changes with every mistake.
NOTICE = "<!-- briefings: notice -->"

_log = get_plugin_logger("briefings")


class PluginConfig(Config):  # type: ignore[no-untyped-call]
    """What ``mkdocs.yml`` can say under ``briefings``."""

    data_dir = options.Type(str, default="data")
    """The folder of the registries, from the folder of ``mkdocs.yml``."""
    rules = options.Type(dict, default={})
    """Rules by id, each ``off``, ``warning`` or ``error`` on this site."""
    card_fonts = options.Type(list, default=[])
    """Font files, from the folder of ``mkdocs.yml``, for scripts that the package's fonts lack."""
    pdf = options.Type(bool, default=False)
    """Whether builds make a PDF file of each briefing; `briefings build --pdf` does in any case."""


class BriefingsPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """Builds the site before MkDocs touches the old one, then adds its pages and assets."""

    def __init__(self) -> None:
        self.preview = False
        self.site = Site((), {}, ())
        self.options = Options()
        self.memory = Memory()
        self.common = b""
        self.handwritten: list[SearchPage] = []
        self.index: PreviewIndex | None = None
        self.beside: IndexBeside | None = None
        self.briefings: set[str] = set()
        self.modified: dict[str, date | None] = {}
        self.documents: dict[str, tuple[str, MkDocsPage]] = {}
        self._exports = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note whether this is the live preview; that MkDocs keeps the plugin for all of it."""
        self.preview = command == "serve"
        self.index = PreviewIndex() if self.preview else None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read how the rules are set."""
        try:
            self.options = Options(severities(self.config.rules), _language(config))
        except ProjectError as error:
            raise PluginError(str(error)) from None
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Make the site; problems stop a build here, before MkDocs empties the old site."""
        self.handwritten = []
        self.documents = {}
        files = read_tree(Path(config.docs_dir), self._data(config))
        try:
            self.site = build_site(
                files, self._settings(config), self.options, preview=self.preview
            )
        except Exception:
            # A rebuild that raises would leave the preview's readers waiting for an answer.
            if not self.preview:
                raise
            _log.exception("The site could not be made anew; what was there before is shown.")
        for problem in self.site.errors:
            _log.log(_level(self.preview), report.line(problem))
        if self.site.problems:
            _log.info(f"{report.summary(self.site.problems)}; `briefings check` lists them")
        if self.site.errors and not self.preview:
            raise PluginError(f"Nothing was built: {report.summary(self.site.errors)}.")

    def on_build_error(self, *, error: Exception) -> None:
        """Let the search index go that was being made."""
        if self.beside:
            self.beside.stop()

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add what was made, in place of the YAML files themselves."""
        for file in list(files):
            if Path(file.src_uri).suffix in (".yml", ".yaml"):
                files.remove(file)
        if not self.index and not self._exports:
            self.beside = IndexBeside(self.site.found)
        written_by_hand = set(files.src_uris)
        self.modified = {page.path: page.modified for page in self.site.pages}
        for page in self.site.pages:
            if page.path in written_by_hand:
                continue
            made = File.generated(config, page.path, content=page.body)
            if page.path.count("/") > 1 or page.source or page.path in (routes.SEARCH, routes.DATA):
                made.inclusion = InclusionLevel.NOT_IN_NAV  # the sidebar holds sections only
            if page.source:
                self.briefings.add(page.path)
                made.edit_uri = page.source.removeprefix("briefings/")
            if self.preview:
                self.memory.page(made, page.head, config)
            else:
                GeneratedPage(page.head, made, config)
            files.append(made)
        for path, content in self.site.assets.items():
            files.append(File.generated(config, path, content=content))
        return files

    def on_pre_page(self, page: MkDocsPage, *, config: MkDocsConfig, files: Files) -> MkDocsPage:
        """Date the page for the sitemap by its data, never by the build."""
        day = self.modified.get(page.file.src_uri)
        page.update_date = day.isoformat() if day else ""
        return page

    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Note the words of pages written by hand; keep a place for a preview's notice."""
        if page.file.generated_by is None:
            kind = words(_language(config))["search"]["kind"]["page"]
            text = spaced(Markup(html).striptags())
            part = SearchRecord(page.url, str(page.title), text, filters={"kind": [kind]})
            self.handwritten.append(SearchPage((part,)))
        elif self._prints and page.file.src_uri in self.briefings:
            self.documents[page.file.src_uri] = html, page
        return f"{NOTICE}{html}" if self.preview else html

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Note what all pages share."""
        if self.preview:
            self.memory.forget(files)
            self.common = common_input(config, nav, self._overrides(config))
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """In a preview, use again what has not changed."""
        return self.memory.reuse_layouts(env, files, self.common) if self.preview else env

    @event_priority(-100)  # after whatever other plugins put into the page
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """In a preview, keep a page as the theme laid it out, then say what is wrong.

        A built page gets its policy; MkDocs' reloading script would not run under one.
        """
        output = mended(output)
        if not self.preview:
            return with_policy(output)
        if isinstance(page, ReusablePage):
            page.keep_output(output)
        pages = {made.source: made.path for made in self.site.pages if made.source}
        here = page.file.src_uri
        said = notice(self.site.problems, pages, here, self._settings(config))
        return output.replace(NOTICE, said, 1)

    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """The page of missing addresses gets its policy too."""
        is_page = template_name.endswith(".html") and not self.preview
        return with_policy(mended(output_content)) if is_page else output_content

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Make the search index; in a preview beside the builds."""
        for path, (html, page) in self.documents.items():
            made = printing.pdf(
                html,
                title=str(Markup(page.title).unescape()),
                language=_language(config),
                address=page.canonical_url or "",
            )
            (Path(config.site_dir) / path).with_name("briefing.pdf").write_bytes(made)
        if self.index:
            pages = [*self.site.found, *self.handwritten]
            self.index.refresh(pages, Path(config.site_dir))
        else:
            assert self.beside
            self.beside.write(self.handwritten, Path(config.site_dir))

    def on_shutdown(self) -> None:
        """Clear up after a preview."""
        if self.index:
            self.index.close()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Watch the registries, the templates and the overrides as well as the briefings."""
        templates = Path(__file__).parent / "templates"
        for folder in (self._data(config), templates, *self._overrides(config)):
            if folder.is_dir():
                server.watch(str(folder))
        return server

    def export(self, config: MkDocsConfig, target: Path) -> Exported:
        """Write what a build would be made from into ``target``; see ``exporting``."""
        config = config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
        files = get_files(config)
        self._exports = True  # which makes the index itself
        docs = self.on_files(files, config=config)
        for file in docs.documentation_pages():
            if file.generated_by is None:
                page = MkDocsPage(None, file, config)
                page.read_source(config)
                page.render(config, docs)
                self.on_page_content(page.content or "", page=page, config=config, files=docs)
        return export(
            self.site,
            config=Path(config.config_file_path),
            site_url=config.site_url or "",
            docs=Path(config.docs_dir),
            overrides=self._overrides(config),
            handwritten=self.handwritten,
            target=target,
        )

    @property
    def _prints(self) -> bool:
        return bool(self.config.pdf) and not self.preview

    def _settings(self, config: MkDocsConfig) -> Settings:
        return Settings(
            name=config.site_name,
            description=config.site_description or "",
            language=_language(config),
            directory_urls=config.use_directory_urls,
            # A preview's address is nothing to cite.
            pdf=self._prints,
            url="" if self.preview else (config.site_url or ""),
            card_fonts=() if self.preview else self._fonts(config),
        )

    def _fonts(self, config: MkDocsConfig) -> tuple[bytes, ...]:
        folder = Path(config.config_file_path).parent
        try:
            return tuple((folder / str(name)).read_bytes() for name in self.config.card_fonts)
        except OSError as error:
            raise PluginError(f"A font for cards can't be read: {error}") from None

    def _overrides(self, config: MkDocsConfig) -> list[Path]:
        """The theme's folders that are the project's own."""
        return [Path(folder) for folder in config.theme.dirs if _inside(folder, config)]

    def _data(self, config: MkDocsConfig) -> Path:
        return Path(config.config_file_path).parent / self.config.data_dir


def _language(config: MkDocsConfig) -> str:
    return str(config.theme.get("language") or "en")


def _level(preview: bool) -> int:
    return 30 if preview else 40


def _inside(folder: str, config: MkDocsConfig) -> bool:
    return Path(folder).is_relative_to(Path(config.config_file_path).parent)
