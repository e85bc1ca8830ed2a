"""Every address that a project's files name, once, with the places that name it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from generator.model.briefing import Briefing
from generator.model.fields import Text
from generator.model.introspection import FieldPath, walk_data
from generator.model.prose_markdown import addresses
from generator.reading.loader import BRIEFINGS, DATA
from generator.reading.problems import Location, field_name
from generator.reading.validation import REGISTRIES
from generator.reading.yaml_document import Document
from generator.reading.yaml_parser import read

#: Prose can refer to these; they are no addresses of pages.
_NOT_PAGES = ("mailto:", "briefing:", "actor:")
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")

Kind = Literal["source", "archive", "related", "prose"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address stands: in a source's `url` or `archive_url`, in `related`, or in prose.

    ``day`` is when the page was read or published, as digits (`20250304`, `202503`); ``archived``
    tells that the source names an archived copy.
    """

    location: Location
    field: str
    kind: Kind
    day: str = ""
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """An address as it is written, and the places that name it, in the order of the files."""

    url: str
    places: tuple[Place, ...]


def links(files: Mapping[str, bytes]) -> tuple[list[Link], list[str]]:
    """The links of ``files`` (path to content) by address, and which files can't be read."""
    found: dict[str, list[Place]] = {}
    unread = []
    for path in sorted(files):
        if not _holds_links(path):
            continue
        document, _ = read(path, files[path])
        if document is None:
            unread += [path] if files[path].strip() else []
            continue
        for url, place in sorted(_in_file(document), key=lambda one: one[1].location):
            found.setdefault(url, []).append(place)
    return [Link(url, tuple(found[url])) for url in sorted(found)], unread


def _holds_links(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    if f"{folder}/" == DATA:
        return name.removesuffix(".yml") in REGISTRIES and name.endswith(".yml")
    return path.startswith(BRIEFINGS) and path.endswith(".yml")


def _in_file(document: Document) -> Iterator[tuple[str, Place]]:
    for path, kind, mapping in _mappings(document):
        day, copy = _day(mapping), mapping.get("archive_url")
        for key, own in (("url", kind), ("archive_url", "archive")):
            url = mapping.get(key)
            if isinstance(url, str) and url.strip():
                where = document.locate((*path, key))
                yield url.strip(), Place(where, field_name((*path, key)), own, day, bool(copy))
    for path, text in _proses(document):
        written: dict[str, int] = {}
        for url in addresses(text):
            if not url.lower().startswith(_NOT_PAGES):
                where = document.locate_words(path, url, written.setdefault(url, 0))
                written[url] += 1
                yield url, Place(where, field_name(path), "prose")


def _mappings(document: Document) -> Iterator[tuple[FieldPath, Kind, dict[str, Any]]]:
    """The sources and related pages of a file."""
    data = document.data
    if document.path == f"{DATA}sources.yml":
        yield from (((key,), "source", one) for key, one in _dicts(data.items()))
    elif document.path.startswith(BRIEFINGS):
        for key, kind in _LISTS:
            held = data.get(key)
            items = enumerate(held) if isinstance(held, list) else ()
            yield from (((key, index), kind, one) for index, one in _dicts(items))


_LISTS: tuple[tuple[str, Kind], ...] = (("sources", "source"), ("related", "related"))


def _dicts(items: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, dict[str, Any]]]:
    return ((key, one) for key, one in items if isinstance(one, dict))


def _proses(document: Document) -> Iterator[tuple[FieldPath, str]]:
    if document.path.startswith(BRIEFINGS):
        every = walk_data(Briefing, document.data)
    else:
        model = REGISTRIES[document.path.removeprefix(DATA).removesuffix(".yml")].model
        every = [
            mark for key, entry in document.data.items() for mark in walk_data(model, entry, (key,))
        ]
    for path, marker, text in every:
        if isinstance(marker, Text) and marker.kind == "prose":
            yield path, text


def _day(mapping: Mapping[str, Any]) -> str:
    for key in ("accessed", "date"):
        found = _DAY.search(str(mapping.get(key) or ""))
        if found:
            return "".join(filter(None, found.groups()))
    return ""
