"""JSON Schemas (draft 2020-12) of the published data, from the model and the derived values.

Readers of the data can rely on them. They allow other keys, because keys can be added to the data
at any time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from generator.addresses import urls
from generator.collection.reply_status import ReplyStatus
from generator.exports.json_records import VERSION, Record
from generator.exports.json_text import indented
from generator.model.briefing import Briefing, Position, Response
from generator.model.edtf import EdtfDate
from generator.model.fields import Reference, Text
from generator.model.introspection import keys
from generator.model.registries import Source
from generator.reading.validation import REGISTRIES

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _text(description: str, **more: Any) -> Record:
    return {"type": "string", "description": description, **more}


def _list(item: Record, description: str = "") -> Record:
    described = {"description": description} if description else {}
    return {"type": "array", "items": item, **described}


def _ref(name: str) -> Record:
    return {"$ref": f"#/$defs/{name}"}


def _object(properties: Record, required: list[str], description: str = "") -> Record:
    described = {"description": description} if description else {}
    return {"type": "object", **described, "properties": properties, "required": required}


_URL = _text("Its address: complete if the site's is known, else from the site's root.")
_IMPLIED = _list(
    {"type": "string"}, "Keys that were not written and have the default value of the format."
)
_SHARED: dict[str, Record] = {
    "Site": _object(
        {
            "name": _text("The site's name."),
            "url": _text("The site's address.", format="uri"),
            "language": _text("The site's language (BCP 47)."),
            "publisher": _object(
                {
                    "name": _text("The publisher's name."),
                    "url": _text("The publisher's address.", format="uri"),
                },
                ["name"],
                "Who publishes the site.",
            ),
            "contact": _text("How to reach the publisher.", format="uri"),
            "license": _object(
                {
                    "id": _text("Its SPDX identifier, if it has one."),
                    "name": _text("Its name."),
                    "url": _text("Its address.", format="uri"),
                },
                ["name"],
                "Under what the texts and data may be reused.",
            ),
        },
        ["language"],
    ),
    "Prose": _object(
        {
            "markdown": _text("The text as written: Markdown, with `[@source-id]` to cite."),
            "plain": _text("Its words on one line, without markup and citations."),
        },
        ["markdown", "plain"],
    ),
    "Date": _object(
        {
            "edtf": _text("The date as written: EDTF, level 1."),
            "earliest": _text("The first day it can mean.", format="date"),
            "latest": _text("The last day it can mean.", format="date"),
            "uncertain": {"const": True, "description": "Marked `?` or `%`."},
            "approximate": {"const": True, "description": "Marked `~` or `%`."},
        },
        ["edtf"],
    ),
    "Entry": _object(
        {
            "id": _text("Its id in the registry."),
            "type": _text("What kind of actor it is."),
            "name": _text("Its name."),
            "url": _URL,
        },
        ["id"],
        "An actor, a topic or a place.",
    ),
    "SourceReference": _object(
        {"id": _text("Its id in the briefing's `sources`."), "title": _text("Its title.")}, ["id"]
    ),
    "BriefingReference": _object(
        {"id": _text("The briefing's id."), "title": _text("Its title."), "url": _URL}, ["id"]
    ),
    "Home": _object(
        {
            "id": _text("The briefing's id."),
            "title": _text("Its title."),
            "url": _URL,
            "status": _text("Whether it is a draft, published or archived."),
            "language": _text("The language it is written in (BCP 47)."),
            "published": _text("The day it was first published.", format="date"),
            "updated": _text("The day of the last change of substance.", format="date"),
            "as_of": _text("The day up to which replies were looked for.", format="date"),
        },
        ["id", "title", "url", "status", "language"],
        "The briefing a statement belongs to.",
    ),
    "Link": _object(
        {
            "ref": _text("The reference as written: `id` or `briefing#id`."),
            "briefing": _text("The id of the briefing it belongs to."),
            "id": _text("Its anchor there."),
            "title": _text("What it is, in words."),
            "date": _text("Its date: EDTF, level 1."),
            "url": _URL,
        },
        [],
        "A statement or an event.",
    ),
    "Answer": {
        "allOf": [_ref("Link")],
        "properties": {
            "party": _ref("Entry"),
            "parties": _list(_ref("Entry"), "All whose answer it is; `party` is the first."),
            "stance": _text("How it answers."),
            "note": _text("What is known about when it was given."),
        },
        "required": ["party", "parties", "stance"],
    },
    "Reply": _object(
        {
            "accused": _ref("Entry"),
            "status": {"enum": [status.value for status in ReplyStatus]},
            "label": _text("The status in words; an earlier answer may deny nothing."),
            "as_of": _text("The day up to which no reply was found.", format="date"),
            "order_unclear": {
                "const": True,
                "description": "Which came first, allegation or answer, is not established.",
            },
            "responses": _list(_ref("Link"), "The answers that decide the status, oldest first."),
        },
        ["accused", "status", "label"],
        "Whether one accused party replied to one allegation.",
    ),
}
_LINKS = _list(_ref("Link"))
_STATEMENT: Record = {
    "url": _URL,
    "title": _text("What it is, in words: Allegation by Norland against Esteria."),
    "parties": _list(_ref("Entry"), "All who made it together; `party` is the first of them."),
    "role": _text("The speaker's office on that day, as written or looked up."),
    "sources_counted": {
        "type": "integer",
        "description": "How many sources it has, those that carry the same original counted once.",
    },
    "answered_by": _list(_ref("Answer"), "The answers to it, of this and other briefings."),
    "replies": _list(_ref("Reply"), "For an allegation: whether each accused party replied to it."),
    "echoed_by": {**_LINKS, "description": "Statements that repeat it."},
    "relied_on_by": {**_LINKS, "description": "Statements that say they are based on it."},
}
#: Derived values by the model that they are added to: properties, and the required ones.
_DERIVED: dict[str, tuple[Record, list[str]]] = {
    "Briefing": (
        {
            "id": _text("Its path below `briefings/`, which is its address on the site."),
            "url": _URL,
            "referred_to_by": _list(_ref("BriefingReference"), "Briefings that refer to it."),
        },
        ["id", "url"],
    ),
    "Event": (
        {
            "anchor": _text("Its anchor on the page: the id if it has one."),
            "url": _URL,
            "relied_on_by": _STATEMENT["relied_on_by"],
        },
        ["anchor", "url"],
    ),
    "Position": (_STATEMENT, ["kind", "url", "title", "parties"]),
    "Response": (
        {"kind": {"const": "response"}, **_STATEMENT},
        ["kind", "url", "title", "parties"],
    ),
    "ListedSource": (
        {
            "shared": {"const": True, "description": "It is in data/sources.yml."},
            "publisher_name": _text("The publisher as readers see it."),
            "publisher_actor": _ref("Entry"),
            "carries_source": _ref("SourceReference"),
            "original": _text("The same for all sources that carry the same text."),
        },
        [],
    ),
}
_DERIVED["Source"] = (
    {"id": _text("Its id in data/sources.yml."), **_DERIVED["ListedSource"][0]},
    [],
)


@cache
def record_schemas() -> Mapping[str, bytes]:
    """The schema of each kind of data file: path below the site's root to content."""
    briefing = _definitions(Briefing)["Briefing"]
    registries = _object(
        {
            name: {"type": "object", "additionalProperties": _ref(form.model.__name__)}
            for name, form in REGISTRIES.items()
        },
        [],
        "The entries of the registries by id.",
    )
    head: Record = {
        "$schema": _text("The address of this schema."),
        "version": {
            "type": "string",
            "pattern": rf"^{VERSION.partition('.')[0]}\.\d+$",
            "description": "Of the form of the data; see the page on the data.",
        },
        "site": _ref("Site"),
        "registries": registries,
    }
    required = ["$schema", "version", "site", "registries"]
    of_site = _object({**head, "briefings": _list(_ref("Briefing"))}, [*required, "briefings"])
    of_page = {
        **briefing,
        "properties": {**head, **briefing["properties"]},
        "required": [*required, *briefing["required"]],
    }
    source_list = _list(_ref("ListedSource"), "The sources of the statement, in full.")
    line: Record = {
        "type": "object",
        "properties": {"version": head["version"], "briefing": _ref("Home")},
        "required": ["version", "briefing", "sources"],
        "oneOf": [_without_sources(_definition(model)) for model in (Position, Response)],
    }
    line["properties"]["sources"] = source_list
    described = {
        "briefing": ("A briefing: who says what about whom, and who has answered", of_page),
        "briefings": ("Every briefing of a site, with its registries", of_site),
        "statement": ("One statement, a line of data/statements.jsonl", line),
    }
    definitions = {**_SHARED, **_definitions(Briefing)}
    for form in REGISTRIES.values():
        definitions |= _definitions(form.model)
    return {
        urls.schema(name): _file({"$schema": DIALECT, "title": title, **schema}, definitions)
        for name, (title, schema) in described.items()
    }


