"""Imports published data: turns the JSON of ``exports.json_files`` into the YAML it came from.

Texts, keys and their order stay the same. Comments and layout are not in the data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel

from generator.authoring.registry_editor import add
from generator.authoring.yaml_writer import to_yaml
from generator.exports.json_records import VERSION
from generator.model.briefing import Briefing
from generator.model.edtf import EdtfDate
from generator.model.fields import Reference, Text
from generator.model.introspection import Key, keys
from generator.model.registries import Source
from generator.reading.file_names import briefing_name_problems
from generator.reading.loader import BRIEFINGS, DATA
from generator.reading.validation import BRIEFING, REGISTRIES, read_as
from generator.reading.yaml_parser import read

#: The order in which authors write the keys that several kinds of mapping share.
_ORDER = (
    "id", "party", "speaker", "speaker_role", "kind", "against", "addressed_to", "to", "stance",
    "date", "venue", "place", "title", "text", "quotes", "reported_dates", "discrepancies",
)  # fmt: skip
_Kind = TypeVar("_Kind")
_KINDS: dict[type, str] = {dict: "an object", list: "a list", str: "a text"}
#: All numbers of the format are smaller.
_LIMIT = 1e15
_ACCEPTED = "Give a page's index.json, or data/briefings.json."


class ImportDataError(ValueError):
    """Why data can't be imported: the place in the file, and what is expected there."""

    def __init__(self, location: str, reason: str) -> None:
        self.location, self.reason = location, reason
        super().__init__(f"{location}: {reason}" if location else reason)


@dataclass(slots=True)
class Imported:
    """What authors would write for a data file: briefings by id, registries by name and id."""

    briefings: dict[str, dict[str, Any]] = field(default_factory=dict)
    registries: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)

    def files(self) -> dict[str, bytes]:
        """The content of each YAML file by its path from the project's root."""
        files = {
            f"{BRIEFINGS}{key}.yml": _yaml(f"{BRIEFINGS}{key}.yml", data)
            for key, data in self.briefings.items()
        }
        for name, entries in self.registries.items():
            if entries:
                path = f"{DATA}{name}.yml"
                files[path] = _yaml(path, entries, separated=True)
        return files


def import_json(content: bytes, language: str = "") -> Imported:
    """Reads a data file: a page's `index.json`, or the site's `data/briefings.json`.

    A briefing in another language than ``language``, that of the project, names its own. Raises
    ``ImportDataError`` for anything else.
    """
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ImportDataError("", f"It is not JSON: {error}. {_ACCEPTED}") from None
    record = _expect(dict, data, "")
    if "version" not in record:
        raise ImportDataError(
            "", f"The key `version` is missing, so this is other data. {_ACCEPTED}"
        )
    version = record["version"]
    major = VERSION.partition(".")[0]
    if not isinstance(version, str) or version.partition(".")[0] != major:
        raise ImportDataError(
            "version",
            f"It is {_shown(version)}, but must be {major}.x. {_ACCEPTED}",
        )
    imported = Imported()
    site = _expect(dict, record.get("site", {}), "site")
    briefings = (
        _expect(list, record["briefings"], "briefings") if "briefings" in record else [record]
    )
    for index, briefing in enumerate(briefings):
        location = f"briefings[{index}]." if "briefings" in record else ""
        named = _with_language(
            _expect(dict, briefing, location.rstrip(".")), site.get("language"), language, location
        )
        _import_briefing(named, location, imported)
    registries = _expect(dict, record.get("registries", {}), "registries")
    for name, form in REGISTRIES.items():
        entries = _expect(dict, registries.get(name, {}), f"registries.{name}")
        for key, entry in entries.items():
            location = f"registries.{name}.{key}"
            fields = _fields(form.model, _expect(dict, entry, location), f"{location}.")
            imported.registries.setdefault(name, {})[key] = fields
    return imported


def _with_language(
    record: Mapping[str, Any], site_language: Any, project_language: str, location: str
) -> Mapping[str, Any]:
    """The record of a briefing, whose language is implied only if it is also that of the project.

    In older data a briefing has no language if it is that of the site.
    """
    tag = record.get("language", site_language)
    if not project_language or tag in (None, project_language):
        return record
    implied = _expect(list, record.get("implied", []), f"{location}implied")
    return {**record, "language": tag, "implied": [key for key in implied if key != "language"]}


def _import_briefing(record: Mapping[str, Any], location: str, imported: Imported) -> None:
    key = record.get("id")
    if not isinstance(key, str) or any(briefing_name_problems("", key)):
        raise ImportDataError(f"{location}id", f"{_shown(key)} is not a briefing's id.")
    sources = [
        _expect(dict, source, f"{location}sources[{index}]")
        for index, source in enumerate(
            _expect(list, record.get("sources", []), f"{location}sources")
        )
    ]
    listed = [source for source in sources if not source.get("shared")]
    briefing = _fields(Briefing, {**record, "sources": listed}, location)
    if not listed:
        briefing.pop("sources", None)
    imported.briefings[key] = briefing
    for index, source in enumerate(sources):
        if source.get("shared"):
            source_id = _expect(str, source.get("id"), f"{location}sources[{index}].id")
            if fields := _fields(Source, source, f"{location}sources[{index}]."):
                imported.registries.setdefault("sources", {})[source_id] = fields


