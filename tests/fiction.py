"""Fictional files for unit tests, written as plain data: JSON is YAML too."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from generator.collection.entries import BriefingEntry, StatementEntry
from generator.collection.linker import Collection, link
from tests.reference import load

ACTORS: dict[str, Any] = {
    "esteria": {"name": "Esteria", "type": "state"},
    "norland": {"name": "Norland", "type": "state"},
}
SOURCE: dict[str, Any] = {
    "id": "gauge",
    "title": "Gauge",
    "url": "https://gauge.example/",
    "archive_url": "https://archive.example/gauge",
}


def position(own: str = "claim", **keys: Any) -> dict[str, Any]:
    """A statement by Norland that has all it needs."""
    return {
        "id": own,
        "party": "norland",
        "text": "The water falls.",
        "sources": ["gauge"],
    } | keys


def allegation(own: str = "claim", **keys: Any) -> dict[str, Any]:
    """An allegation by Norland against Esteria, of 14 February 2025."""
    said = {"kind": "allegation", "against": ["esteria"], "date": "2025-02-14"}
    return position(own, **(said | keys))


def response(own: str = "denial", **keys: Any) -> dict[str, Any]:
    """Esteria's denial of the claim, on the day after it."""
    said = {"party": "esteria", "to": ["claim"], "stance": "denies", "date": "2025-02-15"}
    return position(own, **(said | keys))


def briefing(*positions: dict[str, Any], **keys: Any) -> dict[str, Any]:
    """A published briefing; with one statement unless it is given others."""
    return {
        "title": "Norland accuses Esteria",
        "summary": "The two states differ over the Halden.",
        "status": "published",
        "published": "2025-03-04",
        "background": [],
        "positions": list(positions) or [position()],
        "responses": [],
        "sources": [SOURCE],
    } | keys


def files(
    briefings: Mapping[str, Mapping[str, Any]], **registries: Mapping[str, Any]
) -> dict[str, bytes]:
    """The files of a project: briefings by id, registries by name."""
    written = {f"briefings/{key}.yml": value for key, value in briefings.items()}
    written |= {
        f"data/{name}.yml": value for name, value in ({"actors": ACTORS} | registries).items()
    }
    return {path: as_json(value).encode() for path, value in written.items()}


def as_json(value: Any, indent: int | None = None) -> str:
    r"""JSON in which the codes for what nobody types are numbers: `\t` would look like a path."""
    numbers = {"\\t": "\\u0009", "\\r": "\\u000D", "\\n": "\\u000A"}
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return re.sub(r"\\.", lambda code: numbers.get(code[0], code[0]), text)


def collected(
    briefings: Mapping[str, Mapping[str, Any]], **registries: Mapping[str, Any]
) -> Collection:
    """The collection of files that hold no mistake of form."""
    loaded = load(files(briefings, **registries))
    assert loaded.problems == ()
    return link(loaded)


def linked(*positions: dict[str, Any], **keys: Any) -> BriefingEntry:
    """One briefing, linked up."""
    return collected({"x": briefing(*positions, **keys)}).briefings["x"]


def statement(entry: BriefingEntry, own: str) -> StatementEntry:
    """The position or response of that id."""
    return next(statement for statement in entry.statements if statement.id == own)