def _without_sources(statement: Record) -> Record:
    """The schema of a statement that has its sources in full."""
    properties = {key: value for key, value in statement["properties"].items() if key != "sources"}
    return {**statement, "properties": properties}


def _file(schema: Record, definitions: dict[str, Record]) -> bytes:
    used: dict[str, Record] = {}
    waiting = [schema]
    while waiting:
        text = json.dumps(waiting.pop())
        for name, definition in definitions.items():
            if name not in used and f'"#/$defs/{name}"' in text:
                used[name] = definition
                waiting.append(definition)
    complete = {**schema, "$defs": dict(sorted(used.items()))}
    return indented(complete) + b"\n"


def _definitions(model: type[BaseModel]) -> dict[str, Record]:
    """The schemas of a model's record and of the records in it, by the names of the models."""
    definitions: dict[str, Record] = {}
    waiting = [model]
    while waiting:
        current = waiting.pop()
        if current.__name__ in definitions:
            continue
        definitions[current.__name__] = _definition(current)
        waiting += [key.model for key in keys(current) if key.model]
    return definitions


def _definition(model: type[BaseModel]) -> Record:
    described = model.model_json_schema(by_alias=True)["properties"]
    fields = model.model_fields
    properties, required = Record(), list[str]()
    shared = Source if issubclass(model, Source) else model  # briefings list shared sources too
    by_language = {key.name for key in keys(shared) if key.by_language}
    for key in keys(model):
        item = _item(key, described[key.name])
        description = {"description": " ".join((fields[key.attribute].description or "").split())}
        is_list = key.many and not key.one_or_more
        properties[key.name] = {**(_list(item) if is_list else item), **description}
        if key.name in by_language:
            properties[f"{key.name}_by_language"] = {
                "type": "object",
                "additionalProperties": _text("The text in the language with this tag: BCP 47."),
            }
        if fields[key.attribute].is_required() or _always(fields[key.attribute].default):
            required.append(key.name)
    more, always = _DERIVED.get(model.__name__, ({}, []))
    extra = [key for key in always if key not in required]
    schema = _object({**properties, **more, "implied": _IMPLIED}, [*required, *extra])
    return {**schema, "description": " ".join((model.__doc__ or "").split())}


def _always(default: Any) -> bool:
    """Whether a key with this default is in every record."""
    return isinstance(default, str)


def _item(key: Any, described: Record) -> Record:
    if key.model:
        return _ref(key.model.__name__)
    if key.type is EdtfDate:
        return _ref("Date")
    match key.role:
        case Text(kind="prose"):
            return _ref("Prose")
        case Reference(to="source"):
            return _ref("SourceReference")
        case Reference(to="briefing"):
            return _ref("BriefingReference")
        case Reference(to="position" | "own_position" | "basis"):
            return _ref("Link")
        case Reference():
            return _ref("Entry")
    options = [option for option in described.get("anyOf", ()) if option != {"type": "null"}]
    value: Record = {**described, **(options[0] if options else {})}
    value = value.get("items", value)
    copied = ("type", "enum", "const", "format", "minimum", "maximum")
    return {name: value[name] for name in copied if name in value}
