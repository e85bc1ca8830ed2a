"""Lines that begin in a column, or with a dash, that doesn't fit the lines above."""

from __future__ import annotations

import re

from generator.reading.problems import Fix, Problem
from generator.reading.source_text import SourceText, shorten, written
from generator.reading.yaml_faults import KEY_VALUE, Fault, missing_space, several_documents
from generator.reading.yaml_lines import (
    KEY,
    indent_of,
    is_key_line,
    key_column,
    lines_above,
    open_columns,
    quoting,
    shifted,
    text_end,
)


def list_or_indentation(fault: Fault) -> Problem | None:
    """A line whose indentation or dash doesn't fit the lines above."""
    source = fault.source
    if fault.says("block sequence entries are not allowed", "sequence entries are not allowed"):
        return _list_on_key_line(fault)
    if fault.says("document start"):
        if re.search(r"^\.\.\.", source.text[: fault.at], re.M):
            return several_documents(source, fault.at)
        return None if fault.before.strip() else indentation(fault, fault.number)
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
    if (problem := line_of_block(fault, fault.at)) is not None:
        return problem
    return indentation(fault, fault.number)


def line_of_block(fault: Fault, offset: int) -> Problem | None:
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
    first = next(line for line in map(source.line_at, range(begin, number + 1)) if line.strip())
    column = max(indent_of(first), key_column(source.line(last.start)) + 2)
    return source.error(
        "yaml-indentation",
        offset,
        f'"{shorten(source.line(offset).strip())}" is indented less than the first '
        "line of the text it belongs to.",
        f"Let every line after `{last.style}` start after {column} spaces, as the first does.",
        fix=shifted(source, number, column, with_lines_below=False),
    )


def _list_on_key_line(fault: Fault) -> Problem:
    source = fault.source
    typed = fault.line[len(fault.before) :].rstrip()
    end = fault.at + len(typed)
    column = key_column(fault.line)
    below = source.replacing(
        len(source.text[: fault.at].rstrip(" ")), end, f"\n{' ' * (column + 2)}{typed}"
    )
    quotes = quoting(source, fault.at, text_end(source, fault.at))
    key = KEY_VALUE.match(fault.line)
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


def missing_dash(fault: Fault, offset: int) -> Problem:
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


def indentation(fault: Fault, number: int) -> Problem:
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
    if dashed and (value := KEY_VALUE.match(above[1])) and key_column(above[1]) <= own:
        return _list_below_value(source, above[0], value.end(), value[1])
    if not dashed and _begins_like_an_item(source, number):
        return missing_dash(fault, offset)
    if own == key_column(above[1]) + 2 and _lacks_its_dash(source, above[0]):
        return missing_dash(fault, source.start_of(above[0]) + indent_of(above[1]))
    nearest_first = sorted(columns, key=lambda column: (abs(column - own), -column))
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
