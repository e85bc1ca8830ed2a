"""Writes the file of a translation, and brings it up to date with its original.

Above each text is what the original says, in lines that begin with `#:`. If the original has
changed since, what was translated is in lines with `#-` and what it says now in lines with `#+`.
Only these lines, new texts and `translated_from` are ever written; everything else stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any, NamedTuple

from generator.authoring.translation_lines import OWN_COMMENT, comment_lines, entry_lines, header
from generator.authoring.yaml_nodes import KeyPath, YamlNodes
from generator.model.briefing import Briefing
from generator.model.translated_texts import (
    ComparedText,
    Comparison,
    OriginalText,
    TextState,
    compare,
)
from generator.model.translation import TranslationFile, short_key
from generator.reading.problems import Problem, Severity
from generator.reading.validation import TRANSLATION, Parsed, read_as
from generator.reading.yaml_parser import read
from generator.reading.yaml_quoting import quoted_if_needed

#: What other readers of YAML take for a number.
_NUMBER = re.compile("[0-9]+(e[0-9]+)?")
_FROM = "translated_from"
_FROM_COMMENT = "# What each text was translated from. `briefings translate` writes this."


class TranslationFileError(ValueError):
    """Why the file of a translation can't be written. ``problem`` is what is wrong in it, if that
    is the reason.
    """

    def __init__(self, message: str, problem: Problem | None = None) -> None:
        self.problem = problem
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Update:
    """The new text of a file, and the names of texts: those ``added``, those ``accepted`` as
    current, those whose original changed (``stale``), and those that could not be added
    (``in_brackets``), because their entry is written in braces.
    """

    text: str
    comparison: Comparison
    added: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    in_brackets: tuple[str, ...] = ()


def new_translation(
    path: str, original: str, briefing: Briefing, language: str, schema: str = ""
) -> str:
    """The text of a new file for a translation of ``briefing``, whose id is ``original``.

    ``path`` is that of the new file, ``schema`` the schema's path from there.
    """
    return updated(path, header(original, language, schema), briefing).text


def updated(
    path: str, text: str, briefing: Briefing, accept: Collection[str] | None = ()
) -> Update:
    """``text``, the content of a translation's file, brought up to date with ``briefing``.

    ``accept`` are the names of texts that are translations of what the original says today; None
    for all that are not missing. Raises ``TranslationFileError``.
    """
    if text.startswith("\ufeff"):
        update = updated(path, text[1:], briefing, accept)
        return replace(update, text=f"\ufeff{update.text}")
    before, mistake = _read(path, text)
    if before is None:
        raise TranslationFileError(f"{path} has mistakes. Correct them first.", mistake)
    comparison = compare(briefing, before.value)
    nodes = YamlNodes(text)
    accepted = tuple(
        text.name
        for text in comparison.texts
        if text.given and (accept is None or text.name in accept)
        if text.state is not TextState.TRANSLATED
    )
    editor = _Editor(nodes, comparison, frozenset(accepted))
    new = editor.edited(before.value.translated_from)
    _check(path, before, new, editor.recorded)
    return Update(
        new,
        comparison,
        tuple(editor.added),
        accepted,
        tuple(text.name for text in comparison.texts if editor.is_stale(text)),
        tuple(editor.in_brackets),
    )


#: The order of edits at one offset: new texts, the record at the end, and what is replaced.
_NEW, _RECORD, _REPLACED = range(3)


class _Edit(NamedTuple):
    """The ``content`` to write from an offset (``start``) up to another (``end``).

    ``height``: of new texts at one offset, those of an inner mapping come before those around it.
    """

    start: int
    order: int
    height: int
    number: int
    end: int
    content: str


class _Editor:
    """Collects the edits of one file."""

    def __init__(self, nodes: YamlNodes, comparison: Comparison, accepted: frozenset[str]) -> None:
        self.nodes, self.comparison, self.accepted = nodes, comparison, accepted
        self.edits: list[_Edit] = []
        self.added: list[str] = []
        self.in_brackets: list[str] = []
        self.recorded: dict[str, str] = {}

    def is_stale(self, text: ComparedText) -> bool:
        return text.state is TextState.STALE and text.name not in self.accepted

    def edited(self, recorded: Mapping[str, str]) -> str:
        """The text of the file with all edits."""
        missing: list[OriginalText] = []
        for text in self.comparison.texts:
            place = self._place(text.original)
            if place is None and text.original.is_in_language:
                continue
            if place is None and self._can_be_added(text.original.keys):
                missing.append(text.original)
            elif place is None:
                self.in_brackets.append(text.name)
            else:
                self._write_comment(place, text)
        self.added = [text.name for text in missing]
        self._insert(missing)
        self._write_record(recorded)
        result = self.nodes.text
        for edit in sorted(self.edits, reverse=True):
            result = result[: edit.start] + edit.content + result[edit.end :]
        return result

    def _write(self, start: int, end: int, content: str, order: int, depth: int = 0) -> None:
        self.edits.append(_Edit(start, order, -depth, len(self.edits), end, content))

    def _place(self, text: OriginalText) -> KeyPath | None:
        """The path at which the file has a text, or room for it; it can be in a longer form."""
        fields = self.nodes.fields
        short = short_key(text.keys[0])
        longer = (*text.keys, short)
        shorter = text.keys[:-1] if text.keys[-1] == short else ()
        if longer in fields:
            return longer
        if text.keys in fields:
            return text.keys
        if len(shorter) > 1 and shorter in fields and not fields[shorter].is_empty:
            return None if fields[shorter].is_block else shorter
        return None

    def _can_be_added(self, keys: KeyPath) -> bool:
        """Whether a line can be added at the path ``keys``."""
        fields = self.nodes.fields
        above = [fields[keys[:length]] for length in range(1, len(keys)) if keys[:length] in fields]
        return all(field.is_empty or field.is_block for field in above) and not (
            self.nodes.root.flow_style
        )

    def _write_comment(self, place: KeyPath, text: ComparedText) -> None:
        field = self.nodes.fields[place]
        start = self.nodes.line_start(field.key_start)
        if self.nodes.text[start : field.key_start].strip(" "):
            return  # in brackets, no comment can be above
        old = self.nodes.comments_above(place, OWN_COMMENT)
        new = self._comment(text, old)
        lines = [" " * field.column + line + self.nodes.line_end for line in new]
        if lines != old:
            self._write(start - sum(map(len, old)), start, "".join(lines), _REPLACED)

    def _comment(self, text: ComparedText, old: Iterable[str]) -> list[str]:
        if not self.is_stale(text):
            return comment_lines("#:", text.original.text)
        lines = [line.strip() for line in old]
        translated = [f"#-{line[2:]}" for line in lines if line.startswith(("#-", "#:"))]
        return [*translated, *comment_lines("#+", text.original.text)]

    def _insert(self, texts: list[OriginalText]) -> None:
        """Insert lines for ``texts``, each after what is before it in the original."""
        order = {text.original.keys[:length]: None
                 for text in self.comparison.texts
                 for length in range(1, len(text.original.keys) + 1)}  # fmt: skip
        new: dict[KeyPath, list[OriginalText]] = {}
        for text in texts:
            length = next(n for n in range(1, len(text.keys) + 1)
                          if text.keys[:n] not in self.nodes.fields)  # fmt: skip
            new.setdefault(text.keys[:length], []).append(text)
        for path, below in new.items():
            parent = path[:-1]
            siblings = self.nodes.children(parent)
            before = [key for key in takewhile(path.__ne__, order) if key in siblings]
            at = self._offset(parent, siblings, before)
            column = self.nodes.fields[siblings[0]].column if siblings else (
                self.nodes.fields[parent].column + 2 if parent else 0
            )  # fmt: skip
            lines = entry_lines(path, below, column)
            first = next(other for other in new if other[:-1] == parent)
            if not parent or (len(parent) == 1 and (siblings or path != first)):
                lines = ["", *lines]
            content = "".join(line + self.nodes.line_end for line in lines)
            self._write(at, at, self._gap(at) + content, _NEW, len(parent))

    def _gap(self, at: int) -> str:
        """What ends the line before the offset ``at``, if nothing does."""
        return "" if not at or self.nodes.text[at - 1] in "\r\n" else self.nodes.line_end

    def _offset(self, parent: KeyPath, siblings: list[KeyPath], before: list[KeyPath]) -> int:
        """Where to insert a key into the mapping at ``parent``."""
        if before:
            return self.nodes.after(before[-1])
        if not parent:
            others = [path for path in siblings if path != (_FROM,)]
            return self.nodes.after(others[-1] if others else parent)
        if not siblings:
            return self.nodes.line_after(self.nodes.fields[parent].node.end_mark.index)
        return self.nodes.after(siblings[-1])

    def _write_record(self, recorded: Mapping[str, str]) -> None:
        unplaced = {*self.in_brackets}
        unplaced |= {text.name for text in self.comparison.texts if text.original.is_in_language}
        for text in self.comparison.texts:
            if text.name in self.accepted or (text.given is None and text.name not in unplaced):
                self.recorded[text.name] = text.original.fingerprint
            elif text.name in recorded:
                self.recorded[text.name] = recorded[text.name]
        unknown = {text.name for text in self.comparison.unknown}
        self.recorded |= {name: recorded[name] for name in recorded if name in unknown}
        if self.recorded == recorded:
            return
        lines = [f"{_FROM}:" if self.recorded else f"{_FROM}: {{}}"]
        for name, value in self.recorded.items():
            quoted = f'"{value}"' if _NUMBER.fullmatch(value) else value
            lines.append(f"  {quoted_if_needed(name)}: {quoted}")
        content = "".join(line + self.nodes.line_end for line in lines)
        if (_FROM,) in self.nodes.fields:
            start = self.nodes.fields[(_FROM,)].key_start
            self._write(start, self.nodes.after((_FROM,)), content, _REPLACED)
            return
        at = self.nodes.after(())
        line_end = self.nodes.line_end
        content = f"{self._gap(at)}{line_end}{_FROM_COMMENT}{line_end}{content}"
        self._write(at, at, content, _RECORD)


def _read(path: str, text: str) -> tuple[Parsed[TranslationFile] | None, Problem | None]:
    """The translation, or its first error."""
    document, problems = read(path, text.encode("utf-8", "surrogatepass"))
    parsed = read_as(TRANSLATION, document) if document else None
    problems_of_all = [*problems, *(parsed.problems if parsed else ())]
    first = next(
        (problem for problem in problems_of_all if problem.severity is Severity.ERROR), None
    )
    return (parsed, None) if first is None else (None, first)


def _check(
    path: str, before: Parsed[TranslationFile], new: str, recorded: Mapping[str, str]
) -> None:
    """Raise ``TranslationFileError`` if the edits changed anything that they should not."""
    after, problem = _read(path, new)
    if problem and problem.rule == "yaml-too-large":
        raise TranslationFileError(f"{path} would become too large.", problem)
    if after is None or _own(after) != _own(before) or after.value.translated_from != recorded:
        raise TranslationFileError(
            f"{path} is written in a way that `briefings translate` can't add to. Write each key "
            "on its own line, without braces."
        )


def _own(translation: Parsed[TranslationFile]) -> Any:
    """What an author wrote, without keys that have no value."""
    data = translation.document.data
    return _filled({key: value for key, value in data.items() if key != _FROM})


def _filled(value: Any) -> Any:
    """``value`` without keys that have no value."""
    if not isinstance(value, dict):
        return value
    filled = {key: _filled(item) for key, item in value.items()}
    return {key: item for key, item in filled.items() if item is not None and item != {}}
