"""Reads ids of entries, briefings and positions, and guesses what a mistyped id was meant to be."""

from __future__ import annotations

import re
import unicodedata

from generator.model.field_errors import misread, read_text, refusal, shown
from generator.model.lookalikes import without_lookalikes

ID_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
BRIEFING_ID_PATTERN = rf"{ID_PATTERN}(/{ID_PATTERN})*"
ID_LENGTH = 64
_ID = re.compile(ID_PATTERN)
_BRIEFING_ID = re.compile(BRIEFING_ID_PATTERN)
_ACCEPTED_ID = "An id is made of lower-case letters a–z, digits and single hyphens"


def read_id(value: object) -> str:
    """An identifier: lower-case ASCII words joined by single hyphens, 64 characters at most."""
    text = read_text(value, "an id")
    if len(text) > ID_LENGTH and _ID.fullmatch(text):
        raise refusal(
            f"The id {shown(text)} has {len(text)} characters; {ID_LENGTH} is the most.",
            f"Write a shorter one, for example `{likely_id(text)}`.",
        )
    if not _ID.fullmatch(text):
        likely = likely_id(text)
        hint = f"{_ACCEPTED_ID}{f': write `{likely}`' if likely else ''}."
        raise refusal(misread(text, "not an id"), hint, likely)
    return text


def likely_id(text: str) -> str:
    """The id that ``text`` was probably meant to be; shortened at a hyphen if it is too long."""
    ascii_text = (
        unicodedata.normalize("NFKD", without_lookalikes(text))
        .encode("ascii", "ignore")
        .decode()
        .lower()
    )
    likely = re.sub(r"[^a-z0-9]+", "-", re.sub(r"(?<=[a-z])['’](?=[a-z])", "", ascii_text)).strip(
        "-"
    )
    if len(likely) > ID_LENGTH:
        likely = likely[:ID_LENGTH].rpartition("-")[0] or likely[:ID_LENGTH]
    return likely


def read_briefing_id(value: object) -> str:
    """A briefing's id: its path below ``briefings/`` without ``.yml``, words joined by ``/``."""
    text = read_text(value, "a briefing's id")
    if not _BRIEFING_ID.fullmatch(text):
        likely = likely_briefing_id(text)
        raise refusal(
            misread(text, "not a briefing's id"),
            "It is the file's path below `briefings/` without `.yml`"
            f"{f': write `{likely}`' if likely else ', for example `river/halden`'}.",
            likely,
        )
    return text


def read_original_id(value: object) -> str:
    """The id of the briefing that a translation is made from."""
    text = read_text(value, "a briefing's id")
    original, dot, language = text.rpartition(".")
    if dot and _BRIEFING_ID.fullmatch(original) and "/" not in language:
        raise refusal(
            f"{shown(text)} is the name of a translation, and the original's id belongs here.",
            f"Write `{original}`: each translation is made from the original.",
            original,
        )
    return read_briefing_id(value)


def likely_briefing_id(text: str) -> str:
    """The briefing's id that ``text``, such as a path or an address, was probably meant to be."""
    path = re.sub(r"^(?:https?://[^/]+/|\.{0,2}/)*(?:briefings/)?", "", without_lookalikes(text))
    path = re.sub(r"(?:\.ya?ml|\.md|\.html?|/index|/)+$", "", path)
    return "/".join(filter(None, map(likely_id, path.split("/"))))


def read_position_id(value: object) -> str:
    """A position's id, or ``briefing#id`` for a position of another briefing."""
    text = read_text(value, "a position's id")
    briefing, separator, position = text.rpartition("#")
    if separator and _BRIEFING_ID.fullmatch(briefing) and _ID.fullmatch(position):
        return text
    if separator:
        likely = f"{likely_briefing_id(briefing)}#{likely_id(position)}".lstrip("#")
        hint = "Write `id`, or `briefing#id` for a position of another briefing"
        likely = "" if likely.endswith("#") else likely
        raise refusal(
            misread(text, "not a position's id"),
            f"{hint}{f': `{likely}`' if likely else ''}.",
            likely,
        )
    return read_id(text)
