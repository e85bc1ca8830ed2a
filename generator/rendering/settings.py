"""The settings of a site that its pages depend on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """The site's own settings; ``url`` is empty if the site's address is unknown.

    ``pdf`` says whether each briefing has a PDF file too. ``card_fonts`` are font files for the
    link cards, used for characters that the package's own fonts lack.
    """

    name: str = ""
    description: str = ""
    language: str = "en"
    directory_urls: bool = True
    url: str = ""
    pdf: bool = False
    card_fonts: tuple[bytes, ...] = ()
