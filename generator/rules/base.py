"""What a rule is, what it gets (``RuleContext``), and what it returns (``Finding``)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import Any

from generator.collection.entries import BriefingEntry, StatementEntry
from generator.collection.linker import Collection
from generator.model.briefing import NoResponse, Quotation
from generator.model.fields import Text
from generator.model.ids import ID_PATTERN, likely_id
from generator.model.introspection import (
    AnnotatedField,
    FieldPath,
    declared,
    keys,
)
from generator.model.registries import Source
from generator.model.translated_texts import Comparison, compare
from generator.model.translation import TranslationFile
from generator.reading.fixes import replace_words
from generator.reading.loader import LoadedProject
from generator.reading.problems import Problem, Severity, field_name, nearest
from generator.reading.validation import BRIEFING, REGISTRIES, TRANSLATION, AnySchema, Parsed
from generator.reading.yaml_document import Document
from generator.rules.names import ids_by_name

_ID = re.compile(ID_PATTERN)


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """How a site and a command set the rules.

    ``severities`` overrides the rules' own severities; None turns a rule off. ``language`` is that
    of briefings that don't name one (BCP 47). ``today`` is the day for rules about deadlines.
    ``earlier`` is the project at an earlier revision, whose name is ``since``. Rules that need one
    of these three find nothing without it. With ``leave_out_broken_translations``, errors of
    translations are warnings.
    """

    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    language: str = "en"
    today: date | None = None
    earlier: LoadedProject | None = None
    since: str = ""
    leave_out_broken_translations: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of a rule: it is about the value (or, with ``key``, the key) at ``path``.

    ``words`` narrows the location to these words in the value, counting from 0 with ``occurrence``.
    ``as_written``: ``path`` counts the items of lists as the file does. Otherwise it counts only
    those that could be read. ``write`` is the YAML that the hint asks to write instead of the value
    (or the key, or the words).
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


Findings = Iterator[Finding]


@dataclass(frozen=True)
class RuleContext:
    """One file to check, and everything that it can refer to.

    The file is a ``briefing``, the ``translation`` of that name, the ``registry`` of that name, or
    a ``deleted`` briefing. Of a deleted one ``reading`` is the earlier revision. ``original`` is
    the briefing that a translation is of, or None if there is no such briefing.
    """

    reading: Parsed[Any]
    loaded: LoadedProject
    collection: Collection
    settings: CheckSettings = CheckSettings()
    briefing: BriefingEntry | None = None
    registry: str = ""
    deleted: str = ""
    translation: str = ""
    original: RuleContext | None = None
    _ids_by_names: dict[str, dict[str, list[str]]] = field(default_factory=dict, compare=False)

    @cached_property
    def document(self) -> Document:
        """The data of the file, with the positions of all values."""
        return self.reading.document

    @property
    def schema(self) -> AnySchema:
        """How the file is read."""
        if self.translation:
            return TRANSLATION
        return REGISTRIES[self.registry] if self.registry else BRIEFING

    @property
    def language(self) -> str:
        """The language of the file's texts (BCP 47)."""
        value = self.reading.value if self.translation else None
        own = value.language if value else self.briefing and self.briefing.model.language
        return own or self.settings.language

    @property
    def is_draft(self) -> bool:
        """Whether the file is a draft, so that its readers are its authors."""
        if self.translation:
            return self.translated.status == "draft"
        return self.briefing is not None and self.briefing.is_draft

    @property
    def translated(self) -> TranslationFile:
        """The content of a translation."""
        translation: TranslationFile = self.reading.value
        return translation

    @property
    def translate_command(self) -> str:
        """The command that brings a translation up to date."""
        return f"briefings translate {self.translated.translation_of} {self.language}"

    @cached_property
    def comparison(self) -> Comparison | None:
        """A translation and its original text by text; None for files without an original."""
        if not self.translation or not self.original:
            return None
        return compare(self.original.reading.value, self.translated)

    @cached_property
    def annotated_fields(self) -> list[AnnotatedField]:
        """All references and texts of the file, with their paths in it.

        They include those in parts that could not be read.
        """
        return [] if self.deleted else self.schema.walk(self.document.data)

    def texts(self) -> Iterator[tuple[FieldPath, Text, str]]:
        """All texts of the file that readers see, with their paths in it."""
        for path, role, text in self.annotated_fields:
            if isinstance(role, Text):
                yield path, role, text

    def ids_by_name(self, kind: str) -> Mapping[str, list[str]]:
        """The ids by name, or by title for sources and events. Names are ``folded``."""
        if kind not in self._ids_by_names:
            self._ids_by_names[kind] = ids_by_name(kind, self.loaded, self.briefing)
        return self._ids_by_names[kind]

    def statements(self) -> Iterator[tuple[FieldPath, StatementEntry]]:
        """Every position and response of the briefing, with its path."""
        if self.briefing:
            for index, position in enumerate(self.briefing.positions):
                yield ("positions", index), position
            for index, response in enumerate(self.briefing.responses):
                yield ("responses", index), response

    def quotations(self) -> Iterator[tuple[FieldPath, StatementEntry, Quotation]]:
        """Every quotation of the briefing, with its path and its statement."""
        for path, statement in self.statements():
            for index, quotation in enumerate(statement.model.quotes):
                yield (*path, "quotes", index), statement, quotation

    def no_responses(self) -> Iterator[tuple[FieldPath, StatementEntry, NoResponse]]:
        """Every `no_response` of the briefing, with its path and its statement."""
        for path, statement in self.statements():
            for index, absence in enumerate(statement.no_responses):
                yield (*path, "no_response", index), statement, absence

    def declared_sources(self) -> Iterator[tuple[FieldPath, str, Source]]:
        """Every source that the file declares, with its path and its id."""
        if self.registry == "sources":
            for key, source in self.reading.value.items():
                yield (key,), key, source
        elif self.briefing:
            for index, source in enumerate(self.briefing.model.sources):
                yield ("sources", index), source.id, source

    @cached_property
    def _declared(self) -> Any:
        data = self.document.data
        if not self.reading.problems:
            return data  # every value has the right type
        model = self.schema.model
        if not self.registry:
            return declared(model, data)
        return {key: declared(model, entry) for key, entry in data.items()}

    def mapping_at(self, path: FieldPath) -> dict[str, Any]:
        """The mapping at ``path`` as it is in the file, or an empty one.

        It includes mistakes. A value of the wrong type is ``UNREAD``, so rules can rely on types.
        """
        value = self._declared
        for step in self.reading.path_in_file(path):
            if isinstance(value, list) and isinstance(step, int):
                value = value[step]
            else:
                value = value.get(step) if isinstance(value, dict) else None
        return value if isinstance(value, dict) else {}

    def items(self, path: FieldPath, name: str) -> list[tuple[int, dict[str, Any]]]:
        """The mappings in the list ``name`` of the mapping at ``path``, with their indexes.

        They are as ``mapping_at`` returns them.
        """
        items = self.mapping_at(path).get(name)
        indexed = enumerate(items if isinstance(items, list) else ())
        return [(index, item) for index, item in indexed if isinstance(item, dict)]

    def written_ids(self, name: str) -> Iterator[tuple[FieldPath, str, str]]:
        """Every id and former id in a list of the briefing: its path in the file, the id, and the
        present id of the entry, which is empty if the entry has none.
        """
        for index, item in self.items((), name):
            id_, former = item.get("id"), item.get("aliases")
            present = id_ if isinstance(id_, str) else ""
            if present == id_:
                yield (name, index, "id"), present, present
            for number, alias in enumerate(former if isinstance(former, list) else ()):
                if isinstance(alias, str):
                    yield (name, index, "aliases", number), alias, present

    def ids(self, name: str) -> set[str]:
        """The ids in a list of the briefing, invalid ones as they would probably be corrected."""
        ids = (id_ for path, id_, _ in self.written_ids(name) if path[-1] == "id")
        return {id_ if _ID.fullmatch(id_) else likely_id(id_) for id_ in ids}

    @cached_property
    def former_ids(self) -> dict[str, str]:
        """The present id of each former id of the briefing's events and statements.

        It is empty if the entry has no id.
        """
        return {
            id_: present
            for name in ("background", "positions", "responses")
            for path, id_, present in self.written_ids(name)
            if path[-1] != "id"
        }

    def words_outside(self, name: str) -> Iterator[str]:
        """Every text of the file, whatever its key, except below the key ``name``."""
        return _texts({**self.document.data, name: None})

    def registered(self, name: str) -> AbstractSet[str]:
        """The ids in a registry, including invalid entries. Empty if it could not be read."""
        registry = self.loaded.registries.get(name)
        return registry.document.data.keys() if registry else set()

    def has_key(self, path: FieldPath, name: str) -> bool:
        """Whether the mapping at ``path`` has ``name``, even if misspelt or with a wrong value."""
        mapping = self.mapping_at(path)
        if mapping.get(name):
            return True
        model = self.schema.model_at(path)
        names = [key.name for key in keys(model)] if model else []
        return any(nearest(key, names) == name for key in mapping if key not in names)


