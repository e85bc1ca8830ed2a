"""What the search finds: pages with their parts, and the texts of each part.

A part (a statement, an event, a source) has the address of its place on the page, and the values
that readers filter and sort by. The index lists pages instead of parts, because a first search
among 10,000 briefings would otherwise fetch a megabyte.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from generator.model import languages

#: The language tag of a text whose language is unknown.
UNKNOWN = "und"
Role = Literal["", "claim", "speaker", "quote", "name"]
Filters = Mapping[str, Mapping[str, str]]
"""The values of each filter: their names by ids, labels, years and language tags."""


@dataclass(frozen=True, slots=True)
class SearchText:
    """A text of a part, on one line. No phrase that a reader types spans two texts.

    ``role`` says how the search page shows it: a ``claim``, what identifies the ``speaker``, a
    ``quote``, a ``name``; empty for other texts. ``language`` is empty if it is the interface's,
    ``und`` (BCP 47) if it is unknown. ``claim_length`` is the length of the claim that the text
    begins with, in UTF-16 units, as JavaScript counts. ``words_of`` is whose words a quote is, if
    not the speaker's.
    """

    text: str
    role: Role = ""
    language: str = ""
    claim_length: int = 0
    words_of: str = ""

    def as_json(self) -> dict[str, Any]:
        """What ``search-engine.js`` reads; keys without a value are left out."""
        keys = {
            "text": self.text,
            "role": self.role,
            "lang": self.language,
            "dir": _direction(self.language),
            "claim": self.claim_length,
            "of": self.words_of,
        }
        return {key: value for key, value in keys.items() if value}


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """One part: its address below the site's root, its texts, and what readers filter it by.

    ``kind`` is `briefing`, `statement`, `event`, `source`, or the kind of the page. ``about`` are
    facts that are shown below the title. ``replies`` are reply statuses: label and sentence.
    ``filters`` has the values of each filter (`actor`, `kind` …), which are the same in all
    languages, each with its name. ``date`` is the first possible day. ``language`` is the title's,
    empty if it is the interface's.
    """

    url: str
    title: str
    texts: tuple[SearchText, ...] = ()
    kind: str = ""
    about: tuple[str, ...] = ()
    replies: tuple[tuple[str, str], ...] = ()
    filters: Filters = field(default_factory=dict)
    date: str = ""
    language: str = ""

    @property
    def fragment(self) -> str:
        """The anchor on its page; empty for the part that is the page itself."""
        return self.url.partition("#")[2]

    def as_json(self) -> dict[str, Any]:
        """What ``search-engine.js`` reads."""
        keys = {
            "id": self.fragment,
            "kind": self.kind,
            "title": self.title,
            "lang": self.language,
            "dir": _direction(self.language),
            "about": [fact for fact in self.about if fact],
            # A text that consists of citations has no words.
            "texts": [text.as_json() for text in self.texts if text.text],
            "replies": self.replies,
            "filters": {key: list(names) for key, names in self.filters.items()},
            "date": self.date,
        }
        optional = ("lang", "dir", "replies")
        return {key: value for key, value in keys.items() if value or key not in optional}


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page with its parts. The first part is the page itself.

    ``names`` are the names of an actor, a topic or a place. A search for one of them finds the page
    first, and the search page proposes it for words like them.
    """

    parts: tuple[SearchRecord, ...]
    names: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """The address of the page, below the site's root."""
        return self.parts[0].url.removeprefix("./")

    @property
    def title(self) -> str:
        return self.parts[0].title

    @property
    def filters(self) -> Filters:
        """The filter values of all parts, with their names."""
        names_by_filter: dict[str, dict[str, str]] = {}
        for part in self.parts:
            for key, names in part.filters.items():
                names_by_filter.setdefault(key, {}).update(names)
        return names_by_filter

    @property
    def dates(self) -> tuple[str, str] | None:
        """The first and the last day of its parts."""
        days = sorted(part.date for part in self.parts if part.date)
        return (days[0], days[-1]) if days else None

    def as_json(self) -> dict[str, Any]:
        """What ``search-engine.js`` reads."""
        return {
            "url": self.url,
            "title": self.title,
            "parts": [part.as_json() for part in self.parts],
        }


def texts_of(*texts: str, role: Role = "", language: str = "") -> Iterator[SearchText]:
    """``texts`` on one line each, without empty ones."""
    for text in texts:
        if line := " ".join(text.split()):
            yield SearchText(line, role, language)


def _direction(language: str) -> str:
    """The value of ``dir`` for a text, empty for texts from left to right."""
    if language == UNKNOWN:
        return "auto"
    return "rtl" if language and languages.direction(language) == "rtl" else ""
