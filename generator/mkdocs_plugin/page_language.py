"""Marks parts of a page as being in another language than the site (WCAG 2.2, 3.1.2)."""

from __future__ import annotations

from collections.abc import Iterable

from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink

from generator.model import languages

#: The attributes of the interface's texts on a site in a language without translations.
ENGLISH = 'lang="en" dir="ltr"'


def written_in(page: MkDocsPage, site_language: str) -> str:
    """The language that a handwritten page names as `language`; empty if it is the site's.

    Raises ``languages.LanguageError`` for anything but a language.
    """
    named = page.meta.get("language")
    if named is None:
        return ""
    tag = languages.canonical(named if isinstance(named, str) else str(named))
    return "" if tag == languages.canonical(site_language) else tag


def marked(html: str, contents: Iterable[AnchorLink], attributes: str) -> str:
    """``html`` with ``attributes``, which the entries of its table of ``contents`` get too.

    The page's title in it stays as it is.
    """
    _mark(contents, attributes)
    return f"<div {attributes}>{html}</div>"


def _mark(contents: Iterable[AnchorLink], attributes: str) -> None:
    for entry in contents:
        if entry.level > 1:
            entry.title = f"<span {attributes}>{entry.title}</span>"
        _mark(entry.children, attributes)
