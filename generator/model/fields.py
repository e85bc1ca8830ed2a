"""The kinds of value a field can hold: each reads one text, or says what it accepts.

Values arrive as the text that was typed (see ``yaml_parser``), so every kind is a function from
text to value. A kind refuses with ``PydanticCustomError``: the message says what was read, the
context's ``hint`` what to write instead.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import quote, urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError

from generator.model import dates, languages
from generator.model.lookalikes import described, strange, usual, visible

ID_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
ID_LENGTH = 64
_ID = re.compile(ID_PATTERN)
_BRIEFING_ID = re.compile(rf"{ID_PATTERN}(/{ID_PATTERN})*")
#: The hint for a text without words; ``reading`` knows whether its key is needed.
EMPTY = "Write it, or take the key out."
#: The hint for a date of which it is written that nobody knows it.
UNDATED = "Where the date isn't known, take the key out."
_ADDRESS = "https://example.org/page"
_AROUND = "\"'“”„«»‘’‚‹›`<>()"
_ACCEPTED_ID = "An id is made of lower-case letters a–z, digits and single hyphens"
_LONGEST_LINE_SHOWN = 120
_LONGEST_URL = 2_000
_UNDATED = frozenset(["n.d", "nd", "undated", "unknown", "n/a", "na", "none", "tbd", "tbc", "-"])
_OPEN = frozenset(["present", "now", "today", "ongoing", "current", "to date", "until now", ".."])
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
        raise refusal(
            f"{shown(value).capitalize()} is here; {wanted} belongs here.", _as_text(value)
        )
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
            f"Write it on one line, in quotes: `{_quoted(text)}`."
            if len(text) <= _LONGEST_LINE_SHOWN
            else "Write it on one line, in quotes.",
            _quoted(text),
        )
    return text


def _quoted(text: str) -> str:
    """``text`` on one line, in quotes as YAML has them."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


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
    if len(text) > ID_LENGTH and _ID.fullmatch(text):
        raise refusal(
            f"The id {shown(text)} has {len(text)} characters; {ID_LENGTH} is the most.",
            f"Write a shorter one, for example `{likely_id(text)}`.",
        )
    if not _ID.fullmatch(text):
        likely = likely_id(text)
        hint = f"{_ACCEPTED_ID}{f': write `{likely}`' if likely else ''}."
        raise refusal(_odd(text, "not an id"), hint, likely)
    return text


def _odd(text: str, what: str) -> str:
    """That ``text`` is ``what``; where a character is to blame that nobody sees or suspects, which,
    and where it is.
    """
    at = strange(text)
    if at is None:
        return f"{shown(text)} is {what}."
    return f"{shown(visible(text))} is {what}: it has {described(text, at)}."


def likely_id(text: str) -> str:
    """The id that ``text`` was likely meant to be; cut at a hyphen where it is too long."""
    bare = unicodedata.normalize("NFKD", usual(text)).encode("ascii", "ignore").decode().lower()
    likely = re.sub(r"[^a-z0-9]+", "-", re.sub(r"(?<=[a-z])['’](?=[a-z])", "", bare)).strip("-")
    if len(likely) > ID_LENGTH:
        likely = likely[:ID_LENGTH].rpartition("-")[0] or likely[:ID_LENGTH]
    return likely


def read_briefing_id(value: object) -> str:
    """A briefing's id: its path below ``briefings/`` without ``.yml``, words joined by ``/``."""
    text = _text(value, "a briefing's id")
    if not _BRIEFING_ID.fullmatch(text):
        likely = likely_briefing_id(text)
        raise refusal(
            _odd(text, "not a briefing's id"),
            "It is the file's path below `briefings/` without `.yml`"
            f"{f': write `{likely}`' if likely else ', for example `river/halden`'}.",
            likely,
        )
    return text


def likely_briefing_id(text: str) -> str:
    """The briefing's id that ``text`` was likely meant to be: without folder and ending, say."""
    path = re.sub(r"^(?:https?://[^/]+/|\.{0,2}/)*(?:briefings/)?", "", usual(text))
    path = re.sub(r"(?:\.ya?ml|\.md|\.html?|/index|/)+$", "", path)
    return "/".join(filter(None, map(likely_id, path.split("/"))))


