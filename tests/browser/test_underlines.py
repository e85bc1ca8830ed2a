"""Underlines of names in texts from right to left, in a real browser."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.building import ROOT

_STYLES = ROOT / "generator" / "theme" / "assets" / "stylesheets" / "briefings.css"
#: A fictional title that takes several lines, the last of them next to the words after it.
_PAGE = """
<!doctype html>
<html lang="ar" dir="{direction}"><style>{styles}</style>
<style>
  body {{ font: 20px/2 sans-serif; margin: 0; width: 300px }}
  .md-typeset p {{ display: {display}; margin: 0.5em 0 }}
  .md-typeset * {{ color: transparent !important; text-decoration-color: red !important }}
</style>
<article class="md-typeset" dir="rtl">
<p>14 2025 <a href="#x"><bdi lang="en" dir="ltr">Norland accuses Esteria of diverting the
Halden in breach of the treaty, and Esteria denies this</bdi></a></p>
</article>
"""
_LINES = """
() => [...document.querySelector("bdi").getClientRects()].map(({ top, bottom }) => [top, bottom])
"""


@pytest.mark.parametrize("display", ["block", "inline"])
@pytest.mark.parametrize("direction", ["rtl", "ltr"])
def test_the_underline_of_a_name_is_below_each_of_its_lines(
    page: Page, direction: str, display: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 400})
    page.set_content(
        _PAGE.format(
            direction=direction,
            styles=_STYLES.read_text("utf-8"),
            display=display,
        )
    )
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    red = {
        y
        for y in range(picture.height)
        for x in range(picture.width)
        if (pixel := picture.getpixel((x, y))) and isinstance(pixel, tuple) and pixel[1] < 160
    }
    lines = page.evaluate(_LINES)
    assert len(lines) > 2
    offsets = [[y - top for y in red if top <= y <= bottom + 4] for top, bottom in lines]
    assert all(offsets), (lines, sorted(red))
    first = max(offsets[0])
    assert first > 15  # below the letters
    assert [max(offset) for offset in offsets] == pytest.approx([first] * len(lines), abs=1)


def test_such_links_are_large_enough_for_a_finger(page: Page) -> None:
    page.set_content(
        _PAGE.format(
            direction="rtl",
            styles=_STYLES.read_text("utf-8"),
            display="inline",
        )
    )
    heights = page.evaluate(
        '() => [...document.querySelector("a").getClientRects()].map((line) => line.height)'
    )
    assert min(heights) >= 24
