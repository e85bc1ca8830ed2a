"""The first sentence of a text (replaced by that of the branch `format` when it is merged)."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s+[^\sa-z])|[。！？｡]+[」』”’）]*|[؟۔।։።](?=\s|$)")
_ABBREVIATED = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|No|Gen|Col|Lt|Prof)|\b\w)\.$")


def first_sentence(text: str) -> str:
    """The first sentence of ``text``, whole; all of it if no end is certain."""
    for match in _END.finditer(text):
        if not _ABBREVIATED.search(text[: match.end()]):
            return text[: match.end()]
    return text
