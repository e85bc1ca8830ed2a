"""Prose: the Markdown that authors write in ``summary``, ``text`` and ``note``.

Paragraphs, emphasis, lists and links; ``[@source]`` and ``[@source, p. 3]`` cite,
``[words](briefing:id)`` and ``[words](actor:id)`` refer. HTML, headings, images and code are shown
as typed. What leaves here as HTML has passed an allow-list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape, unescape
from typing import Any, Literal, Protocol
from xml.etree import ElementTree

import markdown
import nh3
from markdown.blockprocessors import OListProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import Registry

# Every look ahead has an end, or brackets without partners would take the square of their number.
_CITATION = r"\[@([^\[\]\s,]++)(?:,\s*+([^\]]{1,1000}+))?\]"
_CITED = re.compile(_CITATION)
_REFERENCE = re.compile(r"\]\(\s*+<?(briefing|actor):([^)\s>]{0,300}+)>?[^)]{0,1000}+\)")
#: The words of a link and its address, each with brackets in brackets in brackets and no deeper.
LINK_WORDS = r"(?<!!)\[((?:[^\[\]]++|\[(?:[^\[\]]++|\[[^\[\]]*+\])*+\])*+)\]"
_LINK = (
    rf"{LINK_WORDS}"
    r"\(((?:[^()]++|\((?:[^()]++|\([^()]*+\))*+\))*+)\)"
)
_MARKS = re.compile(r"[\\`*_\[\]<>&#!~|=+:\n-]")
_NEEDS_MARKDOWN = re.compile(r"[\\`*_\[\]<>&#!~|=+-]|\n\s|\n\n|^\s*\d+[.)]|\n\s*\d+[.)]|:")
#: What takes a whole Markdown converter; of citations alone a line is made without one.
_NEEDS_CONVERTER = re.compile(r"[\\`*_\[\]\x00-\x1f\x7f-\xa0]|^(?:[+-]|\d+[.)])")
_ADDRESS = re.compile(r'<a\b[^>]*? href="([^"]*)"')
# Nobody writes lists in lists in lists … without end, nor such paragraphs, and they are more than
# Markdown can do: their marks are shown as typed.
_DEEP = re.compile(
    r"^(?:(?: {4}| *\t){20}|(?:[ \t]*+(?:[-*+]|\d{1,9}[.)])[ \t]++){12})", re.MULTILINE
)
_LONGEST = 50_000  # characters of a paragraph
#: Where Markdown has something to look at: each takes it some twenty microseconds.
_LOOKED_AT = re.compile(r"[*_\[\\]|\n[^\S\n]*+(?:[-+*]|\d{1,9}[.)])[^\S\n]|\n[^\S\n]*+\n")
_ESCAPED = re.compile(r"\\[\\`*_{}\[\]()>#+.!-]")
_SCHEMES = {"https", "http", "mailto"}
_TAGS = {"p", "em", "strong", "a", "ul", "ol", "li", "br"}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_CACHED = 2_048
_LIST_PRIORITY = 40  # as Markdown's own, which it takes the place of
_LINK_PRIORITY = 160  # likewise
_LEFT_OUT = {
    "preprocessors": ["html_block"],
    "blockprocessors": ["code", "hashheader", "setextheader", "hr", "quote", "reference"],
    "inlinePatterns": [
        "html", "entity", "link", "image_link", "image_reference", "short_image_ref", "reference",
        "short_reference", "autolink", "automail", "backtick",
    ],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """Something a prose text cites or refers to by id."""

    to: Literal["source", "briefing", "actor"]
    id: str


class Links(Protocol):
    """Where the mentions of a text lead, on the page that shows it."""

    def citation(self, source_id: str) -> tuple[str, str] | None:
        """A source's number and address; None where it is not known."""

    def reference(self, kind: str, target: str) -> str | None:
        """The address of a briefing or an actor; None where it is not known."""


def mentions(text: str) -> Iterator[Mention]:
    """Every source cited and every briefing or actor referred to in ``text``."""
    if "[" not in text:
        return
    for found in _CITED.finditer(text):
        yield Mention("source", found[1])
    for found in _REFERENCE.finditer(text):
        yield Mention("briefing" if found[1] == "briefing" else "actor", found[2])


def addresses(text: str) -> Iterator[str]:
    """The address of every link in ``text`` that leads out of the site, as readers get it."""
    if "](" in text:
        for found in _ADDRESS.finditer(to_html(text, _NoLinks())):
            yield unescape(found[1])


def marks(text: str) -> int:
    """How many marks ``text`` has that Markdown has to look at."""
    return sum(1 for _ in _LOOKED_AT.finditer(text))


@lru_cache(_CACHED)
def plain(text: str) -> str:
    """``text`` on one line without citations and markup, for descriptions and cards."""
    without = re.sub(r"\s*" + _CITATION, "", text).strip() if "[@" in text else text.strip()
    if not _has_marks(without):
        return " ".join(without.split())
    html = to_html(without, _NoLinks())
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def without_citations(text: str) -> str:
    """``text`` without the citations in it."""
    return _CITED.sub("", text) if "[@" in text else text


def seen(text: str) -> str:
    """The words and signs that readers see of ``text``, where all that it cites is known.

    What is escaped by a backslash, so meant as a sign, is left out.
    """
    html = to_html(_ESCAPED.sub("", text), _AllLinks())
    return unescape(re.sub(r"<[^>]+>", "", html.replace("</p>", "\n")))


