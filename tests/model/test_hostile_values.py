"""Where an id, a date, an address or one of a few words belongs, a hostile text is refused.

The fields are those of the model, so one that joins the format is tried too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any
from urllib.parse import urlsplit

import pytest
from pydantic import TypeAdapter, ValidationError

from generator.model.fields import Text
from generator.reading.yaml_parser import read
from tests.hostile import REFUSED_CHARACTERS, fields, naughty, payloads


def _fields() -> Iterator[tuple[str, Any]]:
    """Every field that holds no text and no mapping: its name, and what reads one value of it.

    Fields of the same type have the same reader, so each type is tried once.
    """
    adapters: dict[str, TypeAdapter[Any]] = {}
    for model, key in fields():
        if not isinstance(key.role, Text):
            info = model.model_fields[key.attribute]
            wanted = Annotated[info.annotation, *info.metadata, None]
            adapter = adapters.setdefault(repr(wanted), TypeAdapter(wanted))
            yield f"{model.__name__}.{key.name}", (adapter, key.many)


FIELDS = dict(_fields())


def test_the_model_has_such_fields_of_every_kind() -> None:
    assert FIELDS.keys() >= {
        "Briefing.status", "Briefing.published", "Briefing.topics", "Briefing.aliases",
        "Related.url", "Position.id", "Position.against", "Response.to", "Response.stance",
        "Actor.country", "Actor.wikidata", "Place.latitude", "Quotation.language",
    }  # fmt: skip


@cache
def _taken(adapter: TypeAdapter[Any], many: bool) -> list[str]:
    """The payloads that a reader takes; what it refuses, it has a message for."""
    taken = []
    for payload in (*payloads(), *naughty()):
        try:
            adapter.validate_python([payload] if many else payload)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                assert detail["msg"], payload
        else:
            taken.append(payload)
    return taken


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_that_holds_no_text_takes_none(name: str) -> None:
    assert [value for value in _taken(*FIELDS[name]) if not _harmless(name, value)] == []


def _harmless(name: str, taken: str) -> bool:
    if name.endswith("url"):
        parts = urlsplit(taken)
        return parts.scheme in ("https", "http") and not set(taken) & set('<>"\\^`{|} \n\t')
    return re.fullmatch("[a-zA-Z0-9./-]+", taken) is not None


@pytest.mark.parametrize("quoted", [True, False], ids=["quoted", "plain"])
def test_every_payload_is_read_as_it_is_or_refused_at_its_place(quoted: bool) -> None:
    """As a value that is typed into a file: in single quotes, or without thinking of quotes."""
    for payload in (*payloads(), *naughty()):
        written = "'" + payload.replace("'", "''") + "'" if quoted else payload
        document, problems = read("briefings/x.yml", f"title: {written}\n".encode(errors="replace"))
        if document is None:
            assert problems, payload
            assert all(
                problem.message and problem.hint and problem.location.line for problem in problems
            )
        if quoted and not REFUSED_CHARACTERS.search(payload) and "\n" not in payload:
            assert document is not None, payload
            assert document.data == {"title": payload}
