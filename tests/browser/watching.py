"""A browser that tells what of a page ran, was fetched, or became an element."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error, Page, Request, Response

# Whatever of the published lists runs calls one of these.
_TOLD = """
for (const name of ["alert", "confirm", "prompt", "print", "open", "msgbox"]) {
  window[name] = (...words) => { ran(`${name}(${words})`) }
}
"""
# What a document consists of: elements, their attributes, classes and ids, and where these lead.
_PARTS = """(root, base) => {
  const seen = { elements: new Set(), classes: new Set(), ids: new Set(), strange: [] }
  const leading = ["href", "src", "action", "formaction", "data", "poster", "background", "ping",
    "srcset", "srcdoc", "xlink:href"]
  for (const one of root.querySelectorAll("*")) {
    seen.elements.add(one.localName)
    for (const name of one.classList) seen.classes.add(name)
    if (one.id) seen.ids.add(one.id.replace(/copy-\\d+--|-?\\d+|(?<=^letter--).+/g, ""))
    if (one.matches("link:is([rel=canonical], [rel=license], [rel~=alternate][hreflang])")) continue
    if (one.matches("meta[http-equiv]:not([http-equiv=Content-Security-Policy])")) {
      // A page for a former address leads on.
      const to = /^0; url=([.][.]\\/[\\w./-]+)$/.exec(one.content)
      if (one.httpEquiv !== "refresh" || !to) seen.strange.push(one.outerHTML)
    }
    if (one.localName === "script") {
      const text = one.type || one.textContent.replaceAll("../", "").slice(0, 40)
      seen.elements.add(`script ${one.src.split("/").at(-1)} ${text}`)
    }
    for (const { name, value } of one.attributes) {
      seen.elements.add(`${one.localName} ${name}`)
      if (/^on/i.test(name)) seen.strange.push(`${one.localName} ${name}=${value}`)
      if (!leading.includes(name)) continue
      const to = URL.canParse(value, base) ? new URL(value, base) : null
      const leads = one.localName === "a" && ["https:", "http:", "mailto:"].includes(to?.protocol)
      const own = to?.origin === location.origin
      if (!leads && !own) seen.strange.push(`${one.localName} ${name}=${value}`)
    }
  }
  const { elements, classes, ids, strange } = seen
  return { elements: [...elements], classes: [...classes], ids: [...ids], strange }
}"""
_LOOK = f"() => ({_PARTS})(document, document.baseURI)"
_PARSE = f"""async (paths) => {{
  const parts = {_PARTS}
  const all = {{ elements: new Set(), classes: new Set(), ids: new Set() }}
  const strange = [], answers = []
  for (const path of paths) {{
    const answer = await fetch(`/${{path}}`)
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const seen = parts(page, answer.url)
    for (const [name, values] of Object.entries(all)) for (const one of seen[name]) values.add(one)
    strange.push(...seen.strange.map((what) => `${{path}}: ${{what}}`))
    answers.push(LOOK(page))
  }}
  const {{ elements, classes, ids }} = all
  return {{ elements: [...elements], classes: [...classes], ids: [...ids], strange, answers }}
}}"""
_OPEN = """async () => {
  for (const one of document.querySelectorAll("details")) one.open = true
  for (const one of document.querySelectorAll("a.citation")) {
    one.dispatchEvent(new PointerEvent("pointerenter"))
    one.dispatchEvent(new FocusEvent("focus"))
    one.dispatchEvent(new FocusEvent("blur"))
  }
  document.querySelector("a.citation")?.dispatchEvent(new PointerEvent("pointerenter"))
  await new Promise((done) => setTimeout(done))
  for (const one of document.querySelectorAll("details.cite[open] button")) {
    if (one.textContent === "Copy") one.click()
  }
}"""
# Where a link leads is looked at; what else a click does is for the page's scripts to show.
_CLICK = """() => {
  const leave = (event) => {
    const link = event.target.closest("a")
    if (["https:", "http:", "mailto:"].includes(new URL(link.href).protocol)) event.preventDefault()
  }
  const links = [...document.querySelectorAll("article a[href], main a[href]")]
    .filter((one) => typeof one.href === "string" && one.origin !== location.origin)
  document.addEventListener("click", leave)
  for (const one of links) one.click()
  document.removeEventListener("click", leave)
  return links.length
}"""


@dataclass
class Seen:
    """What came up on some pages; ``ran`` tells what should not have happened."""

    ran: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    elements: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    pages: int = 0
    clicked: int = 0


class Watch:
    """A page of a browser that looks at a site at ``address``, and at nothing else."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address, self.seen = page, address, Seen()
        page.expose_function("ran", self._note)
        page.add_init_script(_TOLD)
        page.on("dialog", lambda dialog: (self._note(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: self._note(f"error {error}"))
        page.on("popup", lambda popup: self._note(f"popup {popup.url}"))
        page.on("frameattached", lambda frame: self._note(f"frame {frame.url}"))
        page.on("request", self._requested)
        page.on("response", self._answered)

    def start(self, address: str) -> None:
        """Look at the site at ``address`` from now on, and forget what was seen before."""
        # What a page of the former site asks for late is not of the next.
        self.page.goto("about:blank")
        self.address, self.seen = address, Seen()

    def visit(self, path: str) -> None:
        """Open a page and all that opens on it, and click what leads away from the site."""
        self.page.goto(self.address + path)
        self.page.evaluate(_OPEN)
        self.look()
        self.seen.clicked += self.page.evaluate(_CLICK)

    def look(self) -> None:
        """Note what the page consists of now."""
        parts = self.page.evaluate(_LOOK)
        self._note_parts(parts)
        path = urlsplit(self.page.url).path
        self.seen.strange += [f"{path}: {strange}" for strange in parts["strange"]]
        self.seen.pages += 1

    def parse(self, paths: Sequence[str], look: str = "() => null") -> list[Any]:
        """Note what pages of the site that is shown consist of, as built: no script runs.

        What ``look``, a function in JavaScript, answers of each document. All are parsed in one go:
        to hand what each consists of to Python takes longer.
        """
        parts = self.page.evaluate(_PARSE.replace("LOOK", f"({look})"), list(paths))
        self._note_parts(parts)
        self.seen.strange += parts["strange"]
        self.seen.pages += len(paths)
        answers: list[Any] = parts["answers"]
        return answers

    def _note_parts(self, parts: dict[str, list[str]]) -> None:
        self.seen.elements |= set(parts["elements"])
        self.seen.classes |= set(parts["classes"])
        self.seen.ids |= set(parts["ids"])

    def load(self, path: str) -> None:
        """Open a file that is no page, as the browser shows it; or have it saved."""
        try:
            self.page.goto(self.address + path)
        except Error as error:
            if not re.search("Download is starting|ERR_ABORTED", error.message):
                raise
        self.seen.pages += 1

    def _note(self, what: str) -> None:
        self.seen.ran.append(f"{self.page.url}: {what}"[:500])

    def _requested(self, request: Request) -> None:
        own = request.url.startswith((self.address, "data:image/", "blob:"))
        if not own:
            self._note(f"request {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self._note(f"asked for what is not there: {response.url}")


@contextmanager
def watching(browser: Browser, address: str, *, policy: bool) -> Iterator[Watch]:
    """A watched page; without ``policy`` the browser lets all run, whatever the page says."""
    settings: dict[str, Any] = {"bypass_csp": not policy, "accept_downloads": True}
    context = browser.new_context(**settings, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    yield Watch(page, address)
    context.close()
