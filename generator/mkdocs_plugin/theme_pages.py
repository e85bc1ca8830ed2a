"""Pages as the theme lays them out, ahead of MkDocs: in worker processes, or when one is asked for.

MkDocs lays pages out one after another, each time all of them. What comes out depends on the page,
and on what ``theme_digest`` stands for, so pages can be rendered concurrently and reused. This uses
what MkDocs documents: a page class of our own, and a page's own theme template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, ChoiceLoader, Environment, FunctionLoader
from jinja2.bccache import Bucket
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from generator.build.cache import Cache, digest
from generator.build.canonical_form import NotDescribableError, canonical
from generator.build.installed_software import is_installed, project_code
from generator.configuration.mkdocs_config import language
from generator.mkdocs_plugin.markdown_to_html import Converter, title_in_nav
from generator.rendering.pages import Page
from generator.rendering.translations import is_translated

#: The theme template of a page that is laid out apart from MkDocs, and what it holds: a place.
TEMPLATE = "briefings-place.html"
PLACEHOLDER = "<!doctype html>"
#: The attributes of the interface's texts on a site in a language without translations.
_ENGLISH = 'lang="en" dir="ltr"'
#: What others can do to a page that is made: its variables, its finished HTML.
_EVENTS = ("page_context", "post_page")
#: What of the configuration is described apart, or says only where the site goes.
_NOT_IN_PAGES = ("theme", "plugins", "site_dir")
#: When they can write into the folder of the site.
_WRITING = ("post_page", "post_template", "post_build", "shutdown")


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A finished page: its place below the site's root, its HTML, the anchors in it.

    ``content`` is what of it is printed, the page without the theme; empty where nothing is.
    """

    place: str
    html: str
    anchors: frozenset[str]
    title: str = ""
    content: str = ""


class _Undated(str):
    """No date, as MkDocs can take it: it compares the dates of all pages, and reads the latest."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


#: The date of a page whose data have none; as a time stamp of gzip it means the same (RFC 1952).
UNDATED = _Undated("1970-01-01")


class PlaceholderPage(MkDocsPage):
    """A page that MkDocs need not convert and lay out: what it writes is only a place for it.

    ``heading`` is its title in menus; ``finished`` gives the page itself.
    """

    def __init__(self, file: File, config: MkDocsConfig, heading: str) -> None:
        super().__init__(title_in_nav(config.nav, file.src_uri), file, config)
        self.heading = heading
        self.finished: Callable[[], RenderedPage | None] = lambda: None
        self.read_source(config)  # other plugins look for a title while they make the menu

    def read_source(self, config: MkDocsConfig) -> None:
        """Nothing: there is no source."""
        self.markdown, self.meta = "", {"title": self.heading, "template": TEMPLATE}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Nothing: there is nothing to convert."""
        self.content, self.toc = "", TableOfContents([])

    def fill(self, made: Page) -> None:
        """Take the page as it was made, for the theme to lay out."""
        self.markdown, self.meta = made.body, dict(made.head)
        self.update_date = made.modified.isoformat() if made.modified else UNDATED

    def empty(self, config: MkDocsConfig, files: Files) -> None:
        """Forget what was filled in."""
        self.read_source(config)
        self.render(config, files)

    @property
    def present_anchor_ids(self) -> set[str] | None:
        """The anchors of the finished page, for MkDocs to check links by."""
        finished = self.finished()
        return set(finished.anchors) if finished else None

    @present_anchor_ids.setter
    def present_anchor_ids(self, anchors: set[str] | None) -> None:
        raise AttributeError("what is finished has its anchors")


class KeptApart:
    """Another plugin's method for one event of pages, which is not called for those made here.

    What they hold is no source: an author's words would be taken for that plugin's own signs.
    """

    def __init__(self, method: Callable[..., Any]) -> None:
        self.method = method

    def __call__(self, *item: Any, page: MkDocsPage | None = None, **inputs: Any) -> Any:
        if isinstance(page, PlaceholderPage) or any(
            isinstance(one, PlaceholderPage) for one in item
        ):
            return None
        return self.method(*item, **({} if page is None else {"page": page}), **inputs)