def to_html(text: str, links: Links) -> str:
    """``text`` as HTML that is safe to stand in a page."""
    text = text.strip()
    if not _has_marks(text):
        return _as_typed(text)
    line = _line(text, links)
    if line is not None:
        return line
    paragraphs = text.split("\n\n")
    if _DEEP.search(text) or max(map(len, paragraphs)) > _LONGEST:
        return "".join(_as_typed(one) for one in paragraphs if one.strip())
    converter, prose = _converter()
    prose.links = links
    # Entities are characters like any others: `&copy;` stays what was typed.
    html = converter.reset().convert(text.replace("&", "&amp;"))
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
        allowed_classes={"a": {"citation"}},
    ).replace("\n", " ")


def _has_marks(text: str) -> bool:
    """Whether there is anything in ``text``, which begins with no blank, for Markdown to read."""
    # Most texts have none, and looking for single letters is many times as fast.
    if not _MARKS.search(text) and not text[:1].isdigit():
        return False
    return bool(_NEEDS_MARKDOWN.search(text))


def _line(text: str, links: Links) -> str | None:
    """A line as the converter makes it; None where it has more markup than citations."""
    first, *rest = _CITED.split(text)
    if _NEEDS_CONVERTER.search(first):
        return None
    made = [escape(first, quote=False)]
    # Looked at from the second letter on: what follows a citation begins no list.
    for source_id, place, words in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        known = links.citation(source_id)
        if known is None or _NEEDS_CONVERTER.search(f"[{place or ''}{words}", 1):
            return None
        number, address = known
        told = escape(f"[{number}, {place}]" if place else f"[{number}]", quote=False)
        made.append(f'<a class="citation" href="{escape(address)}" rel="noopener noreferrer">')
        made.append(f"{told}</a>{escape(words, quote=False)}")
    return f"<p>{''.join(made)}</p>"


def _as_typed(paragraph: str) -> str:
    return f"<p>{escape(' '.join(paragraph.split()))}</p>"


class _Citations(InlineProcessor):
    def __init__(self, md: markdown.Markdown, prose: _Prose) -> None:
        super().__init__(_CITATION, md)
        self.prose = prose

    # The library's types leave out that text can take the place of a match.
    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element | str, int, int]:
        known = self.prose.links.citation(m[1])
        if known is None:
            return m[0], m.start(0), m.end(0)
        number, address = known
        link = ElementTree.Element("a", {"class": "citation", "href": address})
        link.text = f"[{number}, {m[2]}]" if m[2] else f"[{number}]"
        return link, m.start(0), m.end(0)


class _LinkPattern(InlineProcessor):
    """Links as Markdown has them, found in one pass: its own search begins anew at each bracket."""

    # The library's types leave out that text can take the place of a match.
    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element, int, int]:
        link = ElementTree.Element("a")
        link.text = m[1]
        address, title = _address_and_title(m[2].strip())
        link.set("href", self.unescape(address).strip())
        if title:
            link.set("title", " ".join(self.unescape(title).split()))
        return link, m.start(0), m.end(0)


def _address_and_title(inside: str) -> tuple[str, str]:
    """What stands between the round brackets of a link: `address` or `<address>`, and `"title"`."""
    address, title = inside, ""
    if inside.endswith(('"', "'")) and (found := re.search(rf"\s{inside[-1]}", inside[:-1])):
        address, title = inside[: found.start()].strip(), inside[found.end() : -1]
    if address.startswith("<") and address.endswith(">"):
        address = address[1:-1]
    return address, title


class _Addresses(Treeprocessor):
    """Turns ``briefing:id`` and ``actor:id`` into addresses; takes other strange schemes out."""

    def __init__(self, md: markdown.Markdown, prose: _Prose) -> None:
        super().__init__(md)
        self.prose = prose

    def run(self, root: ElementTree.Element) -> None:
        for link in root.iter("a"):
            scheme, _, rest = link.get("href", "").partition(":")
            if link.get("class") == "citation":
                continue
            if scheme.lower() not in {*_SCHEMES, "briefing", "actor"}:
                link.attrib.pop("href", None)
            elif scheme in ("briefing", "actor"):
                address = self.prose.links.reference(scheme, rest)
                if address is None:
                    del link.attrib["href"]
                else:
                    link.set("href", address)


class _NumberedList(OListProcessor):
    """A list that begins with its own number: "1986. A year" keeps its 1986."""

    LAZY_OL = False


class _Prose(Extension):
    def __init__(self) -> None:
        super().__init__()
        self.links: Links = _NoLinks()

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        registries: dict[str, Registry[Any]] = {
            "preprocessors": md.preprocessors,
            "blockprocessors": md.parser.blockprocessors,
            "inlinePatterns": md.inlinePatterns,
        }
        for key, names in _LEFT_OUT.items():
            for name in names:
                registries[key].deregister(name)
        md.parser.blockprocessors.register(_NumberedList(md.parser), "olist", _LIST_PRIORITY)
        md.inlinePatterns.register(_Citations(md, self), "citation", 175)
        md.inlinePatterns.register(_LinkPattern(_LINK, md), "link", _LINK_PRIORITY)
        md.treeprocessors.register(_Addresses(md, self), "addresses", 0)


class _NoLinks:
    def citation(self, source_id: str) -> tuple[str, str] | None:
        return None

    def reference(self, kind: str, target: str) -> str | None:
        return None


class _AllLinks:
    def citation(self, source_id: str) -> tuple[str, str] | None:
        return "", "#"

    def reference(self, kind: str, target: str) -> str | None:
        return "#"


@cache
def _converter() -> tuple[markdown.Markdown, _Prose]:
    """A converter is dear to make, so one serves every text; its links change with the page."""
    prose = _Prose()
    return markdown.Markdown(extensions=[prose]), prose
