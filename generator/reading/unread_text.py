"""Words that an author typed as text and that YAML reads as something else, without a mistake.

A `#` after a space begins a comment, which no page shows; a key that is indented too far becomes
part of the text above it; a quotation mark is left where only one of two was taken out.

Decisions where the format is silent:

- In a field of text, whatever follows a `#` on the text's line was likely meant as text, and so was
  a comment below it that is indented like text. ` #word` is an error in what readers see
  (registries, published and archived briefings) and a warning in drafts; `# word` is a warning.
- A comment after the brackets that a text stands in is one, unless it holds a closing bracket too.
- In any other field ` #word` is a warning and ` # word` an ordinary comment, unless nothing but the
  comment follows the key of a single value.
- Comments on lines of their own, in the column of the keys or left of it, are nobody's concern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel

from generator.model.fields import Text
from generator.model.introspection import FieldPath, Key, keys
from generator.reading.problems import Fix, Problem, Severity, field_name
from generator.reading.source_text import MAX_PROBLEMS, SourceText, in_quotes, shorten, written
from generator.reading.yaml_document import Document
from generator.reading.yaml_faults import comment_cuts_text
from generator.reading.yaml_lines import indent_of, text_end

_PUBLIC = ("published", "archived")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+"|' r"'(?:[^']|'')*+'", re.S)
_BLOCK = re.compile(r"[|>][-+0-9]*")
#: To libyaml a comment may follow a sign without a space, but not a word.
_COMMENT = re.compile(r"(?:\A|(?<=[ \t\r\n]))#")
_COMMENT_AFTER_BRACKET = re.compile(r"(?:\A|(?<=[ \t\r\n]))#|(?<=[\]}])#")
_COMMENT_IN_LIST = re.compile(r"(?<=[ \t\r\n\[,])#")
_NOTHING = re.compile(r"(?:null|Null|NULL)(?![^\s,\]}])")
_LIKE_A_KEY = re.compile(r"^[ ]*(?:- )?([a-z_]+):(?!//)(?=\S|[ \t]|$)", re.M)


@dataclass(frozen=True, slots=True)
class _Typed:
    """A value as it is typed: from its beginning to the next key or value of the file."""

    source: SourceText
    path: FieldPath
    key: Key
    value: str | None
    start: int
    region: str
    key_offset: int  # of its key, or of a list's item
    column: int  # the same, in its line, from 1

    @property
    def is_text(self) -> bool:
        return isinstance(self.key.role, Text)

    @property
    def style(self) -> str:
        """The quotation mark or the sign that it begins with; empty where it has none."""
        return self.region[:1] if self.region[:1] in ("'", '"', "|", ">") else ""


def left_out(model: type[BaseModel], document: Document, *, registry: bool) -> list[Problem]:
    """What of the texts of a file, a ``model`` or a ``registry`` of such, isn't read as text."""
    public = registry or document.data.get("status") in _PUBLIC
    entries = document.data.items() if registry else [(None, document.data)]
    problems: list[Problem] = []
    for name, entry in entries:
        root = () if name is None else (name,)
        for path, key, value, beside in _values(model, entry, root, document.has_comments):
            start, region = document.typed(path)
            is_item = isinstance(path[-1], int)
            place = document.locate(path, key=not is_item)
            at = document.source.offset(place)
            column = place.column
            line = document.source.line(at)
            if "{" in line[: column - 1]:  # in braces, only the line's indentation counts
                column = indent_of(line) + 1
            typed = _Typed(document.source, path, key, value, start, region, at, column)
            if not typed.source.is_long(start):
                problems += _problems(typed, public, beside)
            if len(problems) > MAX_PROBLEMS:
                return problems[:MAX_PROBLEMS]
    return problems


