"""Problems with what YAML allows and a briefing can't have: anchors, aliases, tags, and so on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from yaml.events import ScalarEvent

from generator.reading.problems import Fix, Problem
from generator.reading.source_text import SourceText, shorten, written
from generator.reading.yaml_faults import missing_space, whole_text_in_quotes
from generator.reading.yaml_special_characters import odd_space

#: Mappings and lists inside one another, the root included.
MAX_DEPTH = 32
#: Names, values, mappings and lists; a file of 1 MiB that someone wrote has some 50,000.
MAX_VALUES = 100_000


def anchor_or_tag(source: SourceText, event: Any) -> Iterator[Problem]:
    """The problems of an anchor and a tag before a value or a key."""
    offset, text = event.start_mark.index, source.text
    is_collection = not isinstance(event, ScalarEvent)
    if event.anchor is not None:
        at = max(offset, text.find(f"&{event.anchor}", offset))
        name = f"&{event.anchor}"
        fix, hint = _advice(source, at, name, is_text=not is_collection)
        yield source.error(
            "yaml-anchor",
            at,
            f"`{name}` names a value for use elsewhere, which briefings don't do.",
            hint,
            fix=fix,
        )
    if event.tag is not None:
        at = max(offset, text.find("!", offset))
        name = re.split(r"\s", text[at : at + 200], maxsplit=1)[0]
        is_text = not (is_collection or name.startswith("!!"))
        fix, hint = _advice(source, at, name, is_text=is_text)
        yield source.error(
            "yaml-tag",
            at,
            f"`{shorten(name)}` sets a data type, which briefings don't do.",
            hint,
            fix=fix,
        )


def _advice(source: SourceText, offset: int, name: str, *, is_text: bool) -> tuple[Fix | None, str]:
    """Quotes round what can be meant as text; otherwise the deletion of the name and a space."""
    if is_text:
        fix, hint = whole_text_in_quotes(source, offset)
        return fix, f"{hint}. If it isn't meant as text, delete it."
    end = offset + len(name)
    fix = source.replacing(offset, end + source.text.startswith(" ", end), "")
    return fix, f"Take it out: {written(fix)}."


def alias(source: SourceText, name: str, offset: int) -> Problem:
    """The problem of `*name` at `offset`."""
    fix, hint = whole_text_in_quotes(source, offset)
    hint = f"{hint}. If it isn't meant as text, write the value itself here."
    value = re.search(rf"&{re.escape(name)} +(\[[^\[\]\n]*\]|\w[^\n#]*?)[ ]*$",
                      source.text[:offset], re.M)  # fmt: skip
    if value and not source.is_long(offset):
        fix = source.replacing(offset, offset + len(name) + 1, value[1])
        hint = f"Write the value itself: {written(fix)}."
    return source.error(
        "yaml-alias",
        offset,
        f"`*{name}` refers to a value written elsewhere, which briefings don't use.",
        hint,
        fix=fix,
    )


def tag_directive(source: SourceText, offset: int) -> Problem:
    """The problem of a `%TAG` at `offset` or below it."""
    at = max(offset, source.text.find("%TAG", offset))
    number = source.at(at).line
    return source.error(
        "yaml-tag-directive",
        at,
        "`%TAG` defines data types, which briefings don't use.",
        "Delete this line.",
        fix=Fix(number, number, ()),
    )


def too_deep(source: SourceText, offset: int) -> Problem:
    """The problem of a collection below the deepest level."""
    return source.error(
        "yaml-too-deep",
        offset,
        f"Lists and keys are nested more than {MAX_DEPTH} levels deep here.",
        "Look for brackets or dashes typed by mistake; no field of a briefing is so deep.",
    )


def too_many_values(source: SourceText, offset: int) -> Problem:
    """The problem of the first value that is no longer read."""
    return source.error(
        "yaml-too-large",
        offset,
        f"The file holds more than {MAX_VALUES:,} names and values.",
        "Split it into several files, or look for brackets typed by mistake.",
    )


def not_a_mapping(source: SourceText, data: Any, offset: int) -> Problem:
    """The problem of a file whose data is a list or one text, or that is empty."""
    is_registry = source.path.startswith("data/")
    hint = "Start with a key at the beginning of a line, such as `title: Norland accuses …`."
    if is_registry:
        hint = "Start with an id at the beginning of a line, such as `norland:`."
    if data is None:
        return source.error("yaml-empty", 0, "The file is empty.", hint)
    if isinstance(data, list):
        message = "The file is a list; it should be made of keys and values."
        first = data[0] if data else None
        own_id = first.get("id") if isinstance(first, dict) else None
        if is_registry and isinstance(own_id, str):
            message = "The file is a list; here each entry is below its id."
            own_id = shorten(own_id)
            hint = f"Write `{own_id}:` in place of `- id: {own_id}`, and so on."
        elif len(data) == 1 and isinstance(first, dict):
            hint = "Take out the dash, and let every line begin two spaces further left."
        return source.error("yaml-not-a-mapping", offset, message, hint)
    # YAML sees no key in the line if its space is missing or isn't one.
    line = source.at(offset).line
    if problem := odd_space(source, line) or missing_space(source, offset):
        return problem
    message = f'The file is one text, "{shorten(data)}"; it should be made of keys and values.'
    return source.error("yaml-not-a-mapping", offset, message, hint)
