"""YAML syntax errors in sentences for people who don't write YAML for a living.

libyaml says where it gave up; the functions below look at the text around that place for
the usual mistakes. Each returns a problem if it recognises its mistake, and `reword` asks
them in order, from the most specific to the least.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from yaml import MarkedYAMLError
from yaml.events import ScalarEvent

from generator.problems import Fix, Problem, Severity
from generator.yaml_text import SourceText, in_quotes, lone_surrogate, shorten, written

_KEY = r"[\w-]+"
#: `title:Norland`, but not `https://…` or `12:30`.
_KEY_WITHOUT_SPACE = re.compile(rf"(?!\d+:\d)({_KEY}):(?!//)(\S.*)")
_DASH_WITHOUT_SPACE = re.compile(r"-(?!-)([^\s\d].*)")
_SWALLOWED_KEY = re.compile(rf"\n[ ]*(?:- )?{_KEY}:[ \n]")
_CANT_START = {
    "[": "starts a list",
    "{": "starts a mapping",
    "]": "ends a list",
    "}": "ends a mapping",
    ",": "separates the items of a list",
    "|": "starts a text of several lines",
    ">": "starts a text of several lines",
    "&": "names a value for use elsewhere",
    "*": "refers to a value written elsewhere",
    "!": "sets a data type",
    "?": "starts a key",
    "-": "starts an item of a list",
    "%": "is reserved",
    "@": "is reserved",
    "`": "is reserved",
}


@dataclass(frozen=True, slots=True)
class _Scalar:
    """Where a scalar stands, quotes included, as offsets, and its quote or `|` or `>` or ""."""

    start: int
    end: int
    style: str


@dataclass(frozen=True, slots=True)
class _Fault:
    """What libyaml reported: its words, where it gave up (`at`) and where the thing it was
    reading began (`began`), and the last scalar before that. Offsets into the text.
    """

    source: SourceText
    words: str
    at: int
    began: int
    last: _Scalar | None

    def says(self, *phrases: str) -> bool:
        return any(phrase in self.words for phrase in phrases)

    @property
    def character(self) -> str:
        return self.source.text[self.at : self.at + 1]

    @property
    def before(self) -> str:
        """The line up to where libyaml gave up."""
        return self.source.text[self.source.line_start(self.at) : self.at]


def reword(source: SourceText, error: MarkedYAMLError, last: ScalarEvent | None) -> Problem:
    """The problem that `error` is to an author. `last` is the last scalar read before it."""
    at = error.problem_mark.index if error.problem_mark else 0
    began = error.context_mark.index if error.context_mark else at
    words = f"{error.context or ''}: {error.problem or ''}"
    fault = _Fault(source, words, min(at, len(source.text)), began, _span(last))
    for recognise in _MISTAKES:
        problem = recognise(fault)
        if problem is not None:
            return problem
    return _unknown(source, fault.at)


def unreadable(source: SourceText, last: ScalarEvent | None) -> Problem:
    """The problem of a file that stopped the parser without saying where."""
    span = _span(last)
    return _unknown(source, span.end if span else 0)


def _span(event: ScalarEvent | None) -> _Scalar | None:
    if event is None or event.start_mark is None or event.end_mark is None:
        return None
    return _Scalar(event.start_mark.index, event.end_mark.index, event.style or "")


def _unknown(source: SourceText, offset: int) -> Problem:
    return source.error(
        "yaml-syntax",
        offset,
        "The file can't be read as YAML from here on.",
        "Look at this line and the one above: are quotes and brackets closed, is there a space "
        "after each colon and dash, do lines that belong together start in the same column?",
    )


def several_documents(source: SourceText, offset: int) -> Problem:
    """The problem of a second document that begins at `offset`."""
    return source.error(
        "yaml-several-documents",
        offset,
        "A second document begins here; a file holds one.",
        "Delete the line `---` or `...`, or move what follows to a file of its own.",
    )


def comment_cuts_text(
    source: SourceText,
    offset: int,
    severity: Severity,
    hint: str,
    fix: Fix | None,
    *,
    field: str = "",
    nothing_else: bool = False,
) -> Problem:
    """The problem of words that the `#` at `offset` makes a comment; `nothing_else`: no other
    value is there.
    """
    comment = source.line(offset)[offset - source.line_start(offset) :]
    begins = "Nothing stands here but a comment" if nothing_else else "The text ends before the #"
    message = f'{begins}: "{shorten(comment)}" is read as a comment, which no page shows.'
    place = source.at(offset)
    return Problem("yaml-comment-cuts-text", severity, place, message, hint, field, fix)


def missing_space(source: SourceText, offset: int) -> Problem | None:
    """The problem of `key:value` or `-item` at `offset`, if that is what stands there."""
    rest = source.line(offset)[offset - source.line_start(offset) :]
    if match := _KEY_WITHOUT_SPACE.match(rest):
        return source.error(
            "yaml-missing-space",
            offset + len(match[1]) + 1,
            f'A space is missing after the colon of "{match[1]}".',
            f"Write `{match[1]}: {shorten(match[2])}`.",
        )
    if match := _DASH_WITHOUT_SPACE.match(rest):
        return source.error(
            "yaml-missing-space",
            offset + 1,
            "A space is missing after the dash of a list item.",
            f"Write `- {shorten(match[1])}`.",
        )
    return None


def _directive(fault: _Fault) -> Problem | None:
    if not fault.says("directive", "incompatible YAML"):
        return None
    offset = fault.source.line_start(fault.began)
    return fault.source.error(
        "yaml-directive",
        offset,
        "A line that begins with % gives orders to YAML programs; this one isn't understood.",
        "Delete it; if it is part of a text, indent it more than its key.",
    )


def _tab(fault: _Fault) -> Problem | None:
    for offset in (fault.at, fault.began):
        line = fault.source.line(offset)
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" in indent and not fault.says("quoted scalar"):
            return fault.source.error(
                "yaml-tab",
                fault.source.line_start(offset) + indent.index("\t"),
                "This line is indented with a tab; YAML takes spaces only.",
                "Replace the tab by spaces (two for each level), "
                'and set your editor to "indent with spaces".',
            )
    return None


def _quote_not_closed(fault: _Fault) -> Problem | None:
    text = fault.source.text
    opening = None
    if fault.says("quoted scalar") and fault.says("end of stream", "document"):
        opening = fault.began
    elif fault.last is not None and fault.last.style in ('"', "'"):
        # A quote left open ends at the next one in the file, keys in between included.
        start, end = fault.last.start, fault.last.end
        if end <= fault.at and _SWALLOWED_KEY.search(text[start:end]):
            opening = start
    if opening is None:
        return None
    mark = text[opening]
    return fault.source.error(
        "yaml-quote-not-closed",
        opening,
        f"The quote that opens here with {mark} isn't closed: "
        f"{shorten(fault.source.line(opening).strip())}",
        f"Put a {mark} at the end of the text.",
    )


def _escape(fault: _Fault) -> Problem | None:
    if not fault.says("escape", "hexdecimal", "hexadecimal"):
        return None
    text = fault.source.text
    offset = text.rfind("\\", fault.began, fault.at + 1)
    if offset < 0:
        return None
    code = re.match(r"\\(?:[xuU][0-9a-fA-F]*|.?)", text[offset:])
    written = code[0] if code else "\\"
    if re.match(r"\\(?:u|U0000)[dD][89a-fA-F]", written):
        return lone_surrogate(fault.source, offset, written)
    return fault.source.error(
        "yaml-escape",
        offset,
        f"Inside double quotes a backslash starts a code, and `{written}` isn't one.",
        "Write two backslashes for one, or put the text in single quotes.",
    )


def _comment_cut(fault: _Fault) -> Problem | None:
    """A text that goes on below a comment, where YAML no longer expects any."""
    if fault.last is None or fault.last.style or not fault.says("expected key", "block end", "':'"):
        return None
    here = fault.began if fault.says("':'") else fault.at
    between = fault.source.text[fault.last.end : here]
    if not re.fullmatch(r"(?:\s+#[^\r\n]*)+[\r\n]\s*[ \t]", between):
        return None
    if re.match(rf"(?:- |{_KEY}:(?:\s|$))", fault.source.text[here:]):
        return None
    source, start = fault.source, fault.last.start
    end = source.line_start(here) + len(source.line(here).rstrip())
    fix = source.replacing(start, end, in_quotes(source.text[start:end]))
    return comment_cuts_text(
        source,
        fault.last.end + between.index("#"),
        Severity.ERROR,
        f"Put the whole text in quotes: {written(fix)}. If it is a comment, put it above the text.",
        fix,
    )


def _special_character(fault: _Fault) -> Problem | None:
    """A text that begins with one of YAML's signs, as Markdown's `*` and `[` are."""
    line_start = fault.source.line_start(fault.at)
    if fault.says("anchor", "alias", "scanning a tag", "tag handle", "a block scalar"):
        offset = fault.began
    elif fault.says("cannot start any token", "node content", "mapping keys are not allowed"):
        offset = fault.at
        if fault.character == "@" and fault.source.text[offset - 1 : offset] == "[":
            offset -= 1
    elif fault.says("expected key", "block end", "mapping values are not allowed"):
        # `text: [words](url) and more`: the bracket was closed and the text goes on.
        match = re.match(rf"[ ]*(?:- )*(?:{_KEY}:[ ]+)?([\[{{])", fault.before)
        if match is None or not re.search(r"[\]}]", fault.before):
            return None
        offset = line_start + match.start(1)
    else:
        return None
    character = fault.source.text[offset : offset + 1]
    if character not in _CANT_START:
        return None
    rest = fault.source.line(offset)[offset - fault.source.line_start(offset) :]
    if fault.says("flow"):
        rest = re.split(r"[,}\]]", rest)[0] or character
    hint = f"Put the text in quotes: {in_quotes(shorten(rest))}"
    if rest.startswith("[@"):
        hint += ". (In a list of ids, write them without the @.)"
    return fault.source.error(
        "yaml-special-character",
        offset,
        f'A text can\'t begin with "{character}" here; in YAML that sign {_CANT_START[character]}.',
        hint,
    )


def _text_after_quote(fault: _Fault) -> Problem | None:
    last = fault.last
    if last is None or last.style not in ('"', "'") or not last.end <= fault.at:
        return None
    if fault.source.text[last.end : fault.at].strip(" \t") or not fault.before.strip():
        return None
    if last.style == "'":
        hint = "Inside '…' write an apostrophe twice (''), or put the whole text in double quotes."
    else:
        hint = 'Inside "…" write a quote as \\", or put the whole text in single quotes.'
    return fault.source.error(
        "yaml-text-after-quote",
        fault.at,
        f"The text ended at the {last.style} before this, but the line goes on: "
        f'"{shorten(fault.source.line(fault.at)[len(fault.before) :])}".',
        hint,
    )


def _colon_in_text(fault: _Fault) -> Problem | None:
    """`title: Norland: the river`, or a key that its indentation makes part of a text."""
    in_brackets = fault.says("flow") and fault.character == ":"
    if not in_brackets and not fault.says("mapping values are not allowed"):
        return None
    last, source = fault.last, fault.source
    if last is None or last.end > fault.at:
        return None
    start = last.start
    if start < source.line_start(fault.at):
        if in_brackets:
            return None
        if (problem := missing_space(source, start)) is not None:
            return problem
        if source.at(start).column == len(fault.before) - len(fault.before.lstrip()) + 1:
            return _missing_colon(source, start)
        if re.fullmatch(rf"[ ]*(?:- )?{_KEY}[ ]*", fault.before):
            return _indentation(source, fault.at - len(fault.before.lstrip()))
        begin = fault.at - len(fault.before.lstrip())
        hint = "Put the whole text in quotes, or begin it with `>` on the line of its key."
    else:
        begin = start
        rest = source.text[start : source.line_start(start) + len(source.line(start))]
        if in_brackets:
            rest = re.split(r"[,}\]]", rest)[0]
        hint = f"Put the text in quotes: {in_quotes(shorten(rest))}. "
        hint += "If it is meant as a key, put it on a line of its own."
    return source.error(
        "yaml-colon-in-text",
        fault.at,
        f'YAML reads "{shorten(source.text[begin : fault.at])}:" as a key, because of the colon.',
        hint,
    )


def _colon_before_bracket(fault: _Fault) -> Problem | None:
    """`{sources:[a]}`, where libyaml stops at the colon."""
    if not fault.says("unexpected ':'"):
        return None
    start, colon = fault.began, fault.source.text.find(":", fault.began)
    problem = missing_space(fault.source, start)
    if problem is not None:
        return problem
    return fault.source.error(
        "yaml-missing-space",
        max(start, colon),
        f'A colon in "{shorten(fault.source.text[start : colon + 20])}" has no space after it.',
        "Put a space after the colon, or the text in quotes.",
    )


def _bracket_not_closed(fault: _Fault) -> Problem | None:
    if not fault.says("flow sequence", "flow mapping"):
        return None
    mark = fault.source.text[fault.began : fault.began + 1]
    closing = "]" if fault.says("flow sequence") else "}"
    what = "list" if closing == "]" else "mapping"
    return fault.source.error(
        "yaml-bracket-not-closed",
        fault.began,
        f"The {what} that opens here with {mark} isn't closed, or a comma is missing in it.",
        f"Write {closing} at its end and a comma between its items; a text that begins "
        f"with {mark} goes in quotes.",
    )


def _line_without_key(fault: _Fault) -> Problem | None:
    """A line in a mapping that isn't `key: value`."""
    if not fault.says("could not find expected ':'"):
        return None
    source = fault.source
    if (problem := missing_space(source, fault.began)) is not None:
        return problem
    above = source.text[: source.line_start(fault.began)].rstrip().rpartition("\n")[2]
    if re.match(r"[ ]*- ", above) and not re.match(rf"[ ]*- {_KEY}:", above):
        return _missing_dash(source, fault.began)
    return _missing_colon(source, fault.began)


