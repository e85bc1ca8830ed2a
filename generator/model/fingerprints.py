"""What carries meaning in a value of the format, and a fingerprint of it.

Two texts with the same fingerprint read the same. What readers don't see in a text doesn't count:
line breaks of the file, the form of letters in Unicode, invisible characters; nor do sources and
former ids.
"""

from __future__ import annotations

import json
import re
import unicodedata
from hashlib import blake2b
from typing import Any

from generator.model.base import Model

#: Soft hyphens, zero-width spaces, and direction marks that reorder nothing on their own.
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u061c\u2060\ufeff]")
#: How many hexadecimal digits a fingerprint has: enough, because it is compared with one other.
LENGTH = 6


def meaning(value: Any) -> Any:
    """``value`` as plain data, without what readers don't see in the text: sources, former ids,
    and layout."""
    if isinstance(value, Model):
        fields = {
            info.alias or name: meaning(getattr(value, name))
            for name, info in type(value).model_fields.items()
            if name not in ("sources", "aliases")
        }
        return {key: field for key, field in fields.items() if field not in (None, [])}
    if isinstance(value, list):
        return [meaning(item) for item in value]
    return seen(str(getattr(value, "text", value))) if value is not None else None


def seen(text: str) -> str:
    """``text`` as readers see it: spaces collapsed, in Unicode's form NFC, without invisible
    characters.
    """
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())


def fingerprint(value: Any) -> str:
    """A short hash of the ``meaning`` of a text or an entry, as ``translated_from`` has it."""
    content = json.dumps(meaning(value)).encode()  # in ASCII, the same by every Python
    return blake2b(content, digest_size=16).hexdigest()[:LENGTH]
