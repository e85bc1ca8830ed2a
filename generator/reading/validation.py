"""Plain data into the model, with every mistake told at its place.

A file with mistakes is still read as far as it is sound: what is wrong is left out, so that the
checks can go on and an author hears of everything at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import is_
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from generator.model.briefing import Briefing
from generator.model.fields import Id, Language
from generator.model.introspection import FieldPath, keys, model_at
from generator.model.references import NamedReference, references_of
from generator.model.registries import Actor, Place, Source, Style, Topic
from generator.reading.key_names import with_names_right
from generator.reading.mistakes import path_of, problem, unknown_key
from generator.reading.problems import Location, Problem, Severity
from generator.reading.source_text import MAX_PROBLEMS, too_many_problems
from generator.reading.yaml_document import Document

_Value = TypeVar("_Value")
_ATTEMPTS = 8
_TOP_LEVEL = {"title": "…", "summary": "…", "background": [], "positions": [], "responses": []}


@dataclass(frozen=True)
class FileSchema:
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


BRIEFING = FileSchema(Briefing)
REGISTRIES = {
    "actors": FileSchema(Actor, Id),
    "topics": FileSchema(Topic, Id),
    "places": FileSchema(Place, Id),
    "sources": FileSchema(Source, Id),
    "style": FileSchema(Style, Language),
}


@dataclass(frozen=True, slots=True)
class Parsed(Generic[_Value]):
    """What came of one file: the value as far as it is sound, and what is wrong with it.

    ``opened`` gives the file's document, which a kept reading reads again only where it is asked
    for. ``moved`` tells, for each list that lost an item, which items of the file are left, and
    ``named`` what a briefing names.
    """

    opened: Callable[[], Document]
    value: _Value
    problems: tuple[Problem, ...] = ()
    moved: Mapping[FieldPath, list[int]] = field(default_factory=dict)
    named: tuple[NamedReference, ...] = ()

    @property
    def is_unusable(self) -> bool:
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


def read_briefing(document: Document) -> Parsed[Briefing]:
    """The briefing in ``document``; parts that could not be read are left out of it."""
    return _read(BRIEFING, document)


def read_registry(name: str, document: Document) -> Parsed[dict[str, Any]]:
    """The registry ``name`` (``actors``, ``topics`` …) in ``document``: id to entry."""
    return _read(REGISTRIES[name], document)


def _read(form: FileSchema, document: Document) -> Parsed[Any]:
    value, error = _tried(form, document.data)
    found: list[Problem] = []
    if error is not None and (inside := _all_below_one_key(form, document)):
        document, wrong = inside
        found.append(wrong)
        value, error = _tried(form, document.data)
    if error is not None and error.error_count() <= MAX_PROBLEMS:
        document, misspelt, value, error = _with_names_right(form, document, error)
        found += misspelt
    if error is None:
        ids = () if form.registry else references_of(value)
        return Parsed(lambda: document, value, tuple(found), {}, ids)
    return _without_mistakes(form, document, error, found)


def _all_below_one_key(form: FileSchema, document: Document) -> tuple[Document, Problem] | None:
    """What a file holds all of whose keys stand below another, `briefing:` say, and its problem."""
    if form.registry or len(document.data) != 1:
        return None
    ((name, held),) = document.data.items()
    names = {key.name for key in keys(form.model)}
    if not isinstance(held, dict) or name in names | held.keys() or len(names & held.keys()) < 2:
        return None
    place = document.locate((name,), key=True)
    wrong = Problem(
        "unknown-key",
        Severity.ERROR,
        place,
        f"All of the file stands below `{name}`, which is no key of a briefing.",
        "Take this line out, and let the lines below begin further left: `title:` in column 1.",
        name,
    )
    # Data that comes from no file, as tests make it, has no positions.
    places = document.offsets[1][name][1] if isinstance(document.offsets, tuple) else 0
    return Document(document.path, document.text, held, places), wrong


def _tried(form: FileSchema, data: Any) -> tuple[Any, ValidationError | None]:
    try:
        return form.adapter.validate_python(data, by_alias=True), None
    except ValidationError as error:
        return None, error


def _with_names_right(
    form: FileSchema, document: Document, error: ValidationError
) -> tuple[Document, list[Problem], Any, ValidationError | None]:
    """The document with each misspelt key under the name that it was surely meant to be, the
    problems of these keys, and what then comes of reading it.

    So what a misspelt key holds is read like the rest, and isn't also missed elsewhere.
    """
    found: list[Problem] = []
    value: Any = None
    now: ValidationError | None = error
    for _ in range(_ATTEMPTS):
        details = now.errors(include_url=False) if now else []
        unknown = [path_of(one) for one in details if one["type"] == "extra_forbidden"]
        missing = {path_of(one) for one in details if one["type"] == "missing"}
        renamed: dict[FieldPath, tuple[str, bool]] = {}
        for path in unknown:
            problem, meant = unknown_key(form.model_at, document, path, missing)
            new = (*path[:-1], meant.here[0].name) if meant.surely else ()
            if new and new not in {(*old[:-1], name) for old, (name, _) in renamed.items()}:
                wrapped = meant.here[0].many and isinstance(document.value(path), str)
                renamed[path] = meant.here[0].name, wrapped
                found.append(problem)
        if not renamed:
            break
        data, places = with_names_right(document.data, document.offsets, renamed)
        document = Document(document.path, document.text, data, places)
        value, now = _tried(form, data)
    return document, found, value, now


def _without_mistakes(
    form: FileSchema, document: Document, error: ValidationError, found: list[Problem]
) -> Parsed[Any]:
    """What is left of a file without the parts that could not be read."""
    data: Any = document.data
    doomed: set[FieldPath] = set()
    moved: dict[FieldPath, list[int]] = {}
    value: Any = None
    now: ValidationError | None = error
    for attempt in range(_ATTEMPTS):
        if now is None:
            ids = () if form.registry else references_of(value)
            return Parsed(lambda: document, value, tuple(found), moved, ids)
        hopeless = now.error_count() > MAX_PROBLEMS
        if hopeless and attempt == 0:
            now = _first_mistakes(form, data) or now
        details = now.errors(include_url=False)[:MAX_PROBLEMS]
        if attempt == 0:
            found = [*found, *_problems(form, document, details)]
        if hopeless:
            found = [*sorted(found), too_many_problems(max(one.location for one in found))]
            break
        doomed |= {_cut(detail, moved) for detail in details}
        moved = {}
        data = _without(document.data, doomed, (), moved)
        if not form.registry:
            data = _TOP_LEVEL | data
        value, now = _tried(form, data)
    empty = {} if form.registry else _TOP_LEVEL
    return Parsed(lambda: document, form.adapter.validate_python(empty), tuple(found))


def _problems(form: FileSchema, document: Document, details: list[ErrorDetails]) -> list[Problem]:
    """One mistake, one problem: a misspelt key is not also reported as the missing one it means."""
    missing = {path_of(one) for one in details if one["type"] == "missing"}
    found: list[Problem] = []
    for detail in details:
        path = path_of(detail)
        if detail["type"] == "extra_forbidden":
            about, meant = unknown_key(form.model_at, document, path, missing)
            found.append(about)
            if meant.here:
                missing.discard((*path[:-1], meant.here[0].name))
    return [
        *found,
        *(
            problem(form.model_at, document, detail)
            for detail in details
            if detail["type"] != "extra_forbidden"
            and (detail["type"] != "missing" or path_of(detail) in missing)
        ),
    ]


def _first_mistakes(form: FileSchema, data: Any) -> ValidationError | None:
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


def _cut(detail: ErrorDetails, moved: Mapping[FieldPath, list[int]]) -> FieldPath:
    """The path, in the file, of the least part to leave out for this mistake."""
    path = path_of(detail)
    if detail["type"] == "missing" and len(path) > 1:
        path = path[:-1]
        while len(path) > 1 and not isinstance(path[-1], int):
            path = path[:-1]
    return _written(path, moved)


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
