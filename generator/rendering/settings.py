"""The settings of a site that its pages depend on."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from generator.addresses.sections import SECTIONS
from generator.rendering.imprint import NO_IMPRINT, Imprint


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font file. The digest of its content represents it in keys of the cache."""

    path: Path = field(repr=False)
    digest: str

    @classmethod
    def at(cls, path: Path) -> FontFile:
        """The font file at a path."""
        return cls(path, sha256(path.read_bytes()).hexdigest())


@dataclass(frozen=True, slots=True)
class Settings:
    """The site's own settings; ``url`` is empty if the site's address is unknown.

    ``pdf`` says whether each briefing has a PDF file too. ``method_page`` is the path of the page
    on how briefings are made; empty if there is none. ``card_fonts`` are font files for the
    link cards, used for characters that the package's own fonts lack. ``sections`` are the parts of
    the site that its owner wants. ``imprint`` says who publishes the site.
    """

    name: str = ""
    description: str = ""
    language: str = "en"
    directory_urls: bool = True
    url: str = ""
    pdf: bool = False
    method_page: str = ""
    card_fonts: tuple[FontFile, ...] = ()
    sections: tuple[str, ...] = SECTIONS
    imprint: Imprint = NO_IMPRINT
