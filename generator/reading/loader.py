"""The files of a project, read: every briefing and registry, and what is wrong with each.

Takes the files' bytes and returns values; ``source_files`` reads the disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from generator.addresses.reserved import Addresses
from generator.model.briefing import Briefing
from generator.model.fields import Text
from generator.model.introspection import names_below, walk_fields
from generator.model.prose_markdown import marks
from generator.model.registries import Actor, Place, Source, Style, Topic
from generator.model.translation import TranslationFile
from generator.reading.file_names import (
    briefing_ending_problem,
    briefing_name_problems,
    encoding_problems,
    registry_name_problems,
    unpublished_file,
)
from generator.reading.misread_words import unread_text
from generator.reading.problems import Problem, Severity, file_problem
from generator.reading.selection import SOURCE_TYPES, Selection
from generator.reading.translation_names import is_translation, translation_name_problems
from generator.reading.validation import (
    BRIEFING,
    REGISTRIES,
    TRANSLATION,
    AnySchema,
    Parsed,
    read_as,
)
from generator.reading.yaml_document import Document
from generator.reading.yaml_parser import read

BRIEFINGS = "briefings/"
DATA = "data/"
#: Markup characters in the prose of one file. Each takes some twenty microseconds.
MAX_MARKS = 40_000
_SCHEMAS: tuple[AnySchema, ...] = (*REGISTRIES.values(), TRANSLATION, BRIEFING)
#: Every key of the format, and whether it is of a text: for guesses at what a line that can't be
#: read was meant to be.
NAMES = {
    name: is_text for schema in _SCHEMAS for name, is_text in names_below(schema.model).items()
}


@dataclass(frozen=True, slots=True)
class InvalidFile:
    """A briefing of which nothing could be read. Its id can't be used by another."""

    path: str
    text: bytes


@dataclass(frozen=True, slots=True)
class LoadedProject:
    """The content of all files, before entries are linked to each other.

    ``briefings`` and ``broken`` are by briefing id, ``registries`` by the registry's name.
    ``aliases`` are the briefings that claim each former address; ``addresses`` knows to whom each
    file of the built site belongs. ``translations`` are by the file's name without its ending
    (``river-halden.fr``), ``translations_of`` has these names by the id of the original.
    ``translation_files`` are the paths of all translations, also of those that can't be read.
    """

    briefings: Mapping[str, Parsed[Briefing]]
    broken: dict[str, InvalidFile]
    registries: dict[str, Parsed[dict[str, Any]]]
    problems: tuple[Problem, ...]
    unread_registries: frozenset[str] = frozenset()
    translations: Mapping[str, Parsed[TranslationFile]] = field(default_factory=dict)
    translations_of: Mapping[str, Sequence[str]] = field(default_factory=dict)
    translation_files: frozenset[str] = frozenset()
    aliases: dict[str, list[str]] = field(default_factory=dict)
    addresses: Addresses = field(default_factory=Addresses)

    def entries(self, registry: str) -> dict[str, Any]:
        """The entries of one registry by id; empty if there is no such file."""
        parsed = self.registries.get(registry)
        return parsed.value if parsed else {}

    @property
    def actors(self) -> dict[str, Actor]:
        return self.entries("actors")

    @property
    def topics(self) -> dict[str, Topic]:
        return self.entries("topics")

    @property
    def places(self) -> dict[str, Place]:
        return self.entries("places")

    @property
    def sources(self) -> dict[str, Source]:
        return self.entries("sources")

    @property
    def style(self) -> dict[str, Style]:
        return self.entries("style")


FileKind = Literal["briefing", "translation", "registry", "other", "none"]


@dataclass(frozen=True, slots=True)
class FileRead:
    """The result of reading one file: a briefing, a translation or a registry by its ``name``, or
    nothing.
    An ``other`` file of the briefings' folder, a page written by hand or an asset, is never read.

    ``problems`` are all problems of the file; ``unread`` if nothing in it could be read.
    """

    path: str
    kind: FileKind
    name: str
    reading: Parsed[Any] | None = None
    problems: tuple[Problem, ...] = ()
    unread: bool = False


def assemble(
    read_files: Iterable[FileRead],
    files: Mapping[str, bytes],
    briefings: Mapping[str, Parsed[Briefing]],
    aliases: dict[str, list[str]],
    selection: Selection,
    translations: Mapping[str, Parsed[TranslationFile]],
    translations_of: Mapping[str, Sequence[str]],
) -> LoadedProject:
    """The project of all files; the arguments in between are of what could be read."""
    all_files = list(read_files)
    registries = [file for file in all_files if file.kind == "registry"]
    parsed = {file.name: file.reading for file in registries if file.reading}
    broken = {
        file.name: InvalidFile(file.path, files[file.path])
        for file in all_files
        if file.kind == "briefing" and file.unread
    }
    others = [file.name for file in all_files if file.kind == "other"]
    published = [name for name in others if selection.has(name)]
    unpublished = [
        unpublished_file(f"{BRIEFINGS}{name}") for name in others if not selection.has(name)
    ]
    entries = {name: registry.value for name, registry in parsed.items()}
    return LoadedProject(
        briefings,
        broken,
        parsed,
        (*(problem for file in all_files for problem in file.problems), *unpublished),
        frozenset(file.name for file in registries if file.unread),
        translations,
        translations_of,
        frozenset(file.path for file in all_files if file.kind == "translation"),
        aliases,
        Addresses((briefings, broken), aliases, entries, published),
    )


