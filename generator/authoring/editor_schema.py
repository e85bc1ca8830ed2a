"""JSON Schemas (draft 2020-12) of the briefing and the registries, for authors' editors.

They are made from the model, so that an editor explains, completes and underlines what the check
knows. Where an editor can't tell what the check can, the schema accepts: it never underlines a file
that the check accepts. Two differences in reading are behind most of what is done here: an editor
takes a bare `2024` for a number, where all we read is text, and a key without a value for null.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from generator.exports.json_schema import DIALECT
from generator.model.fields import REFERS_TO
from generator.model.ids import ID_LENGTH, ID_PATTERN
from generator.reading.loader import LoadedProject
from generator.reading.validation import BRIEFING, REGISTRIES

FOLDER = "data/schema"
#: Ids by what they are the id of, each with a name to show beside it.
Known = Mapping[str, Mapping[str, str]]

_TITLES = {
    "briefing": "A briefing: who claims what about whom, and who has answered",
    "actors": "Actors: every state, organisation, person and outlet that briefings name",
    "topics": "Topics that briefings are about",
    "places": "Places that briefings are about, or where something was said or happened",
    "sources": "Sources that several briefings cite",
    "style": "Wording the editors watch, per language",
}
#: What an editor may take a bare text for. Ids and dates are never `true` or `1.5`.
_TEXT = ["string", "number", "boolean"]
_WORD = ["string", "integer"]
#: Required keys that may stand without a value.
_MAY_BE_BLANK = {"background", "positions", "responses"}
_NEEDED_TOGETHER: dict[str, dict[str, Any]] = {
    "Position": {
        "if": {"properties": {"kind": {"const": "allegation"}}, "required": ["kind"]},
        "then": {"required": ["against"]},
    },
    "Source": {"anyOf": [{"required": ["url"]}, {"required": ["publisher", "date"]}]},
    "Related": {"anyOf": [{"required": ["briefing"]}, {"required": ["url", "title"]}]},
}
_NEEDED_TOGETHER["ListedSource"] = _NEEDED_TOGETHER["Source"]


def schemas(known: Known) -> dict[str, dict[str, Any]]:
    """The schema of each kind of file by its name; ``known`` ids are offered where they fit."""
    made = {"briefing": _finished("briefing", BRIEFING.adapter.json_schema(by_alias=True), known)}
    for name, form in REGISTRIES.items():
        entry = form.model.model_json_schema(by_alias=True)
        definitions = entry.pop("$defs", {})
        keyed = {"pattern": f"^{ID_PATTERN}$", "maxLength": ID_LENGTH} if name != "style" else {}
        registry = {
            "type": "object",
            "propertyNames": {"type": "string", **keyed},
            "additionalProperties": {"$ref": f"#/$defs/{form.model.__name__}"},
            "$defs": {**definitions, form.model.__name__: entry},
        }
        made[name] = _finished(name, registry, known)
    return made


def schema_files(loaded: LoadedProject) -> dict[str, str]:
    """The text of every schema by its path; the ids that the registries declare are offered.

    Those of briefings are not: the schemas would be out of date with each file that is added.
    """
    known = {
        "actor": {key: entry.name for key, entry in loaded.actors.items()},
        "topic": {key: entry.name for key, entry in loaded.topics.items()},
        "place": {key: entry.name for key, entry in loaded.places.items()},
        "source": {key: entry.title for key, entry in loaded.sources.items()},
    }
    return {
        f"{FOLDER}/{name}.schema.json": json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in schemas(known).items()
    }


def _finished(name: str, schema: dict[str, Any], known: Known) -> dict[str, Any]:
    for key, definition in schema["$defs"].items():
        definition |= _NEEDED_TOGETHER.get(key, {})
    for key in _MAY_BE_BLANK & schema.get("properties", {}).keys():
        schema["properties"][key]["default"] = []
    adapted: dict[str, Any] = _adapted(schema, known)
    for kind, ids in known.items():
        if ids and _known_name(kind) in json.dumps(adapted):
            offered = {"enum": list(ids), "enumDescriptions": list(ids.values())}
            adapted["$defs"][_known_name(kind)] = offered
    return {"$schema": DIALECT, "title": _TITLES[name], **adapted}


def _adapted(node: Any, known: Known) -> Any:
    """A part of pydantic's schema as an editor needs it."""
    if isinstance(node, list):
        return [_adapted(one, known) for one in node]
    if not isinstance(node, dict):
        return node
    made: dict[str, Any] = {
        key: {name: _adapted(one, known) for name, one in value.items()}
        if key in ("properties", "$defs")
        else _adapted(value, known)
        for key, value in node.items()
        if key not in ("default", "title", REFERS_TO)
    }
    if "description" in made:
        made["description"] = " ".join(made["description"].split())
    alternatives = [one for one in made.get("anyOf", ()) if one != {"type": "null"}]
    if len(alternatives) == 1:  # a key that may be left out
        made = {**alternatives[0], **{key: made[key] for key in made if key != "anyOf"}}
    if "type" in made and "enum" not in made:
        made["type"] = _accepted(made, blank=node.get("default") == [])
    kind = str(node.get(REFERS_TO, ""))
    return _offered(made, kind) if known.get(kind) else made


def _accepted(made: Mapping[str, Any], *, blank: bool) -> Any:
    """The types an editor may take a value for."""
    kind = made["type"]
    if kind == "string" and "format" not in made:
        return _WORD if "pattern" in made else _TEXT
    if kind == "number":
        return ["number", "string"]
    return ["array", "null"] if kind == "array" and blank else kind


def _offered(made: dict[str, Any], kind: str) -> dict[str, Any]:
    """``made`` with the known ids offered; others stay accepted, as they may be newer."""
    about: dict[str, Any] = {
        key: made.pop(key) for key in ("description", "examples") if key in made
    }
    return {**about, "anyOf": [{"$ref": f"#/$defs/{_known_name(kind)}"}, made]}


def _known_name(kind: str) -> str:
    return f"known-{kind}"
