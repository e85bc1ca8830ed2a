"""A file's bytes as text: its encoding, the characters it may contain, and their positions.

Lines end at LF, CRLF or a lone CR, as in YAML 1.2. NEL (U+0085), U+2028 and U+2029 are
characters of the text like any other, so line numbers are those an editor shows.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate, islice

from generator.model.lookalikes import with_article
from generator.reading.encoding_guess import WINDOWS_1252, guess_encoding
from generator.reading.problems import Fix, Location, Problem, Severity, file_problem

#: Bytes; a file of exactly this size is accepted.
MAX_BYTES = 1024 * 1024
#: Problems reported for one file; more would only hide the others.
MAX_PROBLEMS = 100
#: A line with more characters was not typed by hand, and no edit is proposed for it.
_LONG = 20_000
#: Characters of a line that a hint shows.
_SHOWN = 300

LINE_END = re.compile(r"\r\n|\r|\n")
#: The characters that override or isolate the reading direction. The marks U+061C, U+200E and
#: U+200F override nothing, and come with any Arabic or Hebrew that is pasted.
_BIDI = "\u202a-\u202e\u2066-\u2069"
#: What looks like a space, and is a letter to YAML.
ODD_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
#: What can't be seen at all.
_UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff"
_CURLY = "“”„‟‘’‚‛«»″′"
_ODD = re.compile(f"[{ODD_SPACES}{_UNSEEN}{_CURLY}]")
_IN_CURLY_QUOTES = re.compile("[“„][^“”„]*[”“]|[‘‚][^‘’‚]*[’‘]|«[^«»]*»", re.S)
#: What neither YAML 1.2 (c-printable) nor XML can hold; tab, LF, CR and NEL are fine.
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff"
#: Typed in the middle of a file, U+FEFF is a leftover of gluing files together.
_REFUSED = re.compile(f"[{_BIDI}{_CONTROL}\ufeff]")
_REFUSED_ESCAPED = re.compile(f"[{_BIDI}{_CONTROL}\ud800-\udfff]")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|.)", re.S)

_SAVE_HINT = 'Open the file in your editor and save it again with the encoding "UTF-8".'


class SourceText:
    """A file's text, with the line and column of each character."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text

    @cached_property
    def _starts(self) -> list[int]:
        """The offset of each line, computed only if a location is needed."""
        if "\r" in self.text:
            return [0, *map(re.Match.end, LINE_END.finditer(self.text))]
        *starts, _ = accumulate((len(line) + 1 for line in self.text.split("\n")), initial=0)
        return starts

    def at(self, offset: int) -> Location:
        """The line and column of the character at `offset` (0-based)."""
        line = bisect_right(self._starts, offset)
        return Location(self.path, line, offset - self._starts[line - 1] + 1)

    def offset(self, location: Location) -> int:
        """The offset (0-based) of a location in this text."""
        return self._starts[location.line - 1] + location.column - 1

    def line_at(self, number: int) -> str:
        """The line of that number, counted from 1; empty where there is none."""
        return self.line(self._starts[number - 1]) if number <= len(self._starts) else ""

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._starts)

    def start_of(self, number: int) -> int:
        """The offset at which the line of that number begins."""
        return self._starts[number - 1]

    def line_start(self, offset: int) -> int:
        """The offset at which the line holding `offset` begins."""
        return self._starts[bisect_right(self._starts, offset) - 1]

    def line_after(self, offset: int) -> int:
        """The offset at which the line below that holding `offset` begins, or the file ends."""
        return self._bounds(offset)[1]

    def _bounds(self, offset: int) -> tuple[int, int]:
        number = bisect_right(self._starts, offset)
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self._starts[number - 1], end

    def line(self, offset: int) -> str:
        """The line holding `offset`, without its line end."""
        start, end = self._bounds(offset)
        return self.text[start:end].rstrip("\r\n")

    def words_end(self, offset: int) -> int:
        """The offset at which the line holding `offset` ends, without its spaces."""
        return self.line_start(offset) + len(self.line(offset).rstrip())

    def error(
        self,
        rule: str,
        offset: int,
        message: str,
        hint: str,
        field: str = "",
        fix: Fix | None = None,
    ) -> Problem:
        """An error at `offset`."""
        return Problem(rule, Severity.ERROR, self.at(offset), message, hint, field, fix)

    def rewrite(self, rule: str, offset: int, message: str, fix: Fix) -> Problem:
        """An error at `offset` whose hint is to write the lines of `fix`."""
        return self.error(rule, offset, message, f"Write {written(fix)}.", fix=fix)

    def is_long(self, offset: int) -> bool:
        """Whether the line holding `offset` is too long to be written again in a hint."""
        start, end = self._bounds(offset)
        return end - start > _LONG

    def replacing(self, start: int, end: int, words: str) -> Fix:
        """The edit that puts `words` in place of the text from `start` to `end`, as offsets."""
        last = max(start, end)
        line_end = self.line_start(last) + len(self.line(last))
        lines = f"{self.text[self.line_start(start) : start]}{words}{self.text[end:line_end]}"
        return Fix(self.at(start).line, self.at(last).line, tuple(LINE_END.split(lines)))


