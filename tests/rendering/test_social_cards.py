"""The cards of links: what they show, and that they show no sign their fonts lack."""

from __future__ import annotations

import io
import socket
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import Image

from generator.rendering import social_cards
from generator.rendering.settings import FontFile
from generator.rendering.social_cards import card, card_path
from tests.fiction import ACTORS, allegation, briefing, collected, response
from tests.published import SETTINGS, files_of

TITLE = "Norland accuses Esteria of diverting the Halden river"


def _picture(content: bytes | None) -> Image.Image:
    assert content is not None
    return Image.open(io.BytesIO(content)).convert("L")


def _inked(
    picture: Image.Image, box: tuple[int, int, int, int]
) -> tuple[int, int, int, int] | None:
    """The box around whatever is darker than the paper in a part of the picture."""
    return picture.crop(box).point([255 if value < 128 else 0 for value in range(256)]).getbbox()


def test_a_card_is_a_png_of_the_size_that_other_sites_show_whole() -> None:
    picture = Image.open(io.BytesIO(card(TITLE, "Site", "Published", "en") or b""))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))


def test_the_same_text_makes_the_same_bytes() -> None:
    assert card(TITLE, "Site", "", "en") == card(TITLE, "Site", "", "en")
    assert card(TITLE, "Site", "", "en") != card(TITLE + "s", "Site", "", "en")


@pytest.mark.parametrize("length", [10, 60, 200, 2000])
def test_a_title_of_any_length_stays_inside_the_margins(length: int) -> None:
    title = ("Norland accuses Esteria of " * 100)[:length].strip()
    box = _inked(_picture(card(title, "", "", "en")), (0, 20, 1200, 630))
    assert box is not None
    left, top, right, bottom = box
    assert left >= 70
    assert right <= 1130
    assert top > 60
    assert bottom < 590


def test_a_word_without_blanks_stays_inside_too() -> None:
    box = _inked(_picture(card("W" * 300, "", "", "en")), (0, 20, 1200, 630))
    assert box is not None
    assert box[2] <= 1130


def test_a_title_that_is_written_from_the_right_is_at_the_right() -> None:
    box = _inked(_picture(card("اللغة مثال", "", "", "ar")), (0, 20, 1200, 630))
    assert box is not None
    assert box[0] > 600
    assert 1100 <= box[2] <= 1130


def test_lines_of_the_interface_are_on_its_side_next_to_a_title_in_another_language() -> None:
    picture = _picture(card("Norland", "", "", "en", (), lambda most_lines: ["اللغة مثال"], "rtl"))
    title = _inked(picture, (0, 20, 600, 630))
    lines = _inked(picture, (600, 20, 1200, 630))
    assert title
    assert lines
    assert 70 <= title[0] <= 100
    assert lines[2] >= 500
    assert title[1] < title[3] < lines[1]


def test_there_is_no_card_with_signs_that_the_fonts_lack() -> None:
    assert card("漢字", "Site", "", "zh") is None
    collection = collected({"x": briefing(title="漢字 in a title"), "y": briefing()})
    paths = {path for path in files_of(collection) if path.endswith(".png")}
    assert paths == {"assets/cards/site.png", "y/card.png"}
    assert card_path(collection.briefings["x"], SETTINGS) == "assets/cards/site.png"
    assert card_path(collection.briefings["y"], SETTINGS) == "y/card.png"


def test_a_line_with_such_signs_is_left_out() -> None:
    with_line = card(TITLE, "漢字", "", "en")
    assert with_line == card(TITLE, "", "", "en")


