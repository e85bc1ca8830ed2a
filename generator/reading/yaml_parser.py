"""YAML text -> plain data, and the position of every key and value.

Reads the subset of YAML 1.2 that the briefing format allows, from PyYAML's parser events:
no composer and no constructor, so every scalar stays the text that was typed (only a plain
null becomes None) and nothing in a file can build an object.

Choices the format leaves open:

- NEL, U+2028 and U+2029 are characters of the text, as in YAML 1.2; PyYAML follows 1.1 and
  would break the line, so it gets stand-ins for them.
- U+FEFF is skipped at the start of a file and refused anywhere else it is typed.
- `%YAML` directives are accepted, and `---` and `...` around the one document.
- The keys of the file itself are nesting level 1.
- Any error means no document; warnings leave it readable.
- A comment that cuts a text is an error here only if the text goes on below it; `unread_text` finds
  the others, because it depends on the field whether words are text.
- A line like `-word` in a plain text is a warning too: it was probably meant as a list item.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import count, islice
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from generator.model.introspection import FieldPath
from generator.reading.problems import Fix, Location, Problem, Severity, field_name
from generator.reading.source_text import (
    MAX_PROBLEMS,
    SourceText,
    decode,
    escaped_characters,
    odd_character,
    shorten,
    too_many_problems,
    typed_characters,
    written,
)
from generator.reading.yaml_brackets import lacks_colon, texts_cut_by_commas
from generator.reading.yaml_errors import reword, unreadable
from generator.reading.yaml_escapes import typed_backslash
from generator.reading.yaml_faults import (
    NO_NAMES,
    Context,
    in_whole_quotes,
    missing_space,
    several_documents,
)
from generator.reading.yaml_lines import (
    KEY,
    around,
    text_end,
    text_end_in_brackets,
    with_plain_indentation,
)
from generator.reading.yaml_signs import odd_space

#: Mappings and lists inside one another, the root included.
MAX_DEPTH = 32
#: Names, values, mappings and lists; a file of 1 MiB that someone wrote has some 50,000.
MAX_VALUES = 100_000
#: Characters read again to find what else is wrong with a file that has a syntax error.
MAX_READ_AGAIN = 400_000

try:
    from yaml._yaml import CParser as _FastParser
except ImportError:  # PyYAML was installed without libyaml
    _parser: Callable[[str], Any] = yaml.SafeLoader
else:
    _parser = _FastParser

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
#: Plain scalars that YAML 1.2's core schema (10.3.2) doesn't read as text.
_NOT_TEXT = re.compile(
    r"~|null|Null|NULL|true|True|TRUE|false|False|FALSE|"
    r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|"
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|"
    r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|"
)
_NOT_TEXT_STARTS = frozenset(["", *"~nNtTfF0123456789-+."])
_DASH_AT_LINE_START = re.compile(r"\n[ ]*-(?=[^\W\d])")
#: How many characters of words are looked for where they stand: more are dear, and tell no more.
_ENOUGH = 200
#: What a comment after a value follows, or one below it that is indented; libyaml needs no space
#: after a sign.
_BEFORE_COMMENTS = frozenset(" \t[]{},:|>?\"'+-")
_AFTER_BLOCK_SIGN = re.compile(r"[|>][-+]?[0-9][-+]?#")
#: What PyYAML takes for line ends and YAML 1.2 doesn't.
_LINE_ENDS_OF_1_1 = ("\x85", "\u2028", "\u2029")

#: A scalar's offset in the text, or a collection's offset with the places of its items:
#: {key: (the key's offset, the value's place)} or [the item's place]. Kept as plain
#: tuples and ints because there is one for every value of every file.
Place = Any


@dataclass
class Document:
    """A file's data: mappings, lists, text and None, and where each of them stands.

    `text` is the file without a byte order mark. Line ends inside values are LF.
    """

    path: str
    text: str
    data: dict[str, Any]
    places: Place = field(default=0, repr=False, compare=False)

    def value(self, field: FieldPath) -> Any:
        """The value of `field` as typed; None where there is none."""
        held: Any = self.data
        for step in field:
            inside = (isinstance(held, dict) and step in held) or (
                isinstance(held, list) and isinstance(step, int) and step < len(held)
            )
            if not inside:
                return None
            held = held[step]
        return held

    def locate(self, field: FieldPath, *, key: bool = False) -> Location:
        """Where the value of `field` begins, or its key if `key`.

        A list's item has no key, so its value stands in. For a field that doesn't exist
        the nearest existing ancestor does; `()` is the file's root mapping.
        """
        key_offset, place = 0, self.places
        for step in field:
            children = place[1] if isinstance(place, tuple) else None
            if isinstance(children, dict) and step in children:
                key_offset, place = children[step]
            elif isinstance(children, list) and isinstance(step, int) and 0 <= step < len(children):
                place = children[step]
                key_offset = place[0] if isinstance(place, tuple) else place
            else:
                break
        value_offset = place[0] if isinstance(place, tuple) else place
        return self.source.at(key_offset if key else value_offset)

    def locate_words(self, field: FieldPath, words: str, occurrence: int = 0) -> Location:
        """Where `words` stand in the value of `field`, counting their occurrences from 0; the
        value's beginning where the file writes them otherwise (with escapes, say).
        """
        start, typed = self.typed(field)
        pattern = r"\s+".join(re.escape(word) for word in words[:_ENOUGH].split())
        found = list(islice(re.finditer(pattern, typed), occurrence + 1))
        return self.source.at(
            start + found[occurrence].start() if len(found) > occurrence else start
        )

    def typed(self, field: FieldPath) -> tuple[int, str]:
        """The offset at which the value of `field` begins, and the text from there to the next
        key or value of the file: the value as typed, and the comments and spaces after it.
        """
        start = self.source.offset(self.locate(field))
        following = bisect_right(self._offsets, start)
        end = self._offsets[following] if following < len(self._offsets) else len(self.text)
        return start, self.text[start:end]

    @cached_property
    def has_comments(self) -> bool:
        """Whether anything in the file may be a comment after a value."""
        at = self.text.find("#")
        while at >= 0:
            before = self.text[at - 1 : at]
            if before in _BEFORE_COMMENTS:
                return True
            if before.isdigit() and _AFTER_BLOCK_SIGN.match(self.text, max(0, at - 3)):
                return True
            if before.isdigit() and _AFTER_BLOCK_SIGN.match(self.text, max(0, at - 2)):
                return True
            at = self.text.find("#", at + 1)
        return False

    def replacing(self, field: FieldPath, words: str, *, key: bool = False) -> Fix | None:
        """The edit that writes `words`, as they are, where the value of `field` is typed, or its
        key if `key`. None where that is no text on one line without escapes.
        """
        typed = str(field[-1]) if key and field else self.value(field)
        if not isinstance(typed, str) or not typed:
            return None
        start = self.source.offset(self.locate(field, key=key))
        for mark in ("", '"', "'"):
            end = start + len(typed) + 2 * len(mark)
            if self.text[start:end] == f"{mark}{typed}{mark}":
                return self.source.replacing(start, end, words)
        return None

    def line(self, number: int) -> str:
        """A line of the file, counted from 1; empty past its end."""
        return self.source.line_at(number)

    @cached_property
    def _offsets(self) -> list[int]:
        """Where every key and value begins, in order."""
        return sorted(_offsets(self.places))

    @cached_property
    def source(self) -> SourceText:
        """The file's text, for places and edits by offset."""
        return SourceText(self.path, self.text)


