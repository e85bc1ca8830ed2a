"""Link cards: the image that other sites show with a link to a briefing.

A card shows the title, who accuses whom, how many claims are answered, and up to which day replies
were looked for, because people share it without the page. It is drawn with the package's fonts and
the fonts that the site names; nothing is fetched. A briefing has no card if no font has glyphs for
all characters of its title. A pair of parties is counted but not named if none has glyphs for it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from pathlib import Path
from typing import Literal

from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from generator.addresses import urls
from generator.collection.entries import BriefingEntry
from generator.model import languages
from generator.rendering import dispute_lines
from generator.rendering.settings import FontFile, Settings
from generator.rendering.text_language import authors_language

#: The size that readers of the Open Graph protocol show without cropping.
WIDTH, HEIGHT = 1200, 630
_MARGIN = 80
_INK, _PAPER, _BAR = (29, 37, 48), (251, 250, 247), (47, 74, 109)
#: A card has so many shades from ink to paper; smaller letters are in grey, of 0 (ink) to 255.
_SHADES = 16
_GREY = 70
_TITLE_SIZES = (68, 58, 50, 44, 38, 32)
#: So many lines below the title, at most, before it is drawn smaller.
_DETAIL_LINES = 5
_SMALL = 30
#: The title and what is below it share the space between the lines at the top and at the bottom.
_TOP, _BOTTOM = 124, HEIGHT - 120
#: Between the title and the first line below it.
_GAP = 24
_LEADING = 1.28
_LINE = _SMALL * _LEADING
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
    language = authors_language(briefing.title, briefing, settings)
    content = settings.url and card(
        briefing.title,
        settings.name,
        dispute_lines.checked_line(briefing, settings.interface),
        language,
        _faces(settings),
        partial(_dispute, briefing, settings),
        settings.interface.direction,
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
    title: str,
    above: str,
    below: str,
    language: str,
    faces: tuple[_Face, ...] = (),
    details: Callable[[int], list[str]] = lambda most_lines: [],
    direction_of_details: Direction = "ltr",
) -> bytes | None:
    """A card as PNG; None if no font has glyphs for the title. Other such lines are left out.

    ``above`` is the site's name, ``below`` a line about the briefing, ``language`` the title's.
    ``details`` returns the lines below the title, given how many there is room for; they and the
    lines above and below are on the side where ``direction_of_details`` begins.
    """
    face = _face_for(title, True, faces)
    if face is None or not title:
        return None
    direction = languages.direction(language)
    image = Image.new("L", (WIDTH, HEIGHT), 255)
    draw = ImageDraw.Draw(image)
    reserved = len(details(_DETAIL_LINES)) * _LINE
    size, lines = _fitted(title, face, _BOTTOM - _TOP - reserved - (_GAP if reserved else 0))
    title_height = len(lines) * size * _LEADING
    detail_lines = details(int((_BOTTOM - _TOP - title_height - _GAP) / _LINE))
    height = title_height + (_GAP + len(detail_lines) * _LINE if detail_lines else 0)
    top = _TOP + (_BOTTOM - _TOP - height) / 2
    for number, line in enumerate(lines):
        _write(draw, line, face.at(size), top + number * size * _LEADING, 0, direction)
    top += title_height + _GAP
    small_lines = [(line, top + number * _LINE, 0) for number, line in enumerate(detail_lines)]
    small_lines += [(above, 64, _GREY), (below, HEIGHT - 64 - _SMALL, _GREY)]
    for text, y, shade in small_lines:
        small = _face_for(text, False, faces)
        if text and small:
            shown = _cut(text, small.at(_SMALL))
            _write(draw, shown, small.at(_SMALL), y, shade, direction_of_details)
    out = io.BytesIO()
    image = image.point([value * _SHADES // 256 for value in range(256)])
    image.putpalette(_palette())
    image.paste(_SHADES, (0, 0, WIDTH, 16))
    image.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _dispute(briefing: BriefingEntry, settings: Settings, most_lines: int) -> list[str]:
    """Who accuses whom and who answered: as many pairs as there is room for, the others counted.

    A reply status is never left out, so there can be more lines than ``most_lines``.
    """
    interface, faces = settings.interface, _faces(settings)
    pairs = [
        (pair, face)
        for pair in dispute_lines.pair_lines(briefing, interface)
        if (face := _face_for(pair.text, False, faces))
    ]
    for named in range(len(pairs), -1, -1):
        lines = [
            line for pair, face in pairs[:named] for line in _lines(pair.text, face.at(_SMALL))
        ]
        named_pairs = [pair for pair, _ in pairs[:named]]
        for text in dispute_lines.counted(briefing, named_pairs, interface):
            lines += _lines(text, _own_face(False).at(_SMALL))
        if len(lines) <= most_lines:
            break
    return lines


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


def _fitted(title: str, face: _Face, room: float) -> tuple[int, list[str]]:
    """The largest size at which the title fits into a height, and its lines; cut if none does."""
    for size in _TITLE_SIZES:
        lines = _lines(title, face.at(size))
        wide = max(face.at(size).getlength(line) for line in lines) > WIDTH - 2 * _MARGIN
        most_lines = max(int(room / (size * _LEADING)), 1)
        if len(lines) <= most_lines and not wide:
            return size, lines
    last = _cut(f"{lines[most_lines - 1]} …", face.at(size), always=True)
    return size, [*lines[: most_lines - 1], last]


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
