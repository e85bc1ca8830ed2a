"""The kinds of value a field can hold: each reads one text, or says what it accepts.

Values arrive as the text that was typed (see ``yaml_source``), so every kind is a function from
text to value. A kind refuses with ``PydanticCustomError``: the message says what was read, the
context's ``hint`` what to write instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError

from generator import dates, languages

ID_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
ID_LENGTH = 64
_ID = re.compile(ID_PATTERN)
_BRIEFING_ID = re.compile(rf"{ID_PATTERN}(/{ID_PATTERN})*")
#: The hint for a text without words; ``reading`` knows whether its key is needed.
EMPTY = "Write it, or take the key out."
#: The hint for a date of which it is written that nobody knows it.
UNDATED = "Where the date isn't known, take the key out."
_ADDRESS = "https://example.org/page"
_LONGEST_SHOWN = 60
_LINE_BREAK = re.compile("[\n\r\t\v\f\x1c-\x1e\x85\u2028\u2029]")

#: Marks, in a JSON Schema, what a text is the id of; no validator knows it.
REFERS_TO = "x-refers-to"

_T = TypeVar("_T")

ReferenceKind = Literal["actor", "topic", "place", "source", "briefing", "position", "basis"]


@dataclass(frozen=True, slots=True)
class Reference:
    """Marks a field whose text is the id of something kept elsewhere."""

    to: ReferenceKind

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """The schema of the id, marked with what it is the id of; ``schema`` offers the known."""
        return {**handler(schema), REFERS_TO: self.to}


@dataclass(frozen=True, slots=True)
class Text:
    """Marks a field that readers see as text."""

    kind: Literal["line", "quote", "prose"]


def refusal(message: str, hint: str = "", write: str = "") -> PydanticCustomError:
    """An error whose message says what was read and whose hint says what to write.

    ``write`` is what the hint asks to write instead of the value, as YAML, where that is all.
    """
    context = {"message": message, "hint": hint, "write": write}
    return PydanticCustomError("refused", "{message}", context)


def shown(value: object, limit: int = 60) -> str:
    """``value`` as an error message shows it: the text in backticks, cut when it is long."""
    if isinstance(value, str):
        text = " ".join(value.split())
        return f"`{text[:limit]}…`" if len(text) > limit else f"`{text}`"
    if value is None:
        return "nothing"
    return "a list" if isinstance(value, list) else "an entry with keys"


def _as_text(value: object) -> str:
    """How to write as text what YAML read as a list or as keys."""
    if isinstance(value, list):
        return "Write one only; a text that begins with a bracket goes in quotes."
    return "A text that holds a colon, or begins with a brace, goes in quotes."


def _text(value: object, wanted: str) -> str:
    if not isinstance(value, str):
        raise refusal(f"{shown(value).capitalize()} is here; {wanted} belongs here.", _as_text(value))
    if not value.strip():
        raise refusal(f"An empty text is here; {wanted} belongs here.", EMPTY)
    return value


def read_line(value: object) -> str:
    """One line of plain text, kept exactly as typed."""
    text = _text(value, "one line of text")
    if text.endswith("\n") and not _LINE_BREAK.search(text[:-1]):
        text = text[:-1]  # a block scalar ends with the line break that closes it
    if _LINE_BREAK.search(text):
        raise refusal(
            f"{shown(text)} has a line break or a tab, but this field is one line of text.",
            "Write it on one line, in quotes.",
        )
    return text


def read_quote(value: object) -> str:
    """Verbatim words, kept exactly as typed, line breaks included."""
    text = _text(value, "the quoted words")
    return text[:-1] if text.endswith("\n") else text


def read_prose(value: object) -> str:
    """Markdown as typed; ``prose`` turns it into HTML."""
    return _text(value, "a text")


def read_id(value: object) -> str:
    """An identifier: lower-case ASCII words joined by single hyphens, 64 characters at most."""
    text = _text(value, "an id")
    if len(text) > ID_LENGTH:
        raise refusal(f"The id {shown(text)} has {len(text)} characters; {ID_LENGTH} is the most.")
    if not _ID.fullmatch(text):
        raise refusal(f"{shown(text)} is not an id.", _id_hint(text))
    return text


def _id_hint(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    likely = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:ID_LENGTH]
    accepted = "An id is made of lower-case letters a–z, digits and single hyphens"
    return f"{accepted}, for example `{likely}`." if likely else f"{accepted}."


def read_briefing_id(value: object) -> str:
    """A briefing's id: its path below ``briefings/`` without ``.yml``, words joined by ``/``."""
    text = _text(value, "a briefing's id")
    if not _BRIEFING_ID.fullmatch(text):
        raise refusal(
            f"{shown(text)} is not a briefing's id.",
            "It is the file's path below `briefings/` without `.yml`, for example `river/halden`.",
        )
    return text


def read_position_id(value: object) -> str:
    """A position's id, or ``briefing#id`` for a position of another briefing."""
    text = _text(value, "a position's id")
    briefing, mark, own = text.rpartition("#")
    if mark and _BRIEFING_ID.fullmatch(briefing) and _ID.fullmatch(own):
        return text
    if mark:
        raise refusal(f"{shown(text)} is not a position's id.", "Write `id`, or `briefing#id`.")
    return read_id(text)


def read_date(value: object) -> dates.EdtfDate:
    """An EDTF date or interval (ISO 8601-2:2019, level 1 as far as briefings need it)."""
    return _dated(value, dates.parse)