def _offsets(place: Place) -> Iterator[int]:
    if not isinstance(place, tuple):
        yield place
        return
    yield place[0]
    children = place[1]
    for child in children.values() if isinstance(children, dict) else children:
        if isinstance(children, dict):
            yield child[0]
            yield from _offsets(child[1])
        else:
            yield from _offsets(child)


def read(
    path: str, content: bytes, names: Mapping[str, bool] = NO_NAMES
) -> tuple[Document | None, list[Problem]]:
    """A file's document, None if it has an error, and all its problems from top to bottom.

    Never raises. `path` is as shown to authors; `names` are the keys that the format knows, and
    whether they hold text, for guesses at what was meant.
    """
    text = decode(path, content)
    if isinstance(text, Problem):
        return None, [text]
    source = SourceText(path, text)
    spent = _Budget()
    reading, syntax_error = _read_once(source, names, spent)
    if syntax_error is not None and len(reading.problems) <= MAX_PROBLEMS:
        reading.problems = _read_on(source, reading.problems, syntax_error, names, spent)
    return _outcome(source, reading)


class _Budget:
    """How many characters more may be read, so that a hostile file costs no more than a sound one
    several times as long.
    """

    def __init__(self) -> None:
        self.left = MAX_READ_AGAIN

    def allows(self, text: str) -> bool:
        """Whether `text` may be read once more; it then counts as read."""
        self.left -= len(text) + 100
        return self.left >= 0


