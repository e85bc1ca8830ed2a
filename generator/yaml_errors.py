"""YAML syntax errors in sentences for people who don't write YAML for a living.

libyaml says where it gave up; the functions below look at the text around that place for
the usual mistakes. Each returns a problem if it recognises its mistake, and `reword` asks
them in order, from the most specific to the least. Where several edits could be meant, the first
is proposed after which the file can be read further (`Fault.works`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as replaced
from itertools import islice
from types import MappingProxyType

from yaml import MarkedYAMLError
from yaml.events import ScalarEvent

from generator.problems import Fix, Problem, Severity
from generator.yaml_lines import (
    KEY,
    comment_in_brackets,
    indent_of,
    is_key_line,
    key_column,
    lines_above,
    open_bracket,
    open_columns,
    quoting,
    shifted,
    text_end,
    text_end_in_brackets,
    with_plain_indentation,
)
from generator.yaml_text import (
    ODD_SPACES,
    SourceText,
    character_name,
    code_in_quotes,
    lone_surrogate,
    shorten,
    written,
)

NO_NAMES: Mapping[str, bool] = MappingProxyType({})
#: `title:Norland`, but not `https://…` or `12:30`.
_KEY_WITHOUT_SPACE = re.compile(rf"(?!\d+:\d)({KEY}):(?!//)([^\s{ODD_SPACES}].*)")
_DASH_WITHOUT_SPACE = re.compile(rf"-(?!-)([^\s\d{ODD_SPACES}].*)")
_SWALLOWED_KEY = re.compile(rf"\n[ ]*(?:- |(?:- )?[{{]?[\"']?{KEY}[\"']?:(?:[ \n]|$))")
#: Where an odd space keeps YAML from seeing a line's indentation, its dash or its key.
_ODD_SPACE = re.compile(
    rf"[ ]*(?:-[ ]+)*(?:(?:-|{KEY}:)[ ]*)?(?P<odd>[{ODD_SPACES}][ {ODD_SPACES}]*)"
)
_KEY_VALUE = re.compile(rf"[ ]*(?:-[ ]+)*({KEY}):[ ]+(?=\S)")
#: What is typed as the sign of a list's item and is no hyphen, or is one without a space.
_OTHER_DASH = re.compile(r"[ ]*([‐‑‒–—―−•·◦▪*+])(?:[ \t]+|(?=\w))")
_CONFLICT = re.compile(
    r"^<{7} [^\n]*\n(?P<first>(?:(?!<{7} |>{7} )[^\n]*\n){0,400}?)={7}\n"
    r"(?:(?!<{7} )[^\n]*\n){0,400}?>{7} [^\n]*",
    re.M,
)
#: What people type after a key who have another keyboard, or write other formats.
_SIGN_FOR_COLON = r"[ \t]*(?:[：﹕︓∶꞉;]|:?=>?)[ \t]*"
#: A line that draws a rule, or opens or closes a code block.
_ORNAMENT = re.compile(r"(?P<sign>[-=_*~#`+])(?P=sign){2,}[ \t]*")
_HTML_COMMENT = re.compile(r"<!--[ \t]*(.*?)[ \t]*-->[ \t]*")
_CANT_START = {
    "[": "starts a list",
    "{": "starts a group of keys",
    "]": "ends a list",
    "}": "ends a group of keys",
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
class Context:
    """What a mistake is judged by besides the text: whether the file can be read further after an
    edit, and what the format's keys are called, each with whether it holds text.
    """

    works: Callable[[Fix], bool] = lambda _: True
    names: Mapping[str, bool] = field(default_factory=lambda: NO_NAMES)


@dataclass(frozen=True, slots=True)
class _Scalar:
    """Where a text stands, quotes included, as offsets, and its quote or `|` or `>` or ""."""

    start: int
    end: int
    style: str


@dataclass(frozen=True, slots=True)
class _Fault:
    """What libyaml reported: its words, where it gave up (`at`) and where the thing it was
    reading began (`began`), and the last text before that. Offsets into the text.
    """

    source: SourceText
    words: str
    at: int
    began: int
    last: _Scalar | None
    context: Context

    def says(self, *phrases: str) -> bool:
        return any(phrase in self.words for phrase in phrases)

    @property
    def character(self) -> str:
        return self.source.text[self.at : self.at + 1]

    @property
    def before(self) -> str:
        """The line up to where libyaml gave up."""
        return self.source.text[self.source.line_start(self.at) : self.at]

    @property
    def line(self) -> str:
        """The line where libyaml gave up."""
        return self.source.line(self.at)

    @property
    def number(self) -> int:
        """That line's number."""
        return self.source.at(self.at).line

    @property
    def in_brackets(self) -> bool:
        return self.says("flow")

    def first_that_works(self, fixes: Iterable[Fix]) -> Fix | None:
        """The first edit after which the file can be read further; else the first at all."""
        candidates = list(fixes)
        return next(filter(self.context.works, candidates), None)

    def end_of(self, start: int) -> int:
        """Where the text that begins at the offset `start` ends."""
        return (text_end_in_brackets if self.in_brackets else text_end)(self.source, start)


def reword(
    source: SourceText, error: MarkedYAMLError, last: ScalarEvent | None, context: Context
) -> Problem:
    """The problem that `error` is to an author. `last` is the last text read before it."""
    at = error.problem_mark.index if error.problem_mark else 0
    began = error.context_mark.index if error.context_mark else at
    words = f"{error.context or ''}: {error.problem or ''}"
    fault = _Fault(source, words, min(at, len(source.text)), began, _span(last), context)
    for recognise in _MISTAKES:
        problem = recognise(fault)
        if problem is not None:
            is_sound = problem.fix is None or context.works(problem.fix)
            return problem if is_sound else replaced(problem, fix=None)
    return _bracket_above(fault) or _unknown(source, fault.at)