def read_day(value: object) -> date:
    """One calendar day, ``YYYY-MM-DD``."""
    return _dated(value, dates.parse_day)


def _dated(value: object, parse: Callable[[str], _T]) -> _T:
    try:
        return parse(_text(value, "a date"))
    except dates.DateError as error:
        raise refusal(error.reason, error.accepted) from None


def read_language(value: object) -> str:
    """A language tag (BCP 47), in the case the standard recommends."""
    text = _text(value, "a language")
    try:
        languages.check(text)
    except languages.LanguageError as error:
        raise refusal(error.reason) from None
    return languages.canonical(text)


def read_url(value: object) -> str:
    """A web address with scheme ``https`` or ``http`` and a host."""
    text = _text(value, "a web address")
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("https", "http") and bool(parts.hostname)
    except ValueError:
        sound = False
    if not sound or re.search(r"[\s<>\"\\^`{|}]", text):
        bare = re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", text)
        example = f"https://{text}" if bare and len(text) < _LONGEST_SHOWN else _ADDRESS
        raise refusal(
            f"{shown(text)} is not a web address.",
            f"Write the whole address without blanks, for example `{example}`.",
        )
    return text


def read_number(low: float, high: float) -> Callable[[object], float]:
    """A reader of decimal degrees between ``low`` and ``high``."""

    def read(value: object) -> float:
        text = _text(value, "a number")
        if not re.fullmatch(r"[+-]?\d{1,3}(\.\d{1,12})?", text, re.ASCII):
            raise refusal(f"{shown(text)} is not a number.", "Write decimal degrees: `12.65`.")
        number = float(text)
        if not low <= number <= high:
            raise refusal(f"{shown(text)} is not between {low:g} and {high:g}.")
        return number

    return read


def _matching(pattern: str, what: str, example: str) -> Callable[[object], str]:
    compiled = re.compile(pattern, re.ASCII)

    def read(value: object) -> str:
        text = _text(value, what)
        if not compiled.fullmatch(text):
            raise refusal(f"{shown(text)} is not {what}.", f"Write it like `{example}`.")
        return text

    return read


_EDTF_POINT = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?[?~%]?"


def _pattern(pattern: str, **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^{pattern}$", **more})


Line = Annotated[str, BeforeValidator(read_line), Text("line")]
Quote = Annotated[str, BeforeValidator(read_quote), Text("quote")]
Prose = Annotated[str, BeforeValidator(read_prose), Text("prose")]
_IdText = Annotated[str, BeforeValidator(read_id), _pattern(ID_PATTERN, maxLength=ID_LENGTH)]
Id = _IdText
ActorId = Annotated[_IdText, Reference("actor")]
TopicId = Annotated[_IdText, Reference("topic")]
PlaceId = Annotated[_IdText, Reference("place")]
SourceId = Annotated[_IdText, Reference("source")]
BasisId = Annotated[_IdText, Reference("basis")]
BriefingId = Annotated[
    str, BeforeValidator(read_briefing_id), _pattern(_BRIEFING_ID.pattern), Reference("briefing")
]
FormerId = Annotated[str, BeforeValidator(read_briefing_id), _pattern(_BRIEFING_ID.pattern)]
PositionId = Annotated[
    str,
    BeforeValidator(read_position_id),
    _pattern(rf"({_BRIEFING_ID.pattern}#)?{ID_PATTERN}"),
    Reference("position"),
]
EdtfDate = Annotated[
    dates.EdtfDate,
    PlainValidator(read_date),
    PlainSerializer(lambda value: value.text, return_type=str),
    _pattern(
        rf"({_EDTF_POINT}|{_EDTF_POINT}/{_EDTF_POINT}|\.\./{_EDTF_POINT}|{_EDTF_POINT}/\.\.)",
        examples=["2024", "2024-08~", "2024-07-25/2024-07-27"],
    ),
]
Day = Annotated[
    date,
    PlainValidator(read_day),
    PlainSerializer(lambda value: value.isoformat(), return_type=str),
    _pattern("[0-9]{4}-[0-9]{2}-[0-9]{2}", format="date"),
]
Language = Annotated[str, BeforeValidator(read_language)]
Url = Annotated[str, BeforeValidator(read_url), _pattern("https?://.+", format="uri")]
Latitude = Annotated[float, BeforeValidator(read_number(-90, 90))]
Longitude = Annotated[float, BeforeValidator(read_number(-180, 180))]
Country = Annotated[
    str, BeforeValidator(_matching("[A-Z]{2}", "a two-letter country code (ISO 3166-1)", "ML"))
]
Wikidata = Annotated[
    str, BeforeValidator(_matching("Q[0-9]{1,12}", "a Wikidata item's number", "Q912"))
]


def _no_repeats(values: list[Any]) -> list[Any]:
    seen: set[Any] = set()
    for value in values:
        if value in seen:
            raise refusal(f"{shown(value)} stands twice in this list.", "Take one out.")
        seen.add(value)
    return values


def _unique() -> AfterValidator:
    return AfterValidator(_no_repeats)


ActorIds = Annotated[list[ActorId], _unique()]
TopicIds = Annotated[list[TopicId], _unique()]
PlaceIds = Annotated[list[PlaceId], _unique()]
SourceIds = Annotated[list[SourceId], _unique()]
PositionIds = Annotated[list[PositionId], _unique()]
BasisIds = Annotated[list[BasisId], _unique()]