def _read_once(
    source: SourceText, names: Mapping[str, bool], spent: _Budget
) -> tuple[_Reading, Problem | None]:
    """What is in a file up to the syntax error that ends the reading, if there is one."""
    readable, problems = typed_characters(source)
    readable, stand_ins = _without_1_1_line_ends(readable)
    reading = _Reading(source, problems, stand_ins)
    syntax_error: Problem | None = None
    try:
        if len(problems) <= MAX_PROBLEMS:
            reading.run(_parser(readable))
    except (_StopReading, _TooManyProblemsError):
        pass
    except yaml.MarkedYAMLError as error:
        works = partial(_works, source, spent)
        syntax_error = reword(source, error, reading.last_scalar, Context(works, names))
    except (yaml.YAMLError, ValueError, OverflowError):
        syntax_error = unreadable(source, reading.last_scalar)
    if reading.may_be_cut and len(reading.problems) <= MAX_PROBLEMS:
        reading.problems += texts_cut_by_commas(source, _parser(readable), names)
    return reading, syntax_error


def _works(source: SourceText, spent: _Budget, fix: Fix) -> bool:
    """Whether the file can be read further than the lines of `fix` after it."""
    if not spent.allows(source.text):
        return False
    text, _ = typed_characters(SourceText(source.path, fix.applied(source.text)))
    parser = _parser(_without_1_1_line_ends(text)[0])
    try:
        while not isinstance(parser.get_event(), StreamEndEvent):
            pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        return mark is not None and mark.line >= fix.first - 1 + len(fix.lines)
    except (yaml.YAMLError, ValueError, OverflowError):
        return False
    return True


def _read_on(
    source: SourceText,
    problems: list[Problem],
    syntax_error: Problem,
    names: Mapping[str, bool],
    spent: _Budget,
) -> list[Problem]:
    """All problems of a file with a syntax error: those below it are found by reading the file
    again without it, as often as it takes.
    """
    found = _with_syntax_error(problems, syntax_error)
    edits = _Edits(source)
    seen = 0
    while True:
        line = syntax_error.location.line
        fix = syntax_error.fix
        if fix is None or line < seen:
            first, last = around(edits.source, line)
            fix = Fix(first, last, ("",) * (last + 1 - first))
        if line < seen or not spent.allows(source.text) or len(found) > MAX_PROBLEMS:
            break
        seen = fix.first + len(fix.lines)
        edits.apply(fix)
        reading, error = _read_once(edits.source, names, spent)
        known = {(one.rule, one.location.line) for one in found}
        new = [moved for one in reading.problems if (moved := edits.moved(one)) is not None]
        found += [one for one in new if (one.rule, one.location.line) not in known]
        if error is None:
            return found
        syntax_error = error
        moved = edits.moved(error)
        if moved is None or (moved.rule, moved.location.line) in known:
            break
        found = _with_syntax_error(found, moved)
    lowest = max(found, key=lambda problem: problem.location)
    more = "There may be more mistakes below: check the file again after this."
    found[found.index(lowest)] = replace(lowest, hint=f"{lowest.hint} {more}".strip())
    return found


