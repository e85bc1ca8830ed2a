"""JSON Schemas (draft 2020-12) of the briefing and the registries, for authors' editors.

They come from the model, so that an editor explains, completes and underlines what the check knows.
A schema never underlines a file that the check accepts, even if it must accept more than the check.
Most of this module is about two differences: an editor reads an unquoted `2024` as a number, where
our parser reads text, and a key without a value as null.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from typing import Any

from pydantic import BaseModel

from generator.exports.json_schema import DIALECT
from generator.model.briefing import Briefing
from generator.model.fields import REFERS_TO
from generator.model.ids import ID_LENGTH, ID_PATTERN
from generator.model.translated_texts import OriginalText, original_texts
from generator.model.translation import parts
from generator.reading.loader import LoadedProject
from generator.reading.validation import BRIEFING, REGISTRIES, TRANSLATION

FOLDER = "data/schema"
#: Ids by the kind of entry, each with a name to show next to it.
KnownIds = Mapping[str, Mapping[str, str]]

_TITLES = {
    "translation": "A translation of a briefing, text by text",
    "briefing": "A briefing: who claims what about whom, and who has answered",
    "actors": "Actors: every state, organisation, person and outlet that briefings name",
    "topics": "Topics that briefings are about",
    "places": "Places that briefings are about, or where something was said or happened",
    "sources": "Sources that several briefings cite",
    "style": "Wording the editors watch, per language",
}
#: The types as which an editor may read an unquoted text. Ids and dates are never `true` or `1.5`.
_TEXT = ["string", "number", "boolean"]
_ID_OR_DATE = ["string", "integer"]
#: Required keys that may have no value.
_MAY_BE_EMPTY = {"background", "positions", "responses"}
_NEEDED_TOGETHER: dict[str, dict[str, Any]] = {
    "Position": {
        "if": {"properties": {"kind": {"const": "allegation"}}, "required": ["kind"]},
        "then": {"required": ["against"]},
    },
    "Source": {"anyOf": [{"required": ["url"]}, {"required": ["publisher", "date"]}]},
    "Related": {"anyOf": [{"required": ["briefing"]}, {"required": ["url", "title"]}]},
}
_NEEDED_TOGETHER["ListedSource"] = _NEEDED_TOGETHER["Source"]


def schemas(known: KnownIds) -> dict[str, dict[str, Any]]:
    """The schema of each kind of file by its name; editors suggest the ``known`` ids."""
    return {name: _finished(name, known) for name in ("briefing", *REGISTRIES)}


def schema_files(loaded: LoadedProject) -> dict[str, str]:
    """The text of each schema by its path; editors suggest the ids in the registries.

    They don't suggest those of briefings, because each new file would make the schemas outdated.
    """
    known = {
        "actor": {key: entry.name for key, entry in loaded.actors.items()},
        "topic": {key: entry.name for key, entry in loaded.topics.items()},
        "place": {key: entry.name for key, entry in loaded.places.items()},
        "source": {key: entry.title for key, entry in loaded.sources.items()},
    }
    files = dict(_file(name, schema) for name, schema in schemas(known).items())
    for original in loaded.translations_of:
        if original in loaded.briefings:
            files |= [translation_schema_file(original, loaded.briefings[original].value)]
    return files


def translation_schema_file(original: str, briefing: Briefing) -> tuple[str, str]:
    """The path and the text of the schema of a briefing's translations."""
    return _file(f"translations/{original}", translation_schema(briefing))


def _file(name: str, schema: dict[str, Any]) -> tuple[str, str]:
    text = json.dumps(schema, ensure_ascii=False, indent=2)
    return f"{FOLDER}/{name}.schema.json", f"{text}\n"


def translation_schema(briefing: Briefing) -> dict[str, Any]:
    """The schema of the translations of ``briefing``. Editors suggest the ids of its entries, and
    show what each text says in the original.
    """
    schema = _finished("translation", {})
    definitions = schema["$defs"]
    for part in parts():
        definition = definitions[part.__name__]
        if part.short_form:
            definitions[part.__name__] = {"anyOf": [{"type": _TEXT}, definition]}
    for text in original_texts(briefing, "und"):
        _add_original(schema, definitions, text)
    return {**schema, **{key: _or_nothing(schema[key]) for key in ("properties", "$defs")}}