def shorten(text: str, limit: int = 60) -> str:
    """`text` on one line, cut to `limit` characters for use inside a message."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"


def odd_character(text: str) -> tuple[int, str, str] | None:
    """The first character of `text` that looks like a space, can't be seen, or is a curly
    quotation mark: its index, its name, and the text as it was probably meant.
    """
    match = _ODD.search(text)
    if match is None:
        return None
    meant = re.sub(f"[{ODD_SPACES}]", " ", text)
    meant = re.sub(f"[{_UNSEEN}]", "", meant).strip()
    in_curly = _IN_CURLY_QUOTES.fullmatch(meant)
    meant = f'"{meant[1:-1]}"' if in_curly else meant.strip(_CURLY)
    return match.start(), character_name(match[0]), meant


def character_name(character: str) -> str:
    """The name of a character, with its number: `a no-break space (U+00A0)`."""
    name = unicodedata.name(character, "character without a name").lower()
    unseen = re.match(f"[{_UNSEEN}]", character)
    kind = f"an invisible {name}" if unseen else with_article(name)
    if re.match(f"[{_CURLY}]", character):
        kind = f"the mark {character}"
    return f"{kind} (U+{ord(character):04X})"


def in_quotes(text: str) -> str:
    """`text` in the quotation marks that change it least, in place of curly ones that were put
    around it for the same purpose.
    """
    if _IN_CURLY_QUOTES.fullmatch(text):
        text = text[1:-1]
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def written(fix: Fix) -> str:
    """The lines of a fix as a hint shows them: on one line, and cut where they are very long."""
    return f"`{shorten(' '.join(line.strip() for line in fix.lines), _SHOWN)}`"


def suggestion(fix: Fix | None) -> str:
    """What a hint ends with: a colon and the lines of its fix, or a full stop."""
    return f": {written(fix)}" if fix else "."


def too_many_problems(last: Location) -> Problem:
    """The problem of a file with more problems than are shown; ``last`` is where the last is."""
    message = f"The file has more problems than the {MAX_PROBLEMS} shown."
    hint = "Correct these first, then check the file again."
    return Problem("yaml-too-many-problems", Severity.ERROR, last, message, hint)


def decode(path: str, content: bytes) -> str | Problem:
    """The text of a UTF-8 file without its byte order mark, or why it can't be read."""
    if len(content) > MAX_BYTES:
        return file_problem(
            "yaml-too-large",
            path,
            f"The file is {len(content):,} bytes long; the limit is 1 MiB ({MAX_BYTES:,} bytes).",
            "Split it into several briefings, or move its sources to data/sources.yml.",
        )
    if (wide := _wide_encoding(content)) is not None:
        return file_problem(
            f"yaml-{wide.lower()}",
            path,
            f"The file is saved as {wide}, which spends several bytes on every letter.",
            _SAVE_HINT,
        )
    try:
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        return _not_utf8(path, content, error.start)


def _wide_encoding(content: bytes) -> str | None:
    """`UTF-16` or `UTF-32` if the byte order mark or the zero bytes around ASCII say so."""
    if content.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "UTF-32"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    zeros = tuple(byte == 0 for byte in content[:4])
    if zeros in ((False, True, True, True), (True, True, True, False)):
        return "UTF-32"
    if zeros in ((False, True, False, True), (True, False, True, False)):
        return "UTF-16"
    return None


