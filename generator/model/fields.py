"""The types of fields: how each is read from text, checked, and described in a JSON Schema.

The YAML parser leaves all values as text, so each type has a function from text to value. It raises
``PydanticCustomError``: the message says what was read, the ``hint`` what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
)
from pydantic_core import CoreSchema

from generator.model import dates, edtf, languages
from generator.model.coordinates import read_number
from generator.model.field_errors import quoted, read_text, refusal, shown
from generator.model.ids import (
    BRIEFING_ID_PATTERN,
    ID_LENGTH,
    ID_PATTERN,
    read_briefing_id,
    read_id,
    read_original_id,
    read_position_id,
)
from generator.model.lookalikes import without_lookalikes
from generator.model.multilingual import multilingual
from generator.model.urls import read_url

#: The hint for a date that is written as unknown.
UNDATED = "If the date isn't known, remove the key."
#: The most characters of a claim.
CLAIM_LENGTH = 140
_LONGEST_LINE_SHOWN = 120
_UNDATED = frozenset(["n.d", "nd", "undated", "unknown", "n/a", "na", "none", "tbd", "tbc", "-"])
_OPEN = frozenset(["present", "now", "today", "ongoing", "current", "to date", "until now", ".."])
_LINE_BREAK = re.compile("[\n\r\t\v\f\x1c-\x1e\x85\u2028\u2029]")

#: The keyword in our JSON Schemas for what a text is the id of; validators ignore it.
REFERS_TO = "x-refers-to"

_T = TypeVar("_T")

#: ``own_position`` is a position of the same briefing, ``basis`` one of its events or positions.
ReferenceKind = Literal[
    "actor", "topic", "place", "source", "briefing", "position", "own_position", "basis"
]


@dataclass(frozen=True, slots=True)
class Reference:
    """Marks a field with the id of something that is defined elsewhere."""

    to: ReferenceKind

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """The id's schema with what it refers to, so that ``editor_schema`` can list the ids."""
        return {**handler(schema), REFERS_TO: self.to}


@dataclass(frozen=True, slots=True)
class Text:
    """Marks a field that readers see as text.

    ``translated``: when a translation has it in its own language. ``never``: it is a name, or has
    to stay as it was written. ``optional``: a translation is complete without it. The others are
    names, too, unless the condition is met: see ``translation.has_words``.
    ``by_language``: it can be written as a mapping of language tags to texts; its value is
    ``Multilingual`` then.
    """

    kind: Literal["line", "quote", "prose"]
    translated: Literal[
        "always", "optional", "never", "if title_by", "if in brackets", "if no id"
    ] = "always"
    by_language: bool = False


