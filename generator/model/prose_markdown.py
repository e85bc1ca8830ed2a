"""Prose: the Markdown that authors write in ``summary``, ``text`` and ``note``.

It has paragraphs, emphasis, lists and links. ``[@source]`` and ``[@source, p. 3]`` cite,
``[words](briefing:id)`` and ``[words](actor:id)`` refer to a page, ``[words](#id)`` and
``[words](briefing:id#id)`` to a statement or an event. HTML, headings, images and code are shown as
typed. The HTML is cleaned with an allow-list.
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
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString, Registry

# All repetitions are limited or possessive, or unclosed brackets would take quadratic time.
_CITATION = r"\[@([^\[\]\s,]++)(?:,\s*+([^\]]{1,1000}+))?\]"
_CITED = re.compile(_CITATION)
_REFERENCE = re.compile(r"\]\(\s*+<?(?:(briefing|actor):|(?=#))([^)\s>]{0,300}+)>?[^)]{0,1000}+\)")
#: The words of a link. They and its address can have brackets, nested up to three deep.
LINK_WORDS = r"(?<!!)\[((?:[^\[\]]++|\[(?:[^\[\]]++|\[[^\[\]]*+\])*+\])*+)\]"
_LINK = (
    rf"{LINK_WORDS}"
    r"\(((?:[^()]++|\((?:[^()]++|\([^()]*+\))*+\))*+)\)"
)
_MARKS = re.compile(r"[\\`*_\[\]<>&#!~|=+:\n-]")
_NEEDS_MARKDOWN = re.compile(r"[\\`*_\[\]<>&#!~|=+-]|\n\s|\n\n|^\s*\d+[.)]|\n\s*\d+[.)]|:")
#: What only the Markdown converter can read; a line with citations only is faster without it.
_NEEDS_CONVERTER = re.compile(r"[\\`*_\[\]\x00-\x1f\x7f-\xa0]|^(?:[+-]|\d+[.)])")
_ADDRESS = re.compile(r'<a\b[^>]*? href="([^"]*)"')
# Python-Markdown takes too long for lists nested this deep and paragraphs this long. No author
# writes them, so their markup is shown as typed.
_TOO_DEEP = re.compile(
    r"^(?:(?: {4}| *\t){20}|(?:[ \t]*+(?:[-*+]|\d{1,9}[.)])[ \t]++){12})", re.MULTILINE
)
_LONGEST_PARAGRAPH = 50_000  # characters
#: Possible markup: each takes the converter some twenty microseconds.
_MARKUP = re.compile(r"[*_\[\\]|\n[^\S\n]*+(?:[-+*]|\d{1,9}[.)])[^\S\n]|\n[^\S\n]*+\n")
_ESCAPED = re.compile(r"\\[\\`*_{}\[\]()>#+.!-]")
_SCHEMES = {"https", "http", "mailto"}
_TAGS = {"p", "em", "strong", "a", "bdi", "ul", "ol", "li", "br"}
_ATTRIBUTES = {"a": {"href", "hreflang", "title"}, "ol": {"start"}}
_CACHED = 2_048
# As those of Python-Markdown's own processors, which they replace.
_LIST_PRIORITY = 40
_LINK_PRIORITY = 160
_REMOVED = {
    "preprocessors": ["html_block"],
    "blockprocessors": ["code", "hashheader", "setextheader", "hr", "quote", "reference"],
    "inlinePatterns": [
        "html", "entity", "link", "image_link", "image_reference", "short_image_ref", "reference",
        "short_reference", "autolink", "automail", "backtick",
    ],
}  # fmt: skip


class AddressElsewhere(str):
    """The address of a page in another language than the site: in ``language`` (BCP 47)."""

    language: str

    def __new__(cls, address: str, language: str) -> AddressElsewhere:
        """Mark an address."""
        marked = super().__new__(cls, address)
        marked.language = language
        return marked


@dataclass(frozen=True, slots=True)
class Mention:
    """The id of something that a text cites or refers to.

    An ``anchor`` is a statement or an event: ``id`` of the same briefing, or ``briefing#id``.
    """

    to: Literal["source", "briefing", "actor", "anchor"]
    id: str


class Links(Protocol):
    """The addresses of what a text mentions, relative to the page that shows it."""

    def citation(self, source_id: str) -> tuple[str, str] | None:
        """A source's number and address; None if the source is unknown."""

    def reference(self, kind: str, target: str) -> str | None:
        """The address of a ``briefing``, an ``actor`` or an ``anchor``; None if it is unknown."""