class ThemeRenderer:
    """How pages are laid out in one build: by its configuration, menu, files and theme.

    ``prints``: with what is printed kept; ``above`` gives HTML to stand above a page, by its path.
    """

    def __init__(
        self,
        config: MkDocsConfig,
        nav: Navigation,
        env: Environment,
        files: Files,
        *,
        prints: bool = False,
        above: Callable[[str], str] = lambda path: "",
    ) -> None:
        self._config, self._nav, self._env, self._files = config, nav, env, files
        self._pages = files.documentation_pages()
        self._converter = Converter(config)
        self._prints, self._above = prints, above

    def render(self, made: Page) -> RenderedPage:
        """A page as the theme lays it out."""
        file = self._files.get_file_from_path(made.path)
        page = file.page if file else None
        if file is None or not isinstance(page, PlaceholderPage):
            return RenderedPage(
                "", "", frozenset()
            )  # someone wrote a page for this address by hand
        try:
            return self._laid_out(made, page)
        finally:
            page.active = False
            page.empty(self._config, self._files)

    def _laid_out(self, made: Page, page: PlaceholderPage) -> RenderedPage:
        config, events = self._config, self._config.plugins
        page.fill(made)
        # No other plugin is given this source: braces, say, are an author's words here.
        printed, page.toc, anchors = self._converter.convert(made.body)
        if not is_translated(language(config)):
            printed = f"<div {_ENGLISH}>{printed}</div>"
            _mark_as_english(page.toc)
        page.content = self._above(made.path) + printed
        page.active = True
        context = get_context(self._nav, self._pages, config, page)
        context = events.on_page_context(context, page=page, config=config, nav=self._nav)
        html = self._env.get_template("main.html").render(context)
        return RenderedPage(
            page.file.dest_uri,
            events.on_post_page(html, page=page, config=config),
            frozenset(anchors),
            str(page.title),
            printed if self._prints else "",
        )


def _mark_as_english(contents: Iterable[AnchorLink]) -> None:
    """Mark the entries of a table of contents, but for the page's title, as the page's text is."""
    for entry in contents:
        if entry.level > 1:
            entry.title = f"<span {_ENGLISH}>{entry.title}</span>"
        _mark_as_english(entry.children)


def has_no_other_page_hooks(config: MkDocsConfig, plugin: object) -> bool:
    """Whether no other plugin or hook has a say about pages that are made, so that they can be made
    elsewhere.
    """
    return _alone(_EVENTS, config, plugin)


def writes_alone(config: MkDocsConfig, plugin: object) -> bool:
    """Whether no other plugin or hook can write over files of a site that is complete."""
    return _alone(_WRITING, config, plugin)


def _alone(events: Iterable[str], config: MkDocsConfig, plugin: object) -> bool:
    return all(
        getattr(method, "__self__", None) is plugin or isinstance(method, KeptApart)
        for event in events
        for method in config.plugins.events[event]
    )


def with_placeholder_template(env: Environment, cache: Cache, program: bytes) -> Environment:
    """``env`` with a template for places, and with its templates kept compiled."""
    theme = [env.loader] if env.loader else []
    env.loader = ChoiceLoader([FunctionLoader(_place), *theme])
    written = (env.trim_blocks, env.lstrip_blocks, env.keep_trailing_newline, env.autoescape)
    common = digest(program, repr((written, sorted(env.extensions))), *project_code())
    env.bytecode_cache = _Compiled(cache, common)
    env.auto_reload = False  # each build has an environment of its own
    return env


def _place(name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """The template for places; other plugins ask of each in which file it is."""
    return (PLACEHOLDER, __file__, lambda: True) if name == TEMPLATE else None


class _Compiled(BytecodeCache):
    """The theme's templates as compiled; Jinja itself sees when a template has changed.

    ``common`` stands for the software that compiles them, and for how.
    """

    def __init__(self, cache: Cache, common: bytes) -> None:
        self._cache, self._common = cache, common

    def load_bytecode(self, bucket: Bucket) -> None:
        code = self._cache.get(self._key(bucket))
        if code:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._cache.put_many({self._key(bucket): bucket.bytecode_to_string()})

    def _key(self, bucket: Bucket) -> bytes:
        return digest(b"template", self._common, bucket.key, bucket.checksum)


def theme_digest(
    config: MkDocsConfig, nav: Navigation, env: Environment, plugin: object
) -> bytes | None:
    """A hash of what every page depends on beside our own input: configuration, other plugins'
    options, menu, theme, and the project's code. None where not all of it can be told.

    The options of ``plugin``, our own, reach pages by the settings.
    """
    settings = {key: value for key, value in config.items() if key not in _NOT_IN_PAGES}
    others = [(name, one) for name, one in config.plugins.items() if one is not plugin]
    options = [(name, type(one), getattr(one, "config", None)) for name, one in others]
    written_by_hand = [
        (page.url, str(page.title), page.meta)
        for page in nav.pages
        if not isinstance(page, PlaceholderPage)
    ]
    theme = config.theme
    inputs = (settings, options, theme.name, theme.dirs, dict(theme), str(nav), written_by_hand)
    try:
        described = canonical((inputs, _held(env.globals), _held(env.filters), _held(env.tests)))
    except NotDescribableError:
        return None
    folders = [Path(folder) for folder in theme.dirs if not is_installed(folder)]
    files = [
        content
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for content in (str(path.relative_to(folder)), path.read_bytes())
    ]
    return digest(described, *project_code(), *files)


def _held(values: Mapping[str, Any]) -> dict[str, object]:
    """What templates can use, functions by their names."""
    return {
        name: f"{value.__module__}.{getattr(value, '__qualname__', '')}"
        if callable(value)
        else value
        for name, value in values.items()
    }
