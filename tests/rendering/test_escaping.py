"""Escaping for Markdown: a text comes out of Markdown as it went in."""

from __future__ import annotations

import markdown
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from generator.rendering import escaping

EXTENSIONS = ["attr_list", "toc", "tables", "footnotes", "abbr", "def_list", "smarty", "md_in_html"]
_LETTERS = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1) | st.text(
    "*_`<>&#[]()!\\ -+=~|{}:;.1a\"'@^$%/\xa0", min_size=1
)
ONE_LINE = _LETTERS.filter(lambda words: words.strip() != "")


def _text(html: str) -> str:
    return BeautifulSoup(html, "html.parser").get_text()


@given(ONE_LINE)
def test_markdown_gives_back_the_text(words: str) -> None:
    html = markdown.markdown(escaping.text(words))
    assert html.startswith("<p>")
    assert _text(html) == words


@given(ONE_LINE)
def test_a_heading_holds_the_text_whatever_the_extensions(words: str) -> None:
    html = markdown.markdown(f"# {escaping.text(words)} {{ #top }}", extensions=EXTENSIONS)
    tree = BeautifulSoup(html, "html.parser")
    assert [(element.name, element.get("id")) for element in tree.find_all(True)] == [("h1", "top")]
    assert tree.get_text() == words


@pytest.mark.parametrize("words", ["Norland and Esteria", "عنوان", "題", "İstanbul ß"])
def test_words_of_any_script_stay_readable_in_the_source(words: str) -> None:
    assert escaping.text(words) == words


@pytest.mark.parametrize("words", ["  a  b  ", "\u00a0a\u3000", "\u2003{: .x }\u2003"])
def test_blanks_at_the_ends_of_a_heading_stay(words: str) -> None:
    html = markdown.markdown(f"# {escaping.text(words)} {{ #top }}", extensions=EXTENSIONS)
    assert _text(html) == words


def test_front_matter_words_are_one_line_without_elements() -> None:
    assert escaping.meta(' a <b> "c"\n & d ') == "a &lt;b&gt; &quot;c&quot; &amp; d"
