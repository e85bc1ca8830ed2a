"""Pages as the theme lays them out, ahead of MkDocs: in worker processes, or when one is asked for.

MkDocs lays pages out one after another, each time all of them. What comes out depends on the page,
and on what ``Layout.digest`` stands for; so it can be done beside other pages, and used again. This
goes through what MkDocs documents: a page class of our own, and a page's own theme template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, ChoiceLoader, Environment, FunctionLoader
from jinja2.bccache import Bucket
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents

from generator.cache import Cache, digest
from generator.configuration import language
from generator.conversion import Converter, title_in_nav
from generator.rendering import Page
from generator.view import has_words

#: The theme template of a page that is laid out apart from MkDocs, and what it holds: a place.
TEMPLATE = "briefings-place.html"
PLACE = "<!doctype html>"
#: What others can do to a page that is made: its variables, its finished HTML.
_EVENTS = ("page_context", "post_page")
#: Where Python says at which address of the memory something lies.
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A finished page: its place below the site's root, its HTML, the anchors in it.

    ``content`` is what of it is printed, the page without the theme; empty where nothing is.
    """

    place: str
    html: str
    anchors: frozenset[str]
    title: str = ""
    content: str = ""


class FinishedPage(MkDocsPage):
    """A page that MkDocs need not convert and lay out: what it writes is only a place for it.

    ``heading`` is its title in menus; ``finished`` gives the page itself.
    """

    def __init__(self, file: File, config: MkDocsConfig, heading: str) -> None:
        super().__init__(title_in_nav(config.nav, file.src_uri), file, config)
        self.heading = heading
        self.finished: Callable[[], LaidOut | None] = lambda: None
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
        self.update_date = made.modified.isoformat() if made.modified else ""

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

    def __call__(self, *item: Any, page: MkDocsPage | None = None, **around: Any) -> Any:
        if isinstance(page, FinishedPage) or any(isinstance(one, FinishedPage) for one in item):
            return None
        return self.method(*item, **({} if page is None else {"page": page}), **around)


class Layout:
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

    def lay_out(self, made: Page) -> LaidOut:
        """A page as the theme lays it out."""
        file = self._files.get_file_from_path(made.path)
        page = file.page if file else None
        if file is None or not isinstance(page, FinishedPage):
            return LaidOut("", "", frozenset())  # someone wrote a page for this address by hand
        config, events = self._config, self._config.plugins
        page.fill(made)
        # No other plugin is given this source: braces, say, are an author's words here.
        printed, page.toc, anchors = self._converter.convert(made.body)
        if not has_words(language(config)):
            printed = f'<div lang="en" dir="ltr">{printed}</div>'
        page.content = self._above(made.path) + printed
        page.active = True
        context = get_context(self._nav, self._pages, config, page)
        context = events.on_page_context(context, page=page, config=config, nav=self._nav)
        html = self._env.get_template("main.html").render(context)
        done = LaidOut(
            file.dest_uri,
            events.on_post_page(html, page=page, config=config),
            frozenset(anchors),
            str(page.title),
            printed if self._prints else "",
        )
        page.active = False
        page.empty(config, self._files)
        return done


def is_ours_alone(config: MkDocsConfig, plugin: object) -> bool:
    """Whether no other plugin or hook has a say about pages that are made, so that they can be made
    elsewhere.
    """
    return all(
        getattr(method, "__self__", None) is plugin or isinstance(method, KeptApart)
        for event in _EVENTS
        for method in config.plugins.events[event]
    )


def with_places(env: Environment, cache: Cache) -> Environment:
    """``env`` with a template for places, and with its templates kept compiled."""
    theme = [env.loader] if env.loader else []
    env.loader = ChoiceLoader([FunctionLoader(_place), *theme])
    env.bytecode_cache = _Compiled(cache)
    env.auto_reload = False  # each build has an environment of its own
    return env


def _place(name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """The template for places; other plugins ask of each in which file it is."""
    return (PLACE, __file__, lambda: True) if name == TEMPLATE else None


class _Compiled(BytecodeCache):
    """The theme's templates as compiled; Jinja itself sees when a template has changed."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def load_bytecode(self, bucket: Bucket) -> None:
        code = self._cache.get(_key(bucket))
        if code:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._cache.put({_key(bucket): bucket.bytecode_to_string()})


def _key(bucket: Bucket) -> bytes:
    return digest(b"template", bucket.key, bucket.checksum)


def common_input(config: MkDocsConfig, nav: Navigation, folders: Iterable[Path]) -> bytes:
    """A hash of what every page depends on: configuration, menu, theme, and what is installed."""
    settings = {
        key: value for key, value in config.items() if key not in ("theme", "plugins", "site_dir")
    }
    theme = [
        content
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for content in (str(path.relative_to(folder)), path.read_bytes())
    ]
    installed = sorted(f"{one.name} {one.version}" for one in metadata.distributions())
    return digest(_told(settings), _told(config.theme), str(nav), *installed, *theme)


def _told(settings: Mapping[str, Any]) -> str:
    return _ADDRESS.sub("", repr(sorted(settings.items(), key=str)))
