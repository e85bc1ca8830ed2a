"""Links from pages written by hand to pages that only the main edition of the site has.

MkDocs makes the addresses of links from the addresses of files, and knows those of one edition.
"""

from __future__ import annotations

import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

#: Begins the name of a folder in which no edition has a page. The language of the page follows.
_MARK = "main-edition--"
_MARKED = re.compile(rf'href="((?:\.\./)*){_MARK}([A-Za-z0-9-]+)/')


def file_elsewhere(config: MkDocsConfig, path: str, language: str) -> File:
    """The file of the page at ``path``, which is in ``language``, for addresses of links alone."""
    file = File.generated(config, path, content="")
    file.url = f"{_MARK}{language}/{file.url}"
    return file


def with_addresses(html: str) -> str:
    """``html`` with the addresses and languages of the pages behind these links."""
    return _MARKED.sub(r'hreflang="\2" href="\1../', html)
