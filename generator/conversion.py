"""Made pages into HTML without reading their HTML again.

Between its headings a made page is HTML already. Python-Markdown would parse every tag of it, twice
with MkDocs' search for anchors, to put it back as it was: half of a build. Here it gets an empty
element in place of each such block; headings, table of contents and whatever extensions a site has
stay its work.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

_HEADING = re.compile(r"^#{1,6} .+$", re.MULTILINE)
_PLACE = re.compile(r'<div data-block="(\d+)"></div>')
_ANCHOR = re.compile(r'\sid="([^"]+)"')


class GeneratedPage(Page):
    """A page that the generator made: ``head`` is its front matter, read; its Markdown is headings,
    and HTML between them.
    """

    def __init__(self, head: Mapping[str, Any], file: File, config: MkDocsConfig) -> None:
        super().__init__(title_in_nav(config.nav, file.src_uri), file, config)
        self.head = head

    def read_source(self, config: MkDocsConfig) -> None:
        """Take the page as it was made: nothing is read."""
        self.markdown, self.meta = self.file.content_string, dict(self.head)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """As MkDocs does, with the blocks of HTML set aside meanwhile."""
        whole = self.markdown or ""
        self.markdown, blocks = without_blocks(whole)
        super().render(config, files)
        self.markdown = whole
        self.content = with_blocks(self.content or "", blocks)
        anchors = {name for block in blocks for name in _ANCHOR.findall(block)}
        self.present_anchor_ids = (self.present_anchor_ids or set()) | anchors


def title_in_nav(nav: object, path: str) -> str | None:
    """The title that the configured navigation gives to the page at ``path``."""
    for entry in nav if isinstance(nav, list) else [nav]:
        for title, target in entry.items() if isinstance(entry, dict) else ():
            found = title if target == path else title_in_nav(target, path)
            if found:
                return str(found)
    return None


def without_blocks(markdown: str) -> tuple[str, list[str]]:
    """``markdown`` with a place in place of each block of HTML, and the blocks by their number."""
    blocks: list[str] = []
    parts: list[str] = []

    def take(text: str) -> None:
        block = text.strip()
        if block.startswith("<") and block.endswith(">"):
            parts.append(f'\n<div data-block="{len(blocks)}"></div>\n\n')
            blocks.append(block)
        else:
            parts.append(text)

    end = 0
    for heading in _HEADING.finditer(markdown):
        take(markdown[end : heading.start()])
        parts.append(heading[0])
        end = heading.end()
    take(markdown[end:])
    return "".join(parts), blocks


def with_blocks(html: str, blocks: list[str]) -> str:
    """``html`` with the blocks back in their places."""
    return _PLACE.sub(lambda place: blocks[int(place[1])], html)