class _Edits:
    """Edits made to a file one after the other, and which of its lines became which."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        #: The number that each line had in the file; None for one that an edit wrote.
        self.numbers: list[int | None] = list(range(1, source.count + 1))

    def apply(self, fix: Fix) -> None:
        self.source = SourceText(self.source.path, fix.applied(self.source.text))
        self.numbers[fix.first - 1 : fix.last] = [None] * len(fix.lines)

    def moved(self, problem: Problem) -> Problem | None:
        """A problem of the edited text where it is in the file; None if an edit's line has it."""
        place, fix = problem.location, problem.fix
        number = self._number(place.line)
        if number is None:
            return None
        if fix is not None:
            numbers = [self._number(one) for one in range(fix.first, fix.last + 1)]
            whole = numbers and None not in numbers
            fix = replace(fix, first=numbers[0] or 0, last=numbers[-1] or 0) if whole else None
            if fix is not None and fix.last - fix.first + 1 != len(numbers):
                fix = None
        return replace(problem, location=replace(place, line=number), fix=fix)

    def _number(self, line: int) -> int | None:
        return self.numbers[line - 1] if line <= len(self.numbers) else self.source.count


def _outcome(source: SourceText, reading: _Reading) -> tuple[Document | None, list[Problem]]:
    """The document and its problems in order."""
    problems = sorted(reading.problems)
    if len(problems) > MAX_PROBLEMS:
        problems[MAX_PROBLEMS:] = [too_many_problems(problems[MAX_PROBLEMS - 1].location)]
    if any(problem.severity is Severity.ERROR for problem in problems):
        return None, problems
    assert isinstance(reading.data, dict), "a document without errors is made of keys and values"
    return Document(source.path, source.text, reading.data, reading.places), problems


def _with_syntax_error(problems: list[Problem], syntax_error: Problem) -> list[Problem]:
    """`problems` and last the error that ended the reading, unless one of them caused it."""
    line = syntax_error.location.line
    for index, problem in enumerate(problems):
        near = line - problem.location.line
        if near == 0 and problem.severity is Severity.ERROR:
            return problems  # an alias followed by text, say
        if near in (0, 1) and problem.rule == "yaml-missing-space":
            # `-word` was a warning; as the lines below it don't fit, it is the mistake.
            cause = replace(problem, severity=Severity.ERROR)
            return [*problems[:index], *problems[index + 1 :], cause]
    return [
        *(problem for problem in problems if problem.location != syntax_error.location),
        syntax_error,
    ]


def _without_1_1_line_ends(text: str) -> tuple[str, dict[int, str]]:
    """The text with a stand-in character for each NEL, U+2028 and U+2029, and what those
    stand for. Stand-ins are Unicode noncharacters that the file itself doesn't mention.
    """
    typed = [character for character in _LINE_ENDS_OF_1_1 if character in text]
    if not typed:
        return text, {}
    escapes = text.lower()
    free = (
        code
        for code in range(0xFDD0, 0xFFF0)
        if chr(code) not in text and f"{code:x}" not in escapes
    )
    stand_ins = dict(zip(free, typed, strict=False))
    return text.translate({ord(typed): code for code, typed in stand_ins.items()}), stand_ins


class _TooManyProblemsError(Exception):
    """Ends the reading of a file that is beyond line-by-line repair."""


class _StopReading(Exception):  # noqa: N818 - not an error: what follows isn't worth reading
    """Ends the reading after a problem that makes the rest of the file meaningless."""


