"""Errors of fields: the message says what was read, the hint what to write instead."""

from __future__ import annotations

import json

from pydantic_core import PydanticCustomError

from generator.model.lookalikes import describe_character, find_suspicious, visible

#: The hint for an empty text; ``reading`` knows whether its key is needed.
EMPTY = "Write it, or remove the key."


def refusal(message: str, hint: str = "", write: str = "") -> PydanticCustomError:
    """An error whose message says what was read and whose hint says what to write.

    ``write`` is the YAML to write in place of the value, if the hint asks for nothing else.
    """
    context = {"message": message, "hint": hint, "write": write}
    return PydanticCustomError("refused", "{message}", context)


def shown(value: object, limit: int = 60) -> str:
    """``value`` as an error message shows it: the text in backticks, shortened if it is long."""
    if isinstance(value, str):
        text = " ".join(value.split())
        return f"`{text[:limit]}…`" if len(text) > limit else f"`{text}`"
    if value is None:
        return "nothing"
    return "a list" if isinstance(value, list) else "an entry with keys"


def shown_as_typed(text: str, limit: int) -> str:
    """``text`` at the beginning of a message, with its spaces, shortened if it is long."""
    if not text:
        return "An empty text"
    return f"`{visible(text[:limit])}…`" if len(text) > limit else f"`{visible(text)}`"


def _advice(value: object) -> str:
    """How to write a text that YAML read as a list or as keys."""
    if isinstance(value, list):
        return "Write only one. If it is a text that begins with a bracket, put it in quotes."
    return "If it is a text with a colon, or one that begins with a brace, put it in quotes."


def read_text(value: object, wanted: str) -> str:
    """``value`` if it is a text with words; ``wanted`` says in errors what belongs in the field."""
    if not isinstance(value, str):
        raise refusal(misplaced(shown(value), wanted), _advice(value))
    if not value.strip():
        raise refusal(misplaced("an empty text", wanted), EMPTY)
    return value


def misplaced(read: str, wanted: str) -> str:
    """A message that ``wanted`` belongs in a field, and that ``read`` was read there."""
    return f"{wanted[0].upper()}{wanted[1:]} belongs here, not {read}."


def quoted(text: str) -> str:
    """``text`` on one line, in quotes as YAML has them."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def misread(text: str, what: str) -> str:
    """A message that ``text`` is ``what``, and which hidden or look-alike character it has."""
    index = find_suspicious(text)
    if index is None:
        return f"{shown(text)} is {what}."
    return f"{shown(visible(text))} is {what}: it has {describe_character(text, index)}."
