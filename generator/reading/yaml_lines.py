"""Where things begin and end in lines of YAML that can't be parsed.

Uses only the text: indentation, dashes, keys, quotation marks and brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from generator.reading.problems import Fix
from generator.reading.source_text import ODD_SPACES, SourceText, in_quotes

KEY = r"[\w-]+"
#: A line that begins with a key, perhaps after dashes.
_KEY_LINE = re.compile(
    rf"(?P<lead>[ ]*(?:-[ ]+)*)(?:{KEY}|\"{KEY}\"|'{KEY}'):(?=[ \t{ODD_SPACES}]|$)"
)
#: Brackets, texts in quotes, colons, commas and comments: a quote within a word begins no text.
_IN_LINE = re.compile(
    r"(?<![^\s\[{,:])(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')|[\[\]{}]|:(?= |$)|,|"
    r"(?<=[ \t,\[\]{}?\"'])#"
)
_ODD_INDENT = re.compile(rf"[ ]*[{ODD_SPACES}][ {ODD_SPACES}]*\S")
_LEAD = re.compile(r"[ ]*(?:-[ ]+)*")
#: Where a text between brackets ends: before the next key, or before what closes the line.
_END_IN_BRACKETS = re.compile(
    rf"\s*(?:,(?=\s*{KEY}:[ \t]|[ \t]*$)|[}}\]](?=[ \t]*,?[ \t]*(?:$|#|[}}\]])|[ \t]*,[ \t]))", re.M
)
#: Lines that are read above and below a mistake: enough for any list item.
_NEAR = 400


def indent_of(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def comment_in_brackets(line: str, *, opened: int = 0) -> tuple[int, int] | None:
    """Where a comment begins that contains the closing bracket of a line, and where the text begins
    that it probably belongs to; None without such a comment. ``opened`` is how many brackets the
    lines above leave open.
    """
    start = 0
    for match in _IN_LINE.finditer(line):
        sign = match[0]
        if sign in ("[", "{"):
            opened += 1
            start = match.end()
        elif sign in ("]", "}"):
            opened -= 1
        elif sign == "#":
            if opened > 0 and ("]" in line[match.end() :] or "}" in line[match.end() :]):
                return match.start(), start + indent_of(line[start:])
            return None
        elif sign[0] in ":,":
            start = match.end()
    return None


def _brackets(line: str) -> Iterator[tuple[int, bool]]:
    """The brackets of a line outside of texts in quotes, up to a comment: the column of each, and
    whether it opens.
    """
    for match in _IN_LINE.finditer(line):
        if match[0] == "#":
            return
        if match[0] in tuple("[]{}"):
            yield match.start(), match[0] in "[{"


def open_bracket(line: str) -> int | None:
    """The column of the last bracket that a line opens and doesn't close."""
    opened: list[int] = []
    for column, opens in _brackets(line):
        if opens:
            opened.append(column)
        elif opened:
            opened.pop()
    return opened[-1] if opened else None


def closing_bracket(line: str) -> int | None:
    """The column in which the bracket that a line begins with is closed; None if it isn't."""
    depth = 0
    for column, opens in _brackets(line):
        depth += 1 if opens else -1
        if depth == 0:
            return column
    return None


def is_in_brackets(source: SourceText, number: int) -> bool:
    """Whether one of a few lines above line `number` opens a bracket that they don't close."""
    opened = 0
    for _, line in islice(lines_above(source, number), 5):
        opened += sum(1 if opens else -1 for _, opens in _brackets(line))
        if opened > 0:
            return True
    return False


def is_key_line(line: str) -> bool:
    """Whether a line begins with `key:`, perhaps after dashes."""
    return _KEY_LINE.match(line) is not None


def is_item(line: str) -> bool:
    """Whether a line begins with the dash of a list's item."""
    return line.lstrip().startswith("- ")