class _Reading:
    """One pass over a file's events: builds data and places together, collects problems."""

    def __init__(
        self, source: SourceText, problems: list[Problem], stand_ins: dict[int, str]
    ) -> None:
        self.source = source
        self.problems = problems
        self.stand_ins = stand_ins
        self.data: Any = None
        self.places: Place = 0
        self.last_scalar: ScalarEvent | None = None
        # Entries of which a second beginning was refused: their other keys are no mistakes more.
        self.repeated: list[Any] = []
        # Whether a comma may have cut a text, which takes a second look to know.
        self.may_be_cut = False
        # Where mappings and lists are open: the collection, its places, whether it is a
        # mapping, the key being filled, and the key to go on with once that is filled.
        self.stack: list[tuple[Any, Any, bool, str | None, str | None]] = []

    def run(self, parser: Any) -> None:
        """Read all events of `parser`; raises what it raises. Written as one loop over
        local variables because it runs for every value of every file.
        """
        text = self.source.text
        next_event = self.counted(parser.get_event)
        stack, stand_ins = self.stack, self.stand_ins
        has_escapes = "\\" in text
        has_properties = _begins_a_word("&", text) or _begins_a_word("!", text)
        keys: dict[str, str] = {}  # plain keys found to be text, to be judged and stored once
        container: Any = None  # None while the root is awaited
        children: Any = None
        is_map = False
        key: str | None = None  # None while a mapping awaits its next key
        key_offset = key_end = 0
        documents = 0
        dashes = [match.end() - 1 for match in _DASH_AT_LINE_START.finditer(text)]
        is_unusual = bool(has_escapes or has_properties or stand_ins or dashes)
        new: Any
        new_children: Any
        while True:
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                self.last_scalar = event
                offset = event.start_mark.index
                value = event.value
                style = event.style
                if is_unusual:
                    if event.anchor is not None or event.tag is not None:
                        self.refuse_properties(event)
                    if has_escapes and style == '"':
                        end = event.end_mark.index
                        self.judge_escapes(offset, end)
                    if stand_ins:
                        value = value.translate(stand_ins)
                    if dashes and not style:
                        self.warn_of_dashes(dashes, offset, event.end_mark.index)
                if is_map and key is None:
                    key = keys.get(value)
                    key_offset = offset
                    if key is None:
                        key = value
                        if not style:
                            if _isnt_text(value):
                                self.refuse_key(value, offset)
                            else:
                                keys[value] = value
                            if not value.isascii():
                                self.refuse_odd_key(value, event)
                            if " " in value or "\n" in value:
                                self.may_be_cut = True
                    key_end = event.end_mark.index
                    if key in container:
                        self.refuse_duplicate(container, value, children[value][0], offset)
                    continue
                if not style and len(value) < 5 and value in _NULL:
                    if is_map and not value and lacks_colon(text, key_end, offset):
                        self.may_be_cut = True
                    value = None
                if is_map:
                    container[key] = value
                    children[key] = (key_offset, offset)
                    key = None
                elif container is None:
                    self.data, self.places = value, offset
                else:
                    container.append(value)
                    children.append(offset)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                offset = event.start_mark.index
                if len(stack) == MAX_DEPTH:
                    self.refuse_depth(offset)
                if has_properties and (event.anchor is not None or event.tag is not None):
                    self.refuse_properties(event)
                opens_map = kind is MappingStartEvent
                new, new_children = ({}, {}) if opens_map else ([], [])
                key_after = None
                if is_map:
                    if key is None:
                        self.refuse_collection_key(offset, opens_map)
                        key_after = _key_stand_in(offset)
                    else:
                        container[key] = new
                        children[key] = (key_offset, (offset, new_children))
                elif container is None:
                    self.data, self.places = new, (offset, new_children)
                else:
                    container.append(new)
                    children.append((offset, new_children))
                stack.append((container, children, is_map, key, key_after))
                container, children, is_map, key = new, new_children, opens_map, None
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                container, children, is_map, _, key = stack.pop()
            elif kind is AliasEvent:
                offset = event.start_mark.index
                if key != "<<":
                    self.refuse_alias(event.anchor, offset)
                if is_map:
                    key = _key_stand_in(offset) if key is None else None
            elif kind is DocumentStartEvent:
                documents += 1
                self.check_document_start(event, documents)
            elif kind is StreamEndEvent:
                break
        self.check_root()

    def counted(self, next_event: Callable[[], Any]) -> Callable[[], Any]:
        """``next_event``; where there can be too many values, one that ends with too many."""
        # Between two of them stands a sign, and `? x` alone is three: a mapping, a name, no value.
        if 3 * sum(map(self.source.text.count, ",:?[]{}\r\n-")) < MAX_VALUES:
            return next_event
        counter = count(1)

        def counting() -> Any:
            event = next_event()
            is_value = isinstance(event, (ScalarEvent, CollectionStartEvent))
            if is_value and next(counter) > MAX_VALUES:
                self.refuse_number(event.start_mark.index)
            return event

        return counting

    def report(self, problem: Problem) -> None:
        self.problems.append(problem)
        if len(self.problems) > MAX_PROBLEMS:
            raise _TooManyProblemsError

    def refuse(
        self,
        rule: str,
        offset: int,
        message: str,
        hint: str,
        field: str = "",
        fix: Fix | None = None,
    ) -> None:
        self.report(self.source.error(rule, offset, message, hint, field, fix))

    def judge_escapes(self, start: int, end: int) -> None:
        """Report the codes in double quotes that nobody meant, or that no text can hold."""
        problem = typed_backslash(self.source, start, end)
        if problem is not None:
            self.report(problem)
        if problem is None or problem.severity is not Severity.ERROR:
            for refused in escaped_characters(self.source, start, end):
                self.report(refused)

    def quoting(self, offset: int) -> tuple[Fix | None, str]:
        """The edit that puts the text from `offset` on in quotes, and the hint that asks for it."""
        if self.source.is_long(offset):
            return None, "Put the whole text in quotes"
        before = self.source.text[self.source.line_start(offset) : offset]
        is_inside = before.count("{") + before.count("[") > before.count("}") + before.count("]")
        end = (text_end_in_brackets if is_inside else text_end)(self.source, offset)
        return in_whole_quotes(self.source, offset, end)

    def warn_of_dashes(self, dashes: list[int], start: int, end: int) -> None:
        """Warn of lines in the plain text from `start` to `end` that begin like `-word`,
        of which YAML makes text where a list item was meant.
        """
        for offset in dashes[bisect_left(dashes, start) : bisect_left(dashes, end)]:
            problem = missing_space(self.source, offset)
            if problem is not None:
                self.report(replace(problem, severity=Severity.WARNING))

    def field_of(self, container: Any, key: str) -> str:
        """The field name of `key` in the mapping being read."""
        steps: list[str | int] = []
        for parent, _, is_map, parent_key, _ in self.stack[1:]:
            steps.append(parent_key or "?" if is_map else len(parent) - 1)
        return field_name((*steps, key))

    def place_name(self, offset: int) -> str:
        location = self.source.at(offset)
        return f"line {location.line}, column {location.column}"

    def refuse_key(self, key: str, offset: int) -> None:
        """Refuse an unquoted key that isn't text, or that is YAML 1.1's merge key."""
        if key == "<<":
            self.refuse(
                "yaml-merge-key",
                offset,
                "`<<` copies other keys to this place, which briefings don't use.",
                "Write the fields themselves here.",
            )
        else:
            read_as = f"`{key}` as a number or a constant" if key else "an empty key"
            fix = None
            if key and not self.source.is_long(offset):
                fix = self.source.replacing(offset, offset + len(key), f'"{key}"')
            self.refuse(
                "yaml-key-not-text",
                offset,
                f"A key must be text, but YAML reads {read_as}.",
                f'Write it in quotes: "{key}":' if key else "Write a name before the colon.",
                fix=fix,
            )

    def refuse_odd_key(self, key: str, event: Any) -> None:
        """Refuse a key with a character in it that can't be seen, or looks like another."""
        odd = odd_character(key)
        start, end = event.start_mark.index, event.end_mark.index
        if (
            odd is None
            or event.style
            or self.source.is_long(start)
            or self.source.text[start:end] != key
        ):
            return
        at, name, meant = odd
        if at == 0 and (indented := with_plain_indentation(self.source, start)) is not None:
            fix = indented
        else:
            fix = self.source.replacing(start, end, meant)
        self.refuse(
            "yaml-odd-character",
            start + at,
            f"In the key `{meant}` stands {name}.",
            f"Write the line without it: {written(fix)}.",
            fix=fix,
        )

    def refuse_duplicate(self, container: Any, key: str, first: int, offset: int) -> None:
        if key == "<<":  # refused as a merge key already
            return
        if any(container is one for one in self.repeated):
            return
        if key == next(iter(container)) and self.repeats(container, key, offset):
            self.repeated.append(container)
            self.refuse_repetition(key, first, offset)
            return
        self.refuse(
            "yaml-duplicate-key",
            offset,
            f'The key "{shorten(key)}" is written twice here: first at {self.place_name(first)}, '
            f"then at {self.place_name(offset)}.",
            "Keep one of them, and move what both should hold under it.",
            self.field_of(container, key),
        )

    def repeats(self, container: Any, key: str, offset: int) -> bool:
        """Whether the line at `offset` begins with `key`, and the next line in its column has
        another key that `container` has too.
        """
        text, start = self.source.text, self.source.line_start(offset)
        column = offset - start
        if text[start:offset].strip(" "):
            return False
        next_key = re.compile(rf"^ {{{column}}}({KEY}):(?=\s)", re.M).search(text, offset + 1)
        return next_key is not None and next_key[1] != key and next_key[1] in container

    def refuse_repetition(self, key: str, first: int, offset: int) -> None:
        """Refuse a key with which its entry, or the whole file, begins a second time."""
        line = self.source.at(offset).line
        begins = f"`{shorten(key)}` stands in line {self.source.at(first).line} already"
        column = offset - self.source.line_start(offset)
        if column >= 2 and len(self.stack) > 1:
            typed = self.source.line_at(line)
            fix = Fix(line, line, (f"{' ' * (column - 2)}- {typed[column:]}",))
            self.refuse(
                "yaml-missing-dash",
                offset,
                f"A second entry seems to begin here without a dash: {begins}.",
                f"Write {written(fix)}.",
                fix=fix,
            )
            return
        text = self.source.text
        again = text[offset:].rstrip()
        is_copy = text[first : first + len(again)] == again
        self.refuse(
            "yaml-duplicate-key",
            offset,
            f"From here on keys are written a second time: {begins}.",
            "The file was pasted twice: delete all from here on."
            if is_copy
            else "Keep one of each: was the file, or a part of it, pasted twice?",
            key,
            Fix(line, self.source.count, ("",)) if is_copy else None,
        )

    def refuse_depth(self, offset: int) -> None:
        """Refuse a collection below the deepest level and end the reading."""
        self.refuse(
            "yaml-too-deep",
            offset,
            f"Lists and keys stand more than {MAX_DEPTH} levels deep in each other here.",
            "Look for brackets or dashes typed by mistake; no field of a briefing is so deep.",
        )
        raise _StopReading

    def refuse_number(self, offset: int) -> None:
        """Refuse a value beyond the last that is read and end the reading."""
        self.refuse(
            "yaml-too-large",
            offset,
            f"The file holds more than {MAX_VALUES:,} names and values.",
            "Split it into several files, or look for brackets typed by mistake.",
        )
        raise _StopReading

    def refuse_collection_key(self, offset: int, is_map: bool) -> None:
        fix: Fix | None = None
        hint = "Write a name, a colon and a space, and the value after it; "
        hint += "text that starts with a bracket goes in quotes."
        if self.source.text[offset - 1 : offset] == "{":  # `{{ name }}`, as in templates
            fix, hint = self.quoting(offset - 1)
        self.refuse(
            "yaml-key-is-collection",
            offset,
            f"{'Braces stand' if is_map else 'A list stands'} where the name of a field should be.",
            hint,
            fix=fix,
        )

    def refuse_alias(self, name: str, offset: int) -> None:
        fix, hint = self.quoting(offset)
        hint = f"{hint}. If it isn't meant as text, write the value itself here."
        value = re.search(rf"&{re.escape(name)} +(\[[^\[\]\n]*\]|\w[^\n#]*?)[ ]*$",
                          self.source.text[:offset], re.M)  # fmt: skip
        if value and not self.source.is_long(offset):
            fix = self.source.replacing(offset, offset + len(name) + 1, value[1])
            hint = f"Write the value itself: {written(fix)}."
        self.refuse(
            "yaml-alias",
            offset,
            f"`*{name}` refers to a value written elsewhere, which briefings don't use.",
            hint,
            fix=fix,
        )

    def refuse_properties(self, event: Any) -> None:
        """Refuse the anchor and the tag written before a value or a key."""
        offset = event.start_mark.index
        text = self.source.text
        if event.anchor is not None:
            at = max(offset, text.find(f"&{event.anchor}", offset))
            fix, hint = self.quoting(at)
            name = f"&{event.anchor}"
            if not isinstance(event, ScalarEvent):
                end = at + len(name) + (text[at + len(name) : at + len(name) + 1] == " ")
                fix = self.source.replacing(at, end, "")
                hint = f"Take it out: {written(fix)}"
            self.refuse(
                "yaml-anchor",
                at,
                f"`&{event.anchor}` names a value for use elsewhere, which briefings don't do.",
                f"{hint}. If it isn't meant as text, delete it."
                if isinstance(event, ScalarEvent)
                else f"{hint}.",
                fix=fix,
            )
        if event.tag is not None:
            at = max(offset, text.find("!", offset))
            tag = re.match(r"\S*", text[at : at + 200])
            fix, hint = self.quoting(at)
            hint = f"{hint}. If it isn't meant as text, delete it."
            if tag and (tag[0].startswith("!!") or not isinstance(event, ScalarEvent)):
                end = at + len(tag[0]) + (text[at + len(tag[0]) : at + len(tag[0]) + 1] == " ")
                fix = self.source.replacing(at, end, "")
                hint = f"Take it out: {written(fix)}."
            self.refuse(
                "yaml-tag",
                at,
                f"`{shorten(tag[0] if tag else '!')}` sets a data type, which briefings don't do.",
                hint,
                fix=fix,
            )

    def check_document_start(self, event: Any, documents: int) -> None:
        """Refuse tag directives, and a second document, which ends the reading."""
        offset = event.start_mark.index
        if documents > 1:
            self.report(several_documents(self.source, offset))
            raise _StopReading
        if event.tags:
            at = max(offset, self.source.text.find("%TAG", offset))
            self.refuse(
                "yaml-tag-directive",
                at,
                "`%TAG` defines data types, which briefings don't use.",
                "Delete this line.",
                fix=Fix(line := self.source.at(at).line, line, ()),
            )

    def glued(self, offset: int) -> Problem | None:
        """Why YAML sees no key in the line at `offset`: a space that is missing or isn't one."""
        line = self.source.at(offset).line
        return odd_space(self.source, line) or missing_space(self.source, offset)

    def check_root(self) -> None:
        """Refuse a file that is empty or whose root isn't a mapping."""
        if isinstance(self.data, dict):
            return
        offset = self.places[0] if isinstance(self.places, tuple) else self.places
        hint = "Start with a key at the beginning of a line, such as `title: Norland accuses …`."
        is_registry = self.source.path.startswith("data/")
        if is_registry:
            hint = "Start with an id at the beginning of a line, such as `norland:`."
        if isinstance(self.data, list):
            message = "The file is a list; it should be made of keys and values."
            first = self.data[0] if self.data else None
            own = first.get("id") if isinstance(first, dict) else None
            if is_registry and isinstance(own, str):
                message = "The file is a list; here each entry stands below its id."
                hint = f"Write `{shorten(own)}:` in place of `- id: {shorten(own)}`, and so on."
            elif len(self.data) == 1 and isinstance(first, dict):
                hint = "Take out the dash, and let every line begin two spaces further left."
            self.refuse("yaml-not-a-mapping", offset, message, hint)
        elif any(problem.severity is Severity.ERROR for problem in self.problems):
            return  # whatever was refused is why nothing else is there
        elif self.data is None:
            self.refuse("yaml-empty", 0, "The file is empty.", hint)
        elif (problem := self.glued(offset)) is not None:
            self.report(problem)
        else:
            message = f'The file is one text, "{shorten(self.data)}"; it should be made of '
            message += "keys and values."
            self.refuse("yaml-not-a-mapping", offset, message, hint)


def _isnt_text(key: str) -> bool:
    """Whether a plain key is the merge key, or null, a number or a boolean in YAML 1.2."""
    return key == "<<" or (key[:1] in _NOT_TEXT_STARTS and bool(_NOT_TEXT.fullmatch(key)))


def _key_stand_in(offset: int) -> str:
    """A key for the value of a key that was refused; no typed key can be equal to it."""
    return f"\0{offset}"


def _begins_a_word(sign: str, text: str) -> bool:
    """Whether `sign` stands anywhere that YAML could take it for an anchor or a tag."""
    offset = text.find(sign)
    while offset > 0 and text[offset - 1] not in " \t\r\n[{,:":
        offset = text.find(sign, offset + 1)
    return offset >= 0
