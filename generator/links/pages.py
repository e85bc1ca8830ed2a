"""What a page shows: its title and its words, so that two visits can be compared."""

from __future__ import annotations

import codecs
import re
from hashlib import blake2b
from html import unescape

import nh3

from generator.links.judging import Seen
from generator.links.targets import printable

#: What stands around a page's own text, and changes without it.
_AROUND = {
    "script", "style", "noscript", "template", "svg", "iframe", "form", "select", "button",
    "nav", "header", "footer", "aside", "title",
}  # fmt: skip
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARED = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_LOOKED_AT = 1024
#: How pages begin, in title, that ask for proof of a person instead of showing anything.
_WALLS = (
    "just a moment", "attention required! | cloudflare", "ddos-guard", "access denied",
    "are you a robot", "are you a human", "checking your browser", "pardon our interruption",
    "security check", "robot check", "verify you are human",
)  # fmt: skip
_DIGEST = 12


def is_text(beginning: bytes) -> bool:
    """Whether a body is text, by how it begins; what its type says of it can be wrong."""
    some = beginning[:_LOOKED_AT]
    if some.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    return b"\0" not in some and not some.startswith((b"%PDF", b"PK\x03\x04", b"\xff\xd8"))


def seen(body: bytes, content_type: str, *, whole: bool, tag: str = "") -> Seen:
    """What ``body`` shows; of one that is not ``whole`` only its title counts."""
    if not is_text(body):
        return Seen("file", tag=tag)
    text = _decoded(body, content_type)
    found = _TITLE.search(text)
    words = unescape(nh3.clean(text, tags=set(), clean_content_tags=_AROUND, link_rel=None))
    plain = " ".join(words.split())
    digest = blake2b(plain.encode("utf-8", "replace"), digest_size=_DIGEST).hexdigest()
    title = printable(unescape(found[1])) if found else ""
    return Seen("text", title, digest if whole else "", tag)


def is_wall(title: str) -> bool:
    """Whether a page of this title keeps programs out."""
    return title.casefold().startswith(_WALLS)


def _decoded(body: bytes, content_type: str) -> str:
    """``body`` as text, by its type, by what it says itself, or else as UTF-8."""
    for bom in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        if body.startswith(bom):
            return body.decode("utf-16", "replace")
    declared = _DECLARED.search(content_type)
    inside = _CHARSET.search(body[:_LOOKED_AT])
    for name in (declared and declared[1], inside and inside[1].decode("ascii"), "utf-8"):
        try:
            return body.decode(name or "", "replace")
        except (LookupError, ValueError):  # a charset that doesn't exist, or isn't one of text
            continue
    return ""
