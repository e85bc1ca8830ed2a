"""Look up archived copies with the Wayback Machine's availability interface.

https://archive.org/help/wayback_api.php
"""

from __future__ import annotations

import json
from urllib.parse import urlencode, urlsplit

from pydantic_core import PydanticCustomError

from generator.linkcheck.find_links import Link, Place
from generator.linkcheck.url_safety import without_user
from generator.linkcheck.verdicts import Outcome
from generator.model.urls import read_url

WAYBACK = "https://archive.org/wayback/available"
_NEEDS_COPY = ("source", "related", "prose")


class ArchiveError(Exception):
    """An answer of the archive that can't be used."""


def places_without_copy(link: Link) -> list[Place]:
    """The places of ``link`` that name no archived copy and could."""
    return [place for place in link.places if place.kind in _NEEDS_COPY and not place.archived]


def wants_copy(link: Link, outcome: Outcome, *, all_public: bool) -> bool:
    """Whether to look for a copy of ``link``: of a dead one, or with ``all_public`` of all."""
    wanted = outcome is Outcome.DEAD or (all_public and outcome is not Outcome.SKIPPED)
    return wanted and bool(places_without_copy(link))


def query(base: str, link: Link) -> str:
    """The URL of the query for the copy nearest to the day when the page was read."""
    day = min((place.day for place in link.places if place.day), default="")
    parameters = {"url": without_user(link.url)} | ({"timestamp": day} if day else {})
    return f"{base}?{urlencode(parameters)}"


def closest(body: bytes) -> str:
    """The URL of the copy in an answer, or an empty text.

    Raises ``ArchiveError`` for an answer of another form.
    """
    try:
        snapshots = json.loads(body)["archived_snapshots"]
        copy = snapshots.get("closest") or {}
        if not copy or not copy["available"] or str(copy.get("status", 200)) != "200":
            return ""
        url = read_url(copy["url"])
    except (ValueError, LookupError, TypeError, AttributeError, PydanticCustomError) as error:
        raise ArchiveError("Its answer is not in the expected form.") from error
    parts = urlsplit(url)
    # It writes http for what it serves as https.
    return f"https{url[4:]}" if parts.hostname == "web.archive.org" and url[4] == ":" else url
