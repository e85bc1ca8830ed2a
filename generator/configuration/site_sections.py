"""Which sections a site has: the plugin's setting ``sections``, or else what ``nav`` names.

An explicit ``sections`` wins. Without it, a section that ``nav`` leaves out is not built. Feeds
have no page that ``nav`` could name, so ``nav`` doesn't decide about them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from html import unescape
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from generator.addresses.sections import FEEDS, SECTIONS, index_page, ordered, section_of
from generator.configuration.plugin_settings import PluginConfig, plugin_settings
from generator.configuration.project import under_plugins

#: Under `extra`, for the theme: the site has no feeds.
WITHOUT_FEEDS = "without_feeds"

#: A link without the part after `#` or `?`, and only within the site.
_LINK = re.compile(r'<a\b[^>]*?\bhref="([^":?#]+)')


def site_sections(nav: object, options: PluginConfig) -> tuple[str, ...]:
    """The sections of a site with this ``nav`` (None without), in the order of a menu."""
    if options.sections is not None:
        return ordered(options.sections)
    return SECTIONS if nav is None else _in_menu(nav)


def apply_sections(config: MkDocsConfig, options: PluginConfig) -> list[str]:
    """Remove from ``nav`` what the site does not have, and tell the theme about feeds.

    Returns a sentence for each way in which ``nav`` and ``sections`` differ.
    """
    sections = site_sections(config.nav, options)
    if FEEDS not in sections:
        config.extra[WITHOUT_FEEDS] = True
    if config.nav is None:
        return []
    in_nav = ordered(map(section_of, paths_in_nav(config.nav)))
    if options.sections is None:
        notes = list(_left_out(sections))
    else:
        notes = list(_differences(in_nav, sections))
    config.nav = without_pages(config.nav, lambda path: section_of(path) not in ("", *sections))
    return notes


def left_out_of_menu(settings: Mapping[str, Any]) -> str:
    """A sentence on the sections that a ``mkdocs.yml`` with these ``settings`` goes without.

    Empty if it has all of them, or lists those that it wants. Raises ``ProjectError`` for settings
    of the plugin that can't be used.
    """
    nav = settings.get("nav")
    if nav is None or plugin_settings(under_plugins(settings.get("plugins"))).sections is not None:
        return ""
    return " ".join(_left_out(_in_menu(nav)))


def _in_menu(nav: object) -> tuple[str, ...]:
    return ordered([FEEDS, *map(section_of, paths_in_nav(nav))])


def _left_out(sections: Collection[str]) -> Iterator[str]:
    missing = [name for name in SECTIONS if name not in sections]
    if missing:
        yield (
            f"`nav` has no line for {_listed(missing)}, so the site is built without. To have a "
            "section that is not in the menu, list all sections that you want under `sections` of "
            "the plugin `briefings`."
        )


def _differences(in_nav: Collection[str], sections: Collection[str]) -> Iterator[str]:
    for section in sections:
        if section not in in_nav and section != FEEDS:
            yield (
                f"`sections` has `{section}`, but `nav` has no line for it. Add "
                f"`- {section.capitalize()}: {index_page(section)}` to `nav`, or remove "
                f"`{section}` from `sections`."
            )
    for section in in_nav:
        if section not in sections:
            yield (
                f"`nav` names {index_page(section)}, but `sections` leaves `{section}` out, so the "
                f"menu does too. Add `{section}` to `sections`, or remove the line from `nav`."
            )


def dead_links(html: str, path: str, sections: Collection[str]) -> Iterator[str]:
    """A sentence for each link of a page written by hand to a section that the site does not have.

    ``path`` is that of the page's Markdown file below the folder of the briefings.
    """
    for link in sorted(set(_LINK.findall(html))):
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unescape(link)))
        section = section_of(f"{target}/" if link.endswith("/") else target)
        if section and section not in sections:
            yield (
                f"{path} links to {unescape(link)}, but the site has no section `{section}`. "
                f"Remove the link, or add `{section}` to `nav` or to `sections` of the plugin "
                "`briefings`."
            )


def paths_in_nav(nav: object) -> Iterator[str]:
    """The paths that a ``nav`` names, in its order."""
    if isinstance(nav, str):
        yield nav
    for entry in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from paths_in_nav(entry)


def without_pages(nav: Any, is_left_out: Callable[[str], bool]) -> Any:
    """A ``nav`` without the pages that are left out, and without what is empty then."""
    if isinstance(nav, list):
        kept = [without_pages(entry, is_left_out) for entry in nav]
        return [new for old, new in zip(nav, kept, strict=True) if new or not old]
    if isinstance(nav, dict):
        kept_by_title = {title: without_pages(entry, is_left_out) for title, entry in nav.items()}
        return {title: new for title, new in kept_by_title.items() if new or not nav[title]}
    return None if isinstance(nav, str) and is_left_out(nav) else nav


def _listed(names: list[str]) -> str:
    *others, last = (f"`{name}`" for name in names)
    return f"{', '.join(others)} or {last}" if others else last