def read_file(path: str, content: bytes) -> FileRead:
    """One file, read without the others."""
    if path.startswith(BRIEFINGS):
        return _briefing_file(path, content)
    if path.startswith(DATA):
        return _registry_file(path, content)
    return FileRead(path, "none", "")


def unreadable_file(path: str, why: str) -> FileRead:
    """A file or folder that the system can't read."""
    name, _, ending = path.removeprefix(BRIEFINGS).removeprefix(DATA).rpartition(".")
    message = f"This can't be read: {why[:1].lower()}{why[1:]}."
    problem = file_problem(
        "unreadable", path, message, "Change its permissions so that it can be read, or remove it."
    )
    kind: FileKind = "none"
    if ending == "yml" and not is_translation(name):
        kind = "briefing" if path.startswith(BRIEFINGS) else "registry"
    return FileRead(path, kind, name, None, (problem,), unread=True)


def _briefing_file(path: str, content: bytes) -> FileRead:
    below = path.removeprefix(BRIEFINGS)
    name, _, ending = below.rpartition(".")
    if ending.casefold() not in SOURCE_TYPES:
        return FileRead(path, "other", below, None, tuple(encoding_problems(path)))
    if ending != "yml":
        return FileRead(path, "none", name, None, (briefing_ending_problem(path, name),))
    document, yaml_problems = read(path, content, NAMES)
    if is_translation(name, document.data if document else None):
        return _translation(path, name, document, yaml_problems)
    problems = [*briefing_name_problems(path, name)]
    return _parsed_file(path, "briefing", name, BRIEFING, problems, document, yaml_problems)


def _translation(
    path: str, name: str, document: Document | None, yaml_problems: list[Problem]
) -> FileRead:
    """A translation. It isn't used if it doesn't say of what, and in which language it is."""
    file = _parsed_file(path, "translation", name, TRANSLATION, [], document, yaml_problems)
    if file.reading is None or {"translation_of", "language"} & {
        problem.field for problem in file.problems
    }:
        return replace(file, reading=None, unread=True)
    named = [*translation_name_problems(name, file.reading.value, file.reading.locate)]
    if not named:
        return file
    return replace(file, problems=(*named, *file.problems), reading=None, unread=True)


def _registry_file(path: str, content: bytes) -> FileRead:
    name, _, ending = path.removeprefix(DATA).rpartition(".")
    problems = [*registry_name_problems(path, name, ending)]
    if ending != "yml" or name not in REGISTRIES or _has_only_comments(content):
        return FileRead(path, "none", name, None, tuple(problems))
    content_read = read(path, content, NAMES)
    return _parsed_file(path, "registry", name, REGISTRIES[name], problems, *content_read)


def briefing_path(name: str) -> str:
    """The path of the file of a briefing by its id, or of a translation by its name."""
    return f"{BRIEFINGS}{name}.yml"


def _parsed_file(
    path: str,
    kind: FileKind,
    name: str,
    schema: AnySchema,
    problems: list[Problem],
    document: Document | None,
    yaml_problems: list[Problem],
) -> FileRead:
    """A briefing, a translation or a registry; ``problems`` are those with its name."""
    if document is None:
        return FileRead(path, kind, name, None, (*problems, *yaml_problems), unread=True)
    parsed = read_as(schema, document)
    field_problems = _field_problems(schema, document, parsed)
    reported = {(problem.rule, problem.location) for problem in field_problems}
    problems += [item for item in yaml_problems if (item.rule, item.location) not in reported]
    problems += field_problems
    if not parsed.is_unusable and (too_large := _too_many_marks(schema, parsed.value, document)):
        return FileRead(path, kind, name, None, (*problems, too_large), unread=True)
    reading = None if parsed.is_unusable else parsed
    return FileRead(path, kind, name, reading, tuple(problems), unread=parsed.is_unusable)


def _field_problems(schema: AnySchema, document: Document, parsed: Parsed[Any]) -> list[Problem]:
    """The problems of a file's fields. A value that a comment hides gives one problem."""
    unread = unread_text(schema, document)
    if not unread:
        return list(parsed.problems)
    missing = {problem.field for problem in parsed.problems if problem.rule == "missing-key"}
    hidden = {problem.field for problem in unread}
    return [
        *(
            replace(problem, severity=Severity.ERROR) if problem.field in missing else problem
            for problem in unread
        ),
        *(
            problem
            for problem in parsed.problems
            if problem.rule != "missing-key" or problem.field not in hidden
        ),
    ]


def _too_many_marks(schema: AnySchema, value: Any, document: Document) -> Problem | None:
    """The problem of prose with too much markup, at the text with which it becomes too much."""
    if len(document.text) <= MAX_MARKS:
        return None
    count = 0
    for entry_path, entry in schema.entries(value):
        for path, role, text in walk_fields(entry, entry_path):
            if isinstance(role, Text) and role.kind == "prose":
                count += marks(text)
                if count > MAX_MARKS:
                    message = f"Here the prose comes to have more than {MAX_MARKS:,} marks."
                    hint = "Leave out * _ [ and \\ where they are no markup, or split the file."
                    location = document.locate(path)
                    return Problem("too-many-marks", Severity.ERROR, location, message, hint)
    return None


def _has_only_comments(content: bytes) -> bool:
    """Whether a file has nothing but empty lines and comments, as a registry may."""
    return all(not line.strip() or line.lstrip().startswith(b"#") for line in content.splitlines())
