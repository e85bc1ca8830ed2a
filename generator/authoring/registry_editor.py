"""Adds an entry at the end of a registry, and changes nothing before it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.authoring.yaml_writer import to_yaml
from generator.reading.loader import DATA
from generator.reading.problems import Problem, Severity
from generator.reading.source_text import LINE_END, decode
from generator.reading.yaml_document import Document
from generator.reading.yaml_parser import read

#: The kinds of entry that can be added, and the comment at the top of a new registry.
HEADERS = {
    "actor": "# Every state, organisation, person and outlet that briefings name: id -> actor.\n",
    "topic": "# What briefings are about: id -> topic.\n",
    "place": "# Where things happened or were said: id -> place.\n",
    "source": "# Sources that several briefings cite: id -> source.\n",
}
_EMPTY_BRACKETS = re.compile(r"\{\s*\}")
_EMPTY_BRACKETS_LINE = re.compile(r"\{\s*\}[ \t]*(\r\n|\r|\n)")


class RegistryError(ValueError):
    """Why an entry can't be written into a registry."""


class KeyTakenError(RegistryError):
    """The registry already has an entry with this key."""


class UnreadableError(RegistryError):
    """The registry can't be read: already before the change, or with the new entry."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message)


class Addition(NamedTuple):
    """The path of a registry, and its content ``before`` and ``after`` an entry was added.

    A file without entries counts as empty. Otherwise an error about that would hide others, which
    would then seem to come from the new entry.
    """

    path: str
    before: bytes
    after: bytes


def added(files: Mapping[str, bytes], kind: str, key: str, fields: Mapping[str, Any]) -> Addition:
    """The registry for ``kind`` in ``files`` with a new entry at its end.

    The entry is not checked. Raises ``RegistryError`` if it can't be added.
    """
    path = f"{DATA}{kind}s.yml"
    content = files.get(path, b"")
    text = decode(path, content)
    if isinstance(text, Problem):
        raise UnreadableError(text)
    byte_order_mark = "\ufeff" if content.startswith(b"\xef\xbb\xbf") else ""
    new = byte_order_mark + add(text if text.strip() else HEADERS[kind], key, fields, path=path)
    return Addition(path, b"" if _document(path, text) is None else content, new.encode())


def add(text: str, key: str, fields: Mapping[str, Any], *, path: str = "the file") -> str:
    """``text``, the content of a registry, with the entry ``key`` at its end in the file's style.

    Raises ``RegistryError`` if the file can't be read, has the key, or can't be added to.
    """
    if text.startswith("\ufeff"):
        return "\ufeff" + add(text[1:], key, fields, path=path)
    document = _document(path, text)
    if document and key in document.data:
        line = document.locate((key,), key=True).line
        raise KeyTakenError(f"{path} has `{key}` already, in line {line}.")
    base = text if document is None or document.data else _without_brackets(text, document)
    line_ends = LINE_END.findall(base)
    line_end = line_ends[-1] if line_ends else "\n"
    if base and not base.endswith(("\n", "\r")):
        base += line_end
    filled = {name: value for name, value in fields.items() if value is not None and value != []}
    lines = to_yaml({key: filled}).split("\n")[:-1]
    indent = _indent(document)
    entry = "".join(indent + line + line_end for line in lines)
    entry_document, entry_problems = _read(path, entry)
    for gap in (line_end, "") if _is_separated(base, document) else ("",):
        new, problems = _read(path, base + gap + entry)
        if entry_document is None or any(problem.rule == "yaml-too-large" for problem in problems):
            raise UnreadableError(_first_error([*problems, *entry_problems]))
        before = _document(path, base)
        if new and new.data == {**(before.data if before else {}), **entry_document.data}:
            return base + gap + entry
    by_hand = "\n".join(lines)
    raise RegistryError(
        f"Nothing can be added at the end of {path}. Its entries may be in brackets, or it may end "
        f"in `...`. Write this into it by hand:\n{by_hand}"
    )


def _read(path: str, text: str) -> tuple[Document | None, list[Problem]]:
    return read(path, text.encode("utf-8", "surrogatepass"))


def _document(path: str, text: str) -> Document | None:
    """The registry's document; None if it has no entry, only comments for example."""
    document, problems = _read(path, text)
    if document is None and [problem.rule for problem in problems] != ["yaml-empty"]:
        raise UnreadableError(_first_error(problems))
    return document


def _first_error(problems: list[Problem]) -> Problem:
    return next(problem for problem in problems if problem.severity is Severity.ERROR)


def _without_brackets(text: str, document: Document) -> str:
    """``text`` without the ``{}`` of an empty registry, or the line that has only that."""
    start = document.offsets[0]
    alone_in_line = start == 0 or text[start - 1] in "\r\n"
    brackets = _EMPTY_BRACKETS_LINE.match(text, start) if alone_in_line else None
    brackets = brackets or _EMPTY_BRACKETS.match(text, start)
    return text[:start] + text[brackets.end() :] if brackets else text


def _indent(document: Document | None) -> str:
    """The spaces before each entry's key: some files have all entries indented."""
    if document is None or not document.data:
        return ""
    first = next(iter(document.data))
    return " " * (document.locate((first,), key=True).column - 1)


def _is_separated(base: str, document: Document | None) -> bool:
    """Whether an empty line belongs before the new entry.

    It does after a comment at the top of the file, and if the last entry has one before it.
    """
    lines = LINE_END.split(base)[:-1]
    if not lines or not lines[-1].strip():
        return False
    if document is None or not document.data:
        return lines[-1].startswith("#")
    above = document.locate((list(document.data)[-1],), key=True).line - 2
    while above >= 0 and lines[above].lstrip().startswith("#"):
        above -= 1
    return above >= 0 and not lines[above].strip()