def mentions(text: str) -> Iterator[Mention]:
    """The sources that ``text`` cites, and what it refers to by a link."""
    if "[" not in text:
        return
    for match in _CITED.finditer(text):
        yield Mention("source", match[1])
    for match in _REFERENCE.finditer(text):
        if match[1] == "actor":
            yield Mention("actor", match[2])
        elif "#" in match[2]:
            yield Mention("anchor", match[2].removeprefix("#"))
        else:
            yield Mention("briefing", match[2])


def addresses(text: str) -> Iterator[str]:
    """The addresses of the links in ``text`` to other sites, as readers get them."""
    if "](" in text:
        for match in _ADDRESS.finditer(to_html(text, _NO_LINKS)):
            yield unescape(match[1])


def marks(text: str) -> int:
    """How many characters or line beginnings of ``text`` can be markup."""
    return sum(1 for _ in _MARKUP.finditer(text))


@lru_cache(_CACHED)
def plain(text: str) -> str:
    """``text`` on one line without citations and markup, for descriptions and cards."""
    uncited = re.sub(r"\s*" + _CITATION, "", text).strip() if "[@" in text else text.strip()
    if not _has_markup(uncited):
        return " ".join(uncited.split())
    html = to_html(uncited, _NO_LINKS)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def without_citations(text: str) -> str:
    """``text`` without the citations in it."""
    return _CITED.sub("", text) if "[@" in text else text


def visible_text(text: str) -> str:
    """The characters that readers see of ``text``, if all that it cites is known.

    Characters after a backslash are left out, because they are not meant as markup.
    """
    html = to_html(_ESCAPED.sub("", text), _ALL_LINKS)
    return unescape(re.sub(r"<[^>]+>", "", html.replace("</p>", "\n")))


def to_html(text: str, links: Links) -> str:
    """``text`` as HTML that is safe in a page."""
    text = text.strip()
    if not _has_markup(text):
        return _as_typed(text)
    html = _line_to_html(text, links)
    if html is not None:
        return html
    paragraphs = text.split("\n\n")
    if _TOO_DEEP.search(text) or max(map(len, paragraphs)) > _LONGEST_PARAGRAPH:
        return "".join(_as_typed(paragraph) for paragraph in paragraphs if paragraph.strip())
    converter = _converter()
    converter.links = links
    # Entities are shown as typed: `&copy;` stays `&copy;`.
    html = converter.reset().convert(text.replace("&", "&amp;"))
    converter.links = _NO_LINKS  # the converter lives on, and all briefings with it
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
        allowed_classes={"a": {"citation"}},
    ).replace("\n", " ")


def _has_markup(text: str) -> bool:
    """Whether a stripped ``text`` can have any markup."""
    # Most texts have none, and a search for single characters is many times as fast.
    if not _MARKS.search(text) and not text[:1].isdigit():
        return False
    return bool(_NEEDS_MARKDOWN.search(text))


def _line_to_html(text: str, links: Links) -> str | None:
    """The converter's HTML of a line; None if the line has more markup than citations."""
    first, *rest = _CITED.split(text)
    if _NEEDS_CONVERTER.search(first):
        return None
    parts = [escape(first, quote=False)]
    for source_id, place, words in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        citation = links.citation(source_id)
        # Searched from the second character on: the text after a citation can't begin a list.
        if citation is None or _NEEDS_CONVERTER.search(f"[{place or ''}{words}", 1):
            return None
        label, address = citation
        number, name, end = (escape(part, quote=False) for part in _parts(label, place))
        name = f" <bdi>{name}</bdi>" if name else ""
        parts.append(f'<a class="citation" href="{escape(address)}" rel="noopener noreferrer">')
        parts.append(f"[{number}{name}{end}]</a>{escape(words, quote=False)}")
    return f"<p>{''.join(parts)}</p>"