def unreadable(source: SourceText, last: ScalarEvent | None) -> Problem:
    """The problem of a file of which libyaml doesn't say where it stopped."""
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
    number = source.at(offset).line
    is_last = not source.text[offset:].strip("-. \r\n")
    if is_last:
        message = "A file doesn't end with a line of dashes, as what stands above a page does."
    else:
        message = "A second document begins here; a file holds one."
    return source.error(
        "yaml-several-documents",
        offset,
        message,
        "Delete this line."
        if is_last
        else "Delete the line `---` or `...`, or move what follows to a file of its own.",
        fix=Fix(number, number, ()) if is_last else None,
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
        at = offset + len(match[1]) + 1
        message = f'A space is missing after the colon of "{match[1]}".'
    elif match := _DASH_WITHOUT_SPACE.match(rest):
        at = offset + 1
        message = "A space is missing after the dash of a list item."
    else:
        return None
    fix = source.replacing(at, at, " ")
    return source.error("yaml-missing-space", at, message, f"Write {written(fix)}.", fix=fix)


def in_whole_quotes(source: SourceText, start: int, end: int) -> tuple[Fix, str]:
    """The edit that puts the text between two offsets in quotes, and the hint that asks for it."""
    fix = quoting(source, start, end)
    return fix, f"Put the whole text in quotes: {written(fix)}"


def _odd_space(fault: _Fault) -> Problem | None:
    """A no-break space, say, where YAML expects a space."""
    source = fault.source
    began = source.at(min(fault.began, len(source.text))).line
    above = [number for number, _ in islice(lines_above(source, fault.number), 2)]
    return next(
        filter(None, (odd_space(source, one) for one in (fault.number, began, *above))), None
    )


def odd_space(source: SourceText, number: int) -> Problem | None:
    """The problem of what looks like a space and isn't one in the indentation of line `number`, or
    after its dash or its key.
    """
    match = _ODD_SPACE.match(source.line_at(number))
    if match is None:
        return None
    start, end = match.span("odd")
    place = source.start_of(number)
    fix = with_plain_indentation(source, place)
    if fix is None or match[0][:start].strip():
        fix = source.replacing(place + start, place + end, " ")
    odd = re.search(f"[{ODD_SPACES}]", match["odd"])
    assert odd, "the pattern begins with one"
    return source.error(
        "yaml-odd-character",
        place + start + odd.start(),
        f"Here stands {character_name(odd[0])}, which looks like a space and isn't one.",
        f"Type an ordinary space in its place: {written(fix)}.",
        fix=fix,
    )


def _directive(fault: _Fault) -> Problem | None:
    if not fault.says("directive", "incompatible YAML"):
        return None
    offset = fault.source.line_start(fault.began)
    number = fault.source.at(offset).line
    return fault.source.error(
        "yaml-directive",
        offset,
        "A line that begins with % gives orders to YAML programs; this one isn't understood.",
        "Delete it; if it is part of a text, indent it more than its key.",
        fix=Fix(number, number, ()),
    )


def _tab(fault: _Fault) -> Problem | None:
    source = fault.source
    if after_dash := re.match(r"[ ]*(?:-[ ]+)*-[ ]*(\t[ \t]*)", fault.line):
        start = source.line_start(fault.at)
        spaced = source.replacing(start + after_dash.start(1), start + after_dash.end(), " ")
        if fault.context.works(spaced):
            return source.error(
                "yaml-tab",
                start + after_dash.start(1),
                "A tab stands after the dash; YAML takes a space there.",
                f"Write {written(spaced)}.",
                fix=spaced,
            )
    for offset in (fault.at, fault.began):
        line = source.line(offset)
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" not in indent or fault.says("quoted scalar"):
            continue
        number = last = source.at(offset).line
        while last < source.count and re.match(r"[ ]*\t", source.line_at(last + 1)):
            last += 1
        lines = [source.line_at(one) for one in range(number, last + 1)]
        fix = fault.first_that_works(
            Fix(number, last, tuple(_without_tabs(line, " " * width) for line in lines))
            for width in (2, 4, 6, 8)
        )
        return source.error(
            "yaml-tab",
            source.line_start(offset) + indent.index("\t"),
            "This line is indented with a tab; YAML takes spaces only.",
            "Replace the tab by spaces, so that the line begins in the column of its neighbours; "
            'set your editor to "indent with spaces".',
            fix=fix,
        )
    return None


def _without_tabs(line: str, spaces: str) -> str:
    indent = len(line) - len(line.lstrip(" \t"))
    return line[:indent].replace("\t", spaces) + line[indent:]


def _quote_not_closed(fault: _Fault) -> Problem | None:
    source = fault.source
    text = source.text
    opening = None
    if fault.says("quoted scalar") and fault.says("document"):
        column = key_column(source.line(fault.began)) + 2
        moved = shifted(source, fault.number, column, with_lines_below=False)
        if fault.context.works(moved):
            return source.error(
                "yaml-several-documents",
                fault.at,
                "A line that begins with three dashes or dots ends the file, within quotes too.",
                f"Indent it by {column} spaces, as the other lines of the text: {written(moved)}.",
                fix=moved,
            )
    if fault.says("quoted scalar") and fault.says("end of stream", "document"):
        opening = fault.began
    elif fault.last is not None and fault.last.style in ('"', "'"):
        # A quote left open ends at the next one in the file, keys in between included.
        start, end = fault.last.start, fault.last.end
        swallowed = _SWALLOWED_KEY.search(text[start:end])
        mark = text[start]
        if "\n" in text[start:end]:  # it ends where the next key in quotes begins
            swallowed = swallowed or re.match(rf"{mark}{KEY}{mark}:", text[end - 1 : end + 100])
        if end <= fault.at and swallowed:
            opening = start
    if opening is None:
        return None
    mark = text[opening]
    if curly := _curly_end(source, opening):
        straight = source.replacing(curly, curly + 1, mark)
        if fault.context.works(straight):
            return source.error(
                "yaml-quote-not-closed",
                opening,
                f"The quote that opens here with {mark} isn't closed by {text[curly]}, which is "
                "another sign.",
                f"Write {mark} at the end too: {written(straight)}",
                fix=straight,
            )
    line_end = source.line_start(opening) + len(source.line(opening).rstrip())
    ends = [text_end_in_brackets(source, opening), text_end(source, opening)]
    if not re.search(r"[{\[]", text[source.line_start(opening) : opening]):
        ends.reverse()
    ends += [line_end - 1, line_end - 2] if text[opening:line_end].endswith(("]", "}")) else []
    fix = fault.first_that_works(source.replacing(end, end, mark) for end in ends if end > opening)
    shown = f": {written(fix)}" if fix else "."
    return source.error(
        "yaml-quote-not-closed",
        opening,
        f"The quote that opens here with {mark} isn't closed: "
        f"{shorten(source.line(opening).strip())}",
        f"Put a {mark} at the end of the text{shown}",
        fix=fix,
    )


def _curly_end(source: SourceText, opening: int) -> int | None:
    """Where a curly quotation mark ends the line, or the entry, that a straight one opened."""
    line_end = source.line_start(opening) + len(source.line(opening))
    match = re.search(r"[“”„’‘»](?=[ \t]*(?:[,\]}]|$))", source.text[opening + 1 : line_end])
    before = source.text[opening + 1 : opening + 1 + match.start()] if match else ""
    is_pair = re.search(r"[“”„’‘»«]", before) is not None
    return opening + 1 + match.start() if match and not is_pair else None


def _escape(fault: _Fault) -> Problem | None:
    if not fault.says("escape", "hexdecimal", "hexadecimal"):
        return None
    source, text = fault.source, fault.source.text
    offset = text.rfind("\\", fault.began, fault.at + 1)
    if offset < 0:
        return None
    code = re.match(r"\\(?:[xuU][0-9a-fA-F]*|.?)", text[offset:])
    written_code = code[0] if code else "\\"
    if re.match(r"\\(?:u|U0000)[dD][89a-fA-F]", written_code):
        return lone_surrogate(source, offset, written_code)
    message = f"Inside double quotes a backslash starts a code, and `{written_code}` isn't one."
    return code_in_quotes(source, fault.began, offset, message)


def _comment_cut(fault: _Fault) -> Problem | None:
    """A text that goes on below a comment, where YAML no longer expects any."""
    if fault.last is None or fault.last.style or not fault.says("expected key", "block end", "':'"):
        return None
    here = fault.began if fault.says("':'") else fault.at
    between = fault.source.text[fault.last.end : here]
    if not re.fullmatch(r"(?:\s+#[^\r\n]*)+[\r\n]\s*[ \t]", between):
        return None
    if re.match(rf"(?:- |{KEY}:(?:\s|$))", fault.source.text[here:]):
        return None
    source, start = fault.source, fault.last.start
    end = source.line_start(here) + len(source.line(here).rstrip())
    fix = quoting(source, start, max(end, text_end(source, here)))
    return comment_cuts_text(
        source,
        fault.last.end + between.index("#"),
        Severity.ERROR,
        f"Put the whole text in quotes: {written(fix)}. If it is a comment, put it above the text.",
        fix,
    )


def _comment_in_brackets(fault: _Fault) -> Problem | None:
    """A text between brackets of which a `#` made a comment, closing brackets and all."""
    source = fault.source
    began = source.at(min(fault.began, len(source.text))).line
    near = [*range(fault.number, max(0, fault.number - 4), -1), *range(began, began + 4)]
    for number in dict.fromkeys(near):
        line = source.line_at(number)
        if (
            re.match(r"[ \t]*#.*[\]}]", line)
            and open_bracket(source.line_at(number - 1)) is not None
        ):
            at = source.start_of(number) + line.index("#")
            hint = "If it belongs to the text above, put the whole text in quotes; if it is a "
            hint += "comment, let the bracket be closed on a line of its own."
            return comment_cuts_text(source, at, Severity.ERROR, hint, None)
        places = comment_in_brackets(line)
        if places is None:
            continue
        line_start = source.start_of(number)
        at, start = places[0] + line_start, places[1] + line_start
        fix = quoting(source, start, text_end_in_brackets(source, start))
        hint = f"Put the whole text in quotes: {written(fix)}. A comment goes on a line above."
        nothing_else = start == at
        return comment_cuts_text(source, at, Severity.ERROR, hint, fix, nothing_else=nothing_else)
    return None


def _too_many_commas(fault: _Fault) -> Problem | None:
    """Two commas with nothing between them, or one after the opening bracket."""
    source, text = fault.source, fault.source.text
    if fault.character != "," or not fault.in_brackets:
        return None
    above = text[: fault.at].rstrip()
    if not above.endswith((",", "[", "{")):
        return None
    second = above.endswith(",")
    fix = source.replacing(fault.at, fault.at + 1, "")
    if not second:
        fix = source.replacing(fault.at, _after_spaces(text, fault.at + 1), "")
    message = "Two commas stand here with nothing between them."
    if not second:
        message = f"Nothing stands between this comma and the {above[-1]} before it."
    hint = f"Take {'one comma' if second else 'the comma'} out: {written(fix)}"
    return source.error("yaml-too-many-commas", fault.at, message, hint, fix=fix)


def _after_spaces(text: str, offset: int) -> int:
    return offset + len(text[offset:]) - len(text[offset:].lstrip(" "))


def _other_dash(fault: _Fault) -> Problem | None:
    """A dash, a bullet or a star where the hyphen of a list's item belongs."""
    source = fault.source
    numbers = [fault.number, source.at(min(fault.began, len(source.text))).line]
    above = [number for number, _ in islice(lines_above(source, fault.number), 2)]
    for number in [*numbers, *above]:
        line = source.line_at(number)
        match = _OTHER_DASH.match(line)
        if match is None or re.match(r"\*[\w-]+\*", line.lstrip()):
            continue
        place = source.start_of(number)
        fix = source.replacing(place + match.start(1), place + match.end(), "- ")
        if not fault.context.works(fix):
            continue
        sign = match[1]
        name = {"*": "a star", "+": "a plus sign"}.get(sign) or character_name(sign)
        return source.error(
            "yaml-missing-dash",
            place + match.start(1),
            f"An item of a list begins with a hyphen and a space, and this is {name}.",
            f"Write {written(fix)}.",
            fix=fix,
        )
    return None


def _text_below_sign(fault: _Fault) -> Problem | None:
    """`text: > words` or `text: | words`, where the words belong on the line below."""
    if not fault.says("a block scalar"):
        return None
    source, text = fault.source, fault.source.text
    line = source.line(fault.began)
    sign = text[fault.began]
    rest = line[fault.began - source.line_start(fault.began) :]
    header = re.match(r"[|>](?:[-+]?(?=[ \t])|[-+]$)?[ \t]*", rest)
    words = rest[header.end() :].rstrip() if header else ""
    indent = " " * (key_column(line) + 2)
    end = fault.began + len(rest.rstrip())
    below = source.replacing(fault.began, end, f"{sign}\n{indent}{words}")
    quotes = quoting(source, fault.began, text_end(source, fault.began))
    fix = fault.first_that_works([below, quotes] if rest[1:2] in " \t" else [quotes, below])
    shown = f": {written(fix)}" if fix else ""
    if fix == below:
        key, text_below = (shorten(line.strip(), 200) for line in below.lines)
        shown = f": write `{key}` and below it, indented, `{text_below}`."
    return source.error(
        "yaml-special-character",
        fault.began,
        f'A text can\'t go on after "{sign}" on the same line; in YAML that sign '
        f"{_CANT_START[sign]}.",
        f"Put the text in quotes{shown}"
        if fix is quotes
        else f"Let the text begin on the line below{shown}",
        fix=fix,
    )


def _special_character(fault: _Fault) -> Problem | None:
    """A text that begins with one of YAML's signs, as Markdown's `*` and `[` are."""
    source = fault.source
    line_start = source.line_start(fault.at)
    if fault.says("anchor", "alias", "scanning a tag", "tag handle"):
        offset = fault.began
    elif fault.says("cannot start any token", "node content", "mapping keys are not allowed"):
        offset = fault.at
        if fault.character == "@" and source.text[offset - 1 : offset] == "[":
            offset -= 1
    elif fault.says("expected key", "block end", "mapping values are not allowed"):
        # `text: [words](url) and more`: the bracket was closed and the text goes on.
        match = re.match(rf"[ ]*(?:- )*(?:{KEY}:[ ]+)?([\[{{])", fault.before)
        if match is None or not re.search(r"[\]}]", fault.before):
            return None
        if fault.before.rstrip().endswith("}") and fault.character == ",":
            return None
        offset = line_start + match.start(1)
    else:
        return None
    character = source.text[offset : offset + 1]
    if character not in _CANT_START:
        return None
    end = fault.end_of(offset)
    if end <= offset:
        end = offset + 1
    rest = source.text[offset:end]
    if re.fullmatch(r"\[[^\[\]]*\]\]+|\{[^{}]*\}\}+", rest):
        single = rest.rstrip(rest[-1]) + rest[-1]
        fix = source.replacing(offset, end, single)
        if fault.context.works(fix):
            return source.error(
                "yaml-text-after-bracket",
                offset + len(single),
                f"One {rest[-1]} too many stands here.",
                f"Take it out: {written(fix)}",
                fix=fix,
            )
    ids = re.fullmatch(r"\[(?:@[\w-]+(?:, *)?)+\]", rest)
    if ids:
        fix = source.replacing(offset, end, rest.replace("@", ""))
        hint = f"In a list of ids, write them without the @: {written(fix)}. "
        hint += "A text that begins with a bracket goes in quotes."
    elif rest in ("]", "}", ","):
        fix = source.replacing(offset, end, "")
        hint = f"Take it out: {written(fix)}"
    else:
        fix, hint = in_whole_quotes(source, offset, end)
    return source.error(
        "yaml-special-character",
        offset,
        f'A text can\'t begin with "{character}" here; in YAML that sign {_CANT_START[character]}.',
        hint,
        fix=fix,
    )


def _text_after_quote(fault: _Fault) -> Problem | None:
    last, source = fault.last, fault.source
    if last is None or last.style not in ('"', "'") or not last.end <= fault.at:
        return None
    if source.text[last.end : fault.at].strip(" \t") or not fault.before.strip():
        return None
    end = max(fault.end_of(last.start), fault.at + 1)
    typed = source.text[last.start : end]
    mark = last.style
    if source.text[last.end : end].strip() in (",", ";", "."):
        fix = source.replacing(last.end, end, "")
        hint = f"Take the {source.text[last.end : end].strip()} out: {written(fix)}"
    elif typed.endswith(mark) and len(typed) > 1:
        # The outer marks are YAML's, and those between them the text's.
        fix = source.replacing(last.start, end, _requoted(typed[1:-1]))
        hint = f"Put the text in other quotes: {written(fix)}"
    else:
        fix, hint = in_whole_quotes(source, last.start, end)
    return source.error(
        "yaml-text-after-quote",
        fault.at,
        f"The text ended at the {mark} before this, but the line goes on: "
        f'"{shorten(fault.line[len(fault.before) :])}".',
        hint,
        fix=fix,
    )


def _requoted(inner: str) -> str:
    """A text that was put in quotation marks which it holds itself, in others."""
    if "'" in inner and '"' not in inner and "\\" not in inner:
        return f'"{inner}"'
    return "'" + inner.replace("''", "'").replace("'", "''") + "'"


def _colon_in_text(fault: _Fault) -> Problem | None:
    """`title: Norland: the river`, or a key that its indentation makes part of a text."""
    in_brackets = fault.in_brackets and fault.character == ":"
    if not in_brackets and not fault.says("mapping values are not allowed"):
        return None
    last, source = fault.last, fault.source
    if last is None or last.end > fault.at:
        return None
    if last.start < source.line_start(fault.at):
        if in_brackets:
            return None
        if (problem := missing_space(source, last.start)) is not None:
            return problem
        if is_key_line(fault.line):
            if (
                key_column(source.line(last.start))
                == source.at(last.start).column - 1
                == (indent_of(fault.line))
            ):
                return _missing_colon(fault, last.start)
            return _indentation(fault, fault.number)
        start, end = last.start, text_end(source, last.start)
        end = max(end, source.line_start(fault.at) + len(fault.line.rstrip()))
    else:
        start = last.start
        value = _KEY_VALUE.match(fault.line)
        if value and not in_brackets and value.end() <= len(fault.before):
            start = source.line_start(fault.at) + value.end()
        end = fault.end_of(start)
    fix, hint = in_whole_quotes(source, start, end)
    if in_brackets and _KEY_WITHOUT_SPACE.match(source.text[start:end]):
        return missing_space(source, start)
    comma = None
    if in_brackets and (other := re.search(rf"[ ](?={KEY}:[ ])", source.text[start:end])):
        at = start + other.start()
        semicolon = source.text[at - 1 : at] == ";"
        comma = source.replacing(at - semicolon, at, ",")
    if comma and not fault.context.works(fix):
        fix, hint = comma, f"Put a comma between the two: {written(comma)}"
    elif comma:
        name = re.split(r"[ ]", source.text[start : fault.at])[-1]
        if name in fault.context.names:
            hint = f"Put a comma before `{name}`: {written(comma)}"
            fix = comma
    return source.error(
        "yaml-colon-in-text",
        fault.at,
        f'"{shorten(source.text[max(start, source.line_start(fault.at)) : fault.at])}:" is read '
        "as a key, because of the colon.",
        f"{hint}. If it is meant as a key, put it on a line of its own."
        if not in_brackets
        else hint,
        fix=fix,
    )


def _colon_before_bracket(fault: _Fault) -> Problem | None:
    """`{sources:[a]}`, where libyaml stops at the colon."""
    if not fault.says("unexpected ':'"):
        return None
    source, start = fault.source, fault.began
    if (problem := missing_space(source, start)) is not None:
        return problem
    colon = source.text.find(":", start)
    fix = fault.first_that_works(
        [source.replacing(colon + 1, colon + 1, " "), quoting(source, start, fault.end_of(start))]
    )
    shown = f": {written(fix)}" if fix else "."
    return source.error(
        "yaml-missing-space",
        max(start, colon),
        f'A colon in "{shorten(source.text[start : colon + 20])}" has no space after it.',
        f"Put a space after the colon, or the text in quotes{shown}",
        fix=fix,
    )


def _bracket_left_open(fault: _Fault) -> Problem | None:
    """A bracket that is still open where the next key begins a line."""
    source = fault.source
    if not is_key_line(fault.line):
        return None
    if source.at(min(fault.began, len(source.text))).line < fault.number and fault.in_brackets:
        return _bracket_not_closed(fault)
    above = next(iter(lines_above(source, fault.number)), (0, ""))
    column = open_bracket(above[1])
    return None if column is None else _left_open(fault, source.start_of(above[0]) + column)


def _left_open(fault: _Fault, began: int) -> Problem | None:
    is_list = fault.source.text[began] == "["
    words = "flow sequence" if is_list else "flow mapping"
    return _bracket_not_closed(replaced(fault, began=began, words=words))


def _bracket_above(fault: _Fault) -> Problem | None:
    """A bracket that one of the lines above leaves open, where nothing else explains a mistake."""
    source = fault.source
    for number, line in [(fault.number, fault.line), *islice(lines_above(source, fault.number), 3)]:
        column = open_bracket(line)
        if column is not None:
            return _left_open(fault, source.start_of(number) + column)
    return None


def _bracket_not_closed(fault: _Fault) -> Problem | None:
    if not fault.says("flow sequence", "flow mapping"):
        return None
    source, began = fault.source, fault.began
    mark = source.text[began : began + 1]
    closing = "]" if fault.says("flow sequence") else "}"
    line_end = source.line_start(began) + len(_without_comment(source.line(began)))
    before_fault = len(source.text[: fault.at].rstrip())
    fixes = [source.replacing(line_end, line_end, closing)]
    early = re.compile(rf",[ ]*{KEY}:[ ]").search(source.text, began, line_end)
    if early and closing == "]":
        fixes.insert(0, source.replacing(early.start(), early.start(), closing))
    if source.text[line_end - 1] == ",":
        fixes.insert(0, source.replacing(line_end - 1, line_end, closing))
    if fault.character in ("]", "}") and fault.character != closing:
        fixes.insert(0, source.replacing(fault.at, fault.at + 1, closing))
        fixes.insert(1, source.replacing(fault.at, fault.at, closing))
    if 0 < before_fault <= fault.at:
        fixes.append(source.replacing(before_fault, before_fault, ","))
        fixes.append(source.replacing(before_fault, before_fault, closing))
        below = text_end(source, began)
        fixes.append(source.replacing(below, below, closing))
    fixes.append(quoting(source, began, text_end(source, began)))
    fix = fault.first_that_works(fixes)
    what = "list" if closing == "]" else "group"
    message = f"The {what} that opens here with {mark} isn't closed"
    hint = f"Write {closing} at its end"
    if fix is not None and source.line_at(fix.first) != "" and len(fix.lines) == 1:
        if fix == fixes[-1]:
            hint = "A text that begins with a bracket goes in quotes"
        elif fix.lines[0].count(",") > source.line_at(fix.first).count(","):
            hint, message = "Put a comma there", f"In the {what} that opens here a comma is missing"
    shown = f": {written(fix)}" if fix else " and a comma between its items; a text that begins "
    shown += "" if fix else f"with {mark} goes in quotes."
    return source.error("yaml-bracket-not-closed", began, f"{message}.", hint + shown, fix=fix)


def _without_comment(line: str) -> str:
    return re.split(r"[ \t]#", line)[0].rstrip()


def _line_without_key(fault: _Fault) -> Problem | None:
    """A line among keys that isn't `key: value`."""
    if not fault.says("could not find expected ':'"):
        return None
    source = fault.source
    if (problem := missing_space(source, fault.began)) is not None:
        return problem
    if (problem := _line_of_block(fault, fault.began)) is not None:
        return problem
    above = next(iter(lines_above(source, source.at(fault.began).line)), (0, ""))[1]
    if re.match(r"[ ]*- ", above) and not is_key_line(above):
        return _missing_dash(fault, fault.began)
    return _missing_colon(fault, fault.began)


def _missing_colon(fault: _Fault, offset: int) -> Problem:
    source = fault.source
    line = source.line(offset)
    words = line.strip()
    if words.startswith("//"):
        return _comment_in_slashes(source, offset + len(line) - len(line.lstrip()))
    number = source.at(offset).line
    if comment := _HTML_COMMENT.fullmatch(words):
        as_comment = Fix(number, number, (f"{' ' * indent_of(line)}# {comment[1]}",))
        message = "A comment begins with #, not with <!--."
        hint = f"Write {written(as_comment)}."
        return source.error("yaml-missing-colon", offset, message, hint, fix=as_comment)
    if re.match(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)", line):
        return _rest_of_conflict(source, number)
    if _ORNAMENT.fullmatch(words):
        message = f'A line of signs, "{shorten(words, 20)}", stands here; YAML has no such lines.'
        out = Fix(number, number, ())
        return source.error("yaml-missing-colon", offset, message, "Take the line out.", fix=out)
    first = re.match(rf"(?:- )*({KEY})(?:{_SIGN_FOR_COLON})?[ ]*", words)
    fixes, hints = [], []
    lead = line[: len(line) - len(line.lstrip())]
    if first and (first[1] in fault.context.names or first.end() == len(words)):
        dashes = words[: first.start(1)]
        value = words[first.end() :]
        fixes.append(Fix(number, number, (f"{lead}{dashes}{first[1]}: {value}".rstrip(),)))
        after = "with its value after it" if not value else "with a colon and a space"
        hints.append(f"Write `{first[1]}:` {after}")
    column = max([key_column(line) for _, line in [*lines_above(source, number)][:1]] or [0]) + 2
    for below in (False, True):
        fixes.append(shifted(source, number, column, with_lines_below=below))
        hints.append("The text above goes on here: indent this line more than its key")
    fix = fault.first_that_works(fixes)
    hint = hints[fixes.index(fix)] if fix in fixes else hints[0]
    shown = f": {written(fix)}" if fix else ""
    other = ""
    if len(fixes) == 2:
        other = " If this is a key of its own, write a colon and a space after its name."
    return source.error(
        "yaml-missing-colon",
        offset,
        f'This line has no key: a colon is missing in "{shorten(words)}".',
        f"{hint}{shown}.{other}",
        fix=fix,
    )


def _comment_in_slashes(source: SourceText, offset: int) -> Problem:
    start = source.text.index("//", source.line_start(offset))
    fix = source.replacing(start, start + 2, "#")
    message = "A comment begins with #, not with //."
    return source.error("yaml-missing-colon", start, message, f"Write {written(fix)}.", fix=fix)


def _conflict(fault: _Fault) -> Problem | None:
    """The two versions of some lines that git leaves where it can't join them."""
    source = fault.source
    match = _CONFLICT.search(source.text)
    if match is None:
        is_rest = re.match(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)", fault.line)
        return _rest_of_conflict(source, fault.number) if is_rest else None
    if source.is_long(match.start()):
        return None
    first, last = source.at(match.start()).line, source.at(match.end()).line
    lines = match["first"].splitlines()
    return source.error(
        "yaml-conflict",
        match.start(),
        "Two versions of these lines stand here, as git leaves them where it can't join them.",
        "Keep one version, and delete the other and the lines of <, = and >.",
        fix=Fix(first, last, tuple(lines)),
    )


def _fence(fault: _Fault) -> Problem | None:
    """The line above or below code in Markdown, copied with it."""
    source = fault.source
    numbers = (fault.number, source.at(min(fault.began, len(source.text))).line)
    for number in numbers:
        if re.fullmatch(r"```[ \t]*\w*[ \t]*", source.line_at(number)):
            return source.error(
                "yaml-special-character",
                source.start_of(number),
                "This line begins or ends code in Markdown; a file holds the code alone.",
                "Take the line out.",
                fix=Fix(number, number, ()),
            )
    return None


def _rest_of_conflict(source: SourceText, number: int) -> Problem:
    """The problem of a line that git wrote between two versions, of which the others are gone."""
    return source.error(
        "yaml-conflict",
        source.start_of(number),
        "This line is a rest of two versions that git couldn't join.",
        "See that the lines around it are right, and take this line out.",
        fix=Fix(number, number, ()),
    )


def _text_after_bracket(fault: _Fault) -> Problem | None:
    before = fault.before.rstrip(" \t")
    if not before.endswith(("]", "}")) or not fault.says("expected key", "'-'", "block end"):
        return None
    source = fault.source
    rest = fault.line[len(fault.before) :]
    start = source.line_start(fault.at)
    bracket = start + len(before) - 1
    end = start + len(fault.line.rstrip())
    inside = source.text[bracket + 1 : end]
    moved = inside if inside.lstrip().startswith(",") else "," + inside.replace(",", "", 1)
    fixes = [source.replacing(bracket, end, moved.rstrip(" ,") + before[-1])]
    hint = f"Move the {before[-1]} to where the value ends, or put a text that holds brackets "
    hint += "in quotes"
    if not rest.strip(" ]},"):
        fixes.insert(0, source.replacing(bracket + 1, end, ""))
        hint = f"Take {rest.strip()} out"
    value = _KEY_VALUE.match(fault.line)
    if value:
        fixes.append(quoting(source, start + value.end(), end))
    fix = fault.first_that_works(fixes)
    shown = f": {written(fix)}" if fix else "."
    return source.error(
        "yaml-text-after-bracket",
        fault.at,
        f'The {before[-1]} before this ended the value, but the line goes on: "{shorten(rest)}".',
        hint + shown,
        fix=fix,
    )


def _list_or_indentation(fault: _Fault) -> Problem | None:
    """A line whose indentation or dash doesn't fit the lines above."""
    source = fault.source
    if fault.says("block sequence entries are not allowed", "sequence entries are not allowed"):
        return _list_on_key_line(fault)
    if fault.says("document start"):
        if re.search(r"^\.\.\.", source.text[: fault.at], re.M):
            return several_documents(source, fault.at)
        return None if fault.before.strip() else _indentation(fault, fault.number)
    if not fault.says("expected key", "'-' indicator", "block end") or fault.before.strip():
        return None
    if fault.character == ":":
        return source.error(
            "yaml-missing-key",
            fault.at,
            "This line begins with a colon; the name of a field is missing before it.",
            "Write the name, such as `title:`, or delete the line.",
            fix=Fix(fault.number, fault.number, ()),
        )
    if (problem := _line_of_block(fault, fault.at)) is not None:
        return problem
    return _indentation(fault, fault.number)


def _line_of_block(fault: _Fault, offset: int) -> Problem | None:
    """A line of a text after `|` or `>` that is indented less than the first."""
    source, last = fault.source, fault.last
    if last is None or last.style not in ("|", ">") or last.end > offset:
        return None
    if source.text[last.end : offset].strip() or is_key_line(source.line(offset)):
        return None
    if source.line(offset).lstrip().startswith("- "):
        return None
    number = source.at(offset).line
    begin = source.at(last.start).line + 1
    key = re.match(rf"({KEY}){_SIGN_FOR_COLON}", source.line(offset).strip())
    if key and key[1] in fault.context.names:
        return _missing_colon(fault, offset)
    first = next(line for line in map(source.line_at, range(begin, number + 1)) if line.strip())
    column = max(indent_of(first), key_column(source.line(last.start)) + 2)
    end = number
    while end < source.count and _goes_on(source.line_at(end + 1), column):
        end += 1
    lines = [source.line_at(one) for one in range(number, end + 1)]
    fix = Fix(number, end, tuple(" " * column + line.lstrip(" ") for line in lines))
    words = shorten(source.line(offset).strip())
    if source.text[last.start : offset].strip() == source.line(last.start)[-1:]:
        message = f'"{words}" isn\'t indented, so it is no part of the text that begins here.'
        hint = f"Let every line after `{last.style}` start after {column} spaces."
    else:
        message = f'"{words}" is indented less than the first line of the text it belongs to.'
        hint = f"Let every line after `{last.style}` start after {column} spaces, "
        hint += "as the first does."
    return source.error("yaml-indentation", offset, message, hint, fix=fix)


def _goes_on(line: str, column: int) -> bool:
    """Whether a line is another one of a text of which the lines should begin in `column`."""
    typed = line.strip()
    return (
        bool(typed)
        and indent_of(line) < column
        and not is_key_line(line)
        and not typed.startswith(("- ", "#"))
    )


def _list_on_key_line(fault: _Fault) -> Problem:
    source = fault.source
    typed = fault.line[len(fault.before) :].rstrip()
    end = fault.at + len(typed)
    column = key_column(fault.line)
    below = source.replacing(
        len(source.text[: fault.at].rstrip(" ")), end, f"\n{' ' * (column + 2)}{typed}"
    )
    quotes = quoting(source, fault.at, text_end(source, fault.at))
    key = _KEY_VALUE.match(fault.line)
    is_text = bool(key and fault.context.names.get(key[1]))
    is_item = not is_text and re.fullmatch(rf"-[ ]+(?:[a-z0-9-]+|{KEY}:.*|[\[{{\"'].*)", typed)
    fix = fault.first_that_works([below, quotes] if is_item else [quotes, below])
    if fix == quotes:
        hint = f"Put the text in quotes, as it begins with `-`: {written(quotes)}"
    else:
        hint = f"Put each item on a line of its own: {written(below)}"
    return source.error(
        "yaml-indentation",
        fault.at,
        "A list can't begin on the line of its key.",
        f"{hint}.",
        fix=fix,
    )


def _missing_dash(fault: _Fault, offset: int) -> Problem:
    source = fault.source
    number = source.at(offset).line
    words = source.line(offset).strip()
    own = indent_of(source.line(offset))
    dashes = [line for _, line in lines_above(source, number) if line.lstrip().startswith("- ")]
    column = next((indent_of(line) for line in dashes if indent_of(line) <= own), own)
    fix = Fix(number, number, (f"{' ' * column}- {words}",))
    return source.error(
        "yaml-missing-dash",
        offset,
        f'"{shorten(words)}" stands among the items of a list, but has no dash.',
        f"Write `- {shorten(words, 200)}`.",
        fix=fix if fault.context.works(fix) else None,
    )


def _indentation(fault: _Fault, number: int) -> Problem:
    """The problem of line `number`, which begins in no column that the lines above leave open."""
    source = fault.source
    line = source.line_at(number)
    offset = source.start_of(number) + indent_of(line)
    own = indent_of(line)
    if (problem := missing_space(source, offset)) is not None and line.lstrip().startswith("-"):
        return problem
    columns = [column for column in open_columns(source, number) if column != own]
    dashed = line.lstrip().startswith("- ")
    above = next(iter(lines_above(source, number)), (0, ""))
    if dashed and (value := _KEY_VALUE.match(above[1])) and key_column(above[1]) <= own:
        return _list_below_value(source, above[0], value.end(), value[1])
    if not dashed and _begins_like_an_item(source, number):
        return _missing_dash(fault, offset)
    if own == key_column(above[1]) + 2 and _lacks_its_dash(source, above[0]):
        return _missing_dash(fault, source.start_of(above[0]) + indent_of(above[1]))
    if dashed and (problem := _first_without_dash(fault, number)) is not None:
        return problem
    if (problem := _entry_by_its_id(fault, number)) is not None:
        return problem
    nearest_first = sorted(columns, key=lambda column: (abs(column - own), -column))
    if _is_top_level(source, number, fault.context):
        nearest_first.sort()
    fixes = [
        shifted(source, number, column, with_lines_below=below)
        for column in nearest_first
        for below in (True, False)
    ]
    fix = fault.first_that_works(fixes)
    name = shorten(line.strip())
    if fix is None:
        shown = " or ".join(str(column) for column in columns) or "0"
        return source.error(
            "yaml-indentation",
            offset,
            f'"{name}" is indented by {_spaces(own)}, which fits none of the lines above it.',
            "Lines that belong together start in the same column; the lines above start after "
            f"{shown} spaces.",
        )
    by = indent_of(fix.lines[0]) - own
    more = "few" if by > 0 else "many"
    count = "one space" if abs(by) == 1 else f"{abs(by)} spaces"
    also = ", and so do the lines below it" if fix.last > fix.first else ""
    return source.error(
        "yaml-indentation",
        offset,
        f'"{name}" is indented by {_spaces(own)}, {count} too {more}.',
        f"Let it start after {_spaces(own + by)}{also}, in the column of what it belongs with.",
        fix=fix,
    )


def _first_without_dash(fault: _Fault, number: int) -> Problem | None:
    """The first entry of a list, without the dash with which line `number`, the second, begins."""
    source = fault.source
    line = source.line_at(number)
    own = indent_of(line)
    first = (0, "")
    for above in lines_above(source, number):
        if indent_of(above[1]) <= own:
            break
        first = above
    typed = first[1].strip()
    if (
        indent_of(first[1]) != own + 2
        or typed.partition(":")[0] != line[own + 2 :].partition(":")[0]
    ):
        return None
    fix = Fix(first[0], first[0], (f"{' ' * own}- {typed}",))
    return source.error(
        "yaml-missing-dash",
        source.start_of(first[0]) + own + 2,
        f'"{shorten(typed)}" begins the first entry of a list, but has no dash.',
        f"Write {written(fix)}.",
        fix=fix,
    )


def _entry_by_its_id(fault: _Fault, number: int) -> Problem | None:
    """An entry that begins with `poaching:` where the ones above begin with `- id: …`."""
    source = fault.source
    line = source.line_at(number)
    match = re.fullmatch(r"([ ]*)([\w-]+):[ ]*", line)
    if match is None or match[2] in fault.context.names:
        return None
    beside = (
        above for _, above in lines_above(source, number) if indent_of(above) <= len(match[1])
    )
    if not next(beside, "").startswith(f"{match[1]}- id:"):
        return None
    fix = Fix(number, number, (f"{match[1]}- id: {match[2]}",))
    if not fault.context.works(fix):
        return None
    return source.error(
        "yaml-missing-dash",
        source.start_of(number) + len(match[1]),
        f"`{match[2]}` is no key: each entry of this list begins with a dash and its id.",
        f"Write {written(fix)}.",
        fix=fix,
    )


def _is_top_level(source: SourceText, number: int, context: Context) -> bool:
    """Whether a line is a key with a list of entries below, of which no other is in the file, as
    `responses:` is: not a field of the entry above, which begins in its column.
    """
    line = source.line_at(number)
    match = re.fullmatch(rf"[ ]*({KEY}):[ ]*", line)
    below = next((row for row in range(number + 1, number + 9) if source.line_at(row).strip()), 0)
    if match is None or not below or context.names.get(match[1], True):
        return False
    entry = re.match(r"[ ]*- id:", source.line_at(below))
    begins = [above for _, above in lines_above(source, number) if above.startswith("  - ")][:1]
    own = re.findall(rf"^[ ]*(?:- )?{match[1]}:", source.text, re.M)
    return bool(entry and begins and indent_of(line) == 2 and len(own) == 1)


def _begins_like_an_item(source: SourceText, number: int) -> bool:
    """Whether a line in the column of the dashes above has the key that the items begin with, or
    stands among items without keys.
    """
    line = source.line_at(number)
    for _, above in lines_above(source, number):
        if above.lstrip().startswith("- ") and indent_of(above) <= indent_of(line):
            first = above[key_column(above) :]
            if not is_key_line(above):
                return not is_key_line(line)
            return first.partition(":")[0] == line.strip().partition(":")[0]
    return False


def _lacks_its_dash(source: SourceText, number: int) -> bool:
    """Whether a line has the key that items of lists begin with, `id` say, and no dash."""
    line = source.line_at(number)
    if not is_key_line(line) or line.lstrip().startswith("- "):
        return False
    key = line.strip().partition(":")[0]
    return key == "id" or re.search(rf"^[ ]*- {re.escape(key)}:", source.text, re.M) is not None


def _list_below_value(source: SourceText, number: int, start: int, key: str) -> Problem:
    line = source.line_at(number)
    value = line[start:].rstrip()
    fix = Fix(number, number, (line[:start].rstrip(),))
    return source.error(
        "yaml-indentation",
        source.start_of(number) + start,
        f"`{key}` has a value on its line, so the list below it can't be its value.",
        f'Take "{shorten(value)}" out, or the list below.',
        fix=fix,
    )


def _spaces(count: int) -> str:
    return "1 space" if count == 1 else f"{count} spaces"


_MISTAKES: tuple[Callable[[_Fault], Problem | None], ...] = (
    _conflict,
    _fence,
    _directive,
    _escape,
    _tab,
    _odd_space,
    _comment_in_brackets,
    _quote_not_closed,
    _comment_cut,
    _bracket_left_open,
    _too_many_commas,
    _other_dash,
    _text_below_sign,
    _special_character,
    _text_after_quote,
    _colon_in_text,
    _colon_before_bracket,
    _bracket_not_closed,
    _line_without_key,
    _text_after_bracket,
    _list_or_indentation,
)
