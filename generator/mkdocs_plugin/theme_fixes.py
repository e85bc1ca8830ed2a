"""What the theme writes and HTML doesn't allow, put right in a finished page.

These stand outside the theme's blocks, so an override would have to copy its whole base template.
"""

from __future__ import annotations

import re

_AUTOCOMPLETE = re.compile(r'(<input class="md-toggle"[^>]*?) autocomplete="off"')
_LABEL = re.compile(r'(<label class="md-nav__title") for="__toc"')


def fix_theme_html(html: str) -> str:
    """A page without attributes that say nothing (HTML, 4.10.18.7.1 and 4.10.4).

    The theme gives its check boxes an ``autocomplete``, which is for fields with text, and heads
    every table of contents with a label, also where the page has nothing that it labels.
    """
    html = _AUTOCOMPLETE.sub(r"\1", html)
    return html if 'id="__toc"' in html else _LABEL.sub(r"\1", html)
