"""Brackets and braces that are closed too early or not at all, and commas and comments in them."""

from __future__ import annotations

import re
from dataclasses import replace as replaced
from itertools import islice

from generator.reading.problems import Problem, Severity
from generator.reading.source_text import shorten, suggestion, written
from generator.reading.yaml_faults import (
    KEY_VALUE,
    Fault,
    comment_cuts_text,
    in_whole_quotes,
    missing_space,
)
from generator.reading.yaml_lines import (
    comment_in_brackets,
    is_in_brackets,
    is_key_line,
    line_above,
    lines_above,
    open_bracket,
    quoting,
    text_end,
    text_end_in_brackets,
)


def comment_that_closes(fault: Fault) -> Problem | None:
    """A text in brackets that a `#` turned into a comment, together with the closing bracket."""
    source = fault.source
    below = range(fault.began_number, fault.began_number + 4)
    for number in dict.fromkeys([*range(fault.number, max(0, fault.number - 4), -1), *below]):
        line = source.line_at(number)
        is_inside = is_in_brackets(source, number)
        if is_inside and re.match(r"[ \t]*#.*[\]}]", line):
            at = source.start_of(number) + line.index("#")
            hint = "If it belongs to the text above, put the whole text in quotes; if it is a "
            hint += "comment, let the bracket be closed on its own line."
            return comment_cuts_text(source, at, Severity.ERROR, hint, None)
        places = comment_in_brackets(line, opened=int(is_inside))
        if places is None:
            continue
        line_start = source.start_of(number)
        at, start = places[0] + line_start, places[1] + line_start
        fix, hint = in_whole_quotes(source, start, text_end_in_brackets(source, start))
        hint += ". A comment goes on a line above."
        nothing_else = start == at
        return comment_cuts_text(source, at, Severity.ERROR, hint, fix, nothing_else=nothing_else)
    return None


def too_many_commas(fault: Fault) -> Problem | None:
    """Two commas with nothing between them, or one after the opening bracket."""
    source, text = fault.source, fault.source.text
    if fault.character != "," or not fault.in_brackets:
        return None
    above = text[: fault.at].rstrip()
    second = above.endswith(",")
    end = fault.at + 1
    message = "There are two commas here with nothing between them."
    if not second:
        while text.startswith(" ", end):
            end += 1
        message = f"There is nothing between this comma and the {above[-1]} before it."
    fix = source.replacing(fault.at, end, "")
    hint = f"Take {'one comma' if second else 'the comma'} out: {written(fix)}"
    return source.error("yaml-too-many-commas", fault.at, message, hint, fix=fix)


def colon_before_bracket(fault: Fault) -> Problem | None:
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
    return source.error(
        "yaml-missing-space",
        max(start, colon),
        f'A colon in "{shorten(source.text[start : colon + 20])}" has no space after it.',
        f"Put a space after the colon, or the text in quotes{suggestion(fix)}",
        fix=fix,
    )


def bracket_left_open(fault: Fault) -> Problem | None:
    """A bracket that is still open where the next key begins a line."""
    source = fault.source
    if not is_key_line(fault.line):
        return None
    if fault.began_number < fault.number and fault.in_brackets:
        return bracket_not_closed(fault)
    above = line_above(source, fault.number)
    column = open_bracket(above[1])
    return None if column is None else _left_open(fault, source.start_of(above[0]) + column)


def _left_open(fault: Fault, began: int) -> Problem | None:
    is_list = fault.source.text[began] == "["
    words = "flow sequence" if is_list else "flow mapping"
    return bracket_not_closed(replaced(fault, began=began, words=words))


def bracket_above(fault: Fault) -> Problem | None:
    """A bracket that one of the lines above leaves open, if nothing else explains the error."""
    source = fault.source
    for number, line in [(fault.number, fault.line), *islice(lines_above(source, fault.number), 3)]:
        column = open_bracket(line)
        if column is not None:
            return _left_open(fault, source.start_of(number) + column)
    return None


def bracket_not_closed(fault: Fault) -> Problem | None:
    if not fault.says("flow sequence", "flow mapping"):
        return None
    source, began = fault.source, fault.began
    mark = source.text[began : began + 1]
    closing = "]" if fault.says("flow sequence") else "}"
    without_comment = re.split(r"[ \t]#", source.line(began))[0].rstrip()
    line_end = source.line_start(began) + len(without_comment)
    before_fault = len(source.text[: fault.at].rstrip())
    fixes = [source.replacing(line_end, line_end, closing)]
    if source.text[line_end - 1] == ",":
        fixes.insert(0, source.replacing(line_end - 1, line_end, closing))
    if fault.character in ("]", "}") and fault.character != closing:
        fixes.insert(0, source.replacing(fault.at, fault.at + 1, closing))
    fixes.append(source.replacing(before_fault, before_fault, ","))
    fixes.append(source.replacing(before_fault, before_fault, closing))
    below = text_end(source, began)
    fixes.append(source.replacing(below, below, closing))
    fixes.append(quoting(source, began, below))
    fix = fault.first_that_works(fixes)
    what = "list" if closing == "]" else "group"
    message = f"The {what} that opens here with {mark} isn't closed"
    hint = f"Write {closing} at its end"
    if fix is not None and source.line_at(fix.first) != "" and len(fix.lines) == 1:
        if fix == fixes[-1]:
            hint = "A text that begins with a bracket goes in quotes"
        elif fix.lines[0].count(",") > source.line_at(fix.first).count(","):
            hint, message = "Put a comma there", f"In the {what} that opens here a comma is missing"
    rest = f" and a comma between its items; a text that begins with {mark} goes in quotes."
    hint += suggestion(fix) if fix else rest
    return source.error("yaml-bracket-not-closed", began, f"{message}.", hint, fix=fix)


def text_after_bracket(fault: Fault) -> Problem | None:
    before = fault.before.rstrip(" \t")
    if not before.endswith(("]", "}")) or not fault.says("expected key", "'-'", "block end"):
        return None
    source = fault.source
    rest = fault.line[len(fault.before) :]
    start = source.line_start(fault.at)
    bracket = start + len(before) - 1
    end = source.words_end(fault.at)
    inside = source.text[bracket + 1 : end]
    moved = inside if inside.lstrip().startswith(",") else "," + inside.replace(",", "", 1)
    fixes = [source.replacing(bracket, end, moved.rstrip(" ,") + before[-1])]
    hint = f"Move the {before[-1]} to where the value ends, or put a text that holds brackets "
    hint += "in quotes"
    if not rest.strip(" ]},"):
        fixes.insert(0, source.replacing(bracket + 1, end, ""))
        hint = f"Take {rest.strip()} out"
    value = KEY_VALUE.match(fault.line)
    if value:
        fixes.append(quoting(source, start + value.end(), end))
    fix = fault.first_that_works(fixes)
    return source.error(
        "yaml-text-after-bracket",
        fault.at,
        f'The {before[-1]} before this ended the value, but the line goes on: "{shorten(rest)}".',
        hint + suggestion(fix),
        fix=fix,
    )
