"""Plain data into the model, with every mistake told at its place.

A file with mistakes is still read as far as it is sound: what is wrong is left out, so that the
checks can go on and an author hears of everything at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import is_
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from generator.fields import EMPTY, Id, shown
from generator.model import Actor, Briefing, Place, Source, Style, Topic
from generator.naming import Named, named
from generator.problems import Location, Problem, Severity, field_name, nearest
from generator.shape import keys, meaning, model_at
from generator.yaml_source import Document, FieldPath
from generator.yaml_text import MAX_PROBLEMS, too_many_problems

_Value = TypeVar("_Value")
_ATTEMPTS = 8
_TOP_LEVEL = {"title": "…", "summary": "…", "background": [], "positions": [], "responses": []}


@dataclass(frozen=True)
class Form:
    """How one kind of file is read: one mapping of a model, or ids (of type ``ids``) to such."""

    model: type[BaseModel]
    ids: Any = None

    @property
    def registry(self) -> bool:
        return self.ids is not None

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """What reads it: made when it is first asked for, since that takes long."""
        # The types are told by values, which a type checker doesn't follow.
        return TypeAdapter(dict[self.ids, self.model] if self.registry else self.model)  # type: ignore[name-defined]

    def model_at(self, path: FieldPath) -> type[BaseModel] | None:
        """The model of the mapping at ``path``; None at a registry's root."""
        if not self.registry:
            return model_at(self.model, path)
        return model_at(self.model, path[1:]) if path else None


BRIEFING = Form(Briefing)
REGISTRIES = {
    "actors": Form(Actor, Id),
    "topics": Form(Topic, Id),
    "places": Form(Place, Id),
    "sources": Form(Source, Id),
    "style": Form(Style, str),
}


@dataclass(frozen=True, slots=True)
class Reading(Generic[_Value]):
    """What came of one file: the value as far as it is sound, and what is wrong with it.

    ``opened`` gives the file's document, which a kept reading reads again only where it is asked
    for. ``moved`` tells, for each list that lost an item, which items of the file are left, and
    ``named`` what a briefing names.
    """

    opened: Callable[[], Document]
    value: _Value
    problems: tuple[Problem, ...] = ()
    moved: Mapping[FieldPath, list[int]] = field(default_factory=dict)
    named: tuple[Named, ...] = ()

    @property
    def is_hopeless(self) -> bool:
        """Whether so much is wrong that nothing was read."""
        return len(self.problems) > MAX_PROBLEMS

    @property
    def document(self) -> Document:
        """The file's data, and where each of them stands."""
        return self.opened()

    def written(self, path: FieldPath) -> FieldPath:
        """Where the value at ``path`` stands in the file."""
        return _written(path, self.moved) if self.moved else path

    def locate(self, path: FieldPath, *, key: bool = False) -> Location:
        """The place in the file of the value (or the key) at ``path``."""
        return self.document.locate(self.written(path), key=key)


def read_briefing(document: Document) -> Reading[Briefing]:
    """The briefing in ``document``; parts that could not be read are left out of it."""
    return _read(BRIEFING, document)


def read_registry(name: str, document: Document) -> Reading[dict[str, Any]]:
    """The registry ``name`` (``actors``, ``topics`` …) in ``document``: id to entry."""
    return _read(REGISTRIES[name], document)


def _read(form: Form, document: Document) -> Reading[Any]:
    data: Any = document.data
    found: list[Problem] = []
    doomed: set[FieldPath] = set()
    moved: dict[FieldPath, list[int]] = {}
    for attempt in range(_ATTEMPTS):
        try:
            value = form.adapter.validate_python(data, by_alias=True)
        except ValidationError as error:
            hopeless = error.error_count() > MAX_PROBLEMS
            if hopeless and attempt == 0:
                error = _first_mistakes(form, data) or error
            details = error.errors(include_url=False)[:MAX_PROBLEMS]
        else:
            ids = () if form.registry else named(value)
            return Reading(lambda: document, value, tuple(found), moved, ids)
        if attempt == 0:
            told = _without_consequences(form, details)
            missing = [_path(one) for one in details if one["type"] == "missing"]
            found = [_problem(form, document, detail, missing) for detail in told]
        if hopeless:
            found = [*sorted(found), too_many_problems(max(one.location for one in found))]
            break
        doomed |= {_cut(form, detail, moved) for detail in details}
        moved = {}
        data = _without(document.data, doomed, (), moved)
        if not form.registry:
            data = _TOP_LEVEL | data
    empty = {} if form.registry else _TOP_LEVEL
    return Reading(lambda: document, form.adapter.validate_python(empty), tuple(found))


