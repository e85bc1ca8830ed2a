r"""Backslashes in double quotes that were typed as such, and that YAML takes for codes.

`"see C:\temp\new"` would be shown with a tab and a line break, and without two of its letters.

Choices the format leaves open:

- `\"`, `\\`, `\/`, `\n` between lines and the numbers of characters are meant as codes.
- In what can only be a Windows path (after a drive's letter, or with a name that ends like a
  file's) no code is meant: an error, as letters are lost. If it only could be one, a warning.
- `\a`, `\b`, `\e`, `\f`, `\v` and `\0` are codes of characters that no text can hold: an error.
- `\t`, `\r` and the rare codes for line ends between letters are a warning: no text needs them.
- `\_` between letters is a warning: it is how Markdown writes an underscore.
- A backslash at the end of a line that glues two words together is a warning: in Markdown it would
  be a line break.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.reading.problems import Fix, Problem, Severity
from generator.reading.source_text import SourceText, written

_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\r\n|.)", re.S)
_REFUSED = "abefv0"
_MEANINGS = {
    "n": "a line break",
    "t": "a tab",
    "r": "a line break",
    "N": "a line break",
    "L": "a line break",
    "P": "a line break",
    "_": "a no-break space",
    " ": "a space",
    "/": "/",
    **dict.fromkeys(_REFUSED, "an invisible control character"),
}
_DRIVE = re.compile(r"(?<![\w\\])[A-Za-z]:(\\\\?)(?=[\w.])")
_SERVER = re.compile(r"(?<![\w\\])\\\\[\w.-]+")
_FILE = re.compile(
    r"\\[\w-]*\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|txt|csv|zip|jpe?g|png|gif|html?|xml|json|ya?ml|"
    r"exe|log|mp[34]|rtf|md)(?!\w)"
)
#: Characters of a path that are read on either side of a code.
_NEAR = 400


@dataclass(frozen=True, slots=True)
class _Code:
    """A code: its first and last offset in the file, and the characters after its backslash."""

    start: int
    end: int
    letters: str

    @property
    def is_line_end(self) -> bool:
        return self.letters[0] in "\r\n"


def typed_backslash(source: SourceText, start: int, end: int) -> Problem | None:
    """The problem of the first backslash that was likely typed as one in the text in double quotes
    from ``start`` to ``end``; its fix is for all of them.
    """
    text = source.text
    if text.find("\\", start, end) < 0 or source.is_long(start):
        return None
    codes = [
        _Code(match.start(), match.end(), match[0][1:])
        for match in _ESCAPE.finditer(text, start + 1, end - 1)
    ]
    ends = {code.end for code in codes}
    suspects: list[_Code] = []
    severity = Severity.WARNING
    for code in codes:
        if code.letters in ('"', "\\"):
            continue
        follows_code = code.start in ends
        judged = _judged(text, code, start + 1, end - 1, follows_code=follows_code)
        if judged is not None:
            suspects.append(code)
            severity = max(severity, judged, key=[Severity.WARNING, Severity.ERROR].index)
    if not suspects:
        return None
    # If one backslash of a path was typed as such, so were the others.
    words = {_word(text, code, start + 1, end - 1)[0] for code in suspects if not code.is_line_end}
    known = set(suspects)
    meant = [
        code
        for code in codes
        if code in known
        or (code.letters not in ('"', "\\") and _word(text, code, start + 1, end - 1)[0] in words)
    ]
    fix, hint = _fixed(source, start, end, codes, meant)
    first = meant[0]
    shown = text[first.start : first.end] if not first.is_line_end else "\\"
    lost = (
        "at the end of a line joins the next one on without a space"
        if first.is_line_end
        else f"starts a code, and `{shown}` is that of {_meaning(first.letters)}"
    )
    otherwise = ". If not, remove the code." if first.letters[0] in _REFUSED else ""
    return Problem(
        "yaml-escape",
        severity,
        source.at(first.start),
        f"Inside double quotes a backslash {lost}.",
        f"If it belongs to the text, {hint}: {written(fix)}{otherwise}",
        fix=fix,
    )


def in_single_quotes(inner: str) -> str:
    """A text from between double quotes, in single ones: each backslash is kept, except those
    before quotation marks.
    """
    return "'" + inner.replace('\\"', '"').replace("'", "''") + "'"


def _judged(text: str, code: _Code, start: int, end: int, *, follows_code: bool) -> Severity | None:
    """How sure it is that a backslash was typed as one; None where a code is meant."""
    before = text[code.start - 1] if code.start > start and not follows_code else " "
    after = text[code.end] if code.end < end else " "
    letter = code.letters[0]
    if letter in "xuU":
        return None
    if code.is_line_end:
        below = text[code.end : end].lstrip(" ")[:1]
        is_glued = not before.isspace() and below.isalnum()
        return Severity.WARNING if is_glued else None
    if letter in _REFUSED:
        return Severity.ERROR
    first, last = _word(text, code, start, end)
    if sure := _of_path(text[first:last], code.start - first, after):
        return sure
    if letter == "t" and after.isalpha():
        return Severity.WARNING
    if letter in "NLPr" and after.isalpha() and before.isalnum():
        return Severity.WARNING
    is_in_word = after.isalpha() and (before.isalpha() or before.isspace())
    return Severity.WARNING if letter == "_" and is_in_word and not follows_code else None


def _of_path(word: str, at: int, after: str) -> Severity | None:
    """How sure it is that the code ``at`` an offset in a word is part of a Windows path."""
    is_line_break = word[at + 1] == "n"
    if drive := _DRIVE.search(word, 0, at + 3):
        if drive[1] == "\\\\":  # whoever doubles some can mean the others
            return Severity.WARNING if after.islower() else None
        others = re.search(r"\\[^nxuU]", word) or _FILE.search(word)
        if not is_line_break or others:
            return Severity.ERROR
        return Severity.WARNING if after.islower() else None
    if _SERVER.search(word, 0, at):
        return Severity.WARNING if after.islower() else None
    if word[at - 1 : at].isalnum() and _FILE.match(word, at):
        return Severity.WARNING
    return None


def _word(text: str, code: _Code, start: int, end: int) -> tuple[int, int]:
    """Where the word with a code in it begins and ends: the text between two spaces."""
    low, high = max(start, code.start - _NEAR), min(end, code.end + _NEAR)
    first = max(text.rfind(space, low, code.start) + 1 for space in " \t\r\n")
    ends = (text.find(space, code.end, high) for space in " \t\r\n")
    return max(first, low), min((place for place in ends if place >= 0), default=high)


def _fixed(
    source: SourceText, start: int, end: int, codes: list[_Code], meant: list[_Code]
) -> tuple[Fix, str]:
    """The edit that turns all of ``meant`` into backslashes, and the words that ask for it."""
    inner = source.text[start + 1 : end - 1]
    others = {code.letters for code in set(codes).difference(meant)}
    if all(code.is_line_end for code in meant):
        bare = _replaced(inner, start + 1, meant, "")
        fix = source.replacing(start, end, f'"{bare}"')
        return fix, "write it twice; if not, remove it"
    if others <= {'"'} and not any(code.is_line_end for code in meant):
        fix = source.replacing(start, end, in_single_quotes(inner))
        return fix, "put the text in single quotes, in which a backslash is one"
    doubled = _replaced(inner, start + 1, meant, r"\\")
    fix = source.replacing(start, end, f'"{doubled}"')
    return fix, "write it twice"


def _replaced(inner: str, offset: int, meant: list[_Code], replacement: str) -> str:
    """`inner`, which begins at `offset`, with `replacement` for the backslashes of `meant`."""
    for code in reversed(meant):
        at = code.start - offset
        inner = f"{inner[:at]}{replacement}{inner[at + 1 :]}"
    return inner


def _meaning(letters: str) -> str:
    if letters in _MEANINGS:
        return _MEANINGS[letters]
    number = int(letters[1:], 16)
    return f'"{chr(number)}"' if number <= 0x10FFFF and chr(number).isprintable() else letters
