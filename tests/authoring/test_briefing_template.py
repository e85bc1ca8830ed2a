"""The file a new briefing starts from: sound as it stands, and sound with its example in use.

The example's states, people and sources are fictional.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel

from generator.authoring.briefing_template import skeleton
from generator.model.briefing import Briefing
from generator.model.introspection import keys
from generator.model.registries import SourceType
from generator.reading.problems import Problem
from generator.reading.validation import BRIEFING, read_as
from generator.reading.yaml_parser import read
from generator.rules import ERRORS_ONLY
from tests.fiction import files
from tests.reference import check_site, load

PATH = "briefings/river/halden.yml"
REGISTRIES: dict[str, Any] = {
    "actors": {
        "esteria": {"name": "Esteria", "type": "state"},
        "norland": {"name": "Norland", "type": "state"},
        "sundmark": {"name": "Sundmark", "type": "state"},
        "ana-lind": {"name": "Ana Lind", "type": "person"},
        "per-holm": {"name": "Per Holm", "type": "person"},
    },
    "topics": {"water": {"name": "Water"}},
    "places": {"halden": {"name": "Halden"}, "orm": {"name": "Orm"}},
}
TREATY: dict[str, Any] = {
    "title": "Norland and Esteria on the Halden treaty",
    "summary": "The two states differ over the treaty.",
    "status": "published",
    "published": "2025-01-10",
    "background": [],
    "positions": [
        {"id": "old-claim", "party": "norland", "text": "It holds.", "sources": ["treaty"]}
    ],
    "responses": [],
    "sources": [{"id": "treaty", "title": "Halden treaty", "url": "https://treaty.example/"}],
}


def _used(text: str) -> str:
    """The skeleton with its example in use: the convention that its first lines describe."""
    modeline, _, rest = text.partition("\n")
    return f"{modeline}\n{re.sub(r'^#( |$)', '', rest, flags=re.MULTILINE)}"


def _problems(text: str, others: dict[str, bytes]) -> list[Problem]:
    return check_site({PATH: text.encode(), **others}, ERRORS_ONLY)


def _project() -> dict[str, bytes]:
    written = files({"river/treaty": TREATY}, **REGISTRIES)
    return {path: content for path, content in written.items() if path != PATH}


def test_the_skeleton_is_a_valid_draft_in_an_empty_project() -> None:
    files = {PATH: skeleton("river/halden").encode()}
    assert check_site(files) == []


def test_the_skeleton_is_a_valid_draft_in_a_project_with_entries() -> None:
    assert _problems(skeleton("river/halden"), _project()) == []


def test_the_skeleton_states_nothing() -> None:
    document, _ = read(PATH, skeleton("river/halden").encode())
    assert document is not None
    assert document.data == {
        "title": "Halden (TODO)",
        "summary": "TODO: what is disputed, and between whom.\n",
        "status": "draft",
        "background": None,
        "positions": None,
        "responses": None,
        "sources": None,
    }


def test_the_example_in_use_is_a_valid_briefing() -> None:
    assert _problems(_used(skeleton("river/halden")), _project()) == []


def test_the_example_in_use_can_be_published() -> None:
    text = _used(skeleton("river/halden")).replace("status: draft", "status: published")
    assert _problems(text, _project()) == []


def test_texts_that_were_not_replaced_are_reported_once_it_is_published() -> None:
    text = _used(skeleton("river/halden")).replace("status: draft", "status: published")
    problems = check_site({PATH: text.encode(), **_project()})
    reported = [problem.field for problem in problems if problem.rule == "placeholder-text"]
    assert reported == ["title", "summary"]


def test_every_key_of_the_format_is_in_the_example() -> None:
    document, _ = read(PATH, _used(skeleton("river/halden")).encode())
    assert document is not None
    written = set(_written(read_as(BRIEFING, document).value))
    assert set(_keys(Briefing)) - written == set()


def test_every_word_that_a_key_accepts_is_named() -> None:
    text = skeleton("river/halden")
    words = set(_words(Briefing)) - set(get_args(SourceType))
    assert {"allegation", "declines_to_comment", "archived", "secondary"} <= words
    assert {word for word in words if not re.search(rf"\b{word}\b", text)} == set()


def test_no_line_is_longer_than_an_editors_window() -> None:
    assert max(map(len, skeleton("river/halden").splitlines())) <= 100


@pytest.mark.parametrize(
    ("briefing_id", "schema"),
    [
        ("halden", "../data/schema/briefing.schema.json"),
        ("river/halden", "../../data/schema/briefing.schema.json"),
        ("2025/03/halden", "../../../data/schema/briefing.schema.json"),
    ],
)
def test_the_first_line_leads_editors_to_the_schema(briefing_id: str, schema: str) -> None:
    first = skeleton(briefing_id).partition("\n")[0]
    assert first == f"# yaml-language-server: $schema={schema}"


def test_the_schema_can_be_elsewhere() -> None:
    first = skeleton("river/halden", schema="lists/schema/x.json").partition("\n")[0]
    assert first == "# yaml-language-server: $schema=../../lists/schema/x.json"


@pytest.mark.parametrize(
    ("briefing_id", "title"),
    [
        ("halden", "Halden (TODO)"),
        ("river/low-water", "Low water (TODO)"),
        ("2025/03/12", "12 (TODO)"),
        ("no", "No (TODO)"),
        ("null", "Null (TODO)"),
        ("1e3", "1e3 (TODO)"),
    ],
)
def test_the_title_is_the_last_part_of_the_id_in_words(briefing_id: str, title: str) -> None:
    loaded = load({f"briefings/{briefing_id}.yml": skeleton(briefing_id).encode()})
    assert loaded.briefings[briefing_id].value.title == title


def _declared_by(model: type[BaseModel], attribute: str) -> type[BaseModel]:
    """The class that introduces a key: positions and responses share most of theirs."""
    return next(
        base
        for base in reversed(model.__mro__)
        if issubclass(base, BaseModel) and attribute in base.model_fields
    )


def _keys(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    for key in keys(model):
        yield _declared_by(model, key.attribute).__name__, key.name
        if key.model:
            yield from _keys(key.model)


def _written(value: BaseModel) -> Iterator[tuple[str, str]]:
    for key in keys(type(value)):
        if key.attribute in value.model_fields_set:
            yield _declared_by(type(value), key.attribute).__name__, key.name
            held = getattr(value, key.attribute)
            for item in held if isinstance(held, list) else [held]:
                if isinstance(item, BaseModel):
                    yield from _written(item)


def _words(model: type[BaseModel]) -> Iterator[str]:
    for key in keys(model):
        yield from _literals(model.model_fields[key.attribute].annotation)
        if key.model:
            yield from _words(key.model)


def _literals(annotation: Any) -> Iterator[str]:
    for part in get_args(annotation):
        if isinstance(part, str):
            yield part
        elif get_origin(part) is not None:
            yield from _literals(part)
