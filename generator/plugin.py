"""The MkDocs plugin ``briefings``: hands the generated site to MkDocs as files."""

from __future__ import annotations

from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

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
from generator.cache import project_cache
from generator.checks.rule import Options
from generator.editions import Editions
from generator.exporting import Exported, export
from generator.exports.search import SearchPage, SearchRecord, spaced
from generator.layout import (
    FinishedPage,
    LaidOut,
    Layout,
    common_input,
    is_ours_alone,
    prints_finished,
)
from generator.loading import BRIEFINGS
from generator.making import Found, Stock, make
from generator.markup import meta
from generator.notices import Notices
from generator.overview import LISTS
from generator.parts import SITE, Unit
from generator.pipeline import Known, Pipeline
from generator.policy import with_policy
from generator.preview import Preview, PreviewFiles, State
from generator.problems import Problem, Severity
from generator.project import ProjectError, severities
from generator.publishing import SetAside, write_file, write_files
from generator.rendering import SECTIONS
from generator.searching import (
    IndexBeside,
    PreviewIndex,
    keep_index,
    kept_index,
    save_index,
)
from generator.site import build_site
from generator.theme import mended
from generator.tree import Tree, lies_in
from generator.units import page_paths
from generator.view import Settings, words

#: What MkDocs writes, until its build ends, for a page that is made when it is asked for.
PLACE = "<!doctype html>"

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
    """Reads and checks before MkDocs touches the old site, then makes the pages and files."""

    def __init__(self) -> None:
        self.preview: Preview | None = None
        self.editions: Editions | None = None
        self.options = Options()
        self.pipeline: Pipeline | None = None
        self.known: Known | None = None
        self.problems: list[Problem] = []
        self.notices: Notices | None = None
        self.places: list[Path] = []
        self.stock: Stock | None = None
        self.handwritten: list[SearchPage] = []
        self.index: PreviewIndex | None = None
        self.beside: tuple[bytes, IndexBeside | None] | None = None
        self.nav: Navigation | None = None
        self.taken: frozenset[str] = frozenset()
        self.before: SetAside | None = None
        self.dirty = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note whether this is the live preview; that MkDocs keeps the plugin for all of it."""
        self.dirty = dirty
        if command == "serve":
            self.index = PreviewIndex()
            self.editions = Editions()
            self.preview = Preview(self.index.file, self.editions)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read how the rules are set; give each build of a preview a folder of its own."""
        try:
            self.options = Options(severities(self.config.rules), _language(config))
        except ProjectError as error:
            raise PluginError(str(error)) from None
        if self.editions and not self.dirty:
            config.site_dir = str(self.editions.begin(Path(config.site_dir)))
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read and check; problems stop a build here, before MkDocs empties the old site."""
        self.handwritten, self.notices = [], None
        if self.pipeline is None:
            self.pipeline = Pipeline(project_cache(Path(config.config_file_path).parent))
        try:
            self.known = self.pipeline.read(Tree(Path(config.docs_dir), self._data(config)))
            self.problems = self.pipeline.problems(self.known, self.options)
        except Exception:
            # A rebuild that raises would leave the preview's readers waiting for an answer.
            if not (self.preview and self.known):
                raise
            _log.exception("The files could not be read anew; what was there before is shown.")
        errors = [one for one in self.problems if one.severity is Severity.ERROR]
        for problem in errors:
            _log.log(30 if self.preview else 40, report.line(problem))
        if self.problems:
            _log.info(f"{report.summary(self.problems)}; `briefings check` lists them")
        if not self.preview:
            if errors:
                raise PluginError(f"Nothing was built: {report.summary(errors)}.")
            self.known = self.known.published()
            if not self.dirty:
                self.before = SetAside(Path(config.site_dir))

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the site that was there, and no index that nobody waits for."""
        if self.beside and self.beside[1]:
            self.beside[1].abandon()
        if self.before:
            self.before.put_back()

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add what is made, in place of the YAML files themselves."""
        assert self.known
        kept = [file for file in files if _is_published(file, config)]
        self.taken = frozenset(file.dest_uri for file in kept)
        written_by_hand = {file.src_uri for file in kept}
        preview = self.preview
        sections = [SITE, *map(Unit, LISTS)]
        for unit in sections if preview else self.known.outlines.units():
            for path in page_paths(unit):
                if path not in written_by_hand:
                    kept.append(self._file(unit, path, config))
        if preview is None:
            return Files(kept)
        return PreviewFiles(kept, self.known, lambda unit, path: self._file(unit, path, config))

    def _file(self, unit: Unit, path: str, config: MkDocsConfig) -> File:
        """The file of a page that is made."""
        file = File.generated(config, path, content="")
        title = SECTIONS.get(path)
        if title is None or path in (routes.SEARCH, routes.DATA):
            file.inclusion = InclusionLevel.NOT_IN_NAV  # the sidebar holds sections only
        if unit.kind == "briefings":
            file.edit_uri = quote(f"{unit.id}.yml")
        heading = "" if title is None else meta(title or config.site_name)
        page = FinishedPage(file, config, heading, later=self.preview is not None)
        if self.preview:
            page.finished = partial(self.preview.laid_out, path)
        else:
            page.finished = partial(self._finished, unit, path)
        return file

    def _finished(self, unit: Unit, path: str) -> LaidOut | None:
        found: LaidOut | None = self.stock.page(unit, path) if self.stock else None
        return found

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Note the menu, which is part of every page."""
        self.nav = nav
        return nav

    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Note the words of pages written by hand; say above them what is wrong, in a preview."""
        if page.file.generated_by is not None:
            return html
        kind = words(_language(config))["search"]["kind"]["page"]
        text = spaced(Markup(html).striptags())
        part = SearchRecord(page.url, str(page.title), text, filters={"kind": [kind]})
        self.handwritten.append(SearchPage((part,)))
        return f"{self._notice(page.file.src_uri, config)}{html}"

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Make every page and file, or in a preview get ready to."""
        assert self.pipeline
        assert self.known
        assert self.nav
        env = prints_finished(env, self.pipeline.cache)
        settings = self._settings(config)
        layout = Layout(
            config,
            self.nav,
            env,
            files,
            policy=self.preview is None,
            prints=settings.pdf,
            above=lambda path: self._notice(path, config),
        )
        if self.preview:
            site = Path(config.site_dir)
            self.preview.renew(
                State(
                    self.pipeline,
                    self.known,
                    self.problems,
                    settings,
                    layout,
                    site,
                    self.taken,
                )
            )
            return env
        common = common_input(config, self.nav, self._overrides(config))
        # Other plugins can keep count of what they see, so with them each page is laid out here.
        alone = is_ours_alone(config, self)
        stock = self.stock = make(
            self.pipeline, self.known, settings, layout.lay_out, common if alone else None
        )
        key, by_hand = self._found(settings).key, self.handwritten
        known = self.pipeline.cache.known([key])
        self.beside = key, None if known else IndexBeside(lambda: chain(stock.found(), by_hand))
        self._date(files)
        return env

    def _found(self, settings: Settings) -> Found:
        """What search is to find."""
        assert self.pipeline
        assert self.known
        return Found(self.pipeline, self.known, settings, tuple(self.handwritten))

    def _date(self, files: Files) -> None:
        """Date the pages for the sitemap by their data, never by the build."""
        assert self.stock
        stock = self.stock
        days = {path: day for unit in stock.keys for path, day in stock.dates(unit).items() if day}
        for file in files.documentation_pages() if days else ():
            assert file.page
            day = days.get(file.src_uri)
            file.page.update_date = day.isoformat() if day else ""

    @event_priority(-100)  # after whatever other plugins put into the page
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """A built page gets its policy, under which MkDocs' reloading script would not run."""
        if isinstance(page, FinishedPage):
            if self.preview:
                self.places.append(Path(page.file.abs_dest_path))
            return output or (PLACE if self.preview else "")
        return mended(output) if self.preview else with_policy(mended(output))

    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """The page of missing addresses gets its policy too."""
        is_page = template_name.endswith(".html") and not self.preview
        return with_policy(mended(output_content)) if is_page else output_content

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the files beside the pages, and the index, which a preview makes meanwhile."""
        assert self.pipeline
        assert self.known
        site = Path(config.site_dir)
        if self.index and self.editions:
            for place in self.places:
                place.unlink(missing_ok=True)
            self.places = []
            self.editions.show(site)
            self.index.refresh(self._found(self._settings(config)))
            return
        assert self.stock
        assert self.beside
        write_files(self.known, self.stock, site, self.taken)
        if self._settings(config).pdf:
            self._print(config)
        key, beside = self.beside
        if beside:
            keep_index(beside.files(), key, self.pipeline.cache, site)
        else:
            save_index(kept_index(key, self.pipeline.cache), site)

    def _print(self, config: MkDocsConfig) -> None:
        assert self.stock
        for unit in self.stock.keys:
            if unit.kind != "briefings":
                continue
            path = routes.briefing(unit.id)
            page = self._finished(unit, path)
            if page and page.content:
                file = File.generated(config, path, content="")
                made = printing.pdf(
                    page.content,
                    title=str(Markup(page.title).unescape()),
                    language=_language(config),
                    address=MkDocsPage(None, file, config).canonical_url or "",
                )
                write_file(Path(config.site_dir), routes.briefing_pdf(unit.id), made)

    def on_shutdown(self) -> None:
        """Clear up."""
        if self.before:
            self.before.forget()
        if self.index:
            self.index.close()
        if self.pipeline:
            if self.stock:
                self.pipeline.cache.tidy()
            self.pipeline.cache.close()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Watch the registries, the templates and the overrides too; make pages when asked."""
        assert self.preview
        assert self.pipeline
        self.pipeline.jobs = 1  # a process with threads, as the server has, is not to be forked
        assert self.editions
        self.editions.serve(server)
        server.set_app(self.preview.serving(server.serve_request, server.mount_path))
        templates = Path(__file__).parent / "templates"
        for folder in (self._data(config), templates, *self._overrides(config)):
            if folder.is_dir():
                server.watch(str(folder))
        return server

    def export(self, config: MkDocsConfig, target: Path) -> Exported:
        """Write what a build would be made from into ``target``; see ``exporting``."""
        config = config.plugins.on_config(config)
        self.on_pre_build(config=config)
        if self.before:
            self.before.put_back()
        assert self.known
        files = self.on_files(get_files(config), config=config)
        for file in files.documentation_pages():
            if file.generated_by is None:
                page = MkDocsPage(None, file, config)
                page.read_source(config)
                page.render(config, files)
                self.on_page_content(page.content or "", page=page, config=config, files=files)
        return export(
            build_site(self.known.files, self._settings(config), self.options),
            config=Path(config.config_file_path),
            site_url=config.site_url or "",
            docs=Path(config.docs_dir),
            overrides=self._overrides(config),
            handwritten=self.handwritten,
            target=target,
        )

    def _notice(self, path: str, config: MkDocsConfig) -> str:
        """What a preview says above a page about mistakes."""
        if not self.preview or not self.known:
            return ""
        if self.notices is None:
            self.notices = Notices(self.problems, self._page_of, self._settings(config))
        return self.notices.above(path)

    def _page_of(self, file: str) -> str | None:
        """The path of the page that a file of a briefing has."""
        assert self.known
        loaded = self.known.loaded
        key = file.removeprefix(BRIEFINGS).removesuffix(".yml")
        has_page = file == f"{BRIEFINGS}{key}.yml" and (
            key in loaded.briefings or key in loaded.broken
        )
        return routes.briefing(key) if has_page else None

    @property
    def _prints(self) -> bool:
        return bool(self.config.pdf) and self.preview is None

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


def _is_published(file: File, config: MkDocsConfig) -> bool:
    """Whether a file goes out as it is: no YAML, and nothing that a link fetches from elsewhere."""
    if Path(file.src_uri).suffix in (".yml", ".yaml"):
        return False
    place = file.abs_src_path
    return place is None or file.src_dir != config.docs_dir or lies_in(config.docs_dir, place)


def _inside(folder: str, config: MkDocsConfig) -> bool:
    """Whether a folder is the project's own; an environment in it holds the themes of others."""
    project = Path(config.config_file_path).parent
    if not Path(folder).is_relative_to(project):
        return False
    return not any(part.startswith(".") for part in Path(folder).relative_to(project).parts)
