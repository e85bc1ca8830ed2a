"""Escaping for Markdown: the one place that makes text stand in a Markdown page as typed."""

from __future__ import annotations

import re
from html import escape

_ACTIVE = re.compile(r"""[\\`*_{}\[\]()<>&#+\-.!|~^=:$"'/@%]""")


def text(words: str) -> str:
    """``words`` for a Markdown line: every character that Markdown could read, as an entity."""
    return _ACTIVE.sub(lambda found: f"&#{ord(found[0])};", words)


def meta(words: str) -> str:
    """``words`` for front matter, which the theme puts into HTML as it is."""
    return escape(" ".join(words.split()))
