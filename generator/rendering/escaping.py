"""Escaping of text for Markdown, front matter and scripts in pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from html import escape

from markupsafe import Markup

#: A text that is HTML, as ``Markup``, whose constructor takes three times as long.
as_html: Callable[[str], Markup] = partial(str.__new__, Markup)
_ACTIVE = re.compile(r"""[\\`*_{}\[\]()<>&#+\-.!|~^=:$"'/@%]|^\s+|\s+$""")
#: Characters that HTML or Markdown could interpret, as JSON can escape them (RFC 8259, 7).
_IN_SCRIPT = {letter: f"\\u{ord(letter):04x}" for letter in "<>&\x85\u2028\u2029"}


def text(value: str) -> str:
    """Text for a Markdown line: every character that Markdown could interpret, as an entity.

    So are spaces at either end, which Markdown would strip.
    """
    return _ACTIVE.sub(lambda match: "".join(f"&#{ord(letter)};" for letter in match[0]), value)


def meta(value: str) -> str:
    """Text for front matter, which the theme puts into HTML without escaping."""
    return escape(" ".join(value.split()))


def script_data(json: str) -> str:
    """JSON for a script element: no character can end the element or begin a comment."""
    for letter, escaped in _IN_SCRIPT.items():  # far faster than a loop over the letters
        json = json.replace(letter, escaped)
    return json
