"""Files in which one text stands as an author might type it, in any field of text of the format.

Everything else in the file is JSON, which is YAML too. All of it is fictional.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from generator.model.fields import Text
from generator.model.introspection import FieldPath, walk_data
from generator.reading.loader import FileRead, read_file
from generator.reading.validation import BRIEFING, REGISTRIES
from generator.reading.yaml_parser import read
from tests.building import ROOT

_EVERY_KEY = ROOT / "tests" / "cases" / "every-key"
_FILES = {
    "briefings/halden.yml": BRIEFING,
    **{f"data/{name}.yml": form for name, form in REGISTRIES.items()},
}


@dataclass(frozen=True)
class Field:
    """A field of text: its file and path there, its kind, and the data around it."""

    file: str
    path: FieldPath
    kind: str
    data: dict[str, Any]

    @property
    def name(self) -> str:
        """The field without the numbers of items and the ids of entries."""
        steps = [step for step in self.path if isinstance(step, str)]
        return ".".join([self.file.split("/")[0], *steps[len(steps) > 1 and "data" in self.file :]])


def text_fields() -> dict[str, Field]:
    """One field of text of each kind in the format, by its name."""
    fields: dict[str, Field] = {}
    for file, form in _FILES.items():
        document, _ = read(file, (_EVERY_KEY / file).read_bytes())
        assert document is not None
        entries = document.data.items() if form.registry else [(None, document.data)]
        for key, entry in entries:
            for path, marker, _ in walk_data(form.model, entry, () if key is None else (key,)):
                if isinstance(marker, Text):
                    field = Field(file, path, marker.kind, document.data)
                    fields.setdefault(f"{file}:{field.name}", field)
    return fields


@dataclass(frozen=True)
class Typed:
    """A file with a text typed in it, and the lines of the file that hold the text."""

    content: str
    first: int
    last: int


def typed(field: Field, raw: str, style: str) -> Typed:
    """The file of ``field`` with ``raw`` typed there: in ``block`` style, or in ``flow`` style as
    the ``first`` or the ``last`` of a group in braces.
    """
    mark = "\0"
    lines = _lines(field.data, field.path, mark, "" if style == "block" else style)
    text = "\n".join(lines) + "\n"
    first = text[: text.index(mark)].count("\n") + 1
    column = len(lines[first - 1]) - len(lines[first - 1].lstrip(" -"))
    body = raw.replace("\n", "\n" + " " * (column + 3))
    return Typed(text.replace(mark, body), first, first + raw.count("\n"))


def _lines(data: Any, path: FieldPath, mark: str, flow: str) -> list[str]:
    """The lines of ``data`` with ``mark`` for the value at ``path``."""
    step, *rest = path
    if isinstance(data, dict) and flow and all(isinstance(item, int) for item in rest):
        value = f"[{mark}]" if rest else mark
        others = [
            f"{json.dumps(key)}: {_json(other_value)}"
            for key, other_value in data.items()
            if key != step
        ]
        pairs = [f"{step}: {value}", *others] if flow == "first" else [*others, f"{step}: {value}"]
        return ["{" + ", ".join(pairs) + "}"]
    lines = []
    entries = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in entries:
        start = f"{json.dumps(key)}:" if isinstance(data, dict) else "-"
        if key != step:
            lines.append(f"{start} {_json(value)}")
        elif not rest:
            lines.append(f"{start} {mark}")
        else:
            below = _lines(value, tuple(rest), mark, flow)
            if isinstance(data, dict):
                inline = below[0].startswith("{") and len(below) == 1
                lines += (
                    [f"{start} {below[0]}"] if inline else [start, *(f"  {path}" for path in below)]
                )
            else:
                lines += [f"- {below[0]}", *(f"  {path}" for path in below[1:])]
    return lines


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def verdict(field: Field, raw: str, style: str) -> tuple[bool, bool, FileRead, Typed]:
    """Whether ``raw`` typed in ``field`` is read whole, and whether a problem is at its lines."""
    file = typed(field, raw, style)
    outcome = read_file(field.file, file.content.encode())
    is_reported = any(
        file.first <= problem.location.line <= file.last for problem in outcome.problems
    )
    value = None
    if outcome.reading is not None:
        value = outcome.reading.document.value(field.path)
    if style != "block" and isinstance(field.path[-1], int) and value is not None:
        names = outcome.reading.document.value(field.path[:-1])  # a comma makes several of one
        value, raw = "".join(map(str, names)), raw.replace(",", "")
    elif style != "block":
        raw = raw.rstrip(" \n,")  # a comma before the closing bracket is no word
    whole = isinstance(value, str) and squeezed(value) in meanings(raw)
    return whole, is_reported, outcome, file


def squeezed(text: str) -> str:
    """``text`` without spaces and line ends, which YAML folds."""
    return re.sub(r"[ \t\r\n]+", "", text)


_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"|' r"'((?:[^']|'')*)'", re.S)
_BELOW = re.compile(r"[|>](?:[-+]?[1-9]?|[1-9][-+])[ \t]*\n(.*)", re.S)
_CODES = {"n": "\n", "t": "\t", "r": "\r", "_": "\xa0", "N": "\x85", "L": "\u2028", "P": "\u2029"}


def meanings(raw: str) -> set[str]:
    """What a text can mean as it is typed: its characters, or what YAML's quotes hold."""
    typed_text = raw.strip(" \n")
    accepted = {squeezed(typed_text)} if typed_text[:1] not in ("'", '"', "|", ">") else set()
    if match := _QUOTED.fullmatch(typed_text):
        if match[2] is not None:
            accepted.add(squeezed(match[2].replace("''", "'")))
        else:
            codes = re.sub(
                r"\\(.)", lambda code: _CODES.get(code[1], code[1]), match[1], flags=re.S
            )
            accepted.add(squeezed(codes))
    if match := _BELOW.fullmatch(typed_text):
        accepted.add(squeezed(match[1]))
    return accepted
