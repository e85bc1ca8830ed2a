"""The kinds of pages that a site has, and what is wrong with one that a browser shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ConsoleMessage, Error, Page, Request

#: Each kind of page, and a file that stands in the folder of each page of that kind.
KINDS = {
    "home": "index.html",
    "briefing": "*/briefing.yml",
    "actors": "actors/index.html",
    "actor": "actors/*/index.html",
    "topics": "topics/index.html",
    "topic": "topics/*/index.html",
    "places": "places/index.html",
    "place": "places/*/index.html",
    "timeline": "timeline/index.html",
    "sources": "sources/index.html",
    "changes": "changes/index.html",
    "search": "search/index.html",
    "written by hand": "about/index.html",
    "not found": "404.html",
}
# Only what breaks a rule leaves the browser. What breaks none is long, and takes the driver long.
_RUN_AXE = """async ([within, options]) => {
  const { violations } = await axe.run(within ?? document, options)
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `axe ${id}: ${html}`))
}"""
_ENTRY = re.compile(r"^(actors|topics|places|briefings)/[^/]+/")
#: The least height and width of what a finger is to hit, in CSS pixels (WCAG 2.2, 2.5.8).
LEAST = 24
# Boxes of links and controls that can be seen. A link in the middle of a sentence may be as narrow
# as its word, so only links that are alone in their block are measured for their width.
_TOO_SMALL = """
(least) => [...document.querySelectorAll("a[href], button, summary, input, select")]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }))
  .filter((element) => !element.closest("svg, .spoken, [aria-hidden=true]"))
  .filter((element) => getComputedStyle(element).clipPath === "none")
  .filter((element) => !element.closest("table.brief thead, table.pairs thead, table.words thead"))
  .filter((element) => {
    const boxes = [...element.getClientRects()].filter((box) => box.width > 1 && box.height > 1)
    if (!boxes.length) return false
    const alone = element.parentElement.textContent.trim() === element.textContent.trim()
    const low = boxes.some((box) => box.height < least)
    return low || (alone && element.getBoundingClientRect().width < least)
  })
  .map((element) => `${element.outerHTML.slice(0, 120)} ${element.getBoundingClientRect().height}`)
"""
# WCAG 2.2, 1.4.12: what a reader's own style sheet may ask for.
_SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; }
* { word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
# The policy of a page lets no style element in.
_ADD_STYLE = """async (style) => {
  document.adoptedStyleSheets = [await new CSSStyleSheet().replace(style)]
}"""


def pages_of(site: Path, kind: str) -> list[str]:
    """The addresses of the pages of a kind below that of a site, those of most bytes first."""
    files = {path if path.suffix == ".html" else path.parent / "index.html"
             for path in site.glob(KINDS[kind])}  # fmt: skip
    by_size = sorted(files, key=lambda path: (-path.stat().st_size, path))
    return [path.relative_to(site).as_posix().removesuffix("index.html") for path in by_size]


def by_kind(paths: list[str]) -> dict[str, list[str]]:
    """Addresses of pages, those of a kind together.

    Entries of a list are of one kind, also those of copies such as `copy-2/halden/`.
    """
    kinds: dict[str, list[str]] = {}
    for path in paths:
        kind = _ENTRY.sub(r"\1/*/", re.sub(r"^copy-\d+/", "", path))
        kinds.setdefault(kind, []).append(path)
    return kinds


def leave(page: Page) -> None:
    """Leave a site for an empty page, with nothing kept of it in the browser.

    A page of the same host stays in the same process; a new process costs as much as a visit.
    """
    with suppress(Error):  # there is no storage where no site is shown
        page.evaluate("sessionStorage.clear()")
    origin = page.url
    page.goto("/")  # of the address that the tab was opened with
    # Scripts of the site may write there until they have ended.
    client = page.context.new_cdp_session(page)
    client.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "local_storage"})
    client.detach()


@contextmanager
def complaints(page: Page, address: str) -> Iterator[list[str]]:
    """All that the console of ``page`` says meanwhile, and what it asks of other hosts."""
    heard: list[str] = []

    def hear(message: ConsoleMessage | Error) -> None:
        heard.append(f"{page.url}: {getattr(message, 'text', message)}")

    def asked(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            heard.append(f"{page.url} asked for {request.url}")

    listeners: dict[Any, Any] = {"console": hear, "pageerror": hear, "request": asked}
    for event, listener in listeners.items():
        page.on(event, listener)
    yield heard
    for event, listener in listeners.items():
        page.remove_listener(event, listener)


def axe(page: Page, within: str | None = None, *rules: str) -> list[str]:
    """What axe finds: rules of WCAG 2.2 A and AA that elements break, and best practices.

    With ``rules``, only what breaks these.
    """
    options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    if page.evaluate("!window.axe"):
        page.evaluate(AXE_SCRIPT)
    faults: list[str] = page.evaluate(_RUN_AXE, [within, options])
    return faults


def too_small(page: Page) -> list[str]:
    """Links and controls that a finger would miss."""
    return [f"too small: {element}" for element in page.evaluate(_TOO_SMALL, LEAST)]


def too_wide(page: Page) -> list[str]:
    """How far a page of 320 pixels scrolls sideways, as it is and with a reader's wide spacing.

    320 pixels are what 1,280 become at 400 per cent (WCAG 2.2, 1.4.10).
    """
    page.set_viewport_size({"width": 320, "height": 900})
    widths = [("as it is", page.evaluate("document.scrollingElement.scrollWidth"))]
    page.evaluate(_ADD_STYLE, _SPACING)
    widths.append(("widely spaced", page.evaluate("document.scrollingElement.scrollWidth")))
    page.evaluate("document.adoptedStyleSheets = []")
    return [f"{width} pixels wide, {how}" for how, width in widths if width > 320]
