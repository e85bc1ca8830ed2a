"""Marks parts of a page as being in another language than the site (WCAG 2.2, 3.1.2)."""

from __future__ import annotations

from collections.abc import Iterable

from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink

from generator.model import languages

#: The attributes of the interface's texts on a site in a language without translations.
ENGLISH = 'lang="en" dir="ltr"'


def written_in(page: MkDocsPage, site_language: str, main_language: str) -> str:
    """The language of a handwritten page; empty if it is the site's.

    That is the one that it names as `language`. Otherwise a translation, ``about.fr.md``, is in the
    language of its edition, and other pages are in that of the main edition. Then the page names it
    too from now on.

    Raises ``languages.LanguageError`` for anything but a language.
    """
    is_translation = str(page.file.abs_src_path).endswith(f".{site_language}.md")
    usual = site_language if is_translation else main_language
    tag = languages.canonical(str(page.meta.get("language") or usual))
    if tag == languages.canonical(site_language):
        return ""
    page.meta["language"] = tag
    return tag


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
