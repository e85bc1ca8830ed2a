"""Made pages into HTML without reading their HTML again.

Between its headings a made page is HTML already. Python-Markdown would parse every tag of it, twice
with MkDocs' search for anchors, to put it back as it was: half of a build. Here it gets an empty
element in place of each such block; headings, table of contents and whatever extensions a site has
stay its work. What MkDocs adds to Markdown, links to files, made pages don't use.
"""

from __future__ import annotations

import re

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.toc import TableOfContents, get_toc

_HEADING = re.compile(r"^#{1,6} .+$", re.MULTILINE)
_PLACE = re.compile(r'<div data-block="(\d+)"></div>')
_ANCHOR = re.compile(r'\sid="([^"]+)"')


class Converter:
    """One converter with a site's Markdown extensions, for all pages: it is dear to make."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._markdown = Markdown(
            extensions=config.markdown_extensions, extension_configs=config.mdx_configs or {}
        )

    def convert(self, markdown: str) -> tuple[str, TableOfContents, set[str]]:
        """A made page as HTML, its table of contents, and every anchor in it."""
        headings, blocks = stash_html(markdown)
        html = restore_html(self._markdown.reset().convert(headings), blocks)
        contents = get_toc(getattr(self._markdown, "toc_tokens", []))
        return html, contents, set(_ANCHOR.findall(html))


def title_in_nav(nav: object, path: str) -> str | None:
    """The title that the configured navigation gives to the page at ``path``."""
    for entry in nav if isinstance(nav, list) else [nav]:
        for title, target in entry.items() if isinstance(entry, dict) else ():
            found = title if target == path else title_in_nav(target, path)
            if found:
                return str(found)
    return None


def stash_html(markdown: str) -> tuple[str, list[str]]:
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


def restore_html(html: str, blocks: list[str]) -> str:
    """``html`` with the blocks back in their places."""
    return _PLACE.sub(lambda place: blocks[int(place[1])], html)
