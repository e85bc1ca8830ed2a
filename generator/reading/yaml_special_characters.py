"""Problems with characters that mean something else in YAML than their author intended."""

from __future__ import annotations

import re

from generator.reading.problems import Fix, Problem
from generator.reading.source_text import (
    ODD_SPACES,
    SourceText,
    character_name,
    shorten,
    written,
)
from generator.reading.yaml_faults import Fault, in_whole_quotes
from generator.reading.yaml_lines import (
    KEY,
    key_column,
    quoting,
    text_end,
    with_plain_indentation,
)

#: Where an odd space keeps YAML from seeing a line's indentation, its dash or its key.
_ODD_SPACE = re.compile(
    rf"[ ]*(?:-[ ]+)*(?:(?:-|{KEY}:)[ ]*)?(?P<odd>[{ODD_SPACES}][ {ODD_SPACES}]*)"
)
#: What is typed for the hyphen and space before an item of a list.
_OTHER_DASH = re.compile(r"[ ]*([‐‑‒–—―−•·◦▪*+])(?:[ \t]+|(?=\w))")
_FENCE = re.compile(r"```[ \t]*\w*[ \t]*")
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


def fence(fault: Fault) -> Problem | None:
    """A line of backticks around code in Markdown, copied with it."""
    source = fault.source
    numbers = (fault.number, fault.began_number)
    number = next((row for row in numbers if _FENCE.fullmatch(source.line_at(row))), None)
    if number is None:
        return None
    fix, hint = Fix(number, number, ()), "Take the line out."
    last = source.at(len(source.text.rstrip())).line
    if number < last and _FENCE.fullmatch(source.line_at(last)):
        inner = tuple(source.line_at(row) for row in range(number + 1, last))
        pair = Fix(number, last, inner)
        if fault.works(pair):
            fix, hint = pair, f"Take out this line, and line {last}, where the code ends."
    return source.error(
        "yaml-special-character",
        source.start_of(number),
        "This line begins or ends code in Markdown; a file holds the code alone.",
        hint,
        fix=fix,
    )


def space_nearby(fault: Fault) -> Problem | None:
    """A no-break space, say, where YAML expects a space."""
    problems = (odd_space(fault.source, number) for number in fault.nearby)
    return next(filter(None, problems), None)


def odd_space(source: SourceText, number: int) -> Problem | None:
    """The problem of a character that only looks like a space, in the indentation of line `number`
    or after its dash or key.
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
        f"There is {character_name(odd[0])} here, which looks like a space and isn't one.",
        f"Type an ordinary space in its place: {written(fix)}.",
        fix=fix,
    )


def directive(fault: Fault) -> Problem | None:
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


def tab_in_indentation(fault: Fault) -> Problem | None:
    """A tab before the first word of a line, after its dash too."""
    source = fault.source
    if after_dash := re.match(r"[ ]*(?:-[ ]+)*-[ ]*(\t[ \t]*)", fault.line):
        start = source.line_start(fault.at)
        spaced = source.replacing(start + after_dash.start(1), start + after_dash.end(), " ")
        if fault.works(spaced):
            return source.rewrite(
                "yaml-tab",
                start + after_dash.start(1),
                "There is a tab after the dash; YAML takes a space there.",
                spaced,
            )
    for offset in (fault.at, fault.began):
        line = source.line(offset)
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" not in indent or fault.says("quoted scalar"):
            continue
        number = last = source.at(offset).line
        while last < source.count and re.match(r"[ ]*\t", source.line_at(last + 1)):
            last += 1
        lines = [source.line_at(row) for row in range(number, last + 1)]
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


def other_dash(fault: Fault) -> Problem | None:
    """Another dash, a bullet or a star in place of the hyphen before an item of a list."""
    source = fault.source
    for number in fault.nearby:
        line = source.line_at(number)
        match = _OTHER_DASH.match(line)
        if match is None or re.match(r"\*[\w-]+\*", line.lstrip()):
            continue
        place = source.start_of(number)
        fix = source.replacing(place + match.start(1), place + match.end(), "- ")
        if not fault.works(fix):
            continue
        sign = match[1]
        name = {"*": "a star", "+": "a plus sign"}.get(sign) or character_name(sign)
        return source.rewrite(
            "yaml-missing-dash",
            place + match.start(1),
            f"An item of a list begins with a hyphen and a space, and this is {name}.",
            fix,
        )
    return None


def text_below_sign(fault: Fault) -> Problem | None:
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


def special_character(fault: Fault) -> Problem | None:
    """A text that begins with a character that means something to YAML, such as `*` or `[`."""
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
        if fault.works(fix):
            return source.error(
                "yaml-text-after-bracket",
                offset + len(single),
                f"There is one {rest[-1]} too many here.",
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
