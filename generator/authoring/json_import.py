"""Published data back into files: what ``exports.jsons`` writes becomes the YAML it came from.

Nothing an author wrote is lost: text, keys and order stay; comments and layout are not in the data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from generator.authoring.registry_editor import add
from generator.authoring.yaml_writer import document
from generator.exports.json_records import VERSION
from generator.model.briefing import Briefing, Source
from generator.model.dates import EdtfDate
from generator.model.fields import Reference, Text
from generator.model.introspection import Key, keys
from generator.reading.file_names import briefing_name_problems
from generator.reading.loader import BRIEFINGS, DATA
from generator.reading.validation import REGISTRIES, read_briefing
from generator.reading.yaml_parser import read

#: Of keys that several kinds of mapping share, and the order in which the format tells them.
_FIRST = (
    "id", "party", "speaker", "speaker_role", "kind", "against", "addressed_to", "to", "stance",
    "date", "venue", "place", "title", "text", "quotes", "reported_dates", "discrepancies",
)  # fmt: skip


class ImportDataError(ValueError):
    """Why a file is not data that can be read back: where in it, and what was looked for."""

    def __init__(self, where: str, reason: str) -> None:
        self.where, self.reason = where, reason
        super().__init__(f"{where}: {reason}" if where else reason)


#: No number of the format is as large.
_LARGEST = 1e15


@dataclass(slots=True)
class Imported:
    """What a data file holds, as authors write it: briefings by id, registries by name and id."""

    briefings: dict[str, dict[str, Any]] = field(default_factory=dict)
    registries: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)

    def files(self) -> dict[str, bytes]:
        """All of it as YAML: path from the project's root to content."""
        made = {
            f"{BRIEFINGS}{key}.yml": _yaml(f"{BRIEFINGS}{key}.yml", data)
            for key, data in self.briefings.items()
        }
        for name, entries in self.registries.items():
            if entries:
                path = f"{DATA}{name}.yml"
                made[path] = _yaml(path, entries, apart=True)
        return made


def import_json(content: bytes) -> Imported:
    """What a data file says: one page's `index.json`, or the site's `data/briefings.json`.

    Raises ``ImportDataError`` for anything else.
    """
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ImportDataError("", f"It is not JSON: {error}.") from None
    record = _mapping(data, "")
    version = record.get("version")
    ours = VERSION.partition(".")[0]
    if not isinstance(version, str) or version.partition(".")[0] != ours:
        raise ImportDataError(
            "version",
            f"It is {_shown(version)}, but must be {ours}.x. Give a page's index.json, or "
            "data/briefings.json.",
        )
    found = Imported()
    briefings = _list(record["briefings"], "briefings") if "briefings" in record else [record]
    for index, one in enumerate(briefings):
        where = f"briefings[{index}]." if "briefings" in record else ""
        _take_briefing(_mapping(one, where.rstrip(".")), where, found)
    registries = _mapping(record.get("registries", {}), "registries")
    for name, form in REGISTRIES.items():
        entries = _mapping(registries.get(name, {}), f"registries.{name}")
        for key, entry in entries.items():
            where = f"registries.{name}.{key}"
            made = _fields(form.model, _mapping(entry, where), f"{where}.")
            found.registries.setdefault(name, {})[key] = made
    return found


def _take_briefing(record: Mapping[str, Any], where: str, found: Imported) -> None:
    key = record.get("id")
    if not isinstance(key, str) or any(briefing_name_problems("", key)):
        raise ImportDataError(f"{where}id", f"{_shown(key)} is not a briefing's id.")
    sources = [
        _mapping(one, f"{where}sources[{index}]")
        for index, one in enumerate(_list(record.get("sources", []), f"{where}sources"))
    ]
    own = {**record, "sources": [one for one in sources if not one.get("shared")]}
    if not own["sources"] and not (record.get("sources") == [] and "sources" in record):
        del own["sources"]
    made = _fields(Briefing, own, where)
    if made.get("sources") == []:
        del made["sources"]
    found.briefings[key] = made
    for index, one in enumerate(sources):
        if one.get("shared"):
            source_id = _string(one.get("id"), f"{where}sources[{index}].id")
            fields = _fields(Source, one, f"{where}sources[{index}].")
            if fields:
                found.registries.setdefault("sources", {})[source_id] = fields


