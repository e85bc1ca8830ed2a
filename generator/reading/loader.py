"""The files of a site, read: every briefing and registry, and what is wrong with each.

Takes the files' bytes and returns values; reading the disk is ``tree``'s job.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from pydantic_core import PydanticCustomError

from generator.addresses import reserved, urls
from generator.addresses.reserved import Addresses
from generator.model.briefing import Briefing
from generator.model.fields import Text
from generator.model.ids import read_id
from generator.model.introspection import names_below, walk_fields
from generator.model.prose_markdown import marks
from generator.model.registries import Actor, Place, Source, Style, Topic
from generator.reading.problems import Location, Problem, Severity, nearest
from generator.reading.selection import PAGE_TYPES, SOURCE_TYPES, Selection, is_copy
from generator.reading.unread_text import left_out
from generator.reading.validation import (
    BRIEFING,
    REGISTRIES,
    FileSchema,
    Parsed,
    read_briefing,
    read_registry,
)
from generator.reading.yaml_document import Document
from generator.reading.yaml_parser import read

#: Marks of Markdown in the prose of one file; each takes it some twenty microseconds.
MAX_MARKS = 40_000
#: Every key of the format, and whether it holds text: for guesses at what a line that can't be read
#: was meant to be.
NAMES = {
    name: is_text
    for form in (*REGISTRIES.values(), BRIEFING)
    for name, is_text in names_below(form.model).items()
}
BRIEFINGS = "briefings/"
DATA = "data/"
RESERVED_NAMES = frozenset(
    [
        "actors",
        "topics",
        "places",
        "sources",
        "timeline",
        "changes",
        "search",
        "data",
        "feeds",
        "assets",
        "index",
    ]
)
# Names that Windows keeps for devices: a checkout there could not hold the file.
DEVICE_NAMES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)


@dataclass(frozen=True, slots=True)
class InvalidFile:
    """A briefing of which nothing could be read; its id still counts as taken."""

    path: str
    text: bytes


@dataclass(frozen=True, slots=True)
class LoadedProject:
    """Everything the files say, before it is linked up.

    ``briefings`` and ``broken`` go by briefing id, ``registries`` by the registry's name.
    ``aliases`` tells for each former address which briefings claim it, ``addresses`` who has which
    file of the built site.
    """

    briefings: Mapping[str, Parsed[Briefing]]
    broken: dict[str, InvalidFile]
    registries: dict[str, Parsed[dict[str, Any]]]
    problems: tuple[Problem, ...]
    unread_registries: frozenset[str] = frozenset()
    aliases: dict[str, list[str]] = field(default_factory=dict)
    addresses: Addresses = field(default_factory=Addresses)

    def entries(self, registry: str) -> dict[str, Any]:
        """The entries of one registry by id; empty where there is no such file."""
        reading = self.registries.get(registry)
        return reading.value if reading else {}

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


FileKind = Literal["briefing", "registry", "other", "none"]


@dataclass(frozen=True, slots=True)
class FileRead:
    """What came of one file: a briefing or a registry by its ``name``, or nothing that can be read.
    An ``other`` file of the briefings' folder, a page written by hand or an asset, is never read.

    ``problems`` are all that are wrong with it; ``unread``: it has nothing that could be read.
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
) -> LoadedProject:
    """All files together; ``briefings`` and ``aliases`` are those that could be read."""
    every = list(read_files)
    registries = [one for one in every if one.kind == "registry"]
    broken = {
        one.name: InvalidFile(one.path, files[one.path])
        for one in every
        if one.kind == "briefing" and one.unread
    }
    entries = {one.name: one.reading.value for one in registries if one.reading}
    others = [file.name for file in every if file.kind == "other"]
    by_hand = [name for name in others if selection.has(name)]
    left_out = [_not_published(name) for name in others if not selection.has(name)]
    return LoadedProject(
        briefings,
        broken,
        {one.name: one.reading for one in registries if one.reading},
        (*(problem for file in every for problem in file.problems), *left_out),
        frozenset(one.name for one in registries if one.unread),
        aliases,
        Addresses((briefings, broken), aliases, entries, by_hand),
    )


