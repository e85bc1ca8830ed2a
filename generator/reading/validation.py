"""Plain data into the model, with every mistake reported at its place.

A file with mistakes is still read as far as it is valid: the parts with mistakes are left out, so
that the rules can check the rest and an author hears of everything at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from generator.model.briefing import Briefing
from generator.model.fields import Id, Language
from generator.model.introspection import (
    AnnotatedField,
    FieldPath,
    keys_by_name,
    model_at,
    walk_data,
)
from generator.model.references import NamedReference, references_of
from generator.model.registries import Actor, Place, Source, Style, Topic
from generator.model.translation import Translation, TranslationFile
from generator.reading.partial_data import (
    KeptIndexes,
    NewKey,
    beginning,
    path_in_file,
    with_renamed_keys,
    without,
)
from generator.reading.problems import Location, Problem, Severity
from generator.reading.source_text import MAX_PROBLEMS, too_many_problems
from generator.reading.unknown_keys import unknown_key
from generator.reading.value_problems import path_of, problem
from generator.reading.yaml_document import Document

_Value = TypeVar("_Value")
#: How often a file is validated again, each time without the parts that were found wrong.
_ATTEMPTS = 8
#: What the rules need of a briefing, if the file has nothing valid there.
_TOP_LEVEL = {"title": "…", "summary": "…", "background": [], "positions": [], "responses": []}
#: The same of a translation, which is not used if it lacks one of them.
_OF_TRANSLATIONS = {"translation_of": "unknown", "language": "und"}


@dataclass(frozen=True)
class FileSchema(Generic[_Value]):
    """How one kind of file is read: as one mapping of a model, or as ids (of type ``ids``) with
    such mappings. ``least`` takes the place of keys that are needed and can't be read.
    """

    model: type[BaseModel]
    ids: Any = None
    least: Mapping[str, Any] = field(default_factory=dict)

    @property
    def registry(self) -> bool:
        return self.ids is not None

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """What validates it. To build it takes long, so that is left until it is needed."""
        # The types are values here, which a type checker doesn't follow.
        return TypeAdapter(dict[self.ids, self.model] if self.registry else self.model)  # type: ignore[name-defined]

    def model_at(self, path: FieldPath) -> type[BaseModel] | None:
        """The model of the mapping at ``path``; None at a registry's root."""
        if not self.registry:
            return model_at(self.model, path)
        return model_at(self.model, path[1:]) if path else None

    def entries(self, data: Mapping[str, Any]) -> list[tuple[FieldPath, Any]]:
        """The mappings of the model in the ``data`` of a file, each with its path."""
        if not self.registry:
            return [((), data)]
        return [((key,), entry) for key, entry in data.items()]

    def walk(self, data: Mapping[str, Any]) -> list[AnnotatedField]:
        """All references and texts in the ``data`` of a file, also in parts with mistakes."""
        entries = self.entries(data)
        return [field for path, entry in entries for field in walk_data(self.model, entry, path)]


AnySchema = FileSchema[Any]
BRIEFING: FileSchema[Briefing] = FileSchema(Briefing, least=_TOP_LEVEL)
TRANSLATION: FileSchema[TranslationFile] = FileSchema(Translation, least=_OF_TRANSLATIONS)
REGISTRIES: dict[str, FileSchema[dict[str, Any]]] = {
    "actors": FileSchema(Actor, Id),
    "topics": FileSchema(Topic, Id),
    "places": FileSchema(Place, Id),
    "sources": FileSchema(Source, Id),
    "style": FileSchema(Style, Language),
}


class DocumentLoader(Protocol):
    """Loads a file's document on demand; few users of a cached file need it."""

    def load(self) -> Document: ...


@dataclass(frozen=True, slots=True)
class Parsed(Generic[_Value]):
    """The result of reading one file: its value as far as it is valid, and what is wrong with it.

    ``kept_indexes`` says for each list that lost items which items of the file are left.
    ``references`` are the ids that a briefing names.
    """

    source: Document | DocumentLoader
    value: _Value
    problems: tuple[Problem, ...] = ()
    kept_indexes: KeptIndexes = field(default_factory=dict)
    references: tuple[NamedReference, ...] = ()

    @property
    def is_unusable(self) -> bool:
        """Whether so much is wrong that nothing was read."""
        return len(self.problems) > MAX_PROBLEMS

    @property
    def document(self) -> Document:
        """The file's data with their positions."""
        return self.source if isinstance(self.source, Document) else self.source.load()

    def path_in_file(self, path: FieldPath) -> FieldPath:
        """The path in the file of what is at ``path`` in ``value``."""
        return path_in_file(path, self.kept_indexes) if self.kept_indexes else path

    def locate(self, path: FieldPath, *, key: bool = False) -> Location:
        """The position in the file of the value (or the key) at ``path``."""
        return self.document.locate(self.path_in_file(path), key=key)


def read_as(schema: FileSchema[_Value], document: Document) -> Parsed[_Value]:
    """The content of ``document``, without the parts that could not be read."""
    value, error = _validated(schema, document.data)
    problems: list[Problem] = []
    if error is not None and (unwrapped := _all_below_one_key(schema, document)):
        document, problem = unwrapped
        problems.append(problem)
        value, error = _validated(schema, document.data)
    if error is not None and error.error_count() <= MAX_PROBLEMS:
        document, misspelt, value, error = _with_names_right(schema, document, error)
        problems += misspelt
    if error is None:
        return _parsed(schema, document, value, problems, {})
    return _without_mistakes(schema, document, error, problems)


