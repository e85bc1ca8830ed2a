"""JSON Schemas (draft 2020-12) of the published data, from the model and the derived values.

Readers of the data can rely on them. They allow other keys, because keys can be added to the data
at any time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
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


def _day(description: str) -> Record:
    return _text(description, format="date")


def _uri(description: str) -> Record:
    return _text(description, format="uri")


def _true(description: str) -> Record:
    return {"const": True, "description": description}


def _list(item: Record, description: str = "") -> Record:
    described = {"description": description} if description else {}
    return {"type": "array", "items": item, **described}


def _ref(name: str) -> Record:
    return {"$ref": f"#/$defs/{name}"}


def _properties(**properties: str | Record) -> Record:
    """Schemas by key; a description alone is that of a text."""
    return {
        key: _text(value) if isinstance(value, str) else value for key, value in properties.items()
    }


def _object(
    required: Iterable[str], description: str = "", /, **properties: str | Record
) -> Record:
    described = {"description": description} if description else {}
    members = {"properties": _properties(**properties), "required": [*required]}
    return {"type": "object", **described, **members}


_URL = _text("Its address: complete if the site's is known, else from the site's root.")
_IMPLIED = _list(
    {"type": "string"}, "Keys that were not written and have the default value of the format."
)
_SHARED: dict[str, Record] = {
    "Site": _object(
        ("language",),
        name="The site's name.",
        url=_uri("The site's address."),
        language="The site's language (BCP 47).",
        publisher=_object(
            ("name",),
            "Who publishes the site.",
            name="The publisher's name.",
            url=_uri("The publisher's address."),
        ),
        contact=_uri("How to reach the publisher."),
        license=_object(
            ("name",),
            "Under what the texts and data may be reused.",
            id="Its SPDX identifier, if it has one.",
            name="Its name.",
            url=_uri("Its address."),
        ),
    ),
    "Prose": _object(
        ("markdown", "plain"),
        markdown="The text as written: Markdown, with `[@source-id]` to cite.",
        plain="Its words on one line, without markup and citations.",
    ),
    "Date": _object(
        ("edtf",),
        edtf="The date as written: EDTF, level 1.",
        earliest=_day("The first day it can mean."),
        latest=_day("The last day it can mean."),
        uncertain=_true("Marked `?` or `%`."),
        approximate=_true("Marked `~` or `%`."),
    ),
    "Entry": _object(
        ("id",),
        "An actor, a topic or a place.",
        id="Its id in the registry.",
        type="What kind of actor it is.",
        name="Its name.",
        url=_URL,
    ),
    "SourceReference": _object(
        ("id",), id="Its id in the briefing's `sources`.", title="Its title."
    ),
    "BriefingReference": _object(("id",), id="The briefing's id.", title="Its title.", url=_URL),
    "Home": _object(
        ("id", "title", "url", "status", "language"),
        "The briefing a statement belongs to.",
        id="The briefing's id.",
        title="Its title.",
        url=_URL,
        status="Whether it is a draft, published or archived.",
        language="The language it is written in (BCP 47).",
        published=_day("The day it was first published."),
        updated=_day("The day of the last change of substance."),
        as_of=_day("The day up to which replies were looked for."),
    ),
    "Link": _object(
        (),
        "A statement or an event.",
        ref="The reference as written: `id` or `briefing#id`.",
        briefing="The id of the briefing it belongs to.",
        id="Its anchor there.",
        title="What it is, in words.",
        date="Its date: EDTF, level 1.",
        url=_URL,
    ),
    "Answer": {
        "allOf": [_ref("Link")],
        "properties": _properties(
            party=_ref("Entry"),
            parties=_list(_ref("Entry"), "All whose answer it is; `party` is the first."),
            stance="How it answers.",
            note="What is known about when it was given.",
        ),
        "required": ["party", "parties", "stance"],
    },
    "Reply": _object(
        ("accused", "status", "label"),
        "Whether one accused party replied to one allegation.",
        accused=_ref("Entry"),
        status={"enum": [status.value for status in ReplyStatus]},
        label="The status in words; an earlier answer may deny nothing.",
        as_of=_day("The day up to which no reply, or no later one, was found."),
        order_unclear=_true("Which came first, allegation or answer, is not established."),
        responses=_list(_ref("Link"), "The answers that decide the status, oldest first."),
    ),
}
_STATEMENT = _properties(
    url=_URL,
    title="What it is, in words: Allegation by Norland against Esteria.",
    parties=_list(_ref("Entry"), "All who made it together; `party` is the first of them."),
    role="The speaker's office on that day, as written or looked up.",
    sources_counted={
        "type": "integer",
        "description": "How many sources it has, those that carry the same original counted once.",
    },
    answered_by=_list(_ref("Answer"), "The answers to it, of this and other briefings."),
    replies=_list(_ref("Reply"), "For an allegation: whether each accused party replied to it."),
    echoed_by=_list(_ref("Link"), "Statements that repeat it."),
    relied_on_by=_list(_ref("Link"), "Statements that say they are based on it."),
)
_SOURCE = _properties(
    shared=_true("It is in data/sources.yml."),
    publisher_name="The publisher as readers see it.",
    publisher_actor=_ref("Entry"),
    carries_source=_ref("SourceReference"),
    original="The same for all sources that carry the same text.",
)
#: Derived values by the model that they are added to.
_DERIVED: dict[str, Record] = {
    "Briefing": _properties(
        id="Its path below `briefings/`, which is its address on the site.",
        url=_URL,
        referred_to_by=_list(_ref("BriefingReference"), "Briefings that refer to it."),
    ),
    "Event": _properties(
        anchor="Its anchor on the page: the id if it has one.",
        url=_URL,
        relied_on_by=_STATEMENT["relied_on_by"],
    ),
    "Quotation": _properties(
        words_of_actor=_ref("Entry"),
        own_translation=_true(
            "A translation by the translators of the briefing: no source has it."
        ),
    ),
    "Position": _STATEMENT,
    "Response": {"kind": {"const": "response"}, **_STATEMENT},
    "ListedSource": _SOURCE,
    "Source": _properties(id="Its id in data/sources.yml.", **_SOURCE),
}
#: Those of them that are always there.
_ALWAYS = {
    "Briefing": ["id", "url"],
    "Event": ["anchor", "url"],
    "Position": ["kind", "url", "title", "parties"],
    "Response": ["kind", "url", "title", "parties"],
}


@cache
def record_schemas() -> Mapping[str, bytes]:
    """The schema of each kind of data file: path below the site's root to content."""
    briefing = _definitions(Briefing)["Briefing"]
    entries = {
        name: {"type": "object", "additionalProperties": _ref(form.model.__name__)}
        for name, form in REGISTRIES.items()
    }
    registries = _object((), "The entries of the registries by id.", **entries)
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
    of_site = _object([*required, "briefings"], **head, briefings=_list(_ref("Briefing")))
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
        description = {"description": key.description}
        is_list = key.many and not key.one_or_more
        properties[key.name] = {**(_list(item) if is_list else item), **description}
        if key.name in by_language:
            properties[f"{key.name}_by_language"] = {
                "type": "object",
                "additionalProperties": _text("The text in the language with this tag: BCP 47."),
            }
        if key.is_needed or _always(fields[key.attribute].default):
            required.append(key.name)
    derived = _DERIVED.get(model.__name__, {})
    extra = [key for key in _ALWAYS.get(model.__name__, ()) if key not in required]
    schema = _object([*required, *extra], **properties, **derived, implied=_IMPLIED)
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
