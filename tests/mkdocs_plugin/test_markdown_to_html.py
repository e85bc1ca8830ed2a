"""Generated pages become the HTML that Python-Markdown would produce, with less work."""

from __future__ import annotations

from pathlib import Path

import markdown
import pytest
from bs4 import BeautifulSoup
from mkdocs.utils import meta

from generator.mkdocs_plugin.markdown_to_html import restore_html, stash_html
from tests.building import EVERY_KEY, ROOT, squeezed
from tests.published import site

_EXTENSIONS = ["attr_list", "toc", "tables", "fenced_code"]


def _converted(text: str) -> tuple[str, list[object]]:
    converter = markdown.Markdown(extensions=_EXTENSIONS)
    return converter.convert(text), converter.toc_tokens  # type: ignore[attr-defined]  # the extension toc adds it


def _tree(html: str) -> list[tuple[object, ...]]:
    """All elements in order, with their attributes and text."""
    return [
        (element.name, sorted(element.attrs.items()), squeezed(element.get_text()))
        for element in BeautifulSoup(html, "lxml").select("*")
    ]


@pytest.mark.parametrize("project", [EVERY_KEY, ROOT], ids=["every-key", "shipped"])
def test_generated_pages_are_what_python_markdown_produces(project: Path, torture: bool) -> None:
    """All pages of the site that uses every key; of the shipped one each fifth, or all of them."""
    pages = site(project).pages
    for page in pages if torture or project == EVERY_KEY else pages[::5]:
        text, _ = meta.get_data(page.markdown)
        short, blocks = stash_html(text)
        html, contents = _converted(short)
        expected, expected_contents = _converted(text)
        assert contents == expected_contents, page.path
        assert _tree(restore_html(html, blocks)) == _tree(expected), page.path
        assert len(short) < max(len(text) / 4, 3_000), page.path


def test_text_that_is_not_html_stays_markdown() -> None:
    text = "# A *b*\n\nSome *text*.\n\n## C\n\n<p>d</p>\n"
    short, blocks = stash_html(text)
    assert blocks == ["<p>d</p>"]
    assert "Some *text*." in short


def test_a_block_is_restored_unchanged() -> None:
    block = '<p title="&#35; x">*a* \\1 \\g<0> [b](c) {# x }</p>\n<pre>\n# no heading</pre>'
    short, blocks = stash_html(f"# T\n\n{block.replace(chr(10) + '# no', chr(10) + ' # no')}\n")
    html, _ = _converted(short)
    assert block.replace("\n# no", "\n # no") in restore_html(html, blocks)
