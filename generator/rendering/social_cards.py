"""Link cards: the image that other sites show with a link, with a briefing's title on it.

They are drawn with the package's fonts and the fonts that the site names; nothing is fetched. A
briefing has no card if no font has glyphs for all characters of its title.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from generator.addresses import urls
from generator.collection.entries import BriefingEntry
from generator.model import date_words, languages
from generator.rendering.settings import FontFile, Settings

#: The size that readers of the Open Graph protocol show without cropping.
WIDTH, HEIGHT = 1200, 630
_MARGIN = 80
_INK, _PAPER, _BAR = (29, 37, 48), (251, 250, 247), (47, 74, 109)
#: A card has so many shades from ink to paper; smaller letters are in grey, of 0 (ink) to 255.
_SHADES = 16
_GREY = 70
_TITLE_SIZES = (68, 58, 50, 44)
_TITLE_LINES = 4
_SMALL = 30
_LEADING = 1.28
#: A word is broken after so many characters: so many of the widest fit at the smallest size.
_LONGEST = 20
Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class _Face:
    """A font with the code points that it has glyphs for."""

    file: FontFile
    code_points: frozenset[int]

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        return _at_size(self.file, size)

    def has_glyphs(self, text: str) -> bool:
        return all(ord(letter) in self.code_points for letter in text if not letter.isspace())


def site_card(settings: Settings) -> dict[str, bytes]:
    """The site's card as a PNG: path below the site's root to content.

    Empty if the site's address is unknown, because other sites could not find the card then.
    """
    content = settings.url and card(settings.name, "", "", settings.language, _faces(settings))
    return {urls.SITE_CARD: content} if content else {}


def briefing_card(briefing: BriefingEntry, settings: Settings) -> dict[str, bytes]:
    """A briefing's card, as ``site_card``; empty also if no font has glyphs for its title."""
    language = briefing.model.language or settings.language
    content = settings.url and card(
        briefing.title, settings.name, _dates(briefing), language, _faces(settings)
    )
    return {urls.briefing_card(briefing.id): content} if content else {}


def card_path(briefing: BriefingEntry | None, settings: Settings) -> str:
    """The path of the card for a briefing's page or another page; empty if there is none."""
    if not settings.url:
        return ""
    faces = _faces(settings)
    if briefing and _face_for(briefing.title, True, faces):
        return urls.briefing_card(briefing.id)
    return urls.SITE_CARD if _face_for(settings.name, True, faces) and settings.name else ""


def card(
    title: str, above: str, below: str, language: str, faces: tuple[_Face, ...] = ()
) -> bytes | None:
    """A card as PNG; None if no font has glyphs for the title. Other such lines are left out.

    ``above`` is the site's name, ``below`` a line about the briefing, ``language`` the title's.
    """
    face = _face_for(title, True, faces)
    if face is None or not title:
        return None
    direction = languages.direction(language)
    image = Image.new("L", (WIDTH, HEIGHT), 255)
    draw = ImageDraw.Draw(image)
    size, lines = _fitted(title, face, direction)
    top = (HEIGHT - len(lines) * size * _LEADING) / 2
    for number, line in enumerate(lines):
        _write(draw, line, face.at(size), top + number * size * _LEADING, 0, direction)
    for text, y in ((above, 64), (below, HEIGHT - 64 - _SMALL)):
        small = _face_for(text, False, faces)
        if text and small:
            shown = _cut(text, small.at(_SMALL))
            _write(draw, shown, small.at(_SMALL), y, _GREY, direction)
    out = io.BytesIO()
    image = image.point([value * _SHADES // 256 for value in range(256)])
    image.putpalette(_palette())
    image.paste(_SHADES, (0, 0, WIDTH, 16))
    image.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _dates(briefing: BriefingEntry) -> str:
    model = briefing.model
    parts = []
    if model.published:
        parts.append(f"Published {date_words.word_day(model.published)}")
    if model.updated:
        parts.append(f"updated {date_words.word_day(model.updated)}")
    return ", ".join(parts)


def _write(
    draw: ImageDraw.ImageDraw,
    text: str,
    font: ImageFont.FreeTypeFont,
    top: float,
    shade: int,
    direction: Direction,
) -> None:
    length = round(font.getlength(text))
    left = _MARGIN if direction == "ltr" else WIDTH - _MARGIN - length
    draw.text((left, round(top)), text, shade, font)


def _fitted(title: str, face: _Face, direction: Direction) -> tuple[int, list[str]]:
    """The largest size at which the title fits, and its lines; cut if none is small enough."""
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
    """A text in pieces after which a line can end: at spaces and hyphens, in long words, and
    between the characters of scripts without spaces.
    """
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


def _faces(settings: Settings) -> tuple[_Face, ...]:
    return tuple(map(_face, settings.card_fonts))


def _face_for(text: str, bold: bool, faces: tuple[_Face, ...]) -> _Face | None:
    return next((face for face in (_own_face(bold), *faces) if face.has_glyphs(text)), None)


@cache
def _own_face(bold: bool) -> _Face:
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return _face(FontFile.at(Path(str(resources.files("generator"))) / "fonts" / name))


@cache
def _face(file: FontFile) -> _Face:
    with TTFont(file.path, fontNumber=0, lazy=True) as font:
        return _Face(file, frozenset(font.getBestCmap()))


@cache
def _at_size(file: FontFile, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(file.path, size)


@cache
def _palette() -> list[int]:
    """The shades from ink to paper, and the bar's colour."""
    shades = [
        round(ink + (paper - ink) * shade / (_SHADES - 1))
        for shade in range(_SHADES)
        for ink, paper in zip(_INK, _PAPER, strict=True)
    ]
    return [*shades, *_BAR]
