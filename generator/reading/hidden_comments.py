"""Comments that were probably meant as text.

Decisions where the format is silent:

- In a field of text, whatever follows a `#` on the text's line was likely meant as text, and so was
  a comment below it that is indented like text. ` #word` is an error in what readers see
  (registries, published and archived briefings) and a warning in drafts; `# word` is a warning.
- A comment after the brackets around a text is one, unless it contains a closing bracket too.
- In any other field ` #word` is a warning and ` # word` an ordinary comment, unless nothing but the
  comment follows the key of a single value.
- Comments on lines of their own, in the column of the keys or left of it, are never reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.reading.problems import Fix, Problem, Severity
from generator.reading.source_text import SourceText, written
from generator.reading.typed_values import TypedValue
from generator.reading.yaml_faults import comment_cuts_text
from generator.reading.yaml_lines import indent_of, quoting, text_end

_BLOCK = re.compile(r"[|>][-+0-9]*")
#: To libyaml a comment may follow a sign without a space, but not a word.
_COMMENT = re.compile(r"(?:\A|(?<=[ \t\r\n]))#")
_COMMENT_AFTER_BRACKET = re.compile(r"(?:\A|(?<=[ \t\r\n]))#|(?<=[\]}])#")
_COMMENT_IN_LIST = re.compile(r"(?<=[ \t\r\n\[,])#")
_COMMENT_LINE = re.compile(r"\s*#")
_COMMENT_ON_LINE = re.compile(r"[ \t]*#")
_COMMENT_AFTER_KEY = re.compile(r":[ \t]+#")
_COMMENT_AFTER_DASH = re.compile(r"[ ]*(?:-[ \t]+)+#")


def comment_start(region: str, value: str) -> int | None:
    """Where a comment begins after a bare ``value``, as typed; None if none does."""
    if region.startswith(f"{value},#"):
        return len(value) + 1
    has_bracket = re.search(r"[\]}]#", value)
    comment = (_COMMENT if has_bracket else _COMMENT_AFTER_BRACKET).search(region)
    return None if comment is None else comment.start()


def comment_after_bare_value(typed: TypedValue, at: int, *, public: bool) -> Iterator[Problem]:
    """The problem of a comment, at an index of the region, after a bare text or in place of a
    value; ``public`` if readers see the file.
    """
    source, region = typed.source, typed.region
    above = region[:at]
    is_below = "\n" in above or "\r" in above
    after_closed = re.search(r"[\]}]", above) is not None and not typed.value
    is_indented = typed.is_text and source.at(typed.start + at).column > typed.column
    if is_below and not after_closed and not is_indented:
        return
    before = above.rstrip()[-1:]
    after_bracket = before in ("]", "}") and not (typed.value or "").endswith(before)
    if after_bracket and not re.match(r"[^\r\n]*[\]}]", region[at:]):
        return  # only a comment that closes brackets as well was probably text
    is_glued = region[at + 1 : at + 2].strip(" \t\r\n#") != ""
    is_single = not typed.key.many and typed.key.model is None
    if not (is_glued or typed.is_text or (typed.value is None and is_single)):
        return
    if typed.is_text or typed.value is None:
        is_null = typed.value is None and not region.lstrip().startswith("#")  # typed as `~`, say
        begin = typed.start + (0 if typed.value or is_null else at)
        fix = quoting(source, begin, typed.start + _end_with_comment(typed, at))
        hint = f"If it belongs to the text, put the whole text in quotes: {written(fix)}. "
        hint += "If it is a comment, put it on a line above."
    else:
        fix = source.replacing(typed.start + at + 1, typed.start + at + 1, " ")
        hint = f"If it is a comment, put a space after the #: {written(fix)}"
    severity = Severity.ERROR if typed.is_text and public and is_glued else Severity.WARNING
    yield _problem(typed, typed.start + at, hint, fix, severity, nothing_else=typed.value is None)


def comment_in_empty_list(typed: TypedValue) -> Iterator[Problem]:
    """The problem of a comment between brackets that contain nothing else."""
    comment = _COMMENT_IN_LIST.search(typed.region, 0, typed.region.find("]"))
    if comment is not None and typed.is_text:
        hint = (
            "If it is an item of the list, put it in quotes; if it is a comment, on a line above."
        )
        yield _problem(typed, typed.start + comment.start(), hint, nothing_else=True)


def comment_above_text(typed: TypedValue) -> Iterator[Problem]:
    """The problem of a comment between the key, or the dash, of a text and the line below on which
    the text begins.
    """
    source = typed.source
    if not typed.is_text or source.text[source.line_start(typed.start) : typed.start].strip():
        return
    at = None
    for number in range(source.at(typed.start).line - 1, 0, -1):
        line, start = source.line_at(number), source.start_of(number)
        if line.strip() and not line.lstrip().startswith("#"):
            is_key = start <= typed.key_offset < typed.start
            if is_key:
                comment = _COMMENT_AFTER_KEY.search(line, typed.key_offset - start)
            else:
                comment = _COMMENT_AFTER_DASH.match(line)
            column = typed.column if is_key else indent_of(line) + 1
            if comment is not None:
                at = start + comment.end() - 1
            break
        if line.strip():
            at = start + indent_of(line)
    else:
        return
    if at is None or source.at(at).column <= column:
        return
    fix = quoting(source, at, text_end(source, at)) if typed.is_bare else None
    example = f": {written(fix)}" if fix else ""
    hint = f"If it belongs to the text, put the whole text in quotes{example}. "
    hint += "If it is a comment, put it on a line above."
    yield _problem(typed, at, hint, fix, nothing_else=not typed.value)


def comment_after_quotes(typed: TypedValue) -> Iterator[Problem]:
    """The problem of a comment on the line on which a text in quotation marks ends, or below it and
    indented.
    """
    end = typed.quoted_length
    comment = _COMMENT_LINE.match(typed.region, end)
    if comment is None or not typed.is_text:
        return
    source, at = typed.source, typed.start + comment.end() - 1
    location = source.at(at)
    is_below = location.line > source.at(typed.start + end - 1).line
    if is_below and location.column <= typed.column:
        return
    fix = None
    hint = "If it is one, put it on a line above; if it belongs to the text, inside the quotes."
    if not is_below and "\n" not in typed.region[:end]:
        line = source.line(at)
        column = location.column - 1
        indented_comment = " " * indent_of(line) + line[column:]
        fix = Fix(location.line, location.line, (indented_comment, line[:column].rstrip()))
        hint = "If it is one, put it on its own line above; if it belongs to the text, put it "
        hint += "inside the quotes."
    yield _problem(typed, at, hint, fix)


def comments_of_block(typed: TypedValue) -> Iterator[Problem]:
    """The problems of a comment after `|` or `>`, and of one below the text that is indented more
    than its key.
    """
    if not typed.is_text:
        return
    source = typed.source
    first, *lines = typed.region.splitlines(keepends=True)
    indents = [indent_of(line) for line in lines if line.strip()]
    inner = indents[0] if indents and typed.value else typed.column + 1
    header = _BLOCK.match(first)
    if header and (comment := _COMMENT_ON_LINE.match(first, header.end())):
        at = comment.end() - 1
        text = first[at:].rstrip()
        start, end = typed.start + header.end(), typed.start + len(first.rstrip())
        fix = source.replacing(start, end, "\n" + " " * inner + text)
        hint = f"If it belongs to the text, put it on the line below: {text}. "
        hint += "If it is a comment, put it on a line above."
        yield _problem(typed, typed.start + at, hint, fix)
    offset = typed.start + len(first)
    for line in lines:
        indent = indent_of(line)
        if line.lstrip(" ").startswith("#") and typed.column <= indent < inner:
            number = source.at(offset).line
            fix = Fix(number, number, (" " * inner + line.strip(),))
            hint = f"If it belongs to the text, indent it by {inner} spaces as the lines above. "
            hint += "If it is a comment, put it in the column of the key or above."
            yield _problem(typed, offset + indent, hint, fix)
            return
        offset += len(line)


def _end_with_comment(typed: TypedValue, at: int) -> int:
    """Where the text with its comment ends: with the comment's line, or with the last of the
    comment lines below that are indented more than the key.
    """
    end = at
    for match in re.finditer(r"[^\r\n]*", typed.region[at:]):
        line = match[0]
        is_more = line.lstrip().startswith("#") and indent_of(line) + 1 > typed.column
        if match.start() and line.strip() and not is_more:
            break
        if line.strip():
            end = at + match.start() + len(line.rstrip())
    return end


def _problem(
    typed: TypedValue,
    offset: int,
    hint: str,
    fix: Fix | None = None,
    severity: Severity = Severity.WARNING,
    *,
    nothing_else: bool = False,
) -> Problem:
    source: SourceText = typed.source
    return comment_cuts_text(
        source, offset, severity, hint, fix, field=typed.field, nothing_else=nothing_else
    )