def _values(
    model: type[BaseModel], data: object, path: FieldPath, has_comments: bool
) -> Iterator[tuple[FieldPath, Key, str | None, tuple[type[BaseModel], dict[str, object]]]]:
    """The single values of which it is worth while to look at how they are typed, all where the
    file ``has_comments``: path, key, value, and the model and the values beside it.
    """
    if not isinstance(data, dict):
        return
    known = _keys_of_texts(model) if not has_comments else _keys(model)
    for name, held in data.items():
        key = known.get(name)
        if key is None:
            continue
        if held.__class__ is str:
            if has_comments or _may_be_cut(held):
                yield (*path, name), key, held, (model, data)
            continue
        place = (*path, name)
        items: list[tuple[FieldPath, object]] = [(place, held)]
        if isinstance(held, list):
            items = [((*place, index), item) for index, item in enumerate(held)]
            items = items or [(place, None)]
        for item_path, item in items:
            if isinstance(item, dict):
                if key.model:
                    yield from _values(key.model, item, item_path, has_comments)
            elif item is None or (isinstance(item, str) and (has_comments or _may_be_cut(item))):
                yield item_path, key, item, (model, data)


def _may_be_cut(value: str) -> bool:
    """Whether more than a comment can make a text another than was meant."""
    return value[-1:] == '"' or ":" in value


@cache
def _keys(model: type[BaseModel]) -> dict[str, Key]:
    return {key.name: key for key in keys(model)}


@cache
def _keys_of_texts(model: type[BaseModel]) -> dict[str, Key]:
    """The keys of texts, and those below which there are some."""
    return {key.name: key for key in keys(model) if key.model or isinstance(key.role, Text)}


def _problems(
    typed: _Typed, public: bool, beside: tuple[type[BaseModel], dict[str, object]]
) -> Iterator[Problem]:
    if (above := _comment_above(typed)) is not None:
        yield above
    if typed.style in ("|", ">"):
        yield from _comments_of_block(typed)
    elif (quoted := _QUOTED.match(typed.region)) is not None:
        yield from _comment_after_quotes(typed, quoted.end())
    elif typed.value is None and typed.region[:1] == "[":
        yield from _comment_in_empty_list(typed)
    elif _is_text_of_key(typed) and (nothing := _NOTHING.match(typed.region)) is not None:
        yield _nothing(typed, nothing[0])
    else:
        at = _comment_after(typed.region, typed.value or "")
        if at is not None:
            yield from _comment(typed, at, public)
        elif typed.is_text and typed.value:
            yield from _lone_quote(typed)
    if typed.is_text and typed.value and typed.style not in ("'", '"'):
        yield from _keys_in_text(typed, *beside)


def _comment_after(region: str, value: str) -> int | None:
    """Where a comment begins in a value without quotation marks, as typed; None where none does."""
    if region.startswith(f"{value},#"):
        return len(value) + 1
    closes = not re.search(r"[\]}]#", value)
    comment = (_COMMENT_AFTER_BRACKET if closes else _COMMENT).search(region)
    return None if comment is None else comment.start()


def _is_text_of_key(typed: _Typed) -> bool:
    return typed.is_text and not isinstance(typed.path[-1], int)


def _comment(typed: _Typed, at: int, public: bool) -> Iterator[Problem]:
    """A comment after a text without quotation marks, or where a value is missing."""
    source, region = typed.source, typed.region
    above = region[:at]
    follows = "\n" in above or "\r" in above  # on a line below
    is_closed = re.search(r"[\]}]", above) is not None and not typed.value
    if (
        follows
        and not is_closed
        and not (typed.is_text and source.at(typed.start + at).column > typed.column)
    ):
        return
    before = above.rstrip()[-1:]
    is_after_bracket = before in ("]", "}") and not (typed.value or "").endswith(before)
    if is_after_bracket and not re.match(r"[^\r\n]*[\]}]", region[at:]):
        return  # only a comment that closes brackets as well was probably text
    is_glued = region[at + 1 : at + 2].strip(" \t\r\n#") != ""
    is_single = not typed.key.many and typed.key.model is None
    if not (is_glued or typed.is_text or (typed.value is None and is_single)):
        return
    is_sign = typed.value is None and not region.lstrip().startswith("#")  # a `~`, say
    begin = typed.start + (0 if typed.value or is_sign else at)
    end = typed.start + _end_of_text(typed, at)
    if typed.is_text or typed.value is None:
        fix = source.replacing(begin, end, in_quotes(source.text[begin:end]))
        hint = f"If it belongs to the text, put the whole text in quotes: {written(fix)}. "
        hint += "If it is a comment, put it on a line above."
    else:
        fix = source.replacing(typed.start + at + 1, typed.start + at + 1, " ")
        hint = f"If it is a comment, put a space after the #: {written(fix)}"
    is_error = typed.is_text and public and is_glued
    severity = Severity.ERROR if is_error else Severity.WARNING
    yield comment_cuts_text(
        source,
        typed.start + at,
        severity,
        hint,
        fix,
        field=field_name(typed.path),
        nothing_else=typed.value is None,
    )