@dataclass(frozen=True, slots=True)
class Rule:
    """An editorial rule: its id, default severity, reason and check.

    ``passing`` and ``failing`` are examples in YAML. Their keys replace those of a small valid
    briefing. Keys below ``data/actors.yml`` replace those of that registry, keys below ``earlier``
    those of the briefing's earlier revision. Without ``can_be_set``, sites can't set the severity,
    because pages would be lost.
    """

    id: str
    severity: Severity
    reason: str
    check: Callable[[RuleContext], Findings]
    passing: str
    failing: str
    can_be_set: bool = True

    def problem(self, context: RuleContext, finding: Finding) -> Problem:
        """``finding`` as a problem with its position in the file."""
        document, words, write = context.document, finding.words, finding.write
        path = finding.path if finding.as_written else context.reading.path_in_file(finding.path)
        if words:
            location = document.locate_words(path, words, finding.occurrence)
            fix = replace_words(document, location, words, write) if write else None
        else:
            location = document.locate(path, key=finding.key)
            fix = document.replacing(path, write, key=finding.key) if write else None
        return Problem(
            self.id,
            context.settings.severities.get(self.id) or finding.severity or self.severity,
            location,
            finding.message,
            finding.hint,
            field_name(path),
            fix,
        )


def _declared_by(
    severity: Severity, reason: str, *, passing: str, failing: str | tuple[str, str],
    can_be_set: bool = True,
) -> Callable[[Callable[[RuleContext], Findings]], Rule]:  # fmt: skip
    """A decorator that makes a rule of its check. The rule's id is the name of the module.

    ``failing`` can be the words of ``passing`` to replace, and what to write instead of them.
    """
    failing = failing if isinstance(failing, str) else passing.replace(*failing)

    def rule(check: Callable[[RuleContext], Findings]) -> Rule:
        id_ = check.__module__.rpartition(".")[2].replace("_", "-")
        return Rule(id_, severity, reason, check, passing, failing, can_be_set)

    return rule


#: Decorators for the checks of rules: what they find is an error, or a warning.
error = partial(_declared_by, Severity.ERROR)
warning = partial(_declared_by, Severity.WARNING)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)
