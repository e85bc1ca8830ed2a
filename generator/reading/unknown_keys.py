"""Keys that the format does not have where they are written, and which were meant."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from pydantic import BaseModel

from generator.model.briefing import Briefing
from generator.model.fields import Text
from generator.model.introspection import FieldPath, Key, keys, keys_by_name, names_below
from generator.model.translation import Translation, original_of
from generator.reading import fixes
from generator.reading.key_locations import KeyLocation, belongs, key_names, locations_of
from generator.reading.problems import Fix, Problem, Severity, field_name, near, nearest
from generator.reading.synonyms import (
    for_truth_value,
    key_called,
    plain_key,
    why_unsupported,
)
from generator.reading.wrong_values import ModelAt, entries_as_yaml
from generator.reading.yaml_document import Document


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an unknown key can mean: one of the keys known ``here``, the likeliest first; a key that
    the entry already has (``already_present``); a key of other entries (``elsewhere``); or nothing
    that briefings have, for a ``reason``.

    ``is_certain``: it can only be the first of ``here``, so its value is read as that.
    """

    here: tuple[Key, ...] = ()
    already_present: str = ""
    elsewhere: tuple[KeyLocation, ...] = ()
    reason: str = ""
    is_certain: bool = False


def unknown_key(
    model_at: ModelAt, document: Document, path: FieldPath, missing: Container[FieldPath]
) -> tuple[Problem, Meaning]:
    """The problem of a key that isn't known where it is written, and what was meant by it.

    ``missing`` are the paths of the keys that are needed and not written.
    """
    name, value = str(path[-1]), document.value(path)
    model = model_at(path[:-1])
    entry = document.value(path[:-1])
    siblings = entry if isinstance(entry, dict) else {}
    meaning = Meaning()
    if model:
        needed = [key.name for key in keys(model) if (*path[:-1], key.name) in missing]
        meaning = _meaning(name, value, model, siblings, needed)
    hint, fix = _advice(document, path, model, meaning)
    if model and not meaning.is_certain and _stays_with_original(name, model):
        meaning = Meaning()
        hint = (
            f"Remove it. A translation has words only: `{name}` stays in the original's file, so "
        )
        hint += "that a translation can't get it wrong."
        fix = fixes.delete_line(document, path)
    if model and (replacement := for_truth_value(name, value)):
        key, word = replacement
        if key not in siblings and key in keys_by_name(model):
            meaning = Meaning()
            hint, fix = f"Write `{key}: {word}`.", fixes.replace_key(document, path, key, word)
    problem = Problem(
        "unknown-key",
        Severity.ERROR,
        document.locate(path, key=True),
        f"The key `{name}` is not known here.",
        hint,
        field_name(path),
        fix,
    )
    return problem, meaning


def _stays_with_original(name: str, model: type[BaseModel]) -> bool:
    """Whether ``model`` is of a translation, and only originals have the key ``name``."""
    original = original_of(model)
    if original is None:
        return False
    is_never_here = name in names_below(Briefing) and name not in names_below(Translation)
    return is_never_here or name in keys_by_name(original)


def _advice(
    document: Document, path: FieldPath, model: type[BaseModel] | None, meaning: Meaning
) -> tuple[str, Fix | None]:
    name, value = str(path[-1]), document.value(path)
    if meaning.here:
        first = meaning.here[0]
        hint = f"Did you mean {' or '.join(f'`{key.name}`' for key in meaning.here[:2])}?"
        if meaning.elsewhere:
            hint += f" A key {belongs(name, meaning.elsewhere)}"
        if in_brackets := _entries(first, value):
            hint = f"Did you mean `{first.name}: {in_brackets}`?"
            return hint, fixes.replace_key(document, path, first.name, in_brackets)
        if not meaning.is_certain:
            return hint, None
        if first.many and not first.one_or_more and isinstance(value, str):
            in_brackets = fixes.as_yaml_list([value])
            hint = f"Did you mean `{first.name}: {in_brackets}`?"
            return hint, fixes.replace_key(document, path, first.name, in_brackets)
        return hint, fixes.replace_key(document, path, first.name)
    if meaning.already_present:
        other = meaning.already_present
        return f"Did you mean `{other}`, which is written here already? Keep one of them.", None
    if meaning.elsewhere:
        return f"{meaning.reason} {belongs(name, meaning.elsewhere)}".lstrip(), None
    if meaning.reason:
        return meaning.reason, fixes.delete_line(document, path)
    known = ", ".join(f"`{key.name}`" for key in keys(model)) if model else ""
    return f"Accepted: {known}.", None


def _meaning(
    name: str,
    value: object,
    model: type[BaseModel],
    siblings: Container[str],
    missing: Container[str],
) -> Meaning:
    """What was meant by the key ``name``, which ``model`` doesn't have.

    ``siblings`` are the keys next to it, ``missing`` those of ``model`` that are needed and not
    written.
    """
    known = keys_by_name(model)
    free = [key for key in known if key not in siblings]
    alike = _alike(name, free)
    called = [key for key in (key_called(name, model),) if key in free]
    misspelt = near(name, free)
    locations = locations_of(name, model)
    if not locations and (close := nearest(name, free)) and close not in misspelt:
        misspelt.append(close)
    differing_little = [
        key for key in misspelt if near(name, [key]) and abs(len(key) - len(name)) <= 2
    ]
    candidates = list(dict.fromkeys([*alike, *differing_little, *called, *misspelt]))
    candidates.sort(key=lambda key: not _fits(known[key], value))
    if locations and candidates and not alike and not called and candidates[0] not in missing:
        # A key of another entry is not a misspelt one of this.
        candidates = [key for key in candidates if key in differing_little]
    is_certain = bool(candidates) and _fits(known[candidates[0]], value)
    if not candidates and not locations and isinstance(value, list):
        lists = [key for key in free if known[key].many and known[key].model and key in missing]
        candidates = lists if len(lists) == 1 else []
    present = [key for key in known if key in siblings]
    duplicates = [*_alike(name, present), *near(name, present, 1)]
    if candidates or (locations and not _alike(name, present)):
        duplicates = []
    if not candidates and not locations:
        elsewhere = _alike(name, key_names())
        locations = locations_of(elsewhere[0], model) if elsewhere else ()
    is_briefing = model.__name__ == "Briefing"
    reason = why_unsupported(name) if is_briefing and not candidates else ""
    here = tuple(known[key] for key in candidates)
    return Meaning(here, next(iter(duplicates), ""), locations, reason, is_certain)


def _fits(key: Key, value: object) -> bool:
    """Whether ``value`` has the type that ``key`` takes, or could be the only item of its list."""
    if value is None:
        return True
    if key.many and key.model:
        return isinstance(value, list) and not _entries(key, value)
    if key.many:
        return isinstance(value, list | str)
    if key.model:
        return isinstance(value, dict)
    if isinstance(key.role, Text) and key.role.by_language:
        return isinstance(value, str | dict)
    return isinstance(value, str)


def _entries(key: Key, value: object) -> str:
    """A text, or a list of texts, as the entries that ``key`` takes, in YAML; empty if it can't be
    that.
    """
    items = value if isinstance(value, list) else [value]
    texts = [item for item in items if isinstance(item, str) and item.strip()]
    if not key.many or not key.model or not texts or len(texts) < len(items):
        return ""
    return entries_as_yaml(key.model, texts)


def _alike(name: str, names: list[str]) -> list[str]:
    """The names that differ in case, in hyphens, or in being singular or plural."""
    singular = _singular(plain_key(name))
    return [other for other in names if _singular(plain_key(other)) == singular]


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
