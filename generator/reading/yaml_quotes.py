"""Texts in quotation marks, and comments, that end elsewhere than their author intended."""

from __future__ import annotations

import re

from generator.reading.problems import Problem, Severity
from generator.reading.source_text import SourceText, lone_surrogate, shorten, suggestion, written
from generator.reading.yaml_escapes import in_single_quotes
from generator.reading.yaml_faults import Fault, comment_cuts_text, in_whole_quotes
from generator.reading.yaml_lines import (
    KEY,
    key_column,
    shifted,
    text_end,
    text_end_in_brackets,
)

_SWALLOWED_KEY = re.compile(rf"\n[ ]*(?:- |(?:- )?[{{]?[\"']?{KEY}[\"']?:(?:[ \n]|$))")


def quote_not_closed(fault: Fault) -> Problem | None:
    source = fault.source
    text = source.text
    opening = None
    if fault.says("quoted scalar") and fault.says("document"):
        column = key_column(source.line(fault.began)) + 2
        moved = shifted(source, fault.number, column, with_lines_below=False)
        if fault.works(moved):
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
        if fault.works(straight):
            return source.error(
                "yaml-quote-not-closed",
                opening,
                f"The quote that opens here with {mark} isn't closed by {text[curly]}, which is "
                "another sign.",
                f"Write {mark} at the end too: {written(straight)}",
                fix=straight,
            )
    line_end = source.words_end(opening)
    ends = [text_end_in_brackets(source, opening), text_end(source, opening)]
    if not re.search(r"[{\[]", text[source.line_start(opening) : opening]):
        ends.reverse()
    ends += [line_end - 1, line_end - 2] if text[opening:line_end].endswith(("]", "}")) else []
    fix = fault.first_that_works(source.replacing(end, end, mark) for end in ends if end > opening)
    return source.error(
        "yaml-quote-not-closed",
        opening,
        f"The quote that opens here with {mark} isn't closed: "
        f"{shorten(source.line(opening).strip())}",
        f"Put a {mark} at the end of the text{suggestion(fix)}",
        fix=fix,
    )


def _curly_end(source: SourceText, opening: int) -> int | None:
    """The offset of a curly quotation mark that ends the line, or the entry, where a straight one
    opened; None if there is none.
    """
    line_end = source.line_start(opening) + len(source.line(opening))
    match = re.search(r"[“”„’‘»](?=[ \t]*(?:[,\]}]|$))", source.text[opening + 1 : line_end])
    before = source.text[opening + 1 : opening + 1 + match.start()] if match else ""
    is_pair = re.search(r"[“”„’‘»«]", before) is not None
    return opening + 1 + match.start() if match and not is_pair else None


def unknown_escape(fault: Fault) -> Problem | None:
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
    typed = re.compile(r'"((?:[^"\\\r\n]|\\.)*)"').match(text, fault.began)
    fix = None
    if typed:
        fix = source.replacing(typed.start(), typed.end(), in_single_quotes(typed[1]))
    return source.error(
        "yaml-escape",
        offset,
        f"Inside double quotes a backslash starts a code, and `{written_code}` isn't one.",
        f"Put the text in single quotes, in which a backslash is a backslash{suggestion(fix)}",
        fix=fix,
    )


def comment_cut(fault: Fault) -> Problem | None:
    """A text that continues below a comment, where YAML no longer expects any."""
    if fault.last is None or fault.last.style or not fault.says("expected key", "block end", "':'"):
        return None
    rest = fault.began if fault.says("':'") else fault.at
    between = fault.source.text[fault.last.end : rest]
    if not re.fullmatch(r"(?:\s+#[^\r\n]*)+[\r\n]\s*[ \t]", between):
        return None
    if re.match(rf"(?:- |{KEY}:(?:\s|$))", fault.source.text[rest:]):
        return None
    source, start = fault.source, fault.last.start
    end = source.words_end(rest)
    fix, hint = in_whole_quotes(source, start, max(end, text_end(source, rest)))
    hint += ". If it is a comment, put it above the text."
    at = fault.last.end + between.index("#")
    return comment_cuts_text(source, at, Severity.ERROR, hint, fix)


def text_after_quote(fault: Fault) -> Problem | None:
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
        # The outer marks are YAML's, the inner ones belong to the text.
        fix = source.replacing(last.start, end, _requoted(typed[1:-1], mark))
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


def _requoted(inner: str, mark: str) -> str:
    """A text that contains the quotation marks around it, in other ones."""
    if mark == '"':
        return in_single_quotes(inner)
    inner = inner.replace("''", "'")  # some of them were doubled, as YAML asks for
    if '"' not in inner and "\\" not in inner:
        return f'"{inner}"'
    return "'" + inner.replace("'", "''") + "'"
