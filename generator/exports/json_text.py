"""Values as JSON (RFC 8259), in UTF-8."""

from __future__ import annotations

from typing import Any

import orjson


def compact(value: Any) -> bytes:
    """``value`` on one line, without a line end."""
    return orjson.dumps(value)


def indented(value: Any) -> bytes:
    """``value`` with a space before each line for each level, and without a line end."""
    text = orjson.dumps(value, option=orjson.OPT_INDENT_2)
    level = b"\n "
    while level + b" " in text:  # it can only write two spaces; in a text, a line end is escaped
        text = text.replace(level + b" ", level)
        level += b" "
    return text
