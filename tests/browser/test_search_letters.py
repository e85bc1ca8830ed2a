"""The builder and the browser cut and fold alike, whatever sign there is."""

from __future__ import annotations

import sys
import unicodedata

from playwright.sync_api import Page

from generator.exports.search_words import cut, folded, key
from tests.browser.test_reading import address, reader, real_site

__all__ = ["address", "reader", "real_site"]  # fixtures
# Signs are tried alone, and between letters, digits, and letters of scripts without spaces.
AROUND = ("ab", "12", "אב", "水川", "กข", "क्ष")
LEARN = """async () => {
  window.words = await import(new URL("/assets/javascripts/search-words.js", location).href)
  words.learn(await (await fetch("/pagefind/letters.json")).json())
}"""
FOLD = "(signs) => signs.map((sign) => [words.folded(sign), words.key(words.folded(sign))])"
CUT = """(texts) => texts.map((text) => words.cut(text).map(
  (word) => [word.text, word.unspaced, word.joined, word.whole]
))"""


def _signs() -> list[str]:
    signs = map(chr, range(sys.maxunicode + 1))
    return [sign for sign in signs if unicodedata.category(sign) not in ("Cn", "Co", "Cs")]


def test_every_sign_is_folded_alike_and_looked_up_by_the_same_key(
    reader: Page, address: str
) -> None:
    reader.goto(f"{address}search/")
    reader.evaluate(LEARN)
    signs = _signs()
    here = [[folded(sign), key(folded(sign))] for sign in signs]
    there = reader.evaluate(FOLD, signs)
    differ = {f"U+{ord(sign):04X}": (a, b) for sign, a, b in zip(signs, here, there) if a != b}
    assert differ == {}


def test_words_are_cut_alike_at_every_sign(reader: Page, address: str) -> None:
    reader.goto(f"{address}search/")
    reader.evaluate(LEARN)
    letters = ("Lo", "Ll", "Lu")
    between = [sign for sign in _signs() if unicodedata.category(sign) not in letters]
    texts = [f"{a}{sign}{b}" for sign in between for a, b in (two[:2] for two in AROUND)]
    here = [
        [[word.text, word.unspaced, word.joined, word.whole] for word in cut(text)]
        for text in texts
    ]
    there = reader.evaluate(CUT, texts)
    differ = {text: (a, b) for text, a, b in zip(texts, here, there) if a != b}
    assert differ == {}