def _font_with(sign: str) -> bytes:
    """A font that has one sign, a square."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, 800), (900, 800), (900, 0)):
        pen.lineTo(corner)
    pen.closePath()
    square = pen.glyph()
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder([".notdef", "square"])
    made.setupCharacterMap({ord(sign): "square"})
    made.setupGlyf({".notdef": square, "square": square})
    made.setupHorizontalMetrics({".notdef": (1000, 100), "square": (1000, 100)})
    made.setupHorizontalHeader(ascent=900, descent=-100)
    made.setupNameTable({"familyName": "Squares", "styleName": "Regular"})
    made.setupOS2()
    made.setupPost()
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_font_that_the_site_names_is_tried_for_them(tmp_path: Path) -> None:
    for name in "字漢":
        (tmp_path / name).write_bytes(_font_with(name))
    fonts = tuple(FontFile.at(tmp_path / name) for name in "字漢")
    settings = replace(SETTINGS, card_fonts=fonts)
    assert str(tmp_path) not in repr(settings)
    assert fonts[0].digest in repr(settings)
    collection = collected({"x": briefing(title="漢")})
    assert card_path(collection.briefings["x"], settings) == "x/card.png"
    picture = _picture(files_of(collection, settings)["x/card.png"])
    assert _inked(picture, (0, 150, 1200, 500)) is not None


def test_without_the_sites_address_there_is_none() -> None:
    collection = collected({"x": briefing()})
    settings = replace(SETTINGS, url="")
    assert not any(path.endswith(".png") for path in files_of(collection, settings))
    assert card_path(collection.briefings["x"], settings) == ""


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a card was drawn with the network")

    monkeypatch.setattr(socket, "socket", refuse)
    assert card(TITLE, "Site", "", "en")


def _written(
    monkeypatch: pytest.MonkeyPatch, made: dict[str, object], **actors: dict[str, object]
) -> list[str]:
    """The lines that are drawn on the card of a briefing."""
    lines: list[str] = []
    draw = social_cards._write

    def write(image: Any, text: str, *rest: Any) -> None:
        lines.append(text)
        draw(image, text, *rest)

    monkeypatch.setattr(social_cards, "_write", write)
    collection = collected({"x": made}, actors=ACTORS | actors)
    assert social_cards.briefing_card(collection.briefings["x"], SETTINGS)
    return lines


def test_a_card_shows_who_accuses_whom_who_answered_and_to_which_day_it_was_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = _written(monkeypatch, briefing(allegation(), responses=[response()]))
    assert lines == [
        "Norland accuses Esteria",
        "Norland against Esteria: 1 allegation, 1 answered",
        "Fictional briefings",
        "Replies checked to 4 March 2025",
    ]


@pytest.mark.parametrize("length", [20, 100, 400])
def test_reply_statuses_are_never_cut_however_long_the_title_and_many_the_pairs(
    monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    claims = [allegation(f"claim-{n}", against=[f"party-{n}-of-the-valley"]) for n in range(30)]
    made = briefing(*claims, title=("Norland accuses Esteria of " * 100)[:length].strip())
    lines = _written(monkeypatch, made)
    allegations = 0
    for line in lines:
        if (counts := line.partition(": ")[2]) and " allegation" in line:
            number = int(counts.split()[0])
            assert counts.endswith(f", {number} not recorded")
            allegations += number
    assert allegations == 30
    assert sum("against" in line for line in lines) >= 1


def test_a_pair_whose_names_no_font_can_draw_is_counted_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = briefing(allegation(against=["unreadable"]), allegation("other"))
    lines = _written(monkeypatch, made, unreadable={"name": "漢字", "type": "state"})
    assert "Norland against Esteria: 1 allegation, 1 not recorded" in lines
    assert "Others: 1 allegation, 1 not recorded" in lines


def test_what_is_below_a_long_title_stays_above_the_last_line() -> None:
    claims = [allegation(f"claim-{n}", against=[f"party-{n}-of-the-valley"]) for n in range(30)]
    made = briefing(*claims, title="Norland accuses Esteria of diverting the Halden river " * 4)
    picture = _picture(files_of(collected({"x": made}))["x/card.png"])
    assert _inked(picture, (0, 515, 1200, 530)) is None
    assert _inked(picture, (0, 100, 1200, 118)) is None