def _parts(label: str, place: str | None) -> tuple[str, str, str]:
    """The number of a source, the name of its outlet, and the place in it, after a comma."""
    number, _, name = label.partition(" ")
    return number, name, f", {place}" if place else ""


def _as_typed(paragraph: str) -> str:
    return f"<p>{escape(' '.join(paragraph.split()))}</p>"


class _Converter(markdown.Markdown):
    """A converter that knows the links of the text that it converts."""

    links: Links


class _Citations(InlineProcessor):
    md: _Converter

    # The library's types leave out that text can replace a match.
    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element | str, int, int]:
        citation = self.md.links.citation(m[1])
        if citation is None:
            return m[0], m.start(0), m.end(0)
        label, address = citation
        link = ElementTree.Element("a", {"class": "citation", "href": address})
        number, name, end = _parts(label, m[2])
        # A label has an outlet's name, which is no Markdown, even if it looks like it.
        if name:
            link.text = AtomicString(f"[{number} ")
            isolated = ElementTree.SubElement(link, "bdi")
            isolated.text, isolated.tail = AtomicString(name), AtomicString(f"{end}]")
        else:
            link.text = AtomicString(f"[{number}{end}]")
        return link, m.start(0), m.end(0)


class _LinkPattern(InlineProcessor):
    """Markdown's links, found in one pass; the library's own search takes quadratic time."""

    # The library's types leave out that text can replace a match.
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
    """The content of a link's round brackets: `address` or `<address>`, and `"title"`."""
    address, title = inside, ""
    if inside.endswith(('"', "'")) and (match := re.search(rf"\s{inside[-1]}", inside[:-1])):
        address, title = inside[: match.start()].strip(), inside[match.end() : -1]
    if address.startswith("<") and address.endswith(">"):
        address = address[1:-1]
    return address, title


class _Addresses(Treeprocessor):
    """Turns ``briefing:id``, ``actor:id`` and ``#id`` into addresses; removes those of other
    schemes.
    """

    md: _Converter

    def run(self, root: ElementTree.Element) -> None:
        for link in root.iter("a"):
            if link.get("class") == "citation":
                continue
            address = link.get("href", "")
            target: str | None = address
            if reference := _reference(address):
                target = self.md.links.reference(*reference)
            elif address.partition(":")[0].lower() not in _SCHEMES:
                target = None
            if target is None:
                link.attrib.pop("href", None)
            else:
                link.set("href", target)
            if isinstance(target, AddressElsewhere):
                link.set("hreflang", target.language)


def _reference(address: str) -> tuple[str, str] | None:
    """The kind and the id of what an address within the site leads to; None for other addresses."""
    if address.startswith("#"):
        return "anchor", address[1:]
    scheme, _, target = address.partition(":")
    if scheme == "briefing" and "#" in target:
        return "anchor", target
    return (scheme, target) if scheme in ("briefing", "actor") else None


class _NumberedList(OListProcessor):
    """A list that keeps its first number: "1986. A year" stays 1986."""

    LAZY_OL = False


@dataclass(frozen=True, slots=True)
class _SameLinks:
    """One answer for all that a text mentions."""

    cited: tuple[str, str] | None = None
    address: str | None = None

    def citation(self, source_id: str) -> tuple[str, str] | None:
        return self.cited

    def reference(self, kind: str, target: str) -> str | None:
        return self.address


_NO_LINKS = _SameLinks()
_ALL_LINKS = _SameLinks(("", "#"), "#")


@cache
def _converter() -> _Converter:
    """The one converter for all texts, because creating one is slow."""
    converter = _Converter()
    registries: dict[str, Registry[Any]] = {
        "preprocessors": converter.preprocessors,
        "blockprocessors": converter.parser.blockprocessors,
        "inlinePatterns": converter.inlinePatterns,
    }
    for key, names in _REMOVED.items():
        for name in names:
            registries[key].deregister(name)
    lists = _NumberedList(converter.parser)
    converter.parser.blockprocessors.register(lists, "olist", _LIST_PRIORITY)
    converter.inlinePatterns.register(_Citations(_CITATION, converter), "citation", 175)
    converter.inlinePatterns.register(_LinkPattern(_LINK, converter), "link", _LINK_PRIORITY)
    converter.treeprocessors.register(_Addresses(converter), "addresses", 0)
    return converter
