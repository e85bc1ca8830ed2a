"""The names of translations' files: ``<id>.<language>.yml``, where the original is ``<id>.yml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.model import languages
from generator.model.ids import BRIEFING_ID_PATTERN
from generator.model.introspection import FieldPath
from generator.model.translation import TranslationFile
from generator.reading.problems import Location, Problem, Severity

_LISTS = ("background", "positions", "responses")


def translation_name(original: str, language: str) -> str:
    """The name of a translation's file, from the briefings' folder and without `.yml`."""
    return f"{original}.{language}"


def is_translation(name: str, data: Mapping[str, Any] | None = None) -> bool:
    """Whether a file below ``briefings/`` is a translation, by its name without `.yml` and its
    content, if that could be read.

    No briefing's id has a dot. A copy such as `halden.old.yml` is no translation, although there is
    a language with this code, as long as it has the lists of a briefing.
    """
    if data is not None and "translation_of" in data:
        return True
    tag = name.rpartition("/")[2].partition(".")[2]
    if not tag or not _is_language(tag):
        return False
    return data is None or not any(isinstance(data.get(key), list) for key in _LISTS)


def translation_name_problems(
    name: str, translation: TranslationFile, locate: Callable[[FieldPath], Location]
) -> Iterator[Problem]:
    """The problem of a file whose name says something else than its keys; ``locate`` finds them."""
    expected = translation_name(translation.translation_of, translation.language)
    if name == expected:
        return
    original, _, tag = name.rpartition(".")
    field, named = "translation_of", original if re.fullmatch(BRIEFING_ID_PATTERN, original) else ""
    if original == translation.translation_of:
        other = languages.canonical(tag) if _is_language(tag) else ""
        field, named = "language", other if other != translation.language else ""
    hint = (
        f"Write `{field}: {named}`, or rename the file to `{expected}.yml`."
        if named
        else f"Rename the file to `{expected}.yml`. If that exists already, delete one of the two."
    )
    yield Problem(
        "file-name",
        Severity.ERROR,
        locate((field,)),
        f"This says that the file is `{expected}.yml`, and its name is `{name}.yml`.",
        hint,
        field,
    )


def _is_language(tag: str) -> bool:
    try:
        languages.canonical(tag)
    except languages.LanguageError:
        return False
    return True
