"""The builder and the browser cut and fold alike, whatever sign there is."""

from __future__ import annotations

import json
import sys
import unicodedata
from functools import cache
from typing import Any

from playwright.sync_api import Page

from generator.search.tokenizer import LETTERS, cut, folded

# Signs are tried alone, and between letters, digits, and letters of scripts without spaces.
AROUND = ("ab", "12", "אב", "水川")
LEARN = """async () => {
  window.words = await import(new URL("/assets/javascripts/search-words.js", location).href)
  words.learn(await (await fetch("/search-index/letters.json")).json())
}"""
# As text on both ways: lists of so many take the driver ten times as long.
FOLD = """(signs) => JSON.stringify(JSON.parse(signs).map(words.folded))"""
CUT = """(texts) => JSON.stringify(JSON.parse(texts).map((text) => words.cut(text).map(
  (word) => [word.text, word.unspaced, word.joined, word.whole]
)))"""


@cache
def _signs() -> list[str]:
    signs = map(chr, range(sys.maxunicode + 1))
    return [sign for sign in signs if unicodedata.category(sign) not in ("Cn", "Co", "Cs")]


def _differ(texts: list[str], in_python: list[Any], in_browser: list[Any]) -> dict[str, Any]:
    pairs = zip(texts, in_python, in_browser, strict=True)
    return {ascii(text): (own, other) for text, own, other in pairs if own != other}


def test_every_sign_is_folded_alike(reader: Page, address: str) -> None:
    reader.goto(f"{address}search/")
    reader.evaluate(LEARN)
    signs = _signs()
    in_python = [folded(sign) for sign in signs]
    in_browser = json.loads(reader.evaluate(FOLD, json.dumps(signs)))
    assert _differ(signs, in_python, in_browser) == {}


def test_words_are_cut_alike_at_every_sign(reader: Page, address: str) -> None:
    reader.goto(f"{address}search/")
    reader.evaluate(LEARN)
    letters = ("Lo", "Ll", "Lu", "Mn", "So")
    between = [sign for sign in _signs() if unicodedata.category(sign) not in letters]
    between += [*map(chr, range(128)), *json.loads(LETTERS)["joiners"]]
    texts = [f"{a}{sign}{b}" for sign in between for a, b in AROUND]
    in_python = [
        [[word.text, word.unspaced, word.joined, word.whole] for word in cut(text)]
        for text in texts
    ]
    in_browser = json.loads(reader.evaluate(CUT, json.dumps(texts)))
    assert _differ(texts, in_python, in_browser) == {}
