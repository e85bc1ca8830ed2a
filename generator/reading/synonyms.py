"""Other names for the keys and words of the format, from the data file ``synonyms.yml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from pydantic import BaseModel

from generator.model.translation import original_of
from generator.reading.data_files import data_file

_FILE = "synonyms.yml"


def plain_key(name: str) -> str:
    """A key in lower case, its words joined by `_`: `archiveURL` and `Archive-URL` are alike."""
    separated = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[\s\-_.]+", "_", separated).strip("_").lower()


def key_called(name: str, model: type[BaseModel]) -> str:
    """The key of ``model`` that ``name`` is a synonym of; empty if of none."""
    return _keys(model).get(plain_key(name), "")


def words_called(name: str, key: str) -> list[str]:
    """The words that ``key`` accepts and ``name`` is a synonym of, the likelier first."""
    return _words(key).get(plain_key(name), "").split()


def for_truth_value(name: str, value: object) -> tuple[str, str] | None:
    """The key and the word to write in place of another tool's key with a truth value, such as
    `draft: true`.
    """
    for names, replacements in data_file(_FILE)["truth_values"].items():
        replacement = replacements.get(str(value).lower())
        if replacement and plain_key(name) in names.split():
            key, _, word = replacement.partition(": ")
            return key, word
    return None


def why_unsupported(name: str) -> str:
    """Why briefings don't have a key of other tools; empty if it is none."""
    for entry in data_file(_FILE)["unsupported"]:
        if plain_key(name) in entry["keys"].split():
            return str(entry["reason"])
    return ""


@cache
def _keys(model: type[BaseModel]) -> dict[str, str]:
    names: dict[str, str] = {}
    model = original_of(model) or model
    for base in reversed(model.__mro__):
        names |= _by_synonym(data_file(_FILE)["keys"].get(base.__name__, {}))
    return names


@cache
def _words(key: str) -> dict[str, str]:
    return _by_synonym(data_file(_FILE)["words"].get(key, {}))


def _by_synonym(synonyms: Mapping[str, str]) -> dict[str, str]:
    return {synonym: name for name, listed in synonyms.items() for synonym in listed.split()}