def _comment_in_empty_list(typed: _Typed) -> Iterator[Problem]:
    """A comment between brackets that hold nothing else."""
    comment = _COMMENT_IN_LIST.search(typed.region, 0, typed.region.find("]"))
    if comment is None or not typed.is_text:
        return
    yield comment_cuts_text(
        typed.source,
        typed.start + comment.start(),
        Severity.WARNING,
        "If it is an item of the list, put it in quotes; if it is a comment, on a line above.",
        None,
        field=field_name(typed.path),
        nothing_else=True,
    )


def _nothing(typed: _Typed, word: str) -> Problem:
    """YAML's word for nothing, where a text belongs."""
    fix = typed.source.replacing(typed.start, typed.start + len(word), f'"{word}"')
    return Problem(
        "yaml-nothing",
        Severity.WARNING,
        typed.source.at(typed.start),
        f"`{word}` means that there is nothing here; no page shows it as a word.",
        f"If it is a text, put it in quotes: {written(fix)}; if not, delete the line.",
        field_name(typed.path),
        fix,
    )


def _end_of_text(typed: _Typed, at: int) -> int:
    """Where the text with its comment ends: with the comment's line, or lines indented like it."""
    end = at
    for match in re.finditer(r"[^\r\n]*", typed.region[at:]):
        line = match[0]
        indent = len(line) - len(line.lstrip(" ")) + 1
        is_more = line.lstrip().startswith("#") and indent > typed.column
        if match.start() and line.strip() and not is_more:
            break
        if line.strip():
            end = at + match.start() + len(line.rstrip())
    return end


def _comment_above(typed: _Typed) -> Problem | None:
    """A comment between the key, or the dash, of a text and the line below on which it begins."""
    source = typed.source
    if not typed.is_text or source.text[source.line_start(typed.start) : typed.start].strip():
        return None
    at = None
    for number in range(source.at(typed.start).line - 1, 0, -1):
        line, start = source.line_at(number), source.start_of(number)
        if line.strip() and not line.lstrip().startswith("#"):
            is_key = start <= typed.key_offset < typed.start
            comment = re.compile(r"[:-][ \t]+#").search(
                line, typed.key_offset - start if is_key else 0
            )
            column = typed.column if is_key else indent_of(line) + 1
            if comment is not None:
                at = start + comment.end() - 1
            break
        if line.strip():
            at = start + indent_of(line)
    else:
        return None
    if at is None or source.at(at).column <= column:
        return None
    fix = None
    if not typed.style:
        fix = source.replacing(
            at, text_end(source, at), in_quotes(source.text[at : text_end(source, at)])
        )
    shown = f": {written(fix)}" if fix else ""
    hint = f"If it belongs to the text, put the whole text in quotes{shown}. "
    hint += "If it is a comment, put it on a line above."
    nothing_else = not typed.value
    name = field_name(typed.path)
    severity = Severity.WARNING
    return comment_cuts_text(source, at, severity, hint, fix, field=name, nothing_else=nothing_else)


def _comment_after_quotes(typed: _Typed, end: int) -> Iterator[Problem]:
    """A comment on the line on which a text in quotation marks ends, or below it and indented."""
    comment = re.compile(r"\s*#").match(typed.region, end)
    if comment is None or not typed.is_text:
        return
    source, at = typed.source, typed.start + comment.end() - 1
    is_below = source.at(at).line > source.at(typed.start + end - 1).line
    if is_below and source.at(at).column <= typed.column:
        return
    line = source.line(at)
    words = line[at - source.line_start(at) :]
    if is_below or typed.region[:end].count("\n"):
        fix = None
        hint = "If it is one, put it on a line above; if it belongs to the text, inside the quotes."
    else:
        rest = line[: at - source.line_start(at)].rstrip()
        indent = " " * (len(line) - len(line.lstrip(" ")))
        number = source.at(at).line
        fix = Fix(number, number, (indent + words, rest))
        hint = "If it is one, put it on a line of its own above; if it belongs to the text, put it "
        hint += "inside the quotes."
    yield comment_cuts_text(
        source, at, Severity.WARNING, hint, fix, field=field_name(typed.path), nothing_else=False
    )


