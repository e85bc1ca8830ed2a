"""The picture that other sites show beside a link: a briefing's title on a plain card.

Drawn with fonts of the package, or such as the site names; nothing is fetched. A card holds no
sign that its fonts lack: where they lack one of the title's, there is no card for that briefing.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from generator.addresses import urls
from generator.collection.entries import BriefingEntry
from generator.model import dates, languages
from generator.rendering.settings import Settings

#: What the Open Graph protocol's readers show whole.
WIDTH, HEIGHT = 1200, 630
_MARGIN = 80
_PAPER, _INK, _QUIET, _BAR = range(4)
_PALETTE = ("#fbfaf7", "#1d2530", "#55606e", "#2f4a6d")
#: Each colour has so many shades towards the paper's, for the edges of letters.
_SHADES = 16
_TITLE_SIZES = (68, 58, 50, 44)
_TITLE_LINES = 4
_SMALL = 30
_LEADING = 1.28
#: A word is broken after so many signs: at the smallest size as many of the widest fit.
_LONGEST = 20
Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class _Face:
    """A font with what it can show."""

    content: bytes
    signs: frozenset[int]

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        return _sized(self.content, size)

    def shows(self, text: str) -> bool:
        return all(ord(letter) in self.signs for letter in text if not letter.isspace())


def site_card(settings: Settings) -> dict[str, bytes]:
    """The site's card as a PNG: path below the site's root to content.

    None where the site's own address is unknown, without which no other site could find it.
    """
    faces = tuple(map(_face, settings.card_fonts))
    drawn = settings.url and card(settings.name, "", "", settings.language, faces)
    return {urls.SITE_CARD: drawn} if drawn else {}


def briefing_card(briefing: BriefingEntry, settings: Settings) -> dict[str, bytes]:
    """A briefing's card, as ``site_card``; none where no font has its title's signs."""
    faces = tuple(map(_face, settings.card_fonts))
    language = briefing.model.language or settings.language
    drawn = settings.url and card(briefing.title, settings.name, _dates(briefing), language, faces)
    return {urls.briefing_card(briefing.id): drawn} if drawn else {}


def card_path(briefing: BriefingEntry | None, settings: Settings) -> str:
    """The card of a briefing's page, or of any other: the site's, or none, which is empty."""
    if not settings.url:
        return ""
    faces = tuple(map(_face, settings.card_fonts))
    if briefing and _face_for(briefing.title, True, faces):
        return urls.briefing_card(briefing.id)
    return urls.SITE_CARD if _face_for(settings.name, True, faces) and settings.name else ""


def card(
    title: str, above: str, below: str, language: str, faces: tuple[_Face, ...] = ()
) -> bytes | None:
    """A card as PNG; None where no font has all signs of the title. Other lines are left out then.

    ``above`` is the site's name, ``below`` a line on the briefing, ``language`` the title's.
    """
    face = _face_for(title, True, faces)
    if face is None or not title:
        return None
    direction = languages.direction(language)
    image = Image.new("P", (WIDTH, HEIGHT), 0)
    image.putpalette(_colours())
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDTH, 16), fill=_solid(_BAR))
    size, lines = _fitted(title, face, direction)
    top = (HEIGHT - len(lines) * size * _LEADING) / 2
    for number, line in enumerate(lines):
        _write(image, line, face.at(size), top + number * size * _LEADING, _INK, direction)
    for text, y in ((above, 64), (below, HEIGHT - 64 - _SMALL)):
        small = _face_for(text, False, faces)
        if text and small:
            shown = _cut(text, small.at(_SMALL))
            _write(image, shown, small.at(_SMALL), y, _QUIET, direction)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=False, compress_level=6)
    return out.getvalue()


def _dates(briefing: BriefingEntry) -> str:
    model = briefing.model
    told = []
    if model.published:
        told.append(f"Published {dates.word_day(model.published)}")
    if model.updated:
        told.append(f"updated {dates.word_day(model.updated)}")
    return ", ".join(told)


def _write(
    image: Image.Image,
    text: str,
    font: ImageFont.FreeTypeFont,
    top: float,
    colour: int,
    direction: Direction,
) -> None:
    """Letters as shades of ``colour``; a palette's picture is a quarter of one in full colour."""
    length = round(font.getlength(text))
    left = _MARGIN if direction == "ltr" else WIDTH - _MARGIN - length
    above = round(font.size / 2)  # marks of some scripts stand higher than the font says
    grey = Image.new("L", (WIDTH, round(font.size * 2)), 0)
    ImageDraw.Draw(grey).text((left, above), text, 255, font)
    base = colour * _SHADES
    shades = grey.point([base + value * (_SHADES - 1) // 255 for value in range(256)])
    mask = grey.point([255 if value * (_SHADES - 1) // 255 else 0 for value in range(256)])
    image.paste(shades, (0, round(top) - above), mask)


def _fitted(title: str, face: _Face, direction: Direction) -> tuple[int, list[str]]:
    """The largest size at which the title fits, and its lines; cut where even the smallest is."""
    lines: list[str] = []
    for size in _TITLE_SIZES:
        lines = _lines(title, face.at(size))
        wide = max(face.at(size).getlength(line) for line in lines) > WIDTH - 2 * _MARGIN
        if len(lines) <= _TITLE_LINES and not wide:
            return size, lines
    size = _TITLE_SIZES[-1]
    last = _cut(f"{lines[_TITLE_LINES - 1]} …", face.at(size), always=True)
    return size, [*lines[: _TITLE_LINES - 1], last]


def _lines(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and font.getlength((line + piece).rstrip()) > WIDTH - 2 * _MARGIN:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


def _pieces(text: str) -> Iterator[str]:
    """Where a line can end: after blanks, beside signs of scripts without them, in long words."""
    word = ""
    for letter in " ".join(text.split()):
        word += letter
        if letter in " -" or len(word) >= _LONGEST or "\u2e80" <= letter <= "\uffef":
            yield word
            word = ""
    yield word


def _cut(text: str, font: ImageFont.FreeTypeFont, *, always: bool = False) -> str:
    room = WIDTH - 2 * _MARGIN
    if font.getlength(text) <= room:
        return text
    while text and font.getlength(f"{text.rstrip()}…") > room:
        text = text[:-1].rstrip(" …")
    return f"{text.rstrip()}…"


def _face_for(text: str, bold: bool, faces: tuple[_Face, ...]) -> _Face | None:
    return next((one for one in (_own(bold), *faces) if one.shows(text)), None)


@cache
def _own(bold: bool) -> _Face:
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return _face((resources.files("generator") / "fonts" / name).read_bytes())


@cache
def _face(content: bytes) -> _Face:
    with TTFont(io.BytesIO(content), fontNumber=0, lazy=True) as font:
        return _Face(content, frozenset(font.getBestCmap()))


@cache
def _sized(content: bytes, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(content), size)


def _solid(colour: int) -> int:
    return colour * _SHADES + _SHADES - 1


@cache
def _colours() -> bytes:
    paper, *_ = colours = [_rgb(one) for one in _PALETTE]
    table: list[int] = []
    for colour in colours:
        for shade in range(_SHADES):
            share = shade / (_SHADES - 1)
            table += [
                round(back + (front - back) * share)
                for back, front in zip(paper, colour, strict=True)
            ]
    return bytes(table)


def _rgb(code: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(code[1:]))
