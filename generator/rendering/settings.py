"""The settings of a site that its pages depend on."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from generator.addresses.sections import SECTIONS
from generator.collection.entries import BriefingEntry
from generator.locale.interface import Interface, interface_in
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
    on how briefings are made, which can be in the main edition; empty if there is none.
    ``card_fonts`` are font files for the link cards, used for characters that the package's own
    fonts lack. ``sections`` are the parts of the site that its owner wants. ``imprint`` says who
    publishes the site. ``own_texts`` is a catalogue of the site's own texts for the interface;
    empty if it has none. ``languages`` are those of a site with several editions, the main one
    first; ``language`` is that of this edition. ``leaves_out`` says whether this edition is without
    the briefings that aren't translated. ``name_language`` is the language of the site's name, if
    it is not that of the main edition.
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
    own_texts: str = ""
    languages: tuple[str, ...] = ()
    name_language: str = ""
    leaves_out: bool = False

    @property
    def main_language(self) -> str:
        """The language of the main edition, which briefings are in that name no other."""
        return self.languages[0] if self.languages else self.language

    def language_of(self, briefing: BriefingEntry | None) -> str:
        """The language that a briefing is written in; without one, that of the site's own texts."""
        return (briefing and briefing.model.language) or self.main_language

    @property
    def edition_path(self) -> str:
        """The path of the edition below the main one, such as ``fr/``; empty for the main one."""
        return "" if self.language == self.main_language else f"{self.language}/"

    @property
    def interface(self) -> Interface:
        """The interface in the language of the site, or in English if it isn't translated."""
        return interface_in(self.language, self.own_texts)

    @property
    def is_translated(self) -> bool:
        """Whether the interface is in the language of the site."""
        return self.interface.language == self.language