def _parsed(
    schema: AnySchema, document: Document, value: Any, problems: list[Problem],
    kept_indexes: KeptIndexes,
) -> Parsed[Any]:  # fmt: skip
    references = () if schema.registry else references_of(value)
    return Parsed(document, value, tuple(problems), kept_indexes, references)


def _all_below_one_key(schema: AnySchema, document: Document) -> tuple[Document, Problem] | None:
    """The content of a file with all its keys below another one, such as `briefing:`, and the
    problem; None for other files.
    """
    if schema.registry or len(document.data) != 1:
        return None
    ((name, content),) = document.data.items()
    names = keys_by_name(schema.model).keys()
    if not isinstance(content, dict) or name in names | content.keys():
        return None
    if len(names & content.keys()) < 2:
        return None
    problem = Problem(
        "unknown-key",
        Severity.ERROR,
        document.locate((name,), key=True),
        f"All of the file is below `{name}`, which is no key of this kind of file.",
        "Take this line out, and let the lines below begin further left: `title:` in column 1.",
        name,
    )
    # Data that comes from no file, as tests make it, has no positions.
    positions = document.offsets[1][name][1] if isinstance(document.offsets, tuple) else 0
    return Document(document.path, document.text, content, positions), problem


def _validated(schema: AnySchema, data: Any) -> tuple[Any, ValidationError | None]:
    try:
        return schema.adapter.validate_python(data, by_alias=True), None
    except ValidationError as error:
        return None, error


def _with_names_right(
    schema: AnySchema, document: Document, first_error: ValidationError
) -> tuple[Document, list[Problem], Any, ValidationError | None]:
    """The document with the right name for each key that is surely misspelt, the problems of these
    keys, and the result of validating it again.

    So the value of a misspelt key is read like any other, and isn't also reported as missing.
    """
    problems: list[Problem] = []
    value: Any = None
    error: ValidationError | None = first_error
    for _ in range(_ATTEMPTS):
        details = error.errors(include_url=False) if error else []
        missing = _missing(details)
        renamed: dict[FieldPath, NewKey] = {}
        for detail in details:
            if detail["type"] != "extra_forbidden":
                continue
            path = path_of(detail)
            problem, meaning = unknown_key(schema.model_at, document, path, missing)
            if not meaning.is_certain:
                continue
            key = meaning.here[0]
            if (*path[:-1], key.name) not in {(*p[:-1], new.name) for p, new in renamed.items()}:
                as_list = key.many and not key.one_or_more
                as_list &= isinstance(document.value(path), str)
                renamed[path] = NewKey(key.name, as_list)
                problems.append(problem)
        if not renamed:
            break
        document = with_renamed_keys(document, renamed)
        value, error = _validated(schema, document.data)
    return document, problems, value, error


def _without_mistakes(
    schema: AnySchema, document: Document, first_error: ValidationError, problems: list[Problem]
) -> Parsed[Any]:
    """What is left of a file without the parts that could not be read."""
    data: Any = document.data
    rejected: set[FieldPath] = set()
    kept_indexes: dict[FieldPath, list[int]] = {}
    value: Any = None
    error: ValidationError | None = first_error
    for attempt in range(_ATTEMPTS):
        if error is None:
            return _parsed(schema, document, value, problems, kept_indexes)
        too_many = error.error_count() > MAX_PROBLEMS
        if too_many and attempt == 0:
            error = _first_mistakes(schema, data) or error
        details = error.errors(include_url=False)[:MAX_PROBLEMS]
        if attempt == 0:
            problems = [*problems, *_problems(schema, document, details)]
        if too_many:
            last = max(problem.location for problem in problems)
            problems = [*sorted(problems), too_many_problems(last)]
            break
        rejected |= {_part_to_reject(detail, kept_indexes) for detail in details}
        kept_indexes = {}
        data = without(document.data, rejected, kept_indexes)
        if not schema.registry:
            data = {**schema.least, **data}
        value, error = _validated(schema, data)
    return Parsed(document, schema.adapter.validate_python(schema.least), tuple(problems))


def _problems(schema: AnySchema, document: Document, details: list[ErrorDetails]) -> list[Problem]:
    """One problem for each mistake: a misspelt key is not also reported as a missing one."""
    missing = _missing(details)
    problems: list[Problem] = []
    for detail in details:
        path = path_of(detail)
        if detail["type"] == "extra_forbidden":
            about_key, meaning = unknown_key(schema.model_at, document, path, missing)
            problems.append(about_key)
            if meaning.here:
                missing.discard((*path[:-1], meaning.here[0].name))
    return [
        *problems,
        *(
            problem(schema.model_at, document, detail)
            for detail in details
            if detail["type"] != "extra_forbidden"
            and (detail["type"] != "missing" or path_of(detail) in missing)
        ),
    ]


def _missing(details: list[ErrorDetails]) -> set[FieldPath]:
    return {path_of(detail) for detail in details if detail["type"] == "missing"}


def _first_mistakes(schema: AnySchema, data: Any) -> ValidationError | None:
    """The mistakes in the beginnings of lists; None if these alone are not too many.

    If a list has thousands, its beginning is enough to see that nothing can be read.
    """
    _, error = _validated(schema, beginning(data, registry=schema.registry))
    return error if error and error.error_count() > MAX_PROBLEMS else None


def _part_to_reject(detail: ErrorDetails, kept_indexes: KeptIndexes) -> FieldPath:
    """The path, in the file, of the smallest part to leave out because of this mistake."""
    path = path_of(detail)
    if detail["type"] == "missing" and len(path) > 1:
        path = path[:-1]
        while len(path) > 1 and not isinstance(path[-1], int):
            path = path[:-1]
    return path_in_file(path, kept_indexes)