def _comments_of_block(typed: _Typed) -> Iterator[Problem]:
    """A comment after `|` or `>`, or below the text but indented more than its key."""
    if not typed.is_text:
        return
    source = typed.source
    first, *lines = typed.region.splitlines(keepends=True)
    indents = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
    inner = indents[0] if indents and typed.value else typed.column + 1
    sign = _BLOCK.match(first)
    header = re.compile(r"[ \t]*#").match(first, sign.end()) if sign else None
    if sign and header:
        at = header.end() - 1
        words = " " * inner + first[at:].rstrip()
        start = typed.start + sign.end()
        fix = source.replacing(start, typed.start + len(first.rstrip()), "\n" + words)
        hint = f"If it belongs to the text, put it on the line below: {words.strip()}. "
        hint += "If it is a comment, put it on a line above."
        yield _of_block(typed, typed.start + at, hint, fix)
    place = typed.start + len(first)
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        if line.lstrip(" ").startswith("#") and typed.column <= indent < inner:
            number = source.at(place).line
            fix = Fix(number, number, (" " * inner + line.strip(),))
            hint = f"If it belongs to the text, indent it by {inner} spaces as the lines above. "
            hint += "If it is a comment, put it in the column of the key or above."
            yield _of_block(typed, place + indent, hint, fix)
            return
        place += len(line)


def _of_block(typed: _Typed, at: int, hint: str, fix: Fix) -> Problem:
    return comment_cuts_text(
        typed.source,
        at,
        Severity.WARNING,
        hint,
        fix,
        field=field_name(typed.path),
        nothing_else=False,
    )


def _lone_quote(typed: _Typed) -> Iterator[Problem]:
    """A quotation mark at the end of a text that has no other to go with it."""
    if not typed.value or not typed.value.endswith('"') or typed.value.count('"') % 2 == 0:
        return
    if re.search(r'\d"$', typed.value):  # inches
        return
    at = typed.start + typed.region.rindex('"')
    fix = typed.source.replacing(at, at + 1, "")
    hint = (
        'Take it out, or put another " where the quotation begins and all of it in single quotes.'
    )
    for opening, closing in ("“”", "„“", "«»"):
        if opening in typed.value and closing not in typed.value.replace(opening, ""):
            fix = typed.source.replacing(at, at + 1, closing)
            hint = f"The quotation begins with {opening}: let it end with {closing}."
            break
    yield Problem(
        "yaml-quote-not-opened",
        Severity.WARNING,
        typed.source.at(at),
        'The text ends with a " that no other one opens; it is shown as typed.',
        hint,
        field_name(typed.path),
        fix,
    )


def _keys_in_text(
    typed: _Typed, model: type[BaseModel], beside: dict[str, object]
) -> Iterator[Problem]:
    """A line of a text that begins like a key that is missing beside it."""
    first = typed.region.find("\n") + 1
    if not first:
        return
    names = {key.name for key in keys(model)}
    for match in _LIKE_A_KEY.finditer(typed.region, first):
        name = match[1]
        if name not in names or beside.get(name) is not None:
            continue
        at = typed.start + match.start()
        line = typed.source.line(at)
        after = typed.region[match.end() :].partition("\n")[2]
        fix = None
        if not after.strip() and not isinstance(typed.path[-1], int):
            value = line.strip().removeprefix("- ")[len(name) + 1 :].strip()
            number = typed.source.at(at).line
            indent = " " * (typed.column - 1)
            fix = Fix(number, number, (f"{indent}{name}: {value}".rstrip(),))
        own = f"`{typed.key.name}`"
        yield Problem(
            "yaml-key-in-text",
            Severity.WARNING,
            typed.source.at(at + len(line) - len(line.lstrip())),
            f'"{shorten(line.strip())}" is read as part of the text of {own}.',
            f"If it is a key, let it begin in the column of {own}, with a space after its colon; "
            "if it belongs to the text, put it on the same line as the words before it.",
            field_name(typed.path),
            fix,
        )
