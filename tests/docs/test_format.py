"""docs/format.md has every key of the format, as the model has it, in an example that is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
import yaml
from pydantic import BaseModel

from generator.model import briefing, dates, registries
from generator.model.fields import Reference, Text
from generator.model.introspection import Key, keys
from generator.model.translation import Translation, TranslationFile
from generator.reading.problems import Problem
from generator.rules import ERRORS_ONLY
from tests.examples import ENGLISH
from tests.reference import check_site

DOCUMENT = Path(__file__).parents[2] / "docs" / "format.md"
_TABLE = re.compile(r"<!-- keys: (\w+) -->\n(.*?)<!-- end -->", re.DOTALL)
_EXAMPLE = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
_KINDS = {
    "EdtfDate": "date",
    "date": "day",
    "float": "number",
}
_LINE_KINDS = {
    "language": "language",
    "url": "address",
    "archive_url": "address",
    "country": "country code",
    "wikidata": "Wikidata id",
    "id": "id",
    "rendering_of": "id",
}
#: Required only together with other keys; the text of the document says how.
NEEDED_WITH_OTHERS = {("Briefing", "published"), ("Position", "against")}
#: Models that no file has as they are: others inherit from them.
ABSTRACT = {"Model", "Accounts", "Statement", "Source"}
MODELS: dict[str, type[BaseModel]] = {
    name: value
    for module in (briefing, registries)
    for name, value in vars(module).items()
    if isinstance(value, type)
    and issubclass(value, BaseModel)
    and value.__module__ == module.__name__
    and name not in ABSTRACT
}
MODELS["TranslationFile"] = TranslationFile
#: What an example of a briefing's part is laid over.
BASE: dict[str, Any] = {
    "title": "Norland and Esteria on the Halden",
    "summary": "The two states differ. (Fictional.)",
    "background": [{"id": "low-water", "date": "2025-02-10", "text": "The gauge falls."}],
    "positions": [
        {"id": "old-claim", "party": "norland", "text": "It holds.", "sources": ["gauge"]}
    ],
    "responses": [],
    "sources": [
        {"id": "gauge", "title": "Gauge readings", "url": "https://halden.example/gauge"},
        {"id": "norland-page", "title": "On the Halden", "url": "https://norland.example/"},
        {"id": "esteria-page", "title": "On the level", "url": "https://esteria.example/"},
    ],
}
REGISTRIES: dict[str, dict[str, Any]] = {
    "actors": {
        "esteria": {"name": "Esteria", "type": "state"},
        "norland": {"name": "Norland", "type": "state"},
        "ana-lind": {"name": "Ana Lind", "type": "person"},
        "per-holm": {"name": "Per Holm", "type": "person"},
    },
    "topics": {"water": {"name": "Water"}},
    "places": {"halden": {"name": "Halden"}, "orm": {"name": "Orm"}},
    "sources": {
        "cabinet-list": {
            "title": "List of the cabinet",
            "url": "https://esteria.example/cabinet",
        }
    },
    "style": {},
}


def _kind(key: Key) -> str:
    """What a key holds, in the words of the document."""
    if key.model or key.keyed:
        item = "see below"
    elif key.name == "translation_of":
        item = "briefing id"
    elif isinstance(key.role, Text):
        item = key.role.kind
    elif isinstance(key.role, Reference):
        item = {"basis": "event or position", "own_position": "position"}.get(
            key.role.to, key.role.to
        ) + " id"
    elif get_origin(key.type) is not None:
        words = get_args(key.type)
        item = "a CSL 1.0.2 type" if len(words) > 9 else ", ".join(f"`{word}`" for word in words)
    else:
        item = _KINDS.get(getattr(key.type, "__name__", ""), _LINE_KINDS.get(key.name, "id"))
    if not key.many:
        return item
    if key.one_or_more:
        return f"{item}, or list of {item}s"
    return "list, see below" if key.model else f"list of {item}s" if item.endswith("id") else "list"


_DATES = re.compile(r"^\| (`.+`) \| (.+) \|$", re.MULTILINE)


def test_dates_are_shown_as_the_document_says() -> None:
    section = DOCUMENT.read_text("utf-8").partition("| written | shown |")[2].partition("\n\n")[0]
    rows = _DATES.findall(section)
    assert len(rows) == 7
    for written, shown in rows:
        dates_written = re.findall("`([^`]+)`", written)
        assert ", ".join(ENGLISH.date(dates.parse(text)) for text in dates_written) == shown


def _needed(model_type: type[BaseModel], key: Key) -> str:
    field = model_type.model_fields[key.attribute]
    if key.is_needed:
        return "yes"
    if (model_type.__name__, key.name) in NEEDED_WITH_OTHERS:
        return "sometimes"
    default = field.get_default(call_default_factory=True)
    return f"no, `{default}`" if isinstance(default, str) else "no"


def _table(model_type: type[BaseModel]) -> str:
    """The keys of a model as a table of Markdown."""
    rows = [
        f"| `{key.name}` | {_kind(key)} | {_needed(model_type, key)} "
        f"| {key.description.replace('|', chr(92) + '|')} |"
        for key in keys(model_type)
    ]
    return (
        "\n".join(["| key | holds | needed | meaning |", "| --- | --- | --- | --- |", *rows]) + "\n"
    )


def _current(text: str) -> str:
    def renewed(match: re.Match[str]) -> str:
        return f"<!-- keys: {match[1]} -->\n{_table(MODELS[match[1]])}<!-- end -->"

    return _TABLE.sub(renewed, text)


def test_the_tables_of_keys_are_those_of_the_model(request: pytest.FixtureRequest) -> None:
    text = DOCUMENT.read_text("utf-8")
    if request.config.getoption("--regenerate"):
        DOCUMENT.write_text(_current(text), "utf-8")
        return
    assert text == _current(text), "run pytest --regenerate, then read the difference"


def test_every_part_of_the_format_has_its_table() -> None:
    documented = [match[1] for match in _TABLE.finditer(DOCUMENT.read_text("utf-8"))]
    assert sorted(documented) == sorted(MODELS)


def _sections() -> Iterator[tuple[str, str, str]]:
    """For each example: the model of the table above it, where it belongs, and its YAML."""
    text = DOCUMENT.read_text("utf-8")
    for match in _EXAMPLE.finditer(text):
        tables = list(_TABLE.finditer(text, 0, match.start()))
        place = re.match(r"# (?:data/)?(\w+|briefings/\S+)\.yml\n", match[1])
        yield (tables[-1][1] if tables else "Briefing"), place[1] if place else "", match[1]


EXAMPLES = list(_sections())


def _project(place: str, example: str) -> dict[str, bytes]:
    data = yaml.load(example, yaml.BaseLoader)
    registries = {name: dict(entries) for name, entries in REGISTRIES.items()}
    briefing = dict(BASE)
    translations = {}
    if place.startswith("briefings/"):
        translations[f"{place}.yml"] = data
        briefing |= {"status": "published", "published": "2025-03-04"}
    elif place:
        registries[place] |= data
    else:
        briefing |= data
        if "sources" in data:
            sources = {source["id"]: source for source in [*BASE["sources"], *data["sources"]]}
            briefing["sources"] = list(sources.values())
    treaty = BASE | {
        "title": "The treaty. (Fictional.)",
        "status": "published",
        "published": "2025-01-10",
    }
    files = translations | {
        "briefings/river/halden.yml": briefing,
        "briefings/river/treaty.yml": treaty,
    }
    files |= {f"data/{name}.yml": entries for name, entries in registries.items() if entries}
    return {path: yaml.safe_dump(data, allow_unicode=True).encode() for path, data in files.items()}


@pytest.mark.parametrize(("model_name", "place", "example"), EXAMPLES)
def test_an_example_is_read_without_errors(model_name: str, place: str, example: str) -> None:
    problems: list[Problem] = check_site(_project(place, example), ERRORS_ONLY)
    assert [str(problem) for problem in problems] == []


def _written(model_type: type[BaseModel], data: Any, seen: set[tuple[str, str]]) -> None:
    """Note the keys of every model that ``data`` writes."""
    for key in keys(model_type) if isinstance(data, dict) else ():
        if key.name in data:
            seen.add((model_type.__name__, key.name))
            held = data[key.name]
            for item in held if isinstance(held, list) else [held]:
                if key.model:
                    _written(key.model, item, seen)


def test_every_key_is_in_an_example() -> None:
    seen: set[tuple[str, str]] = set()
    entries = {
        "actors": registries.Actor, "topics": registries.Topic, "places": registries.Place,
        "sources": registries.Source, "style": registries.Style,
    }  # fmt: skip
    for _, place, example in EXAMPLES:
        data = yaml.load(example, yaml.BaseLoader)
        if place.startswith("briefings/"):
            _written(Translation, data, seen)
            seen |= {("TranslationFile", name) for name in data}
        elif place:
            for entry in data.values():
                _written(entries[place], entry, seen)
        else:
            _written(briefing.Briefing, data, seen)
    wanted = {(name, key.name) for name, value in MODELS.items() for key in keys(value)}
    assert sorted(wanted - seen) == []