def read_position_id(value: object) -> str:
    """A position's id, or ``briefing#id`` for a position of another briefing."""
    text = _text(value, "a position's id")
    briefing, mark, own = text.rpartition("#")
    if mark and _BRIEFING_ID.fullmatch(briefing) and _ID.fullmatch(own):
        return text
    if mark:
        likely = f"{likely_briefing_id(briefing)}#{likely_id(own)}".lstrip("#")
        hint = "Write `id`, or `briefing#id` for a position of another briefing"
        sound = not likely.endswith("#") and likely
        raise refusal(
            _odd(text, "not a position's id"),
            f"{hint}{f': `{likely}`' if sound else ''}.",
            likely if sound else "",
        )
    return read_id(text)


def read_date(value: object) -> dates.EdtfDate:
    """An EDTF date or interval (ISO 8601-2:2019, level 1 as far as briefings need it)."""
    return _dated(value, dates.parse)


def read_day(value: object) -> date:
    """One calendar day, ``YYYY-MM-DD``."""
    return _dated(value, dates.parse_day)


def _dated(value: object, parse: Callable[[str], _T]) -> _T:
    text = _text(value, "a date")
    try:
        return parse(text)
    except dates.DateError as error:
        if text.strip().strip(".").lower() in _UNDATED:
            raise refusal(error.reason, UNDATED) from None
        if text.strip().lower() in _OPEN:
            hint = "Where it goes on, take the key out; an interval that goes on is `2024-08/..`."
            raise refusal(error.reason, hint) from None
        if text.lower() in ("true", "false", "yes", "no"):
            hint = f"Write the day; whether it is public is said by `status`. {error.accepted}"
            raise refusal(error.reason, hint) from None
        write = error.likely[0] if len(error.likely) == 1 else ""
        raise refusal(error.reason, error.accepted, write) from None


def read_language(value: object) -> str:
    """A language tag (BCP 47), in the case the standard recommends."""
    text = _text(value, "a language")
    try:
        languages.check(text)
    except languages.LanguageError as error:
        raise refusal(error.reason, "", error.likely) from None
    return languages.canonical(text)


def read_url(value: object) -> str:
    """A web address with scheme ``https`` or ``http`` and a host."""
    text = _text(value, "a web address")
    if not _is_url(text):
        likely = _likely_url(text)
        if not likely:
            raise refusal(
                _odd(text, "not a web address"),
                f"Write the whole address, without spaces, for example `{_ADDRESS}`.",
            )
        raise refusal(
            _odd(text, "not a web address"), f"Write the whole address: `{likely}`.", likely
        )
    return text


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("https", "http") and _is_host(parts.hostname or "")
        sound = sound and parts.port != 0  # reading a port refuses what is none
    except ValueError:
        return False
    # Unicode's own ways to hide something have no place in an address either.
    return sound and not re.search(
        r"[\s<>\"\\^`{|}\u00ad\u200b\u200e\u200f\u2060\ufeff]|[“”«»]$", text
    )


def _likely_url(text: str) -> str:
    """The address that ``text`` was likely meant to give, as YAML; empty where nobody could say."""
    bare = re.sub(r"[\u00ad\u200b-\u200f\u2060\ufeff]", "", text).strip()
    if linked := re.fullmatch(r"\[[^\]]*\]\((\S+)\)", bare):
        bare = linked[1]
    bare = bare.strip(_AROUND).rstrip(".,;").strip(_AROUND)
    bare = re.sub(
        r"^(?:https?|htt?ps?|hhtps?|ttps?)(?::/{0,3}|//)(?=[\w\[])", _scheme, bare, flags=re.I
    )
    if re.fullmatch(r"[\w-]+(\.[\w-]+)+(:\d+)?([/?#]\S*)?", bare) and len(bare) < _LONGEST_URL:
        bare = f"https://{bare}"
    if re.match(r"//[\w-]+\.", bare):
        bare = f"https:{bare}"
    if not re.search(r"\s(?:https?:|www\.|and |or )", bare):
        bare = re.sub(r"[\s<>\"\\^`{|}]", lambda sign: quote(sign[0]), bare)
    likely = bare if bare != text and _is_url(bare) else ""
    return likely if not re.search(r"[\[\],]|: | #|^[^h]", likely) else likely and _quoted(likely)