def read_file(path: str, content: bytes) -> FileRead:
    """One file by itself."""
    if path.startswith(BRIEFINGS):
        return _briefing_file(path, content)
    if path.startswith(DATA):
        return _registry_file(path, content)
    return FileRead(path, "none", "")


def unreadable_file(path: str, why: str) -> FileRead:
    """A file or folder of which the system gives no content."""
    name, _, ending = path.removeprefix(BRIEFINGS).removeprefix(DATA).rpartition(".")
    message = f"This can't be read: {why[:1].lower()}{why[1:]}."
    wrong = _about_file("unreadable", path, message, "Let it be read, or take it away.")
    kind: FileKind = "none"
    if ending == "yml":
        kind = "briefing" if path.startswith(BRIEFINGS) else "registry"
    return FileRead(path, kind, name, None, (wrong,), unread=True)


def _briefing_file(path: str, content: bytes) -> FileRead:
    below = path.removeprefix(BRIEFINGS)
    name, _, ending = below.rpartition(".")
    if ending.casefold() not in SOURCE_TYPES:
        return FileRead(path, "other", below, None, tuple(_unreadable_name(path)))
    if ending != "yml":
        wrong = _about_file(
            "file-name",
            path,
            "A briefing's file name ends in `.yml`.",
            f"Rename it to `{name}.yml`.",
        )
        return FileRead(path, "none", name, None, (wrong,))
    about_name = tuple(name_problems(path, name))
    document, problems = read(path, content, NAMES)
    if document is None:
        return FileRead(path, "briefing", name, None, (*about_name, *problems), unread=True)
    reading = read_briefing(document)
    told = (*about_name, *_once(problems, _of_fields(BRIEFING, document, reading)))
    if reading.is_unusable:
        return FileRead(path, "briefing", name, None, told, unread=True)
    if dear := _too_many_marks(reading.value, document):
        return FileRead(path, "briefing", name, None, (*told, dear), unread=True)
    return FileRead(path, "briefing", name, reading, told)


def _not_published(name: str) -> Problem:
    """The problem of a file that readers don't get, by its path below the briefings' folder."""
    ending = name.rpartition(".")[2]
    if is_copy(name):
        hint = "It looks like a copy of another file: delete it, or move it out of this folder."
    elif ending.casefold() in PAGE_TYPES:
        hint = f"Rename it so that it ends in `.{ending.casefold()}`."
    elif ending.isalnum() and "." in name.rpartition("/")[2]:
        hint = (
            f"If readers are to get it, write `asset_types: [{ending.casefold()}]` under "
            "`briefings` in mkdocs.yml; if not, move it out of this folder."
        )
    else:
        hint = "Move it out of this folder."
    message = "Readers don't get this file: it is no briefing, no page and no asset."
    place = Location(f"{BRIEFINGS}{name}", 1, 1)
    return Problem("not-published", Severity.WARNING, place, message, hint)


def _unreadable_name(path: str) -> Iterator[Problem]:
    """The name of a page written by hand may hold any sign, as long as it is text."""
    try:
        path.encode()
    except UnicodeEncodeError:
        message = "The file's name becomes its address, and is not text in UTF-8."
        yield _about_file("file-name", path, message, "Give the file another name.")


def _registry_file(path: str, content: bytes) -> FileRead:
    name, _, ending = path.removeprefix(DATA).rpartition(".")
    about_name = tuple(filter(None, [_registry_name_problem(path, name, ending)]))
    if ending != "yml" or name not in REGISTRIES or _says_nothing(content):
        return FileRead(path, "none", name, None, about_name)
    document, problems = read(path, content, NAMES)
    if document is None:
        return FileRead(path, "registry", name, None, (*about_name, *problems), unread=True)
    reading = read_registry(name, document)
    told = (*about_name, *_once(problems, _of_fields(REGISTRIES[name], document, reading)))
    if reading.is_unusable:
        return FileRead(path, "registry", name, None, told, unread=True)
    if dear := _too_many_marks(reading.value, document):
        return FileRead(path, "registry", name, None, (*told, dear), unread=True)
    return FileRead(path, "registry", name, reading, told)