def is_content(line: str) -> bool:
    """Whether a line holds more than spaces and a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def key_column(line: str) -> int:
    """How many characters a line has before its first word: spaces, and dashes of a list."""
    match = _LEAD.match(line)
    return match.end() if match else 0


def lines_above(source: SourceText, number: int) -> Iterator[tuple[int, str]]:
    """The lines with content above line `number`, from there upwards, each with its number."""
    for above in range(number - 1, max(0, number - 1 - _NEAR), -1):
        line = source.line_at(above)
        if is_content(line):
            yield above, line


def line_above(source: SourceText, number: int) -> tuple[int, str]:
    """The nearest line with content above line `number`, and its number; empty if there is none."""
    return next(lines_above(source, number), (0, ""))


def text_end(source: SourceText, start: int) -> int:
    """Where a text that begins at the offset `start` ends: with its line, or with the last of the
    lines below it that are indented more than its key and begin with none.
    """
    number = source.at(start).line
    column = indent_of(source.line(start))
    begin = source.line_start(start)
    if _LEAD.fullmatch(source.text[begin:start]) is None:
        column = key_column(source.line(start))
    end = source.words_end(start)
    for below in range(number + 1, number + _NEAR):
        line = source.line_at(below)
        if not line.strip() or indent_of(line) <= column or is_key_line(line):
            break
        if is_item(line):
            break
        end = source.words_end(source.start_of(below))
    return end


def text_end_in_brackets(source: SourceText, start: int) -> int:
    """Where a text between brackets that begins at the offset `start` ends, on its line."""
    line_end = source.words_end(start)
    match = _END_IN_BRACKETS.search(source.text, start, line_end)
    return match.start() if match else line_end


def quoting(source: SourceText, start: int, end: int) -> Fix:
    """The edit that puts the text between two offsets in quotes."""
    return source.replacing(start, end, in_quotes(source.text[start:end]))


def open_columns(source: SourceText, number: int) -> list[int]:
    """The columns (from 0) in which line `number` can begin, as the lines above it are: those of
    the keys and dashes that are still open there.
    """
    columns: set[int] = set()
    least = 1 << 30
    for _, line in lines_above(source, number):
        indent, column = indent_of(line), key_column(line)
        if indent < least and (is_key_line(line) or column > indent):
            columns |= {indent, column}
            least = indent
        if least == 0:
            break
    return sorted(columns)


def shifted(source: SourceText, number: int, column: int, *, with_lines_below: bool) -> Fix:
    """The edit that lets line `number` begin in `column` (from 0), and with it the lines below
    that are indented at least as much.
    """
    indent = indent_of(source.line_at(number))
    lines = [_moved(source.line_at(number), column - indent)]
    last = number
    if with_lines_below:
        for below in range(number + 1, number + _NEAR):
            line = source.line_at(below)
            if (line.strip() and indent_of(line) < indent) or below > source.count:
                break
            lines.append(_moved(line, column - indent))
            last = below
        while last > number and not lines[-1].strip():
            lines.pop()
            last -= 1
    return Fix(number, last, tuple(lines))


def _moved(line: str, by: int) -> str:
    if not line.strip():
        return line
    return " " * by + line if by > 0 else line[min(-by, indent_of(line)) :]


def with_plain_indentation(source: SourceText, offset: int) -> Fix | None:
    """The edit that indents the line holding `offset` with spaces, and the lines below it that are
    not either; None without an odd space in its indentation.
    """
    number = last = source.at(offset).line
    if _ODD_INDENT.match(source.line_at(number)) is None:
        return None
    while last < source.count and _ODD_INDENT.match(source.line_at(last + 1)):
        last += 1
    above = line_above(source, number)[1]
    indent = indent_of(above) + (2 if above.rstrip().endswith(":") else key_column(above))
    lines = []
    for row in range(number, last + 1):
        line = source.line_at(row)
        indentation = re.match(rf"[ {ODD_SPACES}]*", line)
        width = indentation.end() if indentation else 0
        lines.append(" " * width + line[width:])
    if number == last and is_key_line(lines[0]) and indent_of(lines[0]) > indent:
        lines = [lines[0].lstrip(" ")]
    return Fix(number, last, tuple(lines))


def enclosing_lines(source: SourceText, number: int) -> tuple[int, int]:
    """The first and last line of the list item, or else the top-level key, that contains line
    `number`, with everything that is indented below it.
    """
    first = number
    top = None
    for above, line in [(number, source.line_at(number)), *lines_above(source, number)]:
        if line.startswith(("  - ", "- ")):
            top = top or above
        if indent_of(line) == 0 and is_key_line(line):
            first = top if top else above
            break
        first = above
    indent = indent_of(source.line_at(first))
    last = max(first, number)
    for below in range(last + 1, source.count + 1):
        line = source.line_at(below)
        if is_content(line) and indent_of(line) <= indent and (is_key_line(line) or is_item(line)):
            break
        last = below
    return first, last
