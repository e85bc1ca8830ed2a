"""What the project writes puts no text between braces, where a comma would cut it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from generator.authoring.briefing_template import skeleton
from generator.authoring.json_import import import_json
from generator.authoring.registry_editor import add
from generator.reading.loader import NAMES
from tests.building import ROOT
from tests.published import site

ROLE = {"role": "Foreign Minister, acting", "of": "esteria", "from": "2023-05"}


def texts_in_braces(text: str) -> list[str]:
    """The keys of text that are written between braces in ``text``, a YAML file."""
    return [*_texts(yaml.compose(text, Loader=yaml.CSafeLoader))]


def _texts(node: Node | None) -> Iterator[str]:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if node.flow_style and isinstance(value, ScalarNode) and NAMES.get(key.value):
                yield key.value
            yield from _texts(value)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _texts(item)


def test_texts_in_braces_are_seen() -> None:
    assert texts_in_braces("a: [{id: x, text: y}, {note: z}]\ntext: w\n") == ["text", "note"]


def test_the_skeleton_has_none_nor_has_its_example() -> None:
    text = skeleton("river/halden")
    assert texts_in_braces(text) == []
    assert texts_in_braces(re.sub(r"^# (?=[ \w-])", "", text, flags=re.M)) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "Ana Lind, minister", "type": "person", "roles": [ROLE]},
        {"title": "Gauge, a record", "url": "https://e.example/"},
    ],
)
def test_an_entry_that_is_added_has_none(fields: dict[str, Any]) -> None:
    assert texts_in_braces(add("", "x", fields)) == []


def test_what_is_imported_has_none() -> None:
    briefings = [
        asset for path, asset in site().assets.items() if path.endswith("halden/index.json")
    ]
    assert briefings
    for content in briefings:
        for path, written in import_json(content).files().items():
            assert texts_in_braces(written.decode()) == [], path


def test_the_examples_of_the_documents_have_none() -> None:
    blocks: list[str] = []
    for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        if path.name == "rules.md":  # generated from the rules, whose examples are short
            continue
        text = path.read_text(encoding="utf-8")
        blocks += re.findall(r"^```ya?ml\n(.*?)^```", text, re.M | re.S)
        blocks += re.findall(r"^```sh\n.*?<<.*?\n(.*?)^\w+\n```", text, re.M | re.S)
    for block in blocks:
        assert texts_in_braces(block) == [], block
