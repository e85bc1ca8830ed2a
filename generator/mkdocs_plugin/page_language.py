"""Marks parts of a page as being in another language than the site (WCAG 2.2, 3.1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink

from generator.model import languages

#: The attributes of the interface's texts on a site in a language without translations.
ENGLISH = 'lang="en" dir="ltr"'
_HEADING = re.compile(r"<h[1-6] ([^>]*)>")
_ID = re.compile(r'\bid="([^"]*)"')
_LANGUAGE = re.compile(r'\b(?:lang|dir)="[^"]*"')


def written_in(page: MkDocsPage, site_language: str, main_language: str) -> str:
    """The language of a handwritten page; empty if it is the site's.

    That is the one that it names as `language`. Otherwise a translation, ``about.fr.md``, is in the
    language of its edition, and other pages are in that of the main edition. Then the page names it
    too from now on, and its title in menus is marked with it.

    Raises ``languages.LanguageError`` for anything but a language.
    """
    is_translation = str(page.file.abs_src_path).endswith(f".{site_language}.md")
    usual = site_language if is_translation else main_language
    tag = languages.canonical(str(page.meta.get("language") or usual))
    if tag == languages.canonical(site_language):
        return ""
    direction = languages.direction(tag)
    page.meta.update(language=tag, title_language=tag, title_direction=direction)
    # The menu has the title as HTML.
    page.title = f'<span lang="{tag}" dir="{direction}">{page.title}</span>'
    return tag


def marked(html: str, contents: Iterable[AnchorLink], attributes: str) -> str:
    """``html`` with ``attributes``, which the entries of its table of ``contents`` get too.

    The page's title in it stays as it is.
    """
    for entry in _all_entries(contents):
        if entry.level > 1:
            entry.title = f"<span {attributes}>{entry.title}</span>"
    return f"<div {attributes}>{html}</div>"


def mark_like_headings(contents: Iterable[AnchorLink], html: str) -> None:
    """Give the entries of a table of ``contents`` the languages of the headings in ``html``."""
    headings = (match[1] for match in _HEADING.finditer(html))
    marks = {
        identifier[1]: " ".join(_LANGUAGE.findall(heading))
        for heading in headings
        if (identifier := _ID.search(heading)) and "lang=" in heading
    }
    for entry in _all_entries(contents) if marks else ():
        if entry.level > 1 and marks.get(entry.id):
            entry.title = f"<span {marks[entry.id]}>{entry.title}</span>"


def _all_entries(contents: Iterable[AnchorLink]) -> Iterator[AnchorLink]:
    for entry in contents:
        yield entry
        yield from _all_entries(entry.children)
