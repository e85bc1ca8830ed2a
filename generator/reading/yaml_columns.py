"""Lines that begin in a column, or with a dash, that doesn't fit the lines above."""

from __future__ import annotations

import re

from generator.reading.problems import Fix, Problem
from generator.reading.source_text import SourceText, shorten, written
from generator.reading.yaml_faults import (
    KEY_VALUE,
    Fault,
    missing_space,
    several_documents,
)
from generator.reading.yaml_lines import (
    KEY,
    indent_of,
    is_item,
    is_key_line,
    key_column,
    line_above,
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


def follows_block(fault: Fault, offset: int) -> bool:
    """Whether the line at `offset`, no key and no item, is the first below a `|` or `>` text."""
    source, last = fault.source, fault.last
    if last is None or last.style not in ("|", ">") or last.end > offset:
        return False
    if source.text[last.end : offset].strip() or is_key_line(source.line(offset)):
        return False
    return not is_item(source.line(offset))


def line_of_block(fault: Fault, offset: int) -> Problem | None:
    """A line of a text after `|` or `>` that is indented less than the first."""
    source, last = fault.source, fault.last
    if last is None or not follows_block(fault, offset):
        return None
    number = source.at(offset).line
    begin = source.at(last.start).line + 1
    first = next(line for line in map(source.line_at, range(begin, number + 1)) if line.strip())
    column = max(indent_of(first), key_column(source.line(last.start)) + 2)
    end = number
    while end < source.count and _continues(source.line_at(end + 1), column):
        end += 1
    lines = [source.line_at(row) for row in range(number, end + 1)]
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


def _continues(line: str, column: int) -> bool:
    """Whether a line belongs to a text whose lines should begin in `column`, and begins before."""
    words = line.strip()
    return (
        bool(words)
        and indent_of(line) < column
        and not is_key_line(line)
        and not words.startswith(("- ", "#"))
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
    is_text = bool(key and fault.names.get(key[1]))
    is_item = not is_text and re.fullmatch(rf"-[ ]+(?:[a-z0-9-]+|{KEY}:.*|[\[{{\"'].*)", typed)
    fix = fault.first_that_works([below, quotes] if is_item else [quotes, below])
    if fix == quotes:
        hint = f"Put the text in quotes, as it begins with `-`: {written(quotes)}"
    else:
        hint = f"Put each item on its own line: {written(below)}"
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
    indent = indent_of(source.line(offset))
    dashes = [line for _, line in lines_above(source, number) if is_item(line)]
    column = next((indent_of(line) for line in dashes if indent_of(line) <= indent), indent)
    fix = Fix(number, number, (f"{' ' * column}- {words}",))
    return source.error(
        "yaml-missing-dash",
        offset,
        f'"{shorten(words)}" is among the items of a list, but has no dash.',
        f"Write `- {shorten(words, 200)}`.",
        fix=fix if fault.works(fix) else None,
    )


def indentation(fault: Fault, number: int) -> Problem:
    """The problem of line `number`, whose indentation fits none of the lines above."""
    source = fault.source
    line = source.line_at(number)
    indent = indent_of(line)
    offset = source.start_of(number) + indent
    if (problem := missing_space(source, offset)) is not None and line.lstrip().startswith("-"):
        return problem
    if indent == 0 and (problem := _only_first_has_a_dash(source, number)) is not None:
        return problem
    columns = [column for column in open_columns(source, number) if column != indent]
    has_dash = is_item(line)
    above_number, above = line_above(source, number)
    if has_dash and (value := KEY_VALUE.match(above)) and key_column(above) <= indent:
        return _list_below_value(source, above_number, value.end(), value[1])
    if not has_dash and _begins_like_an_item(source, number):
        return missing_dash(fault, offset)
    if indent == key_column(above) + 2 and _lacks_its_dash(source, above_number):
        return missing_dash(fault, source.start_of(above_number) + indent_of(above))
    if has_dash and (problem := _first_without_dash(fault, number)) is not None:
        return problem
    if (problem := _entry_by_its_id(fault, number)) is not None:
        return problem
    nearest_first = sorted(columns, key=lambda column: (abs(column - indent), -column))
    if _is_top_level(fault, number):
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
            f'"{name}" is indented by {_spaces(indent)}, which fits none of the lines above it.',
            "Lines that belong together start in the same column; the lines above start after "
            f"{shown} spaces.",
        )
    new_indent = indent_of(fix.lines[0])
    shift = new_indent - indent
    more = "few" if shift > 0 else "many"
    count = "one space" if abs(shift) == 1 else f"{abs(shift)} spaces"
    lines = "it, with the lines below it," if fix.last > fix.first else "it"
    return source.error(
        "yaml-indentation",
        offset,
        f'"{name}" is indented by {_spaces(indent)}, {count} too {more}.',
        f"Indent {lines} by {_spaces(new_indent)}, like the lines that it belongs with."
        if new_indent
        else f"Move {lines} to the beginning of the line.",
        fix=fix,
    )


def _only_first_has_a_dash(source: SourceText, number: int) -> Problem | None:
    """The dash before the first key of a file, if line `number` is the next one without indentation
    and has none.
    """
    above = list(lines_above(source, number))
    first, line = above[-1] if above else (0, "")
    match = re.fullmatch(rf"- (?:id:[ ]+({KEY})[ ]*|{KEY}:.*)", line)
    is_key = is_key_line(source.line_at(number)) and not source.line_at(number).startswith("-")
    if not match or not is_key or any(indent_of(line) == 0 for _, line in above[:-1]):
        return None
    rows = [source.line_at(row) for row in range(first + 1, number)]
    is_nested = not match[1] and len(above) > 1 and indent_of(above[-2][1]) > 2
    by = 2 if is_nested else 0
    key = f"{match[1]}:" if match[1] else line.removeprefix("- ")
    fix = Fix(first, number - 1, (key, *(row[min(by, indent_of(row)) :] for row in rows)))
    also = ", and let the lines below it begin two spaces further left" if by else ""
    return source.error(
        "yaml-not-a-mapping",
        source.start_of(first),
        "This line begins with a dash, but the next one that isn't indented doesn't.",
        f"Write `{shorten(key)}`{also}.",
        fix=fix,
    )


def _first_without_dash(fault: Fault, number: int) -> Problem | None:
    """The first entry of a list, without the dash with which line `number`, the second, begins."""
    source = fault.source
    line = source.line_at(number)
    indent = indent_of(line)
    first, first_line = 0, ""
    for above_number, above in lines_above(source, number):
        if indent_of(above) <= indent:
            break
        first, first_line = above_number, above
    typed = first_line.strip()
    if (
        indent_of(first_line) != indent + 2
        or typed.partition(":")[0] != line[indent + 2 :].partition(":")[0]
    ):
        return None
    fix = Fix(first, first, (f"{' ' * indent}- {typed}",))
    return source.rewrite(
        "yaml-missing-dash",
        source.start_of(first) + indent + 2,
        f'"{shorten(typed)}" begins the first entry of a list, but has no dash.',
        fix,
    )


def _entry_by_its_id(fault: Fault, number: int) -> Problem | None:
    """An entry that begins with `poaching:` where the ones above begin with `- id: …`."""
    source = fault.source
    line = source.line_at(number)
    match = re.fullmatch(r"([ ]*)([\w-]+):[ ]*", line)
    if match is None or match[2] in fault.names:
        return None
    siblings = (
        above for _, above in lines_above(source, number) if indent_of(above) <= len(match[1])
    )
    if not next(siblings, "").startswith(f"{match[1]}- id:"):
        return None
    fix = Fix(number, number, (f"{match[1]}- id: {match[2]}",))
    if not fault.works(fix):
        return None
    return source.rewrite(
        "yaml-missing-dash",
        source.start_of(number) + len(match[1]),
        f"`{match[2]}` is no key: each entry of this list begins with a dash and its id.",
        fix,
    )


def _is_top_level(fault: Fault, number: int) -> bool:
    """Whether a line is a key of the file, such as `responses:`, rather than of the entry above it
    that begins in its column: a list of entries is below it, and the key occurs only once.
    """
    source = fault.source
    line = source.line_at(number)
    match = re.fullmatch(rf"[ ]*({KEY}):[ ]*", line)
    below = next((row for row in range(number + 1, number + 9) if source.line_at(row).strip()), 0)
    if match is None or not below or fault.names.get(match[1], True):
        return False
    entry = re.match(r"[ ]*- id:", source.line_at(below))
    begins = [above for _, above in lines_above(source, number) if above.startswith("  - ")][:1]
    occurrences = re.findall(rf"^[ ]*(?:- )?{match[1]}:", source.text, re.M)
    return bool(entry and begins and indent_of(line) == 2 and len(occurrences) == 1)


def _begins_like_an_item(source: SourceText, number: int) -> bool:
    """Whether a line in the column of the dashes above has the first key of those items, or, among
    items without keys, has none either.
    """
    line = source.line_at(number)
    for _, above in lines_above(source, number):
        if is_item(above) and indent_of(above) <= indent_of(line):
            first = above[key_column(above) :]
            if not is_key_line(above):
                return not is_key_line(line)
            return first.partition(":")[0] == line.strip().partition(":")[0]
    return False


def _lacks_its_dash(source: SourceText, number: int) -> bool:
    """Whether a line has the key that items of lists begin with, `id` say, and no dash."""
    line = source.line_at(number)
    if not is_key_line(line) or is_item(line):
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
