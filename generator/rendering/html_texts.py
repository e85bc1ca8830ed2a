"""The texts of the interface as HTML, for templates.

A catalogue of a site's own can be anybody's: its texts become no elements. Those of an original
that has elements have the same ones, which is checked when a catalogue is read.
"""

from __future__ import annotations

from functools import cache

from markupsafe import Markup, escape

from generator.locale.catalogues import has_elements
from generator.locale.interface import Interface
from generator.rendering.escaping import as_html


class HtmlTexts:
    """The texts of an interface, with values that are escaped where they are not HTML.

    A text can have elements such as links in it; every language has the same ones.
    """

    def __init__(self, interface: Interface) -> None:
        self._interface = interface
        #: The texts of the catalogue, which pages ask for hundreds of times.
        self._gettext = cache(lambda message: _as_html(message, interface.gettext(message)))

    def gettext(self, message: str, /, **values: object) -> Markup:
        """See ``Interface.gettext``."""
        return _filled(self._gettext(message), values)

    def ngettext(self, singular: str, plural: str, count: int, /, **values: object) -> Markup:
        """See ``Interface.ngettext``."""
        text = self._interface.plural(singular, plural, count)
        html = _as_html(singular, text)
        return _filled(html, {"count": self._interface.number(count), **values})

    def pgettext(self, context: str, message: str, /, **values: object) -> Markup:
        """See ``Interface.pgettext``."""
        html = _as_html(message, self._interface.pgettext(context, message))
        return _filled(html, values)


@cache
def html_texts(interface: Interface) -> HtmlTexts:
    """The texts of an interface as HTML."""
    return HtmlTexts(interface)


def _filled(html: Markup, values: dict[str, object]) -> Markup:
    if not values:
        return html
    # ``Markup``'s own operator takes three times as long.
    escaped = {name: escape(value) for name, value in values.items()}
    return as_html(str.__mod__(html, escaped))


def _as_html(message: str, text: str) -> Markup:
    return as_html(text if has_elements(message) else escaped(text))


def escaped(text: str) -> str:
    """``text`` for HTML, in elements and in attributes between double quotation marks."""
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )
