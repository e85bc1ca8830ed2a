"""Links from pages written by hand to pages that only the main edition of the site has.

MkDocs makes the addresses of links from the addresses of files, and knows those of one edition.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from urllib.parse import unquote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.utils import get_relative_url

#: Begins the name of a folder in which no edition has a page. The language of the page follows.
_MARK = "main-edition--"
_MARKED = re.compile(rf'href="((?:\.\./)*){_MARK}([A-Za-z0-9-]+)/')


#: The address of a link in Markdown, without the part after `#` or `?`.
_LINK = re.compile(r"(\]\(\s*<?|^\[[^\]\n]+\]:\s*<?)([^)\s>#?]+)", re.MULTILINE)


def file_elsewhere(config: MkDocsConfig, path: str, language: str) -> File:
    """The file of the page at ``path``, which is in ``language``, for addresses of links alone."""
    file = File.generated(config, path, content="")
    file.url = f"{_MARK}{language}/{file.url}"
    return file


def with_addresses(html: str) -> str:
    """``html`` with the addresses and languages of the pages behind these links."""
    return _MARKED.sub(r'hreflang="\2" href="\1../', html)


def markdown_with_addresses(
    file: File, config: MkDocsConfig, edition: str, is_elsewhere: Callable[[str], bool]
) -> bytes:
    """The Markdown of a page of an ``edition`` (``fr/``) for other builders, with the addresses of
    pages of the main edition in place of their paths.

    The addresses are complete if that of the site is known.
    """

    def link(match: re.Match[str]) -> str:
        start, address = match.groups()
        folder = posixpath.dirname(file.src_uri)
        path = posixpath.normpath(posixpath.join(folder, unquote(address)))
        if not is_elsewhere(path):
            return match[0]
        url = File.generated(config, path, content="").url
        if config.site_url:
            return f"{start}{config.site_url.removesuffix(edition)}{url}"
        return f"{start}{get_relative_url(url, f'{edition}{file.url}')}"

    return _LINK.sub(link, file.content_string).encode()
