"""The same page in the other languages of a site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.locale.interface import Interface, interface_in
from generator.locale.terms import sections
from generator.model import languages


@dataclass(frozen=True, slots=True)
class Alternate:
    """An edition of a site. ``path`` leads to its pages from the root of this edition.

    ``name`` is the language in its own words. ``absolute`` is the address of the edition; empty if
    the site's is unknown. ``has_page`` says whether it has the page that leads to it.
    """

    language: str
    name: str
    direction: str
    path: str
    absolute: str
    is_current: bool
    is_main: bool
    has_page: bool = True

    # No field, because the theme's digest has all fields, and an interface fills its own over time.
    @property
    def interface(self) -> Interface:
        """The texts of its pages."""
        return interface_in(self.language)

    @property
    def home(self) -> str:
        """What its home page is called there."""
        return sections(self.interface)["home"]


def alternates(site_languages: tuple[str, ...], current: str, url: str) -> Iterator[Alternate]:
    """The editions of a site, seen from that in the language ``current``, whose address is ``url``.

    ``site_languages`` are all languages, that of the main edition first.
    """
    if not site_languages:
        return
    main = site_languages[0]
    up = "" if current == main else "../"
    root = url.removesuffix(f"{current}/") if up else url
    for tag in site_languages:
        folder = "" if tag == main else f"{tag}/"
        yield Alternate(
            tag,
            languages.own_name(tag),
            languages.direction(tag),
            "" if tag == current else f"{up}{folder}",
            f"{root}{folder}" if root else "",
            tag == current,
            tag == main,
        )
