"""Parser events -> plain data, the offset of every key and value, and problems.

PyYAML's own composer and constructor aren't used: every scalar stays the text that was typed (only
a plain null becomes None), and nothing in a file can build an object.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from itertools import count
from typing import Any

from yaml import MarkedYAMLError
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

from generator.reading import yaml_keys, yaml_unsupported
from generator.reading.problems import Problem, Severity, field_name
from generator.reading.source_text import MAX_PROBLEMS, SourceText, escaped_characters
from generator.reading.yaml_brackets import lacks_colon, texts_cut_by_commas
from generator.reading.yaml_document import OffsetTree
from generator.reading.yaml_errors import reword, unreadable
from generator.reading.yaml_escapes import typed_backslash
from generator.reading.yaml_events import (
    PARSER_ERRORS,
    ParseBudget,
    event_parser,
    parseable,
    parses_beyond,
)
from generator.reading.yaml_faults import missing_space, several_documents
from generator.reading.yaml_unsupported import MAX_DEPTH, MAX_VALUES

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_DASH_AT_LINE_START = re.compile(r"\n[ ]*-(?=[^\W\d])")


def compose(
    source: SourceText, names: Mapping[str, bool], budget: ParseBudget
) -> tuple[Composer, Problem | None]:
    """What is in a file up to the syntax error that ends the parsing, if there is one.

    `names` are the keys that the format knows, and whether they hold text. `budget` limits how much
    is parsed to find the right advice.
    """
    text, stand_ins, problems = parseable(source)
    composer = Composer(source, problems, stand_ins)
    syntax_error: Problem | None = None
    try:
        if len(problems) <= MAX_PROBLEMS:
            composer.run(event_parser(text))
    except _StopComposingError:
        pass
    except MarkedYAMLError as error:
        works = partial(parses_beyond, source, budget=budget)
        syntax_error = reword(source, error, composer.last_scalar, works, names)
    except PARSER_ERRORS:
        syntax_error = unreadable(source, composer.last_scalar)
    if composer.may_be_cut and len(composer.problems) <= MAX_PROBLEMS:
        composer.problems += texts_cut_by_commas(source, event_parser(text), names)
    return composer, syntax_error


class _StopComposingError(Exception):
    """Ends the composition of a file after a problem that makes the rest of it meaningless, or
    after more problems than are shown.
    """


class Composer:
    """One pass over a file's events: builds data and offsets together, and collects problems."""

    def __init__(
        self, source: SourceText, problems: list[Problem], stand_ins: dict[int, str]
    ) -> None:
        self.source = source
        self.problems = problems
        self.data: Any = None
        self.offsets: OffsetTree = 0
        self.last_scalar: ScalarEvent | None = None
        #: The unquoted keys that are text, each as a key and a value, to be stored once.
        self.plain_keys: dict[str, str] = {}
        #: Whether a comma may have cut a text, which takes a second pass to know.
        self.may_be_cut = False
        self._stand_ins = stand_ins
        #: Mappings whose keys begin a second time; their other keys aren't reported as duplicates.
        self._repeated: list[Any] = []
        #: The open mappings and lists: the collection, its offsets, whether it is a mapping, the
        #: key being filled, and the key to continue with once that is filled.
        self._stack: list[tuple[Any, Any, bool, str | None, str | None]] = []

    def run(self, parser: Any) -> None:
        """Read all events of `parser`; raises what it raises.

        One loop over local variables, because it runs for every value of every file.
        """
        source, text = self.source, self.source.text
        next_event = self._counted(parser.get_event)
        stack, stand_ins = self._stack, self._stand_ins
        has_escapes = "\\" in text
        has_properties = _begins_a_word("&", text) or _begins_a_word("!", text)
        keys = self.plain_keys
        container: Any = None  # None before the root
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
                        self._report(*yaml_unsupported.anchor_or_tag(source, event))
                    if has_escapes and style == '"':
                        self._check_escapes(offset, event.end_mark.index)
                    if stand_ins:
                        value = value.translate(stand_ins)
                    if dashes and not style:
                        self._warn_of_dashes(dashes, offset, event.end_mark.index)
                if is_map and key is None:
                    key = keys.get(value)
                    key_offset = offset
                    if key is None:
                        key = value
                        if not style:
                            self._check_plain_key(value, event)
                    key_end = event.end_mark.index
                    if key in container:
                        self._report_duplicate(container, value, children[value][0], offset)
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
                    self.data, self.offsets = value, offset
                else:
                    container.append(value)
                    children.append(offset)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                offset = event.start_mark.index
                opens_map = kind is MappingStartEvent
                if len(stack) == MAX_DEPTH:
                    self._stop(yaml_unsupported.too_deep(source, offset))
                if has_properties and (event.anchor is not None or event.tag is not None):
                    self._report(*yaml_unsupported.anchor_or_tag(source, event))
                new, new_children = ({}, {}) if opens_map else ([], [])
                key_after = None
                if is_map:
                    if key is None:
                        self._report(
                            yaml_keys.collection_as_key(source, offset, is_mapping=opens_map)
                        )
                        key_after = _key_stand_in(offset)
                    else:
                        container[key] = new
                        children[key] = (key_offset, (offset, new_children))
                elif container is None:
                    self.data, self.offsets = new, (offset, new_children)
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
                    self._report(yaml_unsupported.alias(source, event.anchor, offset))
                if is_map:
                    key = _key_stand_in(offset) if key is None else None
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._stop(several_documents(source, event.start_mark.index))
                if event.tags:
                    self._report(yaml_unsupported.tag_directive(source, event.start_mark.index))
            elif kind is StreamEndEvent:
                break
        self._check_root()

    def _counted(self, next_event: Callable[[], Any]) -> Callable[[], Any]:
        """``next_event``, or a function that counts values too if there may be too many."""
        # There is a sign between any two, and `? x` alone is three: a mapping, a name, no value.
        if 3 * sum(map(self.source.text.count, ",:?[]{}\r\n-")) < MAX_VALUES:
            return next_event
        counter = count(1)

        def counting() -> Any:
            event = next_event()
            is_value = isinstance(event, (ScalarEvent, CollectionStartEvent))
            if is_value and next(counter) > MAX_VALUES:
                self._stop(yaml_unsupported.too_many_values(self.source, event.start_mark.index))
            return event

        return counting

    def _report(self, *problems: Problem) -> None:
        for problem in problems:
            self.problems.append(problem)
            if len(self.problems) > MAX_PROBLEMS:
                raise _StopComposingError

    def _stop(self, problem: Problem) -> None:
        self._report(problem)
        raise _StopComposingError

    def _check_escapes(self, start: int, end: int) -> None:
        """Report the codes in double quotes that nobody meant, or that no text can hold."""
        problem = typed_backslash(self.source, start, end)
        if problem is not None:
            self._report(problem)
        if problem is None or problem.severity is not Severity.ERROR:
            self._report(*escaped_characters(self.source, start, end))

    def _warn_of_dashes(self, dashes: list[int], start: int, end: int) -> None:
        """Warn of lines in the plain text from `start` to `end` that begin like `-word`: YAML reads
        them as text, where a list item was probably meant.
        """
        for offset in dashes[bisect_left(dashes, start) : bisect_left(dashes, end)]:
            problem = missing_space(self.source, offset)
            if problem is not None:
                self._report(replace(problem, severity=Severity.WARNING))

    def _check_plain_key(self, key: str, event: Any) -> None:
        """Report an unquoted key that isn't text, or add it to the plain keys."""
        if yaml_keys.is_text(key) or yaml_keys.is_number_of_entry(self.source, key):
            self.plain_keys[key] = key
        else:
            self._report(yaml_keys.key_not_text(self.source, key, event.start_mark.index))
        if not key.isascii() and (problem := yaml_keys.odd_key(self.source, event)):
            self._report(problem)
        if " " in key or "\n" in key:
            self.may_be_cut = True

    def _report_duplicate(self, mapping: dict[str, Any], key: str, first: int, offset: int) -> None:
        if key == "<<":  # reported as a merge key already
            return
        if any(mapping is repeated for repeated in self._repeated):
            return
        source = self.source
        if yaml_keys.begins_again(source, mapping, key, offset):
            self._repeated.append(mapping)
            is_root = len(self._stack) == 1
            self._report(yaml_keys.second_beginning(source, key, first, offset, is_root=is_root))
        else:
            field = self._field_name(key)
            self._report(yaml_keys.duplicate_key(source, key, first, offset, field))

    def _field_name(self, key: str) -> str:
        """The field name of `key` in the open mapping."""
        steps: list[str | int] = []
        for parent, _, is_map, parent_key, _ in self._stack[1:]:
            steps.append(parent_key or "?" if is_map else len(parent) - 1)
        return field_name((*steps, key))

    def _check_root(self) -> None:
        """Report a file that is empty or whose root isn't a mapping."""
        has_errors = any(problem.severity is Severity.ERROR for problem in self.problems)
        # Without a list, what was reported is why nothing else is there.
        if isinstance(self.data, dict) or (has_errors and not isinstance(self.data, list)):
            return
        offset = self.offsets[0] if isinstance(self.offsets, tuple) else self.offsets
        self._report(yaml_unsupported.not_a_mapping(self.source, self.data, offset))


def _key_stand_in(offset: int) -> str:
    """A key for the value of a key that was reported; no typed key can be equal to it."""
    return f"\0{offset}"


def _begins_a_word(sign: str, text: str) -> bool:
    """Whether `sign` is anywhere that YAML could take it for an anchor or a tag."""
    offset = text.find(sign)
    while offset > 0 and text[offset - 1] not in " \t\r\n[{,:":
        offset = text.find(sign, offset + 1)
    return offset >= 0