def _first_mistakes(form: Form, data: Any) -> ValidationError | None:
    """The mistakes in the beginnings of lists; None where these are not too many by themselves.

    Where a list has thousands, they are enough to tell that nothing can be read.
    """
    try:
        form.adapter.validate_python(_beginning(data, form.registry), by_alias=True)
    except ValidationError as error:
        return error if error.error_count() > MAX_PROBLEMS else None
    return None


def _beginning(data: Any, registry: bool) -> Any:
    """``data`` with the beginning of each list, and of a registry; itself where all is short."""
    if isinstance(data, dict):
        some = list(data.items())[: MAX_PROBLEMS + 1] if registry else data.items()
        entries = {key: _beginning(value, False) for key, value in some}
        same = len(entries) == len(data) and all(map(is_, entries.values(), data.values()))
        return data if same else entries
    if isinstance(data, list):
        items = [_beginning(value, False) for value in data[: MAX_PROBLEMS + 1]]
        return data if len(items) == len(data) and all(map(is_, items, data)) else items
    return data


def _without_consequences(form: Form, details: list[ErrorDetails]) -> list[ErrorDetails]:
    """One mistake, one problem: a misspelt key is not also told as the missing one it means."""
    unknown = [_path(one) for one in details if one["type"] == "extra_forbidden"]
    missing = [_path(one) for one in details if one["type"] == "missing"]
    meant = {(*path[:-1], _meant(form, path, missing)) for path in unknown}
    return [one for one in details if one["type"] != "missing" or _path(one) not in meant]


def _meant(form: Form, path: FieldPath, missing: list[FieldPath]) -> str | None:
    """The key that an unknown one was most likely meant to be: like it, or the missing list."""
    if close := nearest(str(path[-1]), _key_names(form, path)):
        return close
    model = form.model_at(path[:-1])
    lists = [key.name for key in keys(model) if key.many] if model else []
    beside = [str(one[-1]) for one in missing if one[:-1] == path[:-1] and one[-1] in lists]
    return beside[0] if len(beside) == 1 else None


def _cut(form: Form, detail: ErrorDetails, moved: Mapping[FieldPath, list[int]]) -> FieldPath:
    """The path, in the file, of the least part to leave out for this mistake."""
    path = _path(detail)
    if detail["type"] == "missing" and len(path) > 1:
        path = path[:-1]
        while len(path) > 1 and not isinstance(path[-1], int):
            path = path[:-1]
    return _written(path, moved)


def _path(detail: ErrorDetails) -> FieldPath:
    return tuple(step for step in detail["loc"] if step != "[key]")


def _written(path: FieldPath, moved: Mapping[FieldPath, list[int]]) -> FieldPath:
    steps: list[str | int] = []
    for step in path:
        kept = moved.get(tuple(steps))
        steps.append(kept[step] if kept is not None and isinstance(step, int) else step)
    return tuple(steps)


def _without(
    data: Any, doomed: set[FieldPath], here: FieldPath, moved: dict[FieldPath, list[int]]
) -> Any:
    if isinstance(data, dict):
        return {
            key: _without(value, doomed, (*here, key), moved)
            for key, value in data.items()
            if (*here, key) not in doomed
        }
    if isinstance(data, list):
        kept = [index for index in range(len(data)) if (*here, index) not in doomed]
        if len(kept) < len(data):
            moved[here] = kept
        return [_without(data[index], doomed, (*here, index), moved) for index in kept]
    return data


