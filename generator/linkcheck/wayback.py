"""Archived copies, by the Wayback Machine's availability interface.

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
_MISSES_COPY = ("source", "related", "prose")


class ArchiveError(Exception):
    """An answer of the archive that can't be used."""


def places_without_copy(link: Link) -> list[Place]:
    """The places that an archived copy of ``link`` would help."""
    return [one for one in link.places if one.kind in _MISSES_COPY and not one.archived]


def wants_copy(link: Link, outcome: Outcome, *, every: bool) -> bool:
    """Whether to look for a copy of ``link``: of a dead one, or of ``every`` public one."""
    wanted = outcome is Outcome.DEAD or (every and outcome is not Outcome.SKIPPED)
    return wanted and bool(places_without_copy(link))


def query(base: str, link: Link) -> str:
    """The address that tells of the copy nearest to the day when the page was read."""
    day = min((one.day for one in link.places if one.day), default="")
    asked = {"url": without_user(link.url)} | ({"timestamp": day} if day else {})
    return f"{base}?{urlencode(asked)}"


def closest(body: bytes) -> str:
    """The address of the copy that an answer tells of; empty where there is none.

    Raises ``ArchiveError`` for an answer of another shape.
    """
    try:
        told = json.loads(body)["archived_snapshots"]
        copy = told.get("closest") or {}
        if not copy or not copy["available"] or str(copy.get("status", 200)) != "200":
            return ""
        url = read_url(copy["url"])
    except (ValueError, LookupError, TypeError, AttributeError, PydanticCustomError) as error:
        raise ArchiveError("Its answer is not in the expected form.") from error
    parts = urlsplit(url)
    # It writes http for what it serves as https.
    return f"https{url[4:]}" if parts.hostname == "web.archive.org" and url[4] == ":" else url
