"""Converts generated Markdown pages to HTML without parsing the HTML blocks in them.

Between its headings a generated page is HTML already. Python-Markdown would parse each tag only to
write it again, which would take half the time of a build. So each such block is stashed, and an
empty element takes its place. Python-Markdown converts the headings, builds the table of contents
and runs the site's extensions. Generated pages need nothing else of what MkDocs adds to Markdown.
"""

from __future__ import annotations

import re

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.toc import TableOfContents, get_toc

from generator.mkdocs_plugin.page_language import mark_like_headings

_HEADING = re.compile(r"^#{1,6} .+$", re.MULTILINE)
_STASHED = re.compile(r'<div data-block="(\d+)"></div>')
_ANCHOR = re.compile(r'\sid="([^"]+)"')


class Converter:
    """Converts pages with a site's Markdown extensions. Creating one is slow, so reuse it."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._markdown = Markdown(
            extensions=config.markdown_extensions, extension_configs=config.mdx_configs or {}
        )

    def convert(self, markdown: str) -> tuple[str, TableOfContents, set[str]]:
        """The HTML of a generated page, its table of contents, and all anchors in it."""
        headings, blocks = stash_html(markdown)
        html = restore_html(self._markdown.reset().convert(headings), blocks)
        contents = get_toc(getattr(self._markdown, "toc_tokens", []))
        mark_like_headings(contents, html)
        return html, contents, set(_ANCHOR.findall(html))


def stash_html(markdown: str) -> tuple[str, list[str]]:
    """``markdown`` with an empty element in place of each HTML block, and the blocks in order."""
    blocks: list[str] = []
    parts: list[str] = []

    def add(text: str) -> None:
        block = text.strip()
        if block.startswith("<") and block.endswith(">"):
            parts.append(f'\n<div data-block="{len(blocks)}"></div>\n\n')
            blocks.append(block)
        else:
            parts.append(text)

    end = 0
    for heading in _HEADING.finditer(markdown):
        add(markdown[end : heading.start()])
        parts.append(heading[0])
        end = heading.end()
    add(markdown[end:])
    return "".join(parts), blocks


def restore_html(html: str, blocks: list[str]) -> str:
    """``html`` with the blocks in place of their elements."""
    return _STASHED.sub(lambda element: blocks[int(element[1])], html)
