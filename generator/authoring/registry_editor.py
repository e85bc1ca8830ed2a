"""A new entry for a registry: written at the file's end, with nothing before it touched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.authoring.yaml_writer import entry_lines
from generator.reading.loader import DATA
from generator.reading.problems import Problem, Severity
from generator.reading.source_text import decode
from generator.reading.yaml_document import Document
from generator.reading.yaml_parser import read

#: The registries entries can be added to, and the comment that a new file begins with.
HEADERS = {
    "actor": "# Every state, organisation, person and outlet that briefings name: id -> actor.\n",
    "topic": "# What briefings are about: id -> topic.\n",
    "place": "# Where things happened or were said: id -> place.\n",
    "source": "# Sources that several briefings cite: id -> source.\n",
}
_LINE_END = re.compile(r"\r\n|\r|\n")
_EMPTY_BRACKETS = re.compile(r"\{\s*\}")
_EMPTY_BRACKETS_LINE = re.compile(r"\{\s*\}[ \t]*(\r\n|\r|\n)")


class RegistryError(ValueError):
    """Why an entry can't be written into a registry."""


class KeyTakenError(RegistryError):
    """The registry at ``path`` has an entry ``key`` already, in ``line``."""

    def __init__(self, path: str, key: str, line: int) -> None:
        self.path, self.key, self.line = path, key, line
        super().__init__(f"{path} has `{key}` already, in line {line}.")


class UnreadableError(RegistryError):
    """The registry can't be read as it stands, or could not be with the new entry in it."""

    def __init__(self, problem: Problem, *, by_entry: bool) -> None:
        self.problem, self.by_entry = problem, by_entry
        super().__init__(problem.message)


class NoPlaceError(RegistryError):
    """Lines added at the end of the registry at ``path`` would not become a new entry of it."""

    def __init__(self, path: str, key: str, lines: list[str]) -> None:
        self.path, self.key, self.lines = path, key, lines
        entry = "\n".join(lines)
        super().__init__(
            f"Nothing can be added at the end of {path}. Its entries may be in brackets, or it "
            f"may end in `...`. Write this into it by hand:\n{entry}"
        )


class Addition(NamedTuple):
    """A registry with a new entry: its path, its content ``before`` and ``after``.

    A file that holds no entry counts as empty: an error about that would hide others, which would
    then seem to come from the new entry.
    """

    path: str
    before: bytes
    after: bytes


def added(files: Mapping[str, bytes], kind: str, key: str, fields: Mapping[str, Any]) -> Addition:
    """``files``' registry for ``kind`` with a new entry at its end.

    What is wrong with the entry is for a check to say. Raises ``RegistryError`` if there is no such
    content.
    """
    path = f"{DATA}{kind}s.yml"
    content = files.get(path, b"")
    text = decode(path, content)
    if isinstance(text, Problem):
        raise UnreadableError(text, by_entry=False)
    mark = "\ufeff" if content.startswith(b"\xef\xbb\xbf") else ""
    new = mark + add(text if text.strip() else HEADERS[kind], key, fields, path=path)
    return Addition(path, b"" if _document(path, text) is None else content, new.encode())


def add(text: str, key: str, fields: Mapping[str, Any], *, path: str = "the file") -> str:
    """``text``, a registry's, with the entry ``key`` at its end, styled as its neighbours.

    Raises ``RegistryError`` where the file can't be read, has the key, or can't be added to.
    """
    if text.startswith("\ufeff"):
        return "\ufeff" + add(text[1:], key, fields, path=path)
    document = _document(path, text)
    if document and key in document.data:
        raise KeyTakenError(path, key, document.locate((key,), key=True).line)
    base = text if document is None or document.data else _without_brackets(text, document)
    ends = _LINE_END.findall(base)
    end = ends[-1] if ends else "\n"
    if base and not base.endswith(("\n", "\r")):
        base += end
    lines = entry_lines(key, fields)
    indent = _indent(document)
    entry = "".join(indent + line + end for line in lines)
    alone, own_problems = _read(path, entry)
    for gap in (end, "") if _separated(base, document) else ("",):
        new, problems = _read(path, base + gap + entry)
        if alone is None or any(one.rule == "yaml-too-large" for one in problems):
            raise UnreadableError(_first_error([*problems, *own_problems]), by_entry=True)
        before = _document(path, base)
        if new and new.data == {**(before.data if before else {}), **alone.data}:
            return base + gap + entry
    raise NoPlaceError(path, key, lines)


def _read(path: str, text: str) -> tuple[Document | None, list[Problem]]:
    return read(path, text.encode("utf-8", "surrogatepass"))


def _document(path: str, text: str) -> Document | None:
    """The registry's document; None for one without any entry, such as a file of comments."""
    document, problems = _read(path, text)
    if document is None and [problem.rule for problem in problems] != ["yaml-empty"]:
        raise UnreadableError(_first_error(problems), by_entry=False)
    return document


def _first_error(problems: list[Problem]) -> Problem:
    return next(one for one in problems if one.severity is Severity.ERROR)


def _without_brackets(text: str, document: Document) -> str:
    """``text`` without the ``{}`` that says that there are no entries yet, and without its line
    if nothing else is there.
    """
    start = document.offsets[0]
    alone_in_line = start == 0 or text[start - 1] in "\r\n"
    brackets = _EMPTY_BRACKETS_LINE.match(text, start) if alone_in_line else None
    brackets = brackets or _EMPTY_BRACKETS.match(text, start)
    return text[:start] + text[brackets.end() :] if brackets else text


def _indent(document: Document | None) -> str:
    """The blanks before each entry's key: some files have all their entries moved in."""
    if document is None or not document.data:
        return ""
    first = next(iter(document.data))
    return " " * (document.locate((first,), key=True).column - 1)


def _separated(base: str, document: Document | None) -> bool:
    """Whether a blank line belongs before the new entry: after a comment that opens the file, and
    where there is one before the last entry.
    """
    lines = _LINE_END.split(base)[:-1]
    if not lines or not lines[-1].strip():
        return False
    if document is None or not document.data:
        return lines[-1].startswith("#")
    above = document.locate((list(document.data)[-1],), key=True).line - 2
    while above >= 0 and lines[above].lstrip().startswith("#"):
        above -= 1
    return above >= 0 and not lines[above].strip()