def _scheme(found: re.Match[str]) -> str:
    return "http://" if found[0].lower().startswith("http:") else "https://"


_MOST_NORTH = 90
_DEGREE_SIGNS = str.maketrans("−º’'”\"“", "-°′′″″″")
_NUMBER = re.compile(r"[+-]?\d{1,3}(\.\d{1,12})?", re.ASCII)
_DEGREES = re.compile(
    r"([NSEWnsew])? ?([+-]?)(\d{1,3}(?:[.,]\d{1,12})?) ?°? ?"
    r"(?:(\d{1,2}(?:[.,]\d{1,8})?) ?′ ?)?(?:(\d{1,2}(?:[.,]\d{1,8})?) ?″ ?)?([NSEWnsew])?",
    re.ASCII,
)


def _is_host(name: str) -> bool:
    """Whether a name can be that of a host: it has no empty part, but for one dot at its end."""
    return ":" in name or "" not in name.removesuffix(".").split(".")


def read_number(low: float, high: float) -> Callable[[object], float]:
    """A reader of decimal degrees between ``low`` and ``high``."""

    def read(value: object) -> float:
        text = _text(value, "a number")
        if not _NUMBER.fullmatch(text):
            likely = _likely_degrees(text, "NS" if high == _MOST_NORTH else "EW")
            if likely and low <= float(likely) <= high:
                raise refusal(f"{shown(text)} is not a number.", f"Write `{likely}`.", likely)
            raise refusal(f"{shown(text)} is not a number.", "Write decimal degrees: `12.65`.")
        number = float(text)
        if not low <= number <= high:
            swapped = (
                "Latitude and longitude may be the wrong way round."
                if high < abs(number) <= 180
                else ""
            )
            raise refusal(f"{shown(text)} is not between {low:g} and {high:g}.", swapped)
        return number

    return read


def _likely_degrees(text: str, sides: str) -> str:
    """Decimal degrees from `12,65`, `12.65° N`, `12°39′ S` and the like; empty from all else."""
    tidy = text.strip().translate(_DEGREE_SIGNS)
    found = _DEGREES.fullmatch(tidy)
    if not found:
        return ""
    before, sign, degrees, minutes, seconds, after = found.groups()
    number = float(degrees.replace(",", "."))
    number += float((minutes or "0").replace(",", ".")) / 60
    number += float((seconds or "0").replace(",", ".")) / 3600
    side = (before or after or "").upper()
    if (sign == "-" and side) or (before and after) or side not in sides:
        return ""
    negative = sign == "-" or side in ("S", "W")
    return f"{'-' if negative and number else ''}{number:.6f}".rstrip("0").rstrip(".")


def _matching(
    pattern: str, what: str, example: str, likely: Callable[[str], str]
) -> Callable[[object], str]:
    compiled = re.compile(pattern, re.ASCII)

    def read(value: object) -> str:
        text = _text(value, what)
        if not compiled.fullmatch(text):
            meant = likely(text)
            hint = f"Write `{meant}`." if meant else f"Write it like `{example}`."
            raise refusal(f"{shown(text)} is not {what}.", hint, meant)
        return text

    return read


def _likely_country(text: str) -> str:
    """The code of a country from its English name or its code in three letters."""
    bare = usual(text)
    return languages.country(bare) or (bare.upper() if re.fullmatch("[A-Za-z]{2}", bare) else "")


def _likely_item(text: str) -> str:
    found = re.fullmatch(
        r"(?:https?://[\w.]*wikidata\.org/\S*?/|wd:|q)?q?(\d{1,12})", text.strip(), re.I
    )
    return f"Q{found[1]}" if found else ""


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
    str,
    BeforeValidator(
        _matching("[A-Z]{2}", "a two-letter country code (ISO 3166-1)", "ML", _likely_country)
    ),
]
Wikidata = Annotated[
    str,
    BeforeValidator(_matching("Q[0-9]{1,12}", "a Wikidata item's number", "Q912", _likely_item)),
]


def _no_repeats(values: list[Any]) -> list[Any]:
    seen: set[Any] = set()
    for value in values:
        if value in seen:
            raise refusal(f"{shown(value)} is twice in this list.", "Take one out.")
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
