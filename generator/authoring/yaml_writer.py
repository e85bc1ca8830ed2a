"""Writes data as YAML in the style of the registries, for `briefings add` and `briefings import`.

Text stays unquoted where possible, as authors write it. It is quoted where YAML 1.1 or 1.2 would
read something else. Longer texts become blocks.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from typing import Any

import yaml
from yaml.events import ScalarEvent
from yaml.nodes import SequenceNode

from generator.reading.yaml_quoting import quoted_if_needed

_NUMBER = re.compile(r"[0-9][0-9a-fx.o-]*", re.I)
#: A longer text is folded here, because PyYAML folds it only after the word that crosses the limit.
_WIDTH = 100
_NO_FOLDING = 10_000
#: A longer list has a line for each item.
_LONGEST_LIST = 75
_ESCAPED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufeff\ufffe\uffff]"
)


class _Dumper(yaml.SafeDumper):
    """Decides when a scalar is written, because PyYAML knows its column only then."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def check_simple_key(self) -> bool:
        return True

    def choose_scalar_style(self) -> str:
        assert isinstance(self.event, ScalarEvent)
        text = self.event.value
        body = text.removesuffix("\n")
        if (
            self.flow_level
            or self.simple_key_context
            or not body
            or body != body.strip(" \n")
            or _ESCAPED.search(text)
        ):
            return '"'
        if "\n" in body or (text != body and "  " in text):
            return "|"
        is_long = self.column + len(text) > _WIDTH and "  " not in text
        return ">" if text != body or is_long else '"'

    def write_folded(self, text: str) -> None:
        self.write_indicator(">" if text.endswith("\n") else ">-", True)
        width = max(_WIDTH - (self.indent or 0), 20)
        for line in textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False):
            self.write_indent()
            self.write_indicator(line, False)

    def write_double_quoted(self, text: str, split: bool = True) -> None:
        quoted = quoted_if_needed(text, in_brackets=bool(self.flow_level))
        if self.simple_key_context and _NUMBER.fullmatch(text):
            quoted = f'"{text}"'
        self.write_indicator(quoted, True)


def _represent_list(dumper: _Dumper, items: list[Any]) -> SequenceNode:
    """Only texts are written in brackets. In braces, a comma in a text would end it unnoticed."""
    is_short = (
        all(isinstance(item, str) for item in items) and len(", ".join(items)) < _LONGEST_LIST
    )
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=is_short)


_Dumper.add_representer(list, _represent_list)


def to_yaml(data: Mapping[str, Any], *, separated: bool = False) -> str:
    """``data`` as the text of a YAML file, if ``separated`` with an empty line between entries."""
    entries = [
        yaml.dump({key: value}, Dumper=_Dumper, sort_keys=False, width=_NO_FOLDING)
        for key, value in data.items()
    ]
    return ("\n" if separated else "").join(entries)
