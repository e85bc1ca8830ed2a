"""The texts of the interface as HTML, for templates."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup

from generator.locale.interface import Interface


class HtmlTexts:
    """The texts of an interface, with values that are escaped where they are not HTML.

    A text can have elements such as links in it; every language has the same ones.
    """

    def __init__(self, interface: Interface) -> None:
        self._interface = interface

    def gettext(self, message: str, /, **values: object) -> Markup:
        """See ``Interface.gettext``."""
        return _filled(self._interface.gettext(message), values)

    def ngettext(self, singular: str, plural: str, count: int, /, **values: object) -> Markup:
        """See ``Interface.ngettext``."""
        text = self._interface.plural(singular, plural, count)
        return _filled(text, {"count": self._interface.number(count), **values})

    def pgettext(self, context: str, message: str, /, **values: object) -> Markup:
        """See ``Interface.pgettext``."""
        return _filled(self._interface.pgettext(context, message), values)


@cache
def html_texts(interface: Interface) -> HtmlTexts:
    """The texts of an interface as HTML."""
    return HtmlTexts(interface)


def _filled(text: str, values: dict[str, object]) -> Markup:
    return Markup(text) % values if values else Markup(text)
