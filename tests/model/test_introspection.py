"""The model's shape: keys, nested models, and the walk over references and texts."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from generator.model.briefing import (
    Briefing,
    Discrepancy,
    Event,
    NoResponse,
    Original,
    Position,
    Quotation,
    Response,
    Version,
)
from generator.model.fields import Reference, Text
from generator.model.introspection import (
    UNREAD,
    FieldPath,
    Key,
    declared,
    keys,
    model_at,
    walk_data,
    walk_fields,
)
from generator.model.registries import Actor, Role
from generator.model.translation import Translation
from tests.fiction import briefing, position


def _key(model: type[BaseModel], name: str) -> Key:
    return next(key for key in keys(model) if key.name == name)


def test_keys_are_in_the_order_of_the_format() -> None:
    names = [key.name for key in keys(Briefing)]
    assert names[:4] == ["title", "summary", "status", "language"]
    assert names[-1] == "sources"


def test_a_key_goes_by_its_name_in_the_file() -> None:
    key = _key(Role, "from")
    assert (key.attribute, key.many, key.model, key.role) == ("since", False, None, None)


@pytest.mark.parametrize(
    ("model", "name", "many", "marker"),
    [
        (Briefing, "title", False, Text("line")),
        (Briefing, "summary", False, Text("prose")),
        (Briefing, "topics", True, Reference("topic")),
        (Briefing, "published", False, None),
        (Quotation, "text", False, Text("quote", "optional")),
        (Position, "party", True, Reference("actor")),
        (Position, "speaker", False, Reference("actor")),
        (Position, "echoes", True, Reference("position")),
        (Position, "based_on", True, Reference("basis")),
        (Response, "to", True, Reference("position")),
        (Actor, "also_known_as", True, Text("line")),
    ],
)
def test_a_key_has_what_its_value_is(
    model: type[BaseModel], name: str, many: bool, marker: Reference | Text | None
) -> None:
    key = _key(model, name)
    assert (key.many, key.role, key.model) == (many, marker, None)


@pytest.mark.parametrize(
    ("model", "name", "many", "nested"),
    [
        (Briefing, "positions", True, Position),
        (Briefing, "background", True, Event),
        (Event, "discrepancies", True, Discrepancy),
        (Quotation, "original", False, Original),
        (Position, "no_response", True, NoResponse),
    ],
)
def test_a_key_has_the_model_of_its_value(
    model: type[BaseModel], name: str, many: bool, nested: type[BaseModel]
) -> None:
    key = _key(model, name)
    assert (key.many, key.model) == (many, nested)


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ((), Briefing),
        (("positions", 0), Position),
        (("positions", 3, "quotes", 1, "original"), Original),
        (("background", 0, "discrepancies", 0, "versions", 1), Version),
        (("title",), None),
        (("nowhere", 0), None),
        (("title", "deeper"), None),
    ],
)
def test_the_model_at_a_path_is_found(path: FieldPath, model: type[BaseModel] | None) -> None:
    assert model_at(Briefing, path) is model


def test_every_reference_and_text_is_walked_with_its_path() -> None:
    quote = {"text": "Words.", "original": {"text": "Ord.", "language": "nb"}}
    model = Briefing.model_validate(
        briefing(position(quotes=[quote]), topics=["water", "law"], sources=[])
    )
    assert {path: (marker, words) for path, marker, words in walk_fields(model)} == {
        ("title",): (Text("line"), "Norland accuses Esteria"),
        ("summary",): (Text("prose"), "The two states differ over the Halden."),
        ("topics", 0): (Reference("topic"), "water"),
        ("topics", 1): (Reference("topic"), "law"),
        ("positions", 0, "party", 0): (Reference("actor"), "norland"),
        ("positions", 0, "text"): (Text("prose"), "The water falls."),
        ("positions", 0, "quotes", 0, "text"): (Text("quote", "optional"), "Words."),
        ("positions", 0, "quotes", 0, "original", "text"): (
            Text("quote", "never"),
            "Ord.",
        ),
        ("positions", 0, "sources", 0): (Reference("source"), "gauge"),
    }


def test_a_walk_starts_at_the_path_it_is_given() -> None:
    actor = Actor.model_validate({"name": "Ana", "type": "person", "roles": [{"role": "Envoy"}]})
    assert [path for path, _, _ in walk_fields(actor, ("ana",))] == [
        ("ana", "name"),
        ("ana", "roles", 0, "role"),
    ]


def test_data_as_declared_have_a_mark_for_what_is_of_another_type() -> None:
    typed = {
        "title": ["a list"],
        "summary": "a text",
        "topics": ["water", ["a list"], {"a": "mapping"}],
        "places": "a text",
        "positions": [{"id": {"a": "mapping"}, "quotes": [{"text": "words"}, "words"]}, "a text"],
        "responses": None,
        "nowhere": "a text",
    }
    assert declared(Briefing, typed) == {
        "title": UNREAD,
        "summary": "a text",
        "topics": ["water", UNREAD, UNREAD],
        "places": UNREAD,
        "positions": [{"id": UNREAD, "quotes": [{"text": "words"}, UNREAD]}, UNREAD],
        "responses": None,
        "nowhere": UNREAD,
    }
    assert declared(Briefing, ["a list"]) is UNREAD


def test_mappings_of_entries_are_walked_by_their_keys() -> None:
    data = {
        "translation_of": "halden",
        "language": "fr",
        "positions": {
            "claim": {"text": "Mots.", "quotes": {"0": "Cités.", "1": {"text": "Aussi."}}},
            "broken": "no entry",
        },
        "changes": {"2025-03-05": "Corrigé."},
        "responses": ["no mapping"],
    }
    paths = [path for path, _, _ in walk_data(Translation, data)]
    assert paths == [
        ("translation_of",),
        ("positions", "claim", "text"),
        ("positions", "claim", "quotes", "0"),
        ("positions", "claim", "quotes", "1", "text"),
        ("changes", "2025-03-05"),
    ]
    quote = model_at(Translation, ("positions", "claim", "quotes", "0"))
    assert quote is not None
    assert [key.name for key in keys(quote)] == ["text", "translator", "no_original", "words_of"]
    assert model_at(Translation, ("positions",)) is None
    assert declared(Translation, data)["positions"]["broken"] is UNREAD
    assert declared(Translation, data)["responses"] is UNREAD
    assert declared(Translation, data)["positions"]["claim"]["quotes"]["0"] == "Cités."