def _fields(model: type[BaseModel], record: Mapping[str, Any], where: str) -> dict[str, Any]:
    """A mapping as authors write it, in the order of the format."""
    implied = _list(record.get("implied", []), f"{where}implied")
    made: dict[str, Any] = {}
    for key in sorted(keys(model), key=_place):
        if key.name not in record or key.name in implied:
            continue
        value, place = record[key.name], f"{where}{key.name}"
        if key.many:
            items = enumerate(_list(value, place))
            made[key.name] = [_value(key, one, f"{place}[{index}]") for index, one in items]
        else:
            made[key.name] = _value(key, value, place)
    return made


def _place(key: Key) -> int:
    return _FIRST.index(key.name) if key.name in _FIRST else len(_FIRST)


def _value(key: Key, value: Any, where: str) -> Any:
    if key.model:
        return _fields(key.model, _mapping(value, where), f"{where}.")
    if key.type is EdtfDate:
        return _string(_mapping(value, where).get("edtf"), f"{where}.edtf")
    if isinstance(key.role, Text) and key.role.kind == "prose":
        return _string(_mapping(value, where).get("markdown"), f"{where}.markdown")
    if isinstance(key.role, Text) and key.role.kind == "quote":
        text = _string(value, where)
        return f"{text}\n" if text.endswith("\n") else text  # one is taken for YAML's own
    if isinstance(key.role, Reference):
        reference = _mapping(value, where)
        return _string(reference.get("ref", reference.get("id")), f"{where}.id")
    if key.type is float and isinstance(value, int | float) and not isinstance(value, bool):
        if not abs(value) < _LARGEST:  # infinite, or not a number, too
            raise ImportDataError(where, f"It is {_shown(value)}, but must be a number.")
        return f"{value:.12f}".rstrip("0").rstrip(".")
    return _string(value, where)


def _yaml(path: str, data: Mapping[str, Any], *, apart: bool = False) -> bytes:
    content = document(data, apart=apart).encode("utf-8", "surrogatepass")
    back, problems = read(path, content)
    if back is None or back.data != data:
        told = problems[0].message if problems else "a text can't be written as YAML."
        raise ImportDataError(path, told)
    return content


def _mapping(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ImportDataError(where, f"It is {_shown(value)}, but must be an object.")
    return value


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise ImportDataError(where, f"It is {_shown(value)}, but must be a list.")
    return value


def _string(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise ImportDataError(where, f"It is {_shown(value)}, but must be a text.")
    return value


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return f"`{text[:60]}…`" if len(text) > 60 else f"`{text}`"


def merged(files: Mapping[str, bytes], made: Imported) -> tuple[dict[str, bytes], list[str]]:
    """``files`` with what was imported, and what was left as it is, each as a sentence.

    A briefing that says the same already keeps its text, comments and all. Raises
    ``RegistryError`` where an entry can't be added to a registry.
    """
    result = dict(files)
    left: list[str] = []
    for path, content in made.files().items():
        old = result.get(path)
        if old is None:
            result[path] = content
            continue
        had, _ = read(path, old)
        new, _ = read(path, content)
        assert new is not None
        if path.startswith(BRIEFINGS):
            if had is None or read_briefing(had).value != read_briefing(new).value:
                result[path] = content
            continue
        text = old.decode("utf-8")
        for key, entry in new.data.items():
            if had is None or key not in had.data:
                text = add(text, key, entry, path=path)
            elif had.data[key] != entry:
                left.append(f"{path}: `{key}` already exists, and differs. It stays unchanged.")
        result[path] = text.encode()
    return result, left
