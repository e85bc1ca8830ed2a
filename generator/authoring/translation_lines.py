"""The lines of a translation's file: its head, its keys, and what the original says above each."""

from __future__ import annotations

import re
import textwrap

from generator.authoring.yaml_nodes import KeyPath
from generator.model.translated_texts import OriginalText
from generator.reading.yaml_quoting import quoted_if_needed

_WIDTH = 96
#: A comment that only `briefings translate` writes.
OWN_COMMENT = re.compile(r"[ \t]*#[:+-](?=[ \r\n]|$)")
#: What can't be typed in a comment, or would end it.
_NOT_IN_COMMENTS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_LINES = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")

_HEADER = """\
{schema}# A translation of {path}. Write each text after its key.
# Lines that begin with #: show the original. If it changes, #- is what was translated, and #+ what
# the original says now. `briefings translate {original} {language}` rewrites only these lines, adds
# new texts, and leaves everything else as it is.
# Quotations stay in the language that they were said in. Under `quotes` you can add your own
# translation of one.
translation_of: {original}
language: {language}
status: draft
"""


def header(original: str, language: str, schema: str) -> str:
    """The first lines of a new file, up to its texts."""
    return _HEADER.format(
        schema=f"# yaml-language-server: $schema={schema}\n" if schema else "",
        path=f"{original.rpartition('/')[2]}.yml",
        original=original,
        language=quoted_if_needed(language),
    )


def entry_lines(path: KeyPath, texts: list[OriginalText], column: int) -> list[str]:
    """The lines of the key at ``path`` and of those below it, with the originals as comments."""
    indent = " " * column
    key = f"{indent}{quoted_if_needed(path[-1])}:"
    if [text.keys for text in texts] == [path]:
        return [*(f"{indent}{line}" for line in comment_lines("#:", texts[0].text)), key]
    below: dict[KeyPath, list[OriginalText]] = {}
    for text in texts:
        below.setdefault(text.keys[: len(path) + 1], []).append(text)
    lines = [key]
    for number, (child, own) in enumerate(below.items()):
        if number and len(child) == 2:
            lines.append("")
        lines += entry_lines(child, own, column + 2)
    return lines


def comment_lines(mark: str, text: str) -> list[str]:
    """``text`` as comments, without what can't be in one."""
    lines: list[str] = []
    for line in _LINES.split(text.rstrip("\n")):
        wrapped = textwrap.wrap(
            _NOT_IN_COMMENTS.sub(" ", line), _WIDTH, break_long_words=False,
            break_on_hyphens=False, replace_whitespace=False,
        )  # fmt: skip
        lines += wrapped or [""]
    return [f"{mark} {line}".rstrip() for line in lines]
