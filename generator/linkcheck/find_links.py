"""Find every URL in a project's files, with all places that name it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from generator.model.fields import Text
from generator.model.introspection import FieldPath
from generator.model.prose_markdown import addresses
from generator.reading.loader import BRIEFINGS, DATA
from generator.reading.problems import Location, field_name
from generator.reading.translation_names import is_translation
from generator.reading.validation import BRIEFING, REGISTRIES, TRANSLATION, AnySchema
from generator.reading.yaml_document import Document
from generator.reading.yaml_parser import read

#: Prose can link to these too. They are not web pages.
_NOT_PAGES = ("mailto:", "briefing:", "actor:")
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")

Kind = Literal["source", "archive", "related", "prose"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a URL is: in a source's `url` or `archive_url`, in `related`, or in prose.

    ``day`` is when the page was read or published, as digits (`20250304`, `202503`). ``archived``
    is true if the source names an archived copy.
    """

    location: Location
    field: str
    kind: Kind
    day: str = ""
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A URL as it is written, and the places that name it, in the order of the files."""

    url: str
    places: tuple[Place, ...]


def links(files: Mapping[str, bytes]) -> tuple[list[Link], list[str]]:
    """The links in ``files`` (path to content), sorted, and the files that can't be read."""
    places: dict[str, list[Place]] = {}
    unread = []
    for path in sorted(files):
        if not _can_have_links(path):
            continue
        document, _ = read(path, files[path])
        if document is None:
            unread += [path] if files[path].strip() else []
            continue
        for url, place in sorted(_in_file(document), key=lambda item: item[1].location):
            places.setdefault(url, []).append(place)
    return [Link(url, tuple(places[url])) for url in sorted(places)], unread


def _can_have_links(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    if f"{folder}/" == DATA:
        return name.removesuffix(".yml") in REGISTRIES and name.endswith(".yml")
    return path.startswith(BRIEFINGS) and path.endswith(".yml")


def _in_file(document: Document) -> Iterator[tuple[str, Place]]:
    for path, kind, mapping in _mappings(document):
        day, copy = _day(mapping), mapping.get("archive_url")
        for key, place_kind in (("url", kind), ("archive_url", "archive")):
            url = mapping.get(key)
            if isinstance(url, str) and url.strip():
                location = document.locate((*path, key))
                yield (
                    url.strip(),
                    Place(location, field_name((*path, key)), place_kind, day, bool(copy)),
                )
    for path, text in _prose_texts(document):
        written: dict[str, int] = {}
        for url in addresses(text):
            if not url.lower().startswith(_NOT_PAGES):
                location = document.locate_words(path, url, written.setdefault(url, 0))
                written[url] += 1
                yield url, Place(location, field_name(path), "prose")


def _mappings(document: Document) -> Iterator[tuple[FieldPath, Kind, dict[str, Any]]]:
    """The sources and related pages of a file."""
    data = document.data
    if document.path == f"{DATA}sources.yml":
        yield from (((key,), "source", source) for key, source in _dicts(data.items()))
    elif document.path.startswith(BRIEFINGS):
        for key, kind in _LISTS:
            values = data.get(key)
            items = enumerate(values) if isinstance(values, list) else ()
            yield from (((key, index), kind, mapping) for index, mapping in _dicts(items))


_LISTS: tuple[tuple[str, Kind], ...] = (("sources", "source"), ("related", "related"))


def _dicts(items: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, dict[str, Any]]]:
    return ((key, item) for key, item in items if isinstance(item, dict))


def _prose_texts(document: Document) -> Iterator[tuple[FieldPath, str]]:
    if document.path.startswith(BRIEFINGS):
        name = document.path.removeprefix(BRIEFINGS).removesuffix(".yml")
        schema: AnySchema = TRANSLATION if is_translation(name, document.data) else BRIEFING
    else:
        schema = REGISTRIES[document.path.removeprefix(DATA).removesuffix(".yml")]
    for path, marker, text in schema.walk(document.data):
        if isinstance(marker, Text) and marker.kind == "prose":
            yield path, text


def _day(mapping: Mapping[str, Any]) -> str:
    for key in ("accessed", "date"):
        match = _DAY.search(str(mapping.get(key) or ""))
        if match:
            return "".join(filter(None, match.groups()))
    return ""