def _add_original(schema: dict[str, Any], definitions: dict[str, Any], text: OriginalText) -> None:
    """Add the keys that lead to a text, each with a definition that has only the known keys."""
    node = schema
    for key in text.keys:
        properties = node.setdefault("properties", {})
        entry = properties.get(key) or node["additionalProperties"]
        if "$ref" in entry:
            entry = definitions[entry["$ref"].rpartition("/")[2]]
        if "anyOf" in entry and key != text.keys[-1]:
            entry = entry["anyOf"][1]
        node = properties[key] = deepcopy(entry)
    node["description"] = text.text


def _or_nothing(node: Any) -> Any:
    """``node`` for values that can be left empty until they are translated."""
    if isinstance(node, list):
        return [_or_nothing(item) for item in node]
    if not isinstance(node, dict):
        return node
    result = {key: _or_nothing(value) for key, value in node.items() if key != "type"}
    if isinstance(node.get("type"), str | list):
        own = node["type"]
        result["type"] = list(dict.fromkeys([*([own] if isinstance(own, str) else own), "null"]))
        if "enum" in result:
            result["enum"] = [*node["enum"], None]
    elif "type" in node:
        result["type"] = _or_nothing(node["type"])
    return result


@cache
def _model_schema(name: str) -> dict[str, Any]:
    """Pydantic's schema of a kind of file, with what models can't say. It must not be changed."""
    if name in REGISTRIES:
        schema = _registry_schema(name, REGISTRIES[name].model)
    else:
        document = BRIEFING if name == "briefing" else TRANSLATION
        schema = document.adapter.json_schema(by_alias=True)
    for key, definition in schema["$defs"].items():
        definition |= _NEEDED_TOGETHER.get(key, {})
    for key in _MAY_BE_EMPTY & schema.get("properties", {}).keys():
        schema["properties"][key]["default"] = []
    return schema


def _registry_schema(name: str, model: type[BaseModel]) -> dict[str, Any]:
    entry = model.model_json_schema(by_alias=True)
    definitions = entry.pop("$defs", {})
    id_limits = {"pattern": f"^{ID_PATTERN}$", "maxLength": ID_LENGTH}
    key_limits = id_limits if name != "style" else {}
    return {
        "type": "object",
        "propertyNames": {"type": "string", **key_limits},
        "additionalProperties": {"$ref": f"#/$defs/{model.__name__}"},
        "$defs": {**definitions, model.__name__: entry},
    }


def _finished(name: str, known: KnownIds) -> dict[str, Any]:
    adapted: dict[str, Any] = _adapted(_model_schema(name), known)
    for kind, ids in known.items():
        if ids and _known_name(kind) in json.dumps(adapted):
            suggestions = {"enum": list(ids), "enumDescriptions": list(ids.values())}
            adapted["$defs"][_known_name(kind)] = suggestions
    return {"$schema": DIALECT, "title": _TITLES[name], **adapted}


def _adapted(node: Any, known: KnownIds) -> Any:
    """A part of pydantic's schema as an editor needs it."""
    if isinstance(node, list):
        return [_adapted(item, known) for item in node]
    if not isinstance(node, dict):
        return node
    result: dict[str, Any] = {
        key: {name: _adapted(item, known) for name, item in value.items()}
        if key in ("properties", "$defs")
        else _adapted(value, known)
        for key, value in node.items()
        if key not in ("default", "title", REFERS_TO)
    }
    if "description" in result:
        result["description"] = " ".join(result["description"].split())
    alternatives = [item for item in result.get("anyOf", ()) if item != {"type": "null"}]
    if len(alternatives) == 1:  # a key that may be left out
        result = {**alternatives[0], **{key: result[key] for key in result if key != "anyOf"}}
    if "type" in result and "enum" not in result:
        result["type"] = _accepted_types(result, may_be_empty=node.get("default") == [])
    kind = str(node.get(REFERS_TO, ""))
    return _with_suggestions(result, kind) if known.get(kind) else result


def _accepted_types(schema: Mapping[str, Any], *, may_be_empty: bool) -> Any:
    """The types as which an editor may read a value."""
    type_name = schema["type"]
    if type_name == "string" and "format" not in schema:
        return _ID_OR_DATE if "pattern" in schema else _TEXT
    if type_name == "number":
        return ["number", "string"]
    return ["array", "null"] if type_name == "array" and may_be_empty else type_name


def _with_suggestions(schema: dict[str, Any], kind: str) -> dict[str, Any]:
    """``schema`` with the known ids as suggestions; other ids are accepted, as they may be new."""
    annotations: dict[str, Any] = {
        key: schema.pop(key) for key in ("description", "examples") if key in schema
    }
    return {**annotations, "anyOf": [{"$ref": f"#/$defs/{_known_name(kind)}"}, schema]}


def _known_name(kind: str) -> str:
    return f"known-{kind}"