def _fields(model: type[BaseModel], record: Mapping[str, Any], location: str) -> dict[str, Any]:
    """A mapping as authors write it, in the order of the format."""
    implied = _expect(list, record.get("implied", []), f"{location}implied")
    fields: dict[str, Any] = {}
    for key in sorted(keys(model), key=_position):
        if key.name not in record or key.name in implied:
            continue
        value, path = record[key.name], f"{location}{key.name}"
        if (by_language := record.get(f"{key.name}_by_language")) is not None:
            texts = _expect(dict, by_language, f"{path}_by_language").items()
            fields[key.name] = {
                tag: _expect(str, text, f"{path}_by_language.{tag}") for tag, text in texts
            }
            continue
        if key.one_or_more:
            several = _expect(
                list, record.get(key.attribute, [value]), f"{location}{key.attribute}"
            )
            value, path = (several, f"{location}{key.attribute}") if several[1:] else (value, path)
        if key.many and not (key.one_or_more and not isinstance(value, list)):
            items = enumerate(_expect(list, value, path))
            fields[key.name] = [
                _value(key, item, f"{path}[{index}]")
                for index, item in items
                # A site's own translation of a quotation is part of a translation's file.
                if not (isinstance(item, dict) and item.get("own_translation"))
            ]
        else:
            fields[key.name] = _value(key, value, path)
    return fields


def _position(key: Key) -> int:
    return _ORDER.index(key.name) if key.name in _ORDER else len(_ORDER)


def _value(key: Key, value: Any, location: str) -> Any:
    if key.model:
        return _fields(key.model, _expect(dict, value, location), f"{location}.")
    if key.type is EdtfDate:
        return _expect(str, _expect(dict, value, location).get("edtf"), f"{location}.edtf")
    if isinstance(key.role, Text) and key.role.kind == "prose":
        return _expect(str, _expect(dict, value, location).get("markdown"), f"{location}.markdown")
    if isinstance(key.role, Text) and key.role.kind == "quote":
        text = _expect(str, value, location)
        return f"{text}\n" if text.endswith("\n") else text  # reading removes one
    if isinstance(key.role, Reference):
        reference = _expect(dict, value, location)
        return _expect(str, reference.get("ref", reference.get("id")), f"{location}.id")
    if key.type is float and isinstance(value, int | float) and not isinstance(value, bool):
        if not abs(value) < _LIMIT:  # also if it is infinite or not a number
            raise ImportDataError(location, f"It is {_shown(value)}, but must be a number.")
        return f"{value:.12f}".rstrip("0").rstrip(".")
    return _expect(str, value, location)


def _yaml(path: str, data: Mapping[str, Any], *, separated: bool = False) -> bytes:
    content = to_yaml(data, separated=separated).encode("utf-8", "surrogatepass")
    document, problems = read(path, content)
    if document is None or document.data != data:
        reason = problems[0].message if problems else "a text can't be written as YAML."
        raise ImportDataError(path, reason)
    return content


def _expect(kind: type[_Kind], value: Any, location: str) -> _Kind:
    if not isinstance(value, kind):
        raise ImportDataError(location, f"It is {_shown(value)}, but must be {_KINDS[kind]}.")
    return value


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return f"`{text[:60]}…`" if len(text) > 60 else f"`{text}`"


def merged(files: Mapping[str, bytes], imported: Imported) -> tuple[dict[str, bytes], list[str]]:
    """``files`` with the imported content, and a sentence for each entry that was not changed.

    A briefing with the same content keeps its text and its comments. Raises ``RegistryError`` if an
    entry can't be added to a registry.
    """
    result = dict(files)
    unchanged: list[str] = []
    for path, content in imported.files().items():
        old_content = result.get(path)
        if old_content is None:
            result[path] = content
            continue
        old, _ = read(path, old_content)
        new, _ = read(path, content)
        assert new is not None
        if path.startswith(BRIEFINGS):
            if old is None or read_as(BRIEFING, old).value != read_as(BRIEFING, new).value:
                result[path] = content
            continue
        text = old_content.decode("utf-8")
        for key, entry in new.data.items():
            if old is None or key not in old.data:
                text = add(text, key, entry, path=path)
            elif old.data[key] != entry:
                message = f"{path}: `{key}` already exists, and differs. It stays unchanged."
                unchanged.append(message)
        result[path] = text.encode()
    return result, unchanged