def _problem(
    form: Form, document: Document, detail: ErrorDetails, missing: list[FieldPath]
) -> Problem:
    path = _path(detail)
    kind = detail["type"]
    rule, message, hint = _words(form, path, kind, detail)
    about_key = kind == "extra_forbidden" or "[key]" in detail["loc"]
    where = path
    if kind == "missing":
        mapping = document.value(path[:-1])
        about_key = isinstance(mapping, dict) and path[-1] in mapping
        where = path if about_key else path[:-1]
        message = f"`{path[-1]}` has no value." if about_key else message
    elif kind == "extra_forbidden" and (meant := _meant(form, path, missing)):
        near = nearest(str(path[-1]), [meant])
        hint = hint if near else f"Did you mean `{meant}`, which is missing? {hint}"
    write = str(detail["ctx"].get("write", "")) if "ctx" in detail else ""
    return Problem(
        rule=rule,
        severity=Severity.ERROR,
        location=document.locate(where, key=about_key),
        message=message,
        hint=hint,
        field=field_name(path),
        fix=document.replacing(where, write, key=about_key) if write else None,
    )


def _words(form: Form, path: FieldPath, kind: str, detail: ErrorDetails) -> tuple[str, str, str]:
    read = detail["input"]
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    if kind == "refused":
        message, hint = (str(detail["ctx"][part]) for part in ("message", "hint"))
        needed = hint == EMPTY and _is_needed(form, path)
        return "value", message, "Write it: this key is always needed." if needed else hint
    if kind == "missing":
        return "missing-key", f"The key `{name}` is missing.", _meaning(form, path)
    if kind == "extra_forbidden":
        return (
            "unknown-key",
            f"The key `{name}` is not known here.",
            _one_of(name, _key_names(form, path)),
        )
    if kind == "literal_error":
        accepted = re.findall("'([^']*)'", str(detail["ctx"]["expected"]))
        return "value", f"`{name}` can't be {shown(read)}.", _one_of(str(read), accepted)
    if kind == "too_short":
        least = detail["ctx"]["min_length"]
        return "value", f"`{name}` has too few entries.", f"It needs at least {least}."
    if kind in ("list_type", "model_type", "dict_type", "model_attributes_type"):
        wanted = "a list" if kind == "list_type" else "a mapping of keys to values"
        found = f"{shown(read)} stands where {wanted} belongs."
        return "value", found[0].upper() + found[1:], _layout(form, path, read)
    return "value", f"{shown(read)} can't be read: {detail['msg']}.", ""


def _layout(form: Form, path: FieldPath, read: object) -> str:
    """How to write the list or the mapping that belongs at ``path``."""
    name = str(path[-1])
    model = form.model_at(path[:-1])
    key = next((key for key in keys(model) if key.name == name), None) if model else None
    if key is None or not key.many:
        example = _example(form.model_at(path))
        return f"Write each key on its own line, indented, as `key: value`{example}."
    if key.model:
        return f"Write each entry below `{name}:`, indented and after `- `{_example(key.model)}."
    if isinstance(read, dict) and read and not any(read.values()):
        return f"A list has square brackets: `{name}: [{', '.join(read)}]`."
    if isinstance(read, str):
        return f"Write `{name}: [{shown(read)[1:-1]}]`."
    return f"Write `{name}: [one, two]`, or each entry on its own line after `- `."


def _example(model: type[BaseModel] | None) -> str:
    """The keys that a mapping of ``model`` needs, as an example."""
    needed = [key.name for key in keys(model) if _required(model, key.attribute)] if model else []
    return f", with {', '.join(f'`{name}: …`' for name in needed)}" if needed else ""


def _required(model: type[BaseModel], attribute: str) -> bool:
    return model.model_fields[attribute].is_required()


def _is_needed(form: Form, path: FieldPath) -> bool:
    model = form.model_at(path[:-1])
    if model is None:
        return False
    return any(key.name == path[-1] and _required(model, key.attribute) for key in keys(model))


def _meaning(form: Form, path: FieldPath) -> str:
    model = form.model_at(path[:-1])
    return meaning(model, str(path[-1])) if model else ""


def _key_names(form: Form, path: FieldPath) -> list[str]:
    model = form.model_at(path[:-1])
    return [key.name for key in keys(model)] if model else []


def _one_of(word: str, accepted: list[str]) -> str:
    close = nearest(word, accepted)
    listed = "Accepted: " + ", ".join(f"`{value}`" for value in accepted) + "."
    if close and len(accepted) > 8:
        return f"Did you mean `{close}`?"
    return f"Did you mean `{close}`? {listed}" if close else listed