def _missing_colon(source: SourceText, offset: int) -> Problem:
    words = source.line(offset).strip()
    if re.fullmatch(_KEY, words):
        hint = f"Write `{words}:` with its value after it."
    else:
        hint = "If the text above goes on here, indent this line more than its key. "
        hint += "If this is a key of its own, write a colon and a space after its name."
    return source.error(
        "yaml-missing-colon",
        offset,
        f'This line has no key: a colon is missing in "{shorten(words)}".',
        hint,
    )


def _text_after_bracket(fault: _Fault) -> Problem | None:
    before = fault.before.rstrip(" \t")
    if not before.endswith(("]", "}")) or not fault.says("expected key", "'-'", "block end"):
        return None
    rest = fault.source.line(fault.at)[len(fault.before) :]
    return fault.source.error(
        "yaml-text-after-bracket",
        fault.at,
        f'The {before[-1]} before this ended the value, but the line goes on: "{shorten(rest)}".',
        f"Move the {before[-1]} to where the value ends, or put a text that holds brackets "
        "in quotes.",
    )


def _list_or_indentation(fault: _Fault) -> Problem | None:
    """A line whose indentation or dash doesn't fit the lines above."""
    source = fault.source
    if fault.says("block sequence entries are not allowed", "sequence entries are not allowed"):
        return source.error(
            "yaml-indentation",
            fault.at,
            "A list can't begin on the line of its key.",
            "Put each item on a line of its own, or put the text in quotes if it begins with `-`.",
        )
    if fault.says("document start"):
        if re.search(r"^\.\.\.", source.text[: fault.at], re.M):
            return several_documents(source, fault.at)
        return None if fault.before.strip() else _indentation(source, fault.at)
    if not fault.says("expected key", "'-' indicator", "block end") or fault.before.strip():
        return None
    if fault.character == ":":
        return source.error(
            "yaml-missing-key",
            fault.at,
            "This line begins with a colon; the name of a field is missing before it.",
            "Write the name, such as `title:`, or delete the line.",
        )
    column = source.at(fault.at).column
    if fault.last is not None and fault.last.style in ("|", ">") and fault.last.end <= fault.at:
        start = fault.source.text[fault.last.end : fault.at]
        if not start.strip() and not re.match(rf"- |{_KEY}:\s", source.text[fault.at :]):
            return source.error(
                "yaml-indentation",
                fault.at,
                f'"{shorten(source.line(fault.at).strip())}" is indented less than the first '
                "line of the text it belongs to.",
                f"Let every line after `{fault.last.style}` start in the column of the first.",
            )
    if fault.says("block collection") and column == source.at(fault.began).column:
        return _missing_dash(source, fault.at)
    return _indentation(source, fault.at)