def _not_utf8(path: str, content: bytes, start: int) -> Problem:
    """The problem for the first byte, at `start`, that isn't part of UTF-8 text."""
    before = content[:start].decode("utf-8").removeprefix("\ufeff")
    source, byte = SourceText(path, before), content[start]
    if byte == 0xED and content[start + 1 : start + 2] >= b"\xa0":
        return source.error(
            "yaml-lone-surrogate",
            len(before),
            "There is half of a character here: a lone surrogate, saved as the bytes "
            f"{content[start : start + 3].hex(' ').upper()}.",
            "Delete it and type the character again.",
        )
    encoding = guess_encoding(content)
    saved = "in another encoding"
    if encoding is None:
        reading = "Its encoding could not be recognised."
    elif encoding is WINDOWS_1252:
        saved = "as Windows-1252 or Latin-1"
        letter = bytes([byte]).decode("cp1252", "replace")
        reading = f'Read as Windows-1252 it is "{letter}", in "{encoding.word_at(content, start)}".'
        if letter == "\ufffd":
            reading = "It has no meaning in Windows-1252 either."
    else:
        saved = f"as {encoding.name}"
        reading = f'Read as {encoding.name} the word is "{encoding.word_at(content, start)}".'
    return source.error(
        "yaml-not-utf-8",
        len(before),
        f"The byte {byte:02X} (hexadecimal) isn't UTF-8 text. {reading}",
        f"The file was probably saved {saved}. {_SAVE_HINT}",
    )


def typed_characters(source: SourceText) -> tuple[str, list[Problem]]:
    """The text with a replacement for each refused character, so that it can be parsed, and a
    problem for each of them. The text's length stays the same.
    """
    text = source.text
    # Whatever is refused isn't "printable", and this test is four times as fast.
    if text.replace("\n", " ").isprintable():
        return text, []
    matches = islice(_REFUSED.finditer(text), MAX_PROBLEMS + 1)
    problems = [_refusal(source, match.start(), ord(match[0]), "") for match in matches]
    return (_REFUSED.sub("\ufffd", text) if problems else text), problems


def escaped_characters(source: SourceText, start: int, end: int) -> list[Problem]:
    """A problem for each refused character written by its number, as an escape, in the
    double-quoted text between the offsets `start` and `end`.
    """
    problems = []
    for match in _ESCAPE.finditer(source.text, start, end):
        code = int(match[1] or match[2] or match[3] or "-1", 16)
        if 0 <= code <= 0x10FFFF and _REFUSED_ESCAPED.match(chr(code)):
            problems.append(_refusal(source, match.start(), code, match[0]))
            if len(problems) > MAX_PROBLEMS:
                break
    return problems


def _refusal(source: SourceText, offset: int, code: int, escape: str) -> Problem:
    """The problem for the character `code` at `offset`, written as `escape` unless typed."""
    written = f", written {escape}," if escape else ""
    if 0xD800 <= code <= 0xDFFF:
        return lone_surrogate(source, offset, escape)
    if code == 0xFEFF:
        return source.error(
            "yaml-control-character",
            offset,
            "An invisible byte order mark (U+FEFF) is in the middle of the file.",
            "Delete it: put the cursor after it and press backspace. "
            "It's often left where two files were joined.",
        )
    if re.match(f"[{_BIDI}]", chr(code)):
        name = unicodedata.name(chr(code)).lower()
        return source.error(
            "yaml-bidi-control",
            offset,
            f"An invisible character that reverses the reading direction{written} is here: "
            f"{name} (U+{code:04X}).",
            "Delete it; the page sets the direction of each text from its language.",
        )
    return source.error(
        "yaml-control-character",
        offset,
        f"An invisible control character{written} is here (U+{code:04X}).",
        "Delete it; it often comes along when text is copied from a PDF or a word processor.",
    )


def lone_surrogate(source: SourceText, offset: int, escape: str) -> Problem:
    """The problem for half of a character, written as `escape` at `offset`."""
    return source.error(
        "yaml-lone-surrogate",
        offset,
        f"{escape} is only half of a character (a lone surrogate).",
        "Type the character itself instead of its code.",
    )
