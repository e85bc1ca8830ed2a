"""Corrects HTML of the theme that the HTML standard doesn't allow.

The theme has it outside its blocks, so an override would have to copy the whole base template.
"""

from __future__ import annotations

import re

_AUTOCOMPLETE = re.compile(r'(<input class="md-toggle"[^>]*?) autocomplete="off"')
_LABEL = re.compile(r'(<label class="md-nav__title") for="__toc"')


def fix_theme_html(html: str) -> str:
    """Remove two attributes without effect from a page (HTML, 4.10.18.7.1 and 4.10.4).

    The theme gives its check boxes an ``autocomplete``, which is for text fields. It heads each
    table of contents with a label, even if the page has nothing with the id that this refers to.
    """
    html = _AUTOCOMPLETE.sub(r"\1", html)
    return html if 'id="__toc"' in html else _LABEL.sub(r"\1", html)
