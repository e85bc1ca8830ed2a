"""Where every page lives: the one place that makes paths and addresses.

A page's path is that of its Markdown file, ``actors/esteria/index.md``; its address is the folder,
``actors/esteria/``. Addresses in pages are relative, so that a site works below any prefix.
"""

from __future__ import annotations

import posixpath
from functools import lru_cache
from urllib import parse

_CACHED = 8_192
#: The endings of pages written by hand, as MkDocs knows them.
PAGE_TYPES = ("markdown", "mdown", "mkdn", "mkd", "md")

HOME = "index.md"
BRIEFINGS = "briefings/index.md"
ACTORS = "actors/index.md"
TOPICS = "topics/index.md"
PLACES = "places/index.md"
TIMELINE = "timeline/index.md"
SOURCES = "sources/index.md"
CHANGES = "changes/index.md"
SEARCH = "search/index.md"
DATA = "data/index.md"
BRIEFINGS_JSON = "data/briefings.json"
STATEMENTS_JSON_LINES = "data/statements.jsonl"
DATA_PACKAGE = "data/datapackage.json"
BIBLIOGRAPHY_CSL = "data/bibliography.json"
BIBLIOGRAPHY_BIBTEX = "data/bibliography.bib"
SITE_DATA = (
    BRIEFINGS_JSON, STATEMENTS_JSON_LINES, DATA_PACKAGE, BIBLIOGRAPHY_CSL, BIBLIOGRAPHY_BIBTEX
)  # fmt: skip
SITE_FEED = "feeds/all"
REDIRECT_SCRIPT = "assets/javascripts/moved.js"
TEXTS_SCRIPT = "assets/javascripts/texts.js"
SITE_CARD = "assets/cards/site.png"


def briefing(briefing_id: str) -> str:
    """The page of a briefing."""
    return f"{briefing_id}/index.md"


def briefing_yaml(briefing_id: str) -> str:
    """The copy of a briefing's YAML that stands beside its page."""
    return f"{briefing_id}/briefing.yml"


def briefing_pdf(briefing_id: str) -> str:
    """A briefing as a document, beside its page."""
    return f"{briefing_id}/briefing.pdf"


def briefing_json(briefing_id: str) -> str:
    """A briefing as JSON, beside its page."""
    return f"{briefing_id}/index.json"


def briefing_bibliography(briefing_id: str) -> str:
    """A briefing's sources as CSL-JSON, beside its page."""
    return f"{briefing_id}/bibliography.json"


def briefing_card(briefing_id: str) -> str:
    """The picture that other sites show with a link to a briefing."""
    return f"{briefing_id}/card.png"


_OF_A_BRIEFING = (
    briefing,
    briefing_json,
    briefing_bibliography,
    briefing_yaml,
    briefing_pdf,
    briefing_card,
)


def briefing_files(briefing_id: str) -> list[str]:
    """All that a briefing can publish, as paths below the built site's root."""
    return [built(path(briefing_id)) for path in _OF_A_BRIEFING]


def built(path: str) -> str:
    """The file that a page which is made becomes, the same under any configuration."""
    return f"{path.removesuffix('.md')}.html" if path.endswith(".md") else path


def built_by_hand(path: str) -> tuple[str, ...]:
    """What a file in the folder of the briefings can become, with addresses that name folders and
    with those that name files.
    """
    stem, ending = posixpath.splitext(path)
    if ending.removeprefix(".") not in PAGE_TYPES:
        return (path,)
    folder, name = posixpath.split(stem)
    if name in ("index", "README"):
        return (posixpath.join(folder, "index.html"),)
    return f"{stem}/index.html", f"{stem}.html"


def in_main_edition(path: str) -> str:
    """A page or file of the main edition, seen from the edition in another language.

    The result is a path for the functions below: these editions are folders of the main one.
    """
    return f"../{path}"


def schema(name: str) -> str:
    """The JSON Schema of a kind of data file."""
    return f"data/schema/{name}.schema.json"


def table(name: str) -> str:
    """A table as CSV."""
    return f"data/{name}.csv"


def feed(kind: str, entry_id: str) -> str:
    """A feed of an actor, a topic or a place (``kind`` is the folder's name), without its ending:
    ``.xml`` for Atom, ``.json`` for JSON Feed.
    """
    return f"feeds/{kind}/{entry_id}"


def redirect_page(alias: str) -> str:
    """The page that leads on from a briefing's former address; HTML, as no builder makes it."""
    return f"{alias}/index.html"


def list_page(kind: str, page: str) -> str:
    """A page of a list of the whole site (``kind`` is the folder's name); the first has no id."""
    return entry(kind, page) if page else f"{kind}/index.md"


def entry(kind: str, entry_id: str) -> str:
    """The page of an actor, a topic or a place; ``kind`` is the folder's name."""
    return f"{kind}/{entry_id}/index.md"


@lru_cache(_CACHED)
def _quoted(text: str) -> str:
    """Part of an address, with what can't stand there percent-encoded."""
    return parse.quote(text)


def relative_url(path: str, start: str, fragment: str = "", *, directory_urls: bool = True) -> str:
    """The address of ``path`` as a link on the page ``start``, with its anchor if one is named."""
    anchor = f"#{_quoted(fragment)}" if fragment else ""
    if path == start and anchor:
        return anchor
    return _relative(path, start, directory_urls) + anchor


def _relative(path: str, start: str, directory_urls: bool) -> str:
    target, top, quoted, _ = _file(path, directory_urls)
    origin, origin_top, _, way_up = _file(start, directory_urls)
    if top == origin_top and way_up:
        return _quoted(_from(posixpath.dirname(origin), target)) or "./"
    # Nearly all addresses lead through the root, and their second half is the same on all pages.
    return way_up + quoted or "./"


@lru_cache(_CACHED)
def _file(path: str, directory_urls: bool) -> tuple[str, str, str, str]:
    """What a browser asks the server for to have ``path``: its address below the root, the first
    part of that, the same for links, and the way from it to the root.
    """
    if path.endswith(".md"):
        folder = _folder(path)
        address = f"{folder}/" if folder else ""
        if not directory_urls:
            address = path.removesuffix(".md") + ".html"
    else:
        address = path
    return address, address.partition("/")[0], _quoted(address), "../" * address.count("/")


def _from(folder: str, path: str) -> str:
    """``path`` as seen from ``folder``, where both begin the same."""
    here = folder.split("/")
    target = path.split("/")
    shared = len(posixpath.commonprefix([here, target[:-1]]))
    return "/".join([*[".."] * (len(here) - shared), *target[shared:]])


@lru_cache(_CACHED)
def _folder(path: str) -> str:
    """The folder that a page's address names; empty for the root."""
    stem = path.removesuffix(".md")
    folder, _, name = stem.rpartition("/")
    return folder if name in ("index", "README") else stem
