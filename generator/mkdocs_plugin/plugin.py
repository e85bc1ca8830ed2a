"""The MkDocs plugin ``briefings``: hands the generated site to MkDocs as files."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

import click
from jinja2 import Environment, TemplateNotFound
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel, get_files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from generator.addresses import urls
from generator.addresses.reserved import folded
from generator.addresses.urls import built_by_hand
from generator.build.artifacts import SearchCorpus, build_targets
from generator.build.cache import generator_digest, project_cache
from generator.build.pipeline import Pipeline
from generator.build.snapshot import Snapshot
from generator.build.targets import Target
from generator.configuration.mkdocs_config import (
    check_address,
    language,
    overrides,
    registries,
    selection,
    site_settings,
)
from generator.configuration.project import PluginConfig, ProjectError, plugin_settings, severities
from generator.mkdocs_plugin import other_plugins
from generator.mkdocs_plugin.lazy_files import (
    LazyFiles,
    Reiterable,
    is_published,
    nav_pages,
    unit_of_page,
)
from generator.mkdocs_plugin.preview import Preview, PreviewState
from generator.mkdocs_plugin.preview_folders import PreviewFolders
from generator.mkdocs_plugin.preview_notices import Notices
from generator.mkdocs_plugin.preview_search import PreviewIndex
from generator.mkdocs_plugin.publication import Publication
from generator.mkdocs_plugin.theme_fixes import fix_theme_html
from generator.mkdocs_plugin.theme_pages import (
    PLACEHOLDER,
    UNDATED,
    PlaceholderPage,
    RenderedPage,
    ThemeRenderer,
    has_no_other_page_hooks,
    theme_digest,
    with_placeholder_template,
    writes_alone,
)
from generator.publishing.build_folder import BuildFolder
from generator.publishing.markdown_export import Exported, export
from generator.publishing.search_index import keeping, kept_index
from generator.reading import problem_formats
from generator.reading.loader import BRIEFINGS
from generator.reading.problems import Problem, Severity
from generator.reading.source_files import SourceFiles
from generator.rendering.csp import with_policy
from generator.rendering.escaping import meta
from generator.rendering.pages import SECTIONS
from generator.rendering.view import Settings, forget_files, words
from generator.rules.base import CheckSettings
from generator.search.index import index_files
from generator.search.records import SearchPage, SearchRecord, text_of

SITEMAP = "sitemap.xml"
#: Files of this level and above are part of a site.
_PUBLISHED = InclusionLevel.NOT_IN_NAV

#: What a disk says that can't take a site: no mistake in the project, so not worth a traceback.
_DISK_FAILS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO)

_log = get_plugin_logger("briefings")


# MkDocs' base class tells no types.
class BriefingsPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """Reads and checks before MkDocs touches the old site, then makes the pages and files."""

    def __init__(self) -> None:
        self.preview: Preview | None = None
        self.editions: PreviewFolders | None = None
        self.options = CheckSettings()
        self.pipeline: Pipeline | None = None
        self.snapshot: Snapshot | None = None
        self.problems: list[Problem] = []
        self.notices: Notices | None = None
        self.handwritten: list[SearchPage] = []
        self.index: PreviewIndex | None = None
        self.nav: Navigation | None = None
        self.menu: list[tuple[Target, File]] = []
        self.taken: frozenset[str] = frozenset()
        self.build: Publication | None = None
        self.publication: BuildFolder | None = None
        self.dirty = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Begin anew, as MkDocs keeps the plugin for all that a process builds; note whether this
        is the live preview.
        """
        self.dirty = dirty
        self.preview, self.editions, self.index = None, None, None
        self.pipeline, self.snapshot, self.build = None, None, None
        self.publication = None if command == "serve" or _is_served() else BuildFolder()
        if command == "serve" and not _reloads():
            _log.info("Reloading is off, so this shows the site as it would be published.")
        elif command == "serve":
            self.index = PreviewIndex()
            self.editions = PreviewFolders()
            self.preview = Preview(self.index.file, self.editions)

    @event_priority(100)  # before other plugins note where the site is to be
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read how the rules are set; give each build a folder of its own."""
        check_address(config)
        try:
            own = plugin_settings(dict(self.config))
            today = datetime.now().astimezone().date()
            self.options = CheckSettings(severities(own.rules), language(config), today)
        except ProjectError as error:
            raise PluginError(str(error)) from None
        if refused := list(other_plugins.refusals(config)):
            raise PluginError(" ".join(refused))
        for warning in other_plugins.warnings(config):
            _log.warning(warning)
        if self.editions and not self.dirty:
            config.site_dir = str(self.editions.begin(Path(config.site_dir)))
        elif self.publication:
            self.publication.configure(config, self._sources(config))
        return config

    def _sources(self, config: MkDocsConfig) -> list[Path]:
        """The files and folders that a site is made from."""
        paths = [config.config_file_path, config.docs_dir, *config.theme.dirs, *config.hooks]
        return [*(Path(str(path)) for path in paths), registries(config, self.config)]

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Begin the new site's folder, read and check; problems stop a build here."""
        if self.publication:
            self.publication.begin(config)
        self.read(config)

    def read(self, config: MkDocsConfig) -> None:
        """Read and check; PluginError where there are problems, but for a preview."""
        self.handwritten, self.notices, self.build = [], None, None
        chosen = selection(config, self.config)
        other_plugins.keep_apart(config, self)
        if self.pipeline is None:
            self.pipeline = Pipeline(project_cache(Path(config.config_file_path).parent))
        elif (current := generator_digest()) != self.pipeline.program:
            self.pipeline.program = current  # someone edits templates or words in a preview
            forget_files()
        try:
            self.snapshot = self.pipeline.read(
                SourceFiles(Path(config.docs_dir), registries(config, self.config), chosen)
            )
            self.problems = self.pipeline.problems(self.snapshot, self.options)
        except Exception as error:
            # A rebuild that raises would leave the preview's readers waiting for an answer.
            if not (self.preview and self.snapshot):
                if isinstance(error, OSError):
                    raise PluginError(f"{error.filename}: {error.strerror}.") from None
                raise
            _log.exception("Could not read the files again. The last good version is still shown.")
        errors = [one for one in self.problems if one.severity is Severity.ERROR]
        for problem in errors:
            _log.log(30 if self.preview else 40, problem_formats.line(problem))
        for problem in self.problems:
            if problem.rule == "not-published":
                # A copy that an editor left isn't to hold up a strict build: readers don't get it.
                _log.log(20 if config.strict else 30, problem_formats.line(problem))
        if self.problems:
            _log.info(f"{problem_formats.summary(self.problems)}; `briefings check` lists them")
        if not self.preview:
            if errors:
                raise PluginError(f"Nothing was built: {problem_formats.summary(errors)}.")
            self.problems = []  # warnings of ten thousand files would take room until the end
            self.snapshot = self.snapshot.published(chosen.is_draft)

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the site that was there, and no index that nobody waits for."""
        if self.build:
            self.build.abandon()
        if self.publication:
            self.publication.abandon()
            if isinstance(error, OSError) and error.errno in _DISK_FAILS:
                raise PluginError(f"The site can't be written: {error.strerror}.") from None

    @event_priority(100)
    def _named_by_others(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages that other plugins' settings name, before these look for them."""
        assert self.snapshot
        kept = self._on_demand(list(files), config)
        for path in dict.fromkeys(other_plugins.redirected_to(config)):
            target = unit_of_page(path, self.snapshot)
            if target and path not in kept.src_uris:
                kept.append(self._file(target, path, config, self.snapshot.title(target)))
        return kept

    @event_priority(-1000)  # after whatever other plugins add or take away
    def _with_what_is_made(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add what is made in place of the YAML files, to the very object that other plugins know.

        Files that MkDocs leaves out anyway stay: some hold settings of other plugins.
        """
        assert self.snapshot
        if not isinstance(files, LazyFiles):
            files = self._on_demand(list(files), config)
        chosen = selection(config, self.config)
        for file in list(files):
            goes_out = file.inclusion is InclusionLevel.EXCLUDED or is_published(
                file, config, chosen
            )
            if isinstance(file.page, PlaceholderPage) or not goes_out:
                files.remove(file)
        # MkDocs makes nothing of what `exclude_docs` and, but for a preview, `draft_docs` have.
        least = InclusionLevel.DRAFT if self.preview else _PUBLISHED
        kept = [file for file in files if file.inclusion.value >= least.value]
        self.taken = frozenset(file.dest_uri for file in kept)
        if not self.preview:
            self._refuse_to_lose(kept, config)
        written_by_hand = {file.src_uri for file in kept}
        named = [config.nav, other_plugins.redirected_to(config)]
        self.menu = [
            (target, self._file(target, path, config, self.snapshot.title(target)))
            for target, path in nav_pages(named, self.snapshot)
            if path not in written_by_hand
        ]
        for _, file in self.menu:
            files.append(file)
        return files

    def _on_demand(self, files: list[File], config: MkDocsConfig) -> LazyFiles:
        assert self.snapshot
        return LazyFiles(files, self.snapshot, partial(self._file, config=config))

    def _refuse_to_lose(self, files: Iterable[File], config: MkDocsConfig) -> None:
        """Raise where a file of another plugin would take the place of what is made."""
        assert self.snapshot
        written = [(file.src_uri, file.dest_uri) for file in files]
        written += [
            (path, to) for path in other_plugins.redirects(config) for to in built_by_hand(path)
        ]
        for path, place in written:
            if words := self.snapshot.loaded.addresses.owner(folded(place)):
                raise PluginError(f"{path} would be `{place}`, which is {words}.")

    on_files = CombinedEvent(_named_by_others, _with_what_is_made)

    def _file(self, target: Target, path: str, config: MkDocsConfig, title: str = "") -> File:
        """The file of a page that is made; ``title`` is what a menu calls it."""
        file = File.generated(config, path, content="")
        if path not in SECTIONS or path in (urls.SEARCH, urls.DATA):
            file.inclusion = InclusionLevel.NOT_IN_NAV  # the sidebar holds sections only
        if target.kind == "briefings":
            file.edit_uri = quote(f"{target.id}.yml")
        heading = SECTIONS.get(path, title) or config.site_name
        page = PlaceholderPage(file, config, meta(heading))
        page.finished = partial(self._finished, target, path)
        return file

    def _finished(self, target: Target, path: str) -> RenderedPage | None:
        if self.preview:
            return self.preview.rendered_page(path)
        return self.build.page(target, path) if self.build else None

    @event_priority(-1000)  # the menu as other plugins leave it
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Note the menu, which is part of every page."""
        self.nav = nav
        return nav

    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Note the words of pages written by hand; say above them what is wrong, in a preview."""
        if isinstance(page, PlaceholderPage):
            return html
        kind = words(language(config))["search"]["kind"]["page"]
        text = text_of(Markup(html).striptags())
        part = SearchRecord(page.url, str(page.title), text, filters={"kind": [kind]})
        self.handwritten.append(SearchPage((part,)))
        return f"{self._notice(page.file.src_uri, config)}{html}"

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Make every page and file, or in a preview get ready to."""
        assert self.pipeline
        assert self.snapshot
        assert self.nav is not None  # one without entries counts as false
        env = with_placeholder_template(env, self.pipeline.cache, self.pipeline.program)
        settings = self._settings(config)
        layout = ThemeRenderer(
            config,
            self.nav,
            env,
            files,
            prints=settings.pdf,
            above=lambda path: self._notice(path, config),
        )
        site = Path(config.site_dir)
        if self.preview:
            self.preview.renew(
                PreviewState(
                    self.pipeline,
                    self.snapshot,
                    self.problems,
                    settings,
                    layout,
                    site,
                    self.taken,
                )
            )
            return env
        published = self.publication.site if self.publication else None
        # What another plugin writes over in the new site would change in the old one too.
        reuses = published is not None and writes_alone(config, self)
        self.build = Publication(
            self.pipeline,
            self.snapshot,
            settings,
            folder=site,
            site=published or site,
            old=published if reuses else None,
            reserved_paths=self.taken,
            menu=self.menu,
        )
        # Other plugins can keep count of what they see, so with them each page is laid out here.
        alone = has_no_other_page_hooks(config, self)
        common = theme_digest(config, self.nav, env, self) if alone else None
        try:
            self.build.begin(layout, common, tuple(self.handwritten))
        except TemplateNotFound as error:
            message = f"The theme has no template {error}, which its settings require."
            raise PluginError(message) from None
        self._date(files, self.build)
        return env

    def _date(self, files: Files, build: Publication) -> None:
        """Date the pages that MkDocs knows by their data, never by the build."""
        days = {path: day for _, path, day in build.days(target for target, _ in self.menu)}
        for file in files.documentation_pages():
            assert file.page
            file.page.update_date = days.get(file.src_uri) or UNDATED

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """List every page in the sitemap."""
        if template_name == SITEMAP and self.build and config.site_url:
            listed: Any = Reiterable(partial(self._listed, context["pages"], self.build, config))
            context["pages"] = listed
        return context

    def _listed(
        self, by_mkdocs: Iterable[File], build: Publication, config: MkDocsConfig
    ) -> Iterator[File]:
        yield from by_mkdocs
        in_menu = {target for target, _ in self.menu}
        for target, path, day in build.days(one for one in build.targets if one not in in_menu):
            file = self._file(target, path, config)
            if file.dest_uri not in self.taken:
                assert file.page
                file.page.update_date = day or UNDATED
                yield file

    @event_priority(-100)  # after whatever other plugins put into the page
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """A built page gets its policy, under which MkDocs' reloading script would not run."""
        return output if output == PLACEHOLDER else self._ended(output)

    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """The page of missing addresses gets its policy too."""
        is_page = template_name.endswith(".html") and not self.preview
        return self._ended(output_content) if is_page else output_content

    def _ended(self, html: str) -> str:
        return fix_theme_html(html) if self.preview else with_policy(fix_theme_html(html))

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what is left, and the index, which a preview makes meanwhile."""
        if self.build:
            self.build.end()
            if self.publication:
                self.publication.complete()
        elif self.index and self.editions:
            assert self.pipeline
            assert self.snapshot
            for _, file in self.menu:
                Path(file.abs_dest_path).unlink(missing_ok=True)  # the place for it
            self.editions.show(Path(config.site_dir))
            settings, by_hand = self._settings(config), tuple(self.handwritten)
            self.index.refresh(SearchCorpus(self.pipeline, self.snapshot, settings, by_hand))

    @event_priority(-100)  # after whatever other plugins put into the site
    def on_shutdown(self) -> None:
        """Put the new site in place, unless something went wrong; clear up."""
        try:
            if self.publication:
                self.publication.end()
        finally:
            self._clear_up()

    def _clear_up(self) -> None:
        if self.index:
            self.index.close()
        if self.pipeline:
            if self.build and self.build.targets:
                self.pipeline.cache.evict_unused()
            self.pipeline.close()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Watch the registries, the templates and the overrides too; make pages when asked."""
        if not self.preview:  # `mkdocs serve --clean` shows the site as it would be published
            return server
        assert self.pipeline
        self.pipeline.jobs = 1  # a process with threads, as the server has, is not to be forked
        assert self.editions
        self.editions.serve(server)
        server.set_app(self.preview.serving(server.serve_request, server.mount_path))
        own = [Path(__file__).parents[1] / name for name in ("templates", "locale")]
        for folder in (registries(config, self.config), *own, *overrides(config)):
            if folder.is_dir():
                server.watch(str(folder))
        return server

    def export(self, config: MkDocsConfig, target: Path) -> Exported:
        """Write what a build would be made from into ``target``; see ``exporting``."""
        config = config.plugins.on_config(config)
        self.read(config)
        assert self.pipeline
        assert self.snapshot
        files = self._with_what_is_made(get_files(config), config=config)
        for file in files.documentation_pages():
            if file.generated_by is None:
                page = MkDocsPage(None, file, config)
                page.read_source(config)
                page.render(config, files)
                self.on_page_content(page.content or "", page=page, config=config, files=files)
        pipeline, snapshot, settings = self.pipeline, self.snapshot, self._settings(config)
        by_hand, cache = tuple(self.handwritten), pipeline.cache
        artifacts = build_targets(pipeline, snapshot, settings)
        key = SearchCorpus(pipeline, snapshot, settings, by_hand).key
        return export(
            snapshot,
            artifacts,
            kept_index(key, cache)
            if cache.existing([key])
            else keeping(index_files(chain(artifacts.found(), by_hand)), key, cache),
            config=Path(config.config_file_path),
            site_url=config.site_url or "",
            docs=Path(config.docs_dir),
            assets={
                file.src_uri
                for file in files
                if file.generated_by is None
                and file.src_dir == config.docs_dir
                and file.inclusion.value >= _PUBLISHED.value
            },
            overrides=overrides(config),
            target=target,
        )

    def _notice(self, path: str, config: MkDocsConfig) -> str:
        """What a preview says above a page about mistakes."""
        if not self.preview or not self.snapshot:
            return ""
        if self.notices is None:
            self.notices = Notices(self.problems, self._page_of, self._settings(config))
        return self.notices.above(path)

    def _page_of(self, file: str) -> str | None:
        """The path of the page that a file of a briefing has."""
        assert self.snapshot
        loaded = self.snapshot.loaded
        key = file.removeprefix(BRIEFINGS).removesuffix(".yml")
        has_page = file == f"{BRIEFINGS}{key}.yml" and (
            key in loaded.briefings or key in loaded.broken
        )
        return urls.briefing(key) if has_page else None

    def _settings(self, config: MkDocsConfig) -> Settings:
        return site_settings(config, self.config, preview=self.preview is not None)


def _is_served() -> bool:
    """Whether this is `mkdocs serve`, which shows a folder that it made for that."""
    context = click.get_current_context(silent=True)
    return context is not None and context.command.name == "serve"


def _reloads() -> bool:
    """Whether MkDocs' server, which serves this command, will let plugins have a say in it."""
    context = click.get_current_context(silent=True)
    return context is None or context.params.get("livereload") is not False
