"""Escaping for Markdown: the one place that makes text stand in a Markdown page as typed."""

from __future__ import annotations

import re
from html import escape

_ACTIVE = re.compile(r"""[\\`*_{}\[\]()<>&#+\-.!|~^=:$"'/@%]|^\s+|\s+$""")
#: What JSON can say otherwise and HTML or Markdown could read (JSON, RFC 8259, 7).
_IN_SCRIPT = {letter: f"\\u{ord(letter):04x}" for letter in "<>&\x85\u2028\u2029"}


def text(words: str) -> str:
    """``words`` for a Markdown line: every character that Markdown could read, as an entity.

    So are blanks at either end, which Markdown would take away.
    """
    return _ACTIVE.sub(lambda found: "".join(f"&#{ord(one)};" for one in found[0]), words)


def meta(words: str) -> str:
    """``words`` for front matter, which the theme puts into HTML as it is."""
    return escape(" ".join(words.split()))


def script_data(json: str) -> str:
    """JSON for a script element: no character in it can end the element or begin a comment."""
    for letter, escaped in _IN_SCRIPT.items():  # far faster than to look at every letter
        json = json.replace(letter, escaped)
    return json
