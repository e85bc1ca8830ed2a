"""What a rule is, what it is given, and what it finds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from generator.collection.entries import BriefingEntry, StatementEntry
from generator.collection.linker import Collection
from generator.model.briefing import Briefing
from generator.model.fields import ID_PATTERN, likely_id
from generator.model.introspection import (
    AnnotatedField,
    FieldPath,
    declared,
    keys,
    model_at,
    walk_data,
)
from generator.reading.fixes import replace_words
from generator.reading.loader import LoadedProject
from generator.reading.problems import Fix, Location, Problem, Severity, field_name, nearest
from generator.reading.validation import REGISTRIES, Parsed
from generator.reading.yaml_parser import Document

_ID = re.compile(ID_PATTERN)


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """What a site and a run say about its checks.

    ``severities`` overrides a rule's own, None turning it off. ``language`` is that of briefings
    which name none (BCP 47). ``today`` is the day to measure deadlines by, ``earlier`` what the
    files said at an earlier revision, and ``since`` that revision's name; rules that need one of
    them find nothing where it is not given.
    """

    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    language: str = "en"
    today: date | None = None
    earlier: LoadedProject | None = None
    since: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule found: the value (or, with ``key``, the key) at ``path``.

    ``words`` narrows the place to the ``occurrence``-th time (from 0) that they stand in the value.
    ``as_written``: the path is that of the file, where other paths are those of what was read.
    ``write`` is what the hint asks to write instead of the value (the key, the words), as YAML.
    """

    path: FieldPath
    message: str
    hint: str = ""
    key: bool = False
    severity: Severity | None = None
    words: str = ""
    occurrence: int = 0
    as_written: bool = False
    write: str = ""


@dataclass(frozen=True)
class RuleContext:
    """One file to check, with everything around it.

    It is a briefing, the registry of that name, or, as ``deleted``, a briefing that an earlier
    revision had; then ``reading`` is the earlier one.
    """

    reading: Parsed[Any]
    loaded: LoadedProject
    collection: Collection
    options: CheckSettings = CheckSettings()
    briefing: BriefingEntry | None = None
    registry: str = ""
    deleted: str = ""

    @cached_property
    def document(self) -> Document:
        """The file's data, and where each of them stands."""
        return self.reading.document

    @cached_property
    def marked(self) -> list[AnnotatedField]:
        """Every reference and text of the file, unread parts too, with its path in the file."""
        data = self.document.data
        if self.briefing:
            return walk_data(Briefing, data)
        if not self.registry:
            return []
        model = REGISTRIES[self.registry].model
        return [mark for key, entry in data.items() for mark in walk_data(model, entry, (key,))]

    @cached_property
    def _ids_by_names(self) -> dict[str, dict[str, list[str]]]:
        return {}

    def ids_by_name(self, kind: str) -> Mapping[str, list[str]]:
        """The ids of what goes by each name, as ``folded`` makes it: of actors, topics and places
        by name and other names, of sources and events by title.
        """
        if kind not in self._ids_by_names:
            names: dict[str, list[str]] = {}
            for id_, name in self._names(kind):
                held = names.setdefault(folded(name), [])
                if id_ not in held:
                    held.append(id_)
            self._ids_by_names[kind] = {name: ids for name, ids in names.items() if name}
        return self._ids_by_names[kind]

    def _names(self, kind: str) -> Iterator[tuple[str, str]]:
        if kind in ("actor", "topic", "place"):
            for id_, entry in self.loaded.entries(f"{kind}s").items():
                for name in (entry.name, *getattr(entry, "also_known_as", ())):
                    yield id_, name
        if kind == "source":
            yield from ((id_, source.title) for id_, source in self.loaded.sources.items())
        lists = {"source": "sources", "basis": "background"}
        if kind in lists and self.briefing:
            for entry in getattr(self.briefing.model, lists[kind]):
                if entry.id and entry.title:
                    yield entry.id, entry.title

    def statements(self) -> Iterator[tuple[FieldPath, StatementEntry]]:
        """Every position and response of the briefing, with its path."""
        if self.briefing:
            for index, one in enumerate(self.briefing.positions):
                yield ("positions", index), one
            for index, one in enumerate(self.briefing.responses):
                yield ("responses", index), one

    @cached_property
    def _declared(self) -> Any:
        data = self.document.data
        if not self.reading.problems:
            return data  # all of it has been read as what it is to be
        if not self.registry:
            return declared(Briefing, data)
        model = REGISTRIES[self.registry].model
        return {key: declared(model, entry) for key, entry in data.items()}

    def typed(self, path: FieldPath) -> dict[str, Any]:
        """The mapping at ``path`` as the file has it, mistakes included; empty where none is.

        A value of another type than its key takes is ``UNREAD``, so that a rule meets nothing that
        reading has refused for its type.
        """
        held = self._declared
        for step in self.reading.path_in_file(path):
            if isinstance(held, list) and isinstance(step, int):
                held = held[step]
            else:
                held = held.get(step) if isinstance(held, dict) else None
        return held if isinstance(held, dict) else {}

    def items(self, path: FieldPath, name: str) -> list[tuple[int, dict[str, Any]]]:
        """The mappings in the list ``name`` of the mapping at ``path``, each with its number in the
        file; they are as ``typed`` has them.
        """
        held = self.typed(path).get(name)
        numbered = enumerate(held if isinstance(held, list) else ())
        return [(number, item) for number, item in numbered if isinstance(item, dict)]

    def ids(self, name: str) -> set[str]:
        """The ids that stand in a list of the briefing; of a text that is no id, the one that it is
        to become.
        """
        given = (item.get("id") for _, item in self.items((), name))
        typed = (own for own in given if isinstance(own, str))
        return {own if _ID.fullmatch(own) else likely_id(own) for own in typed}

    def texts(self, *, without: str) -> Iterator[str]:
        """Every text of the file, whatever its key, but for what is below the key ``without``."""
        return _texts({**self.document.data, without: None})

    def registered(self, name: str) -> AbstractSet[str]:
        """The ids of a registry's entries, wrong ones included; none where it isn't read."""
        registry = self.loaded.registries.get(name)
        return registry.document.data.keys() if registry else set()

    def has_key(self, path: FieldPath, name: str) -> bool:
        """Whether the mapping at ``path`` gives ``name``, if perhaps misspelt or with a mistake."""
        typed = self.typed(path)
        if typed.get(name):
            return True
        root = REGISTRIES[self.registry].model if self.registry else Briefing
        model = model_at(root, path[1:] if self.registry else path)
        names = [key.name for key in keys(model)] if model else []
        return any(nearest(key, names) == name for key in typed if key not in names)


