"""What the theme writes and HTML doesn't allow."""

from __future__ import annotations

from generator.mkdocs_plugin.theme_fixes import fix_theme_html

TOGGLE = '<input class="md-toggle" type="checkbox" id="__drawer" autocomplete="off">'
LABEL = '<label class="md-nav__title" for="__toc">'


def test_check_boxes_lose_what_is_for_fields_with_text() -> None:
    field = '<input class="search-bar__input" type="search" autocomplete="off">'
    assert fix_theme_html(TOGGLE + field) == (
        f'<input class="md-toggle" type="checkbox" id="__drawer">{field}'
    )


def test_a_label_names_only_what_is_there() -> None:
    assert fix_theme_html(LABEL) == '<label class="md-nav__title">'
    assert fix_theme_html(f'<input id="__toc">{LABEL}') == f'<input id="__toc">{LABEL}'
