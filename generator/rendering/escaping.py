"""Escaping of text for Markdown, front matter and scripts in pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from html import escape

import markupsafe
from markupsafe import Markup

#: How many escaped texts are cached.
_CACHE_SIZE = 16_384
#: Longer texts are not cached, because few occur twice.
_MAX_LENGTH = 60
#: A text that is HTML, as ``Markup``, whose constructor takes three times as long.
as_html: Callable[[str], Markup] = partial(str.__new__, Markup)
_ACTIVE = re.compile(r"""[\\`*_{}\[\]()<>&#+\-.!|~^=:$"'/@%]|^\s+|\s+$""")
#: Characters that HTML or Markdown could interpret, as JSON can escape them (RFC 8259, 7).
_IN_SCRIPT = {letter: f"\\u{ord(letter):04x}" for letter in "<>&\x85\u2028\u2029"}


class _Escaped(dict[str, Markup]):
    """Escaped texts by text; short ones, such as names, dates and ids, are cached."""

    def __missing__(self, text: str) -> Markup:
        escaped = markupsafe.escape(text)
        if len(text) < _MAX_LENGTH:
            if len(self) == _CACHE_SIZE:
                self.clear()
            self[text] = escaped
        return escaped


#: Texts for HTML, by text.
ESCAPED = _Escaped()


def html(value: object) -> Markup:
    """A value for HTML; what is HTML already stays as it is."""
    if type(value) is Markup:
        return value
    return ESCAPED[value] if type(value) is str else markupsafe.escape(value)


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