def folded(name: str) -> str:
    """A name as it is compared: without case, accents and signs between its words."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", kept))


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its id, how much it matters, why there is such a rule, and how it looks.

    ``passing`` and ``failing`` are YAML laid over a small sound briefing, key by key; a key such
    as ``data/actors.yml`` is laid over that registry, and ``earlier`` over what the briefing said
    before. A rule without which something would be lost can't be set to another severity.
    """

    id: str
    severity: Severity
    reason: str
    check: Callable[[RuleContext], Iterator[Finding]]
    passing: str
    failing: str
    can_be_set: bool = True

    def problem(self, case: RuleContext, finding: Finding) -> Problem:
        """A finding as a problem at its place in the file."""
        document = case.document
        path = finding.path if finding.as_written else case.reading.path_in_file(finding.path)
        place = document.locate(path, key=finding.key)
        if finding.words:
            place = document.locate_words(path, finding.words, finding.occurrence)
        return Problem(
            self.id,
            case.options.severities.get(self.id) or finding.severity or self.severity,
            place,
            finding.message,
            finding.hint,
            field_name(path),
            self._fix(document, path, finding, place) if finding.write else None,
        )

    def _fix(
        self, document: Document, path: FieldPath, finding: Finding, place: Location
    ) -> Fix | None:
        if finding.words:
            return replace_words(document, place, finding.words, finding.write)
        return document.replacing(path, finding.write, key=finding.key)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def first_of_circle(key: str, following: Mapping[str, str | None]) -> str | None:
    """The first id, in order of the alphabet, of the circle that leads from ``key`` back to it.

    None where none does. So each circle is told once.
    """
    circle = [key]
    while (then := following.get(circle[-1])) is not None:
        if then == key:
            return min(circle)
        if then in circle:
            return None
        circle.append(then)
    return None
