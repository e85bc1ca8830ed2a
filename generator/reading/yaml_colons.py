"""Lines that lack a colon, and texts that a colon turns into a key."""

from __future__ import annotations

import re

from generator.reading.problems import Fix, Problem
from generator.reading.source_text import shorten, written
from generator.reading.yaml_columns import (
    follows_block,
    indentation,
    line_of_block,
    missing_dash,
)
from generator.reading.yaml_faults import (
    KEY_VALUE,
    KEY_WITHOUT_SPACE,
    SIGN_FOR_COLON,
    Fault,
    in_whole_quotes,
    missing_space,
)
from generator.reading.yaml_lines import (
    KEY,
    indent_of,
    is_key_line,
    key_column,
    line_above,
    shifted,
    text_end,
)

#: A line of one repeated character: a rule, or the beginning or end of a code block.
_ORNAMENT = re.compile(r"(?P<sign>[-=_*~#`+])(?P=sign){2,}[ \t]*")
_HTML_COMMENT = re.compile(r"<!--[ \t]*(.*?)[ \t]*-->[ \t]*")


def line_without_key(fault: Fault) -> Problem | None:
    """A line among keys that isn't `key: value`."""
    if not fault.says("could not find expected ':'"):
        return None
    source = fault.source
    if (problem := missing_space(source, fault.began)) is not None:
        return problem
    key = re.match(rf"({KEY}){SIGN_FOR_COLON}", source.line(fault.began).strip())
    if key and key[1] in fault.names and follows_block(fault, fault.began):
        return _missing_colon(fault, fault.began)
    if (problem := line_of_block(fault, fault.began)) is not None:
        return problem
    above = line_above(source, fault.began_number)[1]
    if re.match(r"[ ]*- ", above) and not is_key_line(above):
        return missing_dash(fault, fault.began)
    return _missing_colon(fault, fault.began)


def _missing_colon(fault: Fault, offset: int) -> Problem:
    source = fault.source
    line = source.line(offset)
    words = line.strip()
    if words.startswith("//"):
        start = source.text.index("//", source.line_start(offset))
        as_comment = source.replacing(start, start + 2, "#")
        message = "A comment begins with #, not with //."
        return source.rewrite("yaml-missing-colon", start, message, as_comment)
    number = source.at(offset).line
    if comment := _HTML_COMMENT.fullmatch(words):
        as_comment = Fix(number, number, (f"{' ' * indent_of(line)}# {comment[1]}",))
        message = "A comment begins with #, not with <!--."
        return source.rewrite("yaml-missing-colon", offset, message, as_comment)
    if _ORNAMENT.fullmatch(words):
        message = f'There is a line of signs, "{shorten(words, 20)}", here; YAML has no such lines.'
        out = Fix(number, number, ())
        return source.error("yaml-missing-colon", offset, message, "Take the line out.", fix=out)
    first = re.match(rf"(?:- )*({KEY})(?:{SIGN_FOR_COLON})?[ ]*", words)
    fixes, hints = [], []
    lead = line[: len(line) - len(line.lstrip())]
    if first and (first[1] in fault.names or first.end() == len(words)):
        dashes = words[: first.start(1)]
        value = words[first.end() :]
        fixes.append(Fix(number, number, (f"{lead}{dashes}{first[1]}: {value}".rstrip(),)))
        after = "with its value after it" if not value else "with a colon and a space"
        hints.append(f"Write `{first[1]}:` {after}")
    column = key_column(line_above(source, number)[1]) + 2
    for below in (False, True):
        fixes.append(shifted(source, number, column, with_lines_below=below))
        hints.append("If the text above continues here, indent this line more than its key")
    fix = fault.first_that_works(fixes)
    hint = hints[fixes.index(fix)] if fix in fixes else hints[0]
    shown = f": {written(fix)}" if fix else ""
    other = ""
    if len(fixes) == 2:
        other = " If this is a new key, write a colon and a space after its name."
    return source.error(
        "yaml-missing-colon",
        offset,
        f'This line has no key: a colon is missing in "{shorten(words)}".',
        f"{hint}{shown}.{other}",
        fix=fix,
    )


def colon_in_text(fault: Fault) -> Problem | None:
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
            return indentation(fault, fault.number)
        start, end = last.start, text_end(source, last.start)
        end = max(end, source.words_end(fault.at))
    else:
        start = last.start
        value = KEY_VALUE.match(fault.line)
        if value and not in_brackets and value.end() <= len(fault.before):
            start = source.line_start(fault.at) + value.end()
        end = fault.end_of(start)
    fix, hint = in_whole_quotes(source, start, end)
    if in_brackets and KEY_WITHOUT_SPACE.match(source.text[start:end]):
        return missing_space(source, start)
    comma = None
    if in_brackets and (other := re.search(rf"[ ](?={KEY}:[ ])", source.text[start:end])):
        at = start + other.start()
        semicolon = source.text[at - 1 : at] == ";"
        comma = source.replacing(at - semicolon, at, ",")
    if comma and not fault.works(fix):
        fix, hint = comma, f"Put a comma between the two: {written(comma)}"
    elif comma:
        name = re.split(r"[ ]", source.text[start : fault.at])[-1]
        if name in fault.names:
            hint = f"Put a comma before `{name}`: {written(comma)}"
            fix = comma
    return source.error(
        "yaml-colon-in-text",
        fault.at,
        f'"{shorten(source.text[max(start, source.line_start(fault.at)) : fault.at])}:" is read '
        "as a key, because of the colon.",
        f"{hint}. If it is meant as a key, put it on its own line." if not in_brackets else hint,
        fix=fix,
    )