def _missing_dash(source: SourceText, offset: int) -> Problem:
    words = shorten(source.line(offset).strip())
    return source.error(
        "yaml-missing-dash",
        offset,
        f'"{words}" stands among the items of a list, but has no dash.',
        f"Write `- {words}`, or change the indentation if it isn't an item of that list.",
    )


def _line_above(source: SourceText, offset: int) -> Problem | None:
    """The mistake of the line above, where that explains why the line at `offset` doesn't fit."""
    own = source.at(offset).column - 1
    start = source.line_start(offset)
    above = source.text[:start].rstrip()
    line = above.rpartition("\n")[2]
    key = re.fullmatch(rf"( *)({_KEY}):[ ]+(\S.*)", line)
    if key is None or len(key[1]) > own:
        return None
    place = start - len(source.text[:start]) + len(above) - len(line)
    if source.text[offset : offset + 2] == "- ":
        return source.error(
            "yaml-indentation",
            place + key.start(3),
            f"`{key[2]}` has a value on its line, so the list below it can't be its value.",
            f'Take "{shorten(key[3])}" out, or the list below.',
        )
    if own == len(key[1]) + 2:
        return _missing_dash(source, place + len(key[1]))
    return None


def _indentation(source: SourceText, offset: int) -> Problem:
    """The problem of a line whose first word, at `offset`, starts in no column in use."""
    if (cause := _line_above(source, offset)) is not None:
        return cause
    own = source.at(offset).column - 1
    above = source.text[: source.line_start(offset)].splitlines()
    columns: list[int] = []
    for line in reversed([line for line in above if line.strip() and line.strip()[0] != "#"]):
        for column in (match.start() for match in re.finditer(rf"(?<![^ ])(?:- |{_KEY}:)", line)):
            if line[:column].strip(" -") == "" and column not in columns and column != own:
                columns.append(column)
        if columns and min(columns) == 0:
            break
    *others, last = [str(column) for column in sorted(columns)] or ["0"]
    shown = f"{', '.join(others)} or {last}" if others else last
    return source.error(
        "yaml-indentation",
        offset,
        f'"{shorten(source.line(offset).strip())}" is indented by {own} space'
        f"{'' if own == 1 else 's'}, which fits none of the lines above it.",
        f"Lines that belong together start in the same column; the lines above start after "
        f"{shown} spaces.",
    )


_MISTAKES: tuple[Callable[[_Fault], Problem | None], ...] = (
    _directive,
    _escape,
    _tab,
    _quote_not_closed,
    _comment_cut,
    _special_character,
    _text_after_quote,
    _colon_in_text,
    _colon_before_bracket,
    _bracket_not_closed,
    _line_without_key,
    _text_after_bracket,
    _list_or_indentation,
)