def _once(of_yaml: list[Problem], of_fields: list[Problem]) -> list[Problem]:
    """Both kinds of problems, without the warnings of what is an error of a field."""
    errors = {(problem.rule, problem.location) for problem in of_fields}
    return [
        *(problem for problem in of_yaml if (problem.rule, problem.location) not in errors),
        *of_fields,
    ]


def _of_fields(form: FileSchema, document: Document, reading: Parsed[Any]) -> list[Problem]:
    """What is wrong with the fields of a file; a value that a comment hides is one problem."""
    cut = left_out(form.model, document, registry=form.registry)
    if not cut:
        return list(reading.problems)
    missing = {one.field for one in reading.problems if one.rule == "missing-key"}
    hidden = {one.field for one in cut}
    return [
        *(replace(one, severity=Severity.ERROR) if one.field in missing else one for one in cut),
        *(one for one in reading.problems if one.rule != "missing-key" or one.field not in hidden),
    ]


def _too_many_marks(value: Any, document: Document) -> Problem | None:
    """The text in which prose comes to have more marks than anybody would write."""
    if len(document.text) <= MAX_MARKS:
        return None
    every = value.items() if isinstance(value, dict) else [(None, value)]
    count = 0
    for key, model in every:
        for path, marker, words in walk_fields(model, () if key is None else (key,)):
            if isinstance(marker, Text) and marker.kind == "prose":
                count += marks(words)
                if count > MAX_MARKS:
                    message = f"Here the prose comes to have more than {MAX_MARKS:,} marks."
                    hint = "Leave out * _ [ and \\ where they are no markup, or split the file."
                    place = document.locate(path)
                    return Problem("too-many-marks", Severity.ERROR, place, message, hint)
    return None


def _says_nothing(content: bytes) -> bool:
    """Whether a file has nothing but blank lines and comments; of a registry that is no mistake."""
    return all(not line.strip() or line.lstrip().startswith(b"#") for line in content.splitlines())


def _registry_name_problem(path: str, name: str, ending: str) -> Problem | None:
    is_source = ending.casefold() in SOURCE_TYPES
    if is_source and ending != "yml" and name in REGISTRIES:
        message = "A registry's file name ends in `.yml`, so this file isn't read."
        return _about_file("file-name", path, message, f"Rename it to `{name}.yml`.")
    if is_source and name not in REGISTRIES and (close := nearest(name, REGISTRIES)):
        message = f"There is no registry `{name}`, so this file isn't read."
        return _about_file("file-name", path, message, f"Did you mean data/{close}.yml?")
    return None


def name_problems(path: str, name: str) -> Iterator[Problem]:
    """What is wrong with a briefing's id ``name``, which is also its address."""
    parts = name.split("/")
    taken = filter(None, map(reserved.owner, urls.briefing_files(name)))
    if name in RESERVED_NAMES:
        yield _about_file(
            "file-name",
            path,
            f"The site itself needs the name `{name}`.",
            "Give the file another name.",
        )
    elif owner := next(taken, ""):
        yield _about_file(
            "address-taken",
            path,
            f"The site itself can need the address `{name}`, for {owner}.",
            "Give the file another name.",
        )
    for part in parts:
        try:
            read_id(part)
        except PydanticCustomError as error:
            context = error.context or {}
            yield _about_file(
                "file-name",
                path,
                f"The file's name becomes its address. {context.get('message', '')}",
                str(context.get("hint", "")),
            )
            continue
        if part in DEVICE_NAMES:
            yield _about_file(
                "file-name",
                path,
                f"`{part}` is a device's name on Windows.",
                "Give the file another name.",
            )


def _about_file(rule: str, path: str, message: str, hint: str) -> Problem:
    return Problem(rule, Severity.ERROR, Location(path, 1, 1), message, hint)
