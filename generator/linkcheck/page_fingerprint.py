"""Fingerprint of a page: its title and a digest of its text, to notice changes."""

from __future__ import annotations

import codecs
import re
from hashlib import blake2b
from html import unescape

from generator.linkcheck.url_safety import printable
from generator.linkcheck.verdicts import Seen

#: Elements around a page's own text, which change independently of it.
_NAVIGATION = {"nav", "header", "footer", "aside"}
#: Elements without text of the page. The title is read separately.
_NO_TEXT = {
    "script", "style", "noscript", "template", "svg", "iframe", "select", "button", "title"
}  # fmt: skip
_TAG = re.compile(r"(/?)([a-z][a-z0-9-]*)|[!?]", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARED = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
#: Codecs of Python that no page uses. Some of them are slow.
_NOT_CHARSETS = {"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined"}
_SAMPLE_SIZE = 1024
#: How titles begin of pages that ask for proof that the visitor is human.
_WALLS = (
    "just a moment", "attention required! | cloudflare", "ddos-guard", "access denied",
    "are you a robot", "are you a human", "checking your browser", "pardon our interruption",
    "security check", "robot check", "verify you are human",
)  # fmt: skip
_DIGEST = 12


def is_text(beginning: bytes) -> bool:
    """Whether a body is text, judged by its first bytes. Its declared type can be wrong."""
    sample = beginning[:_SAMPLE_SIZE]
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    return b"\0" not in sample and not sample.startswith((b"%PDF", b"PK\x03\x04", b"\xff\xd8"))


def seen(body: bytes, content_type: str, *, is_complete: bool, tag: str = "") -> Seen:
    """The fingerprint of ``body``. Of an incomplete body only the title counts."""
    if not is_text(body):
        return Seen("file", tag=tag)
    title, words = _read(_decoded(body, content_type))
    digest = blake2b(words.encode("utf-8", "replace"), digest_size=_DIGEST).hexdigest()
    return Seen("text", printable(title), digest if is_complete else "", tag)


def _read(text: str) -> tuple[str, str]:
    """The title and the words of a page.

    The time is linear in the size. An HTML parser takes quadratic time for hostile pages, so that
    one page could block a run for hours.
    """
    title: list[str] = []
    begin, *parts = text.split("<")
    words = [begin]
    until, depth = "", 0
    for part in parts:
        if until:  # inside of a comment, or of what holds no text
            if until == "-->" and until in part:
                until, part = "", part.partition("-->")[2]
            elif part[: len(until)].lower() == until:
                until, part = "", part.partition(">")[2]
            else:
                title += [f"<{part}"] if until == "/title" else []
                continue
        elif part.startswith("!--"):
            _, end, rest = part[3:].partition("-->")
            until, part = ("", rest) if end else ("-->", "")
        elif tag := _TAG.match(part):
            part = part.partition(">")[2]
            name = (tag[2] or "").lower()
            if name in _NAVIGATION:
                depth = max(0, depth - 1) if tag[1] else depth + 1
            elif name in _NO_TEXT and not tag[1]:
                until = f"/{name}"
                title += [part] if name == "title" and not title else []
                continue
        else:
            part = f"<{part}"
        if not depth:
            words.append(part)
    return unescape("".join(title)), " ".join(unescape("".join(words)).split())


def is_wall(title: str) -> bool:
    """Whether a page of this title keeps programs out."""
    return title.casefold().startswith(_WALLS)


def _decoded(body: bytes, content_type: str) -> str:
    """``body`` as text, decoded by its content type, by its `meta` element, or else as UTF-8."""
    for bom in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        if body.startswith(bom):
            return body.decode("utf-16", "replace")
    declared = _DECLARED.search(content_type)
    inside = _CHARSET.search(body[:_SAMPLE_SIZE])
    for name in (declared and declared[1], inside and inside[1].decode("ascii")):
        try:
            if name and codecs.lookup(name).name.replace("-", "_") not in _NOT_CHARSETS:
                return body.decode(name, "replace")
        except (LookupError, ValueError):  # a charset that doesn't exist, or isn't one of text
            continue
    return body.decode("utf-8", "replace")
