"""The texts of the interface as HTML, for templates.

A catalogue of a site's own can be anybody's: its texts become no elements. Those of an original
that has elements have the same ones, which is checked when a catalogue is read.
"""

from __future__ import annotations

from functools import cache, lru_cache

from markupsafe import Markup

from generator.locale.catalogues import has_elements
from generator.locale.interface import Interface


class HtmlTexts:
    """The texts of an interface, with values that are escaped where they are not HTML.

    A text can have elements such as links in it; every language has the same ones.
    """

    def __init__(self, interface: Interface) -> None:
        self._interface = interface

    def gettext(self, message: str, /, **values: object) -> Markup:
        """See ``Interface.gettext``."""
        return _filled(message, self._interface.gettext(message), values)

    def ngettext(self, singular: str, plural: str, count: int, /, **values: object) -> Markup:
        """See ``Interface.ngettext``."""
        text = self._interface.plural(singular, plural, count)
        return _filled(singular, text, {"count": self._interface.number(count), **values})

    def pgettext(self, context: str, message: str, /, **values: object) -> Markup:
        """See ``Interface.pgettext``."""
        return _filled(message, self._interface.pgettext(context, message), values)


@cache
def html_texts(interface: Interface) -> HtmlTexts:
    """The texts of an interface as HTML."""
    return HtmlTexts(interface)


def _filled(message: str, text: str, values: dict[str, object]) -> Markup:
    html = Markup(text if has_elements(message) else escaped(text))
    return html % values if values else html


@lru_cache(4096)
def escaped(text: str) -> str:
    """``text`` for HTML, in elements and in attributes between double quotation marks."""
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )
