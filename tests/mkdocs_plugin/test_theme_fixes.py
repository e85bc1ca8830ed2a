"""HTML of the theme that the standard doesn't allow is corrected."""

from __future__ import annotations

from generator.mkdocs_plugin.theme_fixes import fix_theme_html

TOGGLE = '<input class="md-toggle" type="checkbox" id="__drawer" autocomplete="off">'
LABEL = '<label class="md-nav__title" for="__toc">'


def test_check_boxes_lose_an_attribute_of_text_fields() -> None:
    field = '<input class="search-bar__input" type="search" autocomplete="off">'
    assert fix_theme_html(TOGGLE + field) == (
        f'<input class="md-toggle" type="checkbox" id="__drawer">{field}'
    )


def test_a_label_refers_only_to_an_existing_id() -> None:
    assert fix_theme_html(LABEL) == '<label class="md-nav__title">'
    assert fix_theme_html(f'<input id="__toc">{LABEL}') == f'<input id="__toc">{LABEL}'