@dataclass(frozen=True, slots=True)
class OneOrMore:
    """Marks a list of ids for which a single id can be written; the value is always a list."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        listed = handler(schema)
        return {"anyOf": [listed["items"], listed]}


def _one_or_more(value: object, read_list: ValidatorFunctionWrapHandler) -> Any:
    """A single id as a list of one; a mistake in it is at the key, not at an item."""
    return read_list(value) if isinstance(value, list) else [read_id(value)]


def read_line(value: object) -> str:
    """One line of plain text, kept exactly as typed."""
    text = read_text(value, "one line of text")
    if text.endswith("\n") and not _LINE_BREAK.search(text[:-1]):
        text = text[:-1]  # YAML adds one to a block text
    if _LINE_BREAK.search(text):
        raise refusal(
            f"{shown(text)} has a line break or a tab, but this field is one line of text.",
            f"Write it on one line, in quotes: `{quoted(text)}`."
            if len(text) <= _LONGEST_LINE_SHOWN
            else "Write it on one line, in quotes.",
            quoted(text),
        )
    return text


def read_claim(value: object) -> str:
    """What is claimed, as a clause on one line of at most ``CLAIM_LENGTH`` characters."""
    text = read_line(value)
    if len(text) > CLAIM_LENGTH:
        raise refusal(
            f"This claim has {len(text)} characters; {CLAIM_LENGTH} is the most.",
            "Say only what is claimed, as a clause: `that Esteria diverts the Halden`. The rest "
            "belongs in `text`.",
        )
    return text


def read_quote(value: object) -> str:
    """Verbatim words, kept exactly as typed, line breaks included."""
    text = read_text(value, "the quoted words")
    return text[:-1] if text.endswith("\n") else text


def read_prose(value: object) -> str:
    """Markdown as typed; ``prose_markdown`` turns it into HTML."""
    return read_text(value, "a text")


def read_date(value: object) -> edtf.EdtfDate:
    """An EDTF date or interval (ISO 8601-2:2019, level 1 as far as briefings need it)."""
    return _read_date(value, dates.parse)


def read_day(value: object) -> date:
    """One calendar day, ``YYYY-MM-DD``."""
    return _read_date(value, dates.parse_day)


def _read_date(value: object, parse: Callable[[str], _T]) -> _T:
    text = read_text(value, "a date")
    try:
        return parse(text)
    except dates.DateError as error:
        if text.strip().strip(".").lower() in _UNDATED:
            raise refusal(error.reason, UNDATED) from None
        if text.strip().lower() in _OPEN:
            hint = "If it continues, remove the key. An interval that continues is `2024-08/..`."
            raise refusal(error.reason, hint) from None
        if text.lower() in ("true", "false", "yes", "no"):
            hint = f"Write the day; whether it is public is said by `status`. {error.accepted}"
            raise refusal(error.reason, hint) from None
        write = error.likely[0] if len(error.likely) == 1 else ""
        raise refusal(error.reason, error.accepted, write) from None


def read_language(value: object) -> str:
    """A language tag (BCP 47), in the case the standard recommends."""
    try:
        return languages.canonical(read_text(value, "a language"))
    except languages.LanguageError as error:
        raise refusal(error.reason, "", error.likely) from None


_FINGERPRINT = "[0-9a-f]{6}"


def read_fingerprint(value: object) -> str:
    """What a text was translated from, as ``fingerprints`` makes it."""
    text = read_text(value, "a fingerprint of a text")
    if not re.fullmatch(_FINGERPRINT, text):
        raise refusal(
            f"{shown(text)} is not a fingerprint of a text.",
            "Remove this line. Only `briefings translate` writes fingerprints.",
        )
    return text


def _read_code(
    pattern: str, what: str, example: str, likely: Callable[[str], str]
) -> Callable[[object], str]:
    """A reader of texts that match ``pattern``; ``likely`` guesses what another text means."""
    compiled = re.compile(pattern, re.ASCII)

    def read(value: object) -> str:
        text = read_text(value, what)
        if not compiled.fullmatch(text):
            guess = likely(text)
            hint = f"Write `{guess}`." if guess else f"Write it like `{example}`."
            raise refusal(f"{shown(text)} is not {what}.", hint, guess)
        return text

    return read


def _likely_country(text: str) -> str:
    """The code of a country from its English name or its code in three letters."""
    name = without_lookalikes(text)
    return languages.country(name) or (name.upper() if re.fullmatch("[A-Za-z]{2}", name) else "")


def _likely_item(text: str) -> str:
    match = re.fullmatch(
        r"(?:https?://[\w.]*wikidata\.org/\S*?/|wd:|q)?q?(\d{1,12})", text.strip(), re.I
    )
    return f"Q{match[1]}" if match else ""


_EDTF_POINT = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?[?~%]?"


def _length(most: int) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "maxLength": most})


def _pattern(pattern: str, **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^{pattern}$", **more})


_BY_LANGUAGE = WithJsonSchema(
    {
        "anyOf": [
            {"type": "string"},
            {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1},
        ]
    }
)
_LINES = PlainValidator(multilingual(read_line))


Line = Annotated[str, BeforeValidator(read_line), Text("line")]
Name = Annotated[str, BeforeValidator(read_line), Text("line", "never")]
#: A name. In square brackets, words of the editors that there is none.
NameOrNote = Annotated[str, BeforeValidator(read_line), Text("line", "if in brackets")]
ActorOrWords = Annotated[str, BeforeValidator(read_line), Text("line", "if no id")]
PageTitle = Annotated[str, BeforeValidator(read_line), Text("line", "optional")]
SourceTitle = Annotated[str, BeforeValidator(read_line), Text("line", "if title_by")]
Claim = Annotated[str, BeforeValidator(read_claim), Text("line"), _length(CLAIM_LENGTH)]
Quote = Annotated[str, BeforeValidator(read_quote), Text("quote", "optional")]
OriginalQuote = Annotated[str, BeforeValidator(read_quote), Text("quote", "never")]
Prose = Annotated[str, BeforeValidator(read_prose), Text("prose")]
LineByLanguage = Annotated[str, _LINES, Text("line", by_language=True), _BY_LANGUAGE]
NameByLanguage = Annotated[
    str, _LINES, Text("line", "if in brackets", by_language=True), _BY_LANGUAGE
]
TitleByLanguage = Annotated[
    str, _LINES, Text("line", "if title_by", by_language=True), _BY_LANGUAGE
]
ProseByLanguage = Annotated[
    str,
    PlainValidator(multilingual(read_prose)),
    Text("prose", by_language=True),
    _BY_LANGUAGE,
]
_IdText = Annotated[str, BeforeValidator(read_id), _pattern(ID_PATTERN, maxLength=ID_LENGTH)]
Id = _IdText
ActorId = Annotated[_IdText, Reference("actor")]
TopicId = Annotated[_IdText, Reference("topic")]
PlaceId = Annotated[_IdText, Reference("place")]
SourceId = Annotated[_IdText, Reference("source")]
OwnPositionId = Annotated[_IdText, Reference("own_position")]
BasisId = Annotated[_IdText, Reference("basis")]
BriefingId = Annotated[
    str, BeforeValidator(read_briefing_id), _pattern(BRIEFING_ID_PATTERN), Reference("briefing")
]
OriginalId = Annotated[
    str, BeforeValidator(read_original_id), _pattern(BRIEFING_ID_PATTERN), Reference("briefing")
]
FormerId = Annotated[str, BeforeValidator(read_briefing_id), _pattern(BRIEFING_ID_PATTERN)]
PositionId = Annotated[
    str,
    BeforeValidator(read_position_id),
    _pattern(rf"({BRIEFING_ID_PATTERN}#)?{ID_PATTERN}"),
    Reference("position"),
]
EdtfDate = Annotated[
    edtf.EdtfDate,
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
    str,
    BeforeValidator(
        _read_code("[A-Z]{2}", "a two-letter country code (ISO 3166-1)", "ML", _likely_country)
    ),
]
Fingerprint = Annotated[str, BeforeValidator(read_fingerprint), _pattern(_FINGERPRINT)]
Wikidata = Annotated[
    str,
    BeforeValidator(_read_code("Q[0-9]{1,12}", "a Wikidata item's number", "Q912", _likely_item)),
]


def _no_repeats(values: list[Any]) -> list[Any]:
    seen: set[Any] = set()
    for value in values:
        if value in seen:
            raise refusal(f"{shown(value)} is twice in this list.", "Take one out.")
        seen.add(value)
    return values


_UNIQUE = AfterValidator(_no_repeats)


ActorIds = Annotated[list[ActorId], _UNIQUE]
TopicIds = Annotated[list[TopicId], _UNIQUE]
PlaceIds = Annotated[list[PlaceId], _UNIQUE]
SourceIds = Annotated[list[SourceId], _UNIQUE]
PositionIds = Annotated[list[PositionId], _UNIQUE]
OwnPositionIds = Annotated[list[OwnPositionId], _UNIQUE]
BasisIds = Annotated[list[BasisId], _UNIQUE]
OneOrMoreActorIds = Annotated[
    list[ActorId], Field(min_length=1), _UNIQUE, WrapValidator(_one_or_more), OneOrMore()
]
