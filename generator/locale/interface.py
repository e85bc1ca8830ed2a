"""The interface in one language: its texts, and how it words dates, numbers and lists.

Dates, numbers, lists, and names of languages and countries follow CLDR, the Unicode consortium's
data on languages, as Babel carries it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

from generator.locale.catalogues import SOURCE_LANGUAGE, catalogue_languages, read_catalogue
from generator.locale.collation import SortKey, sort_key
from generator.locale.date_words import DateWords
from generator.model import languages
from generator.model.edtf import EdtfDate

if TYPE_CHECKING:
    from babel import Locale

#: The locale of a language without a region, where CLDR's own choice is another.
_REGIONS = {"en": "en_GB"}
#: Counts with which each plural form of CLDR's can be tried out.
_COUNTS = (*range(200), 1_000_000)


@lru_cache(32)
def interface_in(language: str, own_texts: str = "") -> Interface:
    """The interface of a site in ``language`` (BCP 47); in English if it isn't translated.

    ``own_texts`` is the site's own catalogue for the language; ``CatalogueError`` if it has a
    mistake.
    """
    return Interface(language, own_texts)


def is_translated(language: str) -> bool:
    """Whether the interface has texts in a language."""
    return _catalogue_language(language) is not None


def _catalogue_language(language: str) -> str | None:
    """The catalogue for a language tag: the same language, in the same script."""
    name = language.partition("-")[0]
    return name if name in catalogue_languages() and languages.is_same(language, name) else None


class Interface(DateWords):
    """The interface in one language. Texts are whole sentences; values go into ``%(name)s``."""

    def __init__(self, language: str, own_texts: str = "") -> None:
        catalogue = _catalogue_language(language)
        #: The language of the texts (BCP 47).
        self.language = language if catalogue else SOURCE_LANGUAGE
        self._texts = read_catalogue(catalogue or SOURCE_LANGUAGE, own_texts)

    @cached_property
    def locale(self) -> Locale:
        """CLDR's data on the language; on the language alone if there is none for its region."""
        from babel import Locale, UnknownLocaleError  # slow to import, and most checks don't need

        for tag in (_REGIONS.get(self.language, self.language), self.language.partition("-")[0]):
            try:
                return Locale.parse(tag.replace("-", "_"))
            except (UnknownLocaleError, ValueError):
                continue
        return Locale(SOURCE_LANGUAGE)

    @property
    def open_graph_locale(self) -> str:
        """The language with a country, as the Open Graph protocol has it: ``fr_FR``."""
        from babel.core import get_global

        language, country = self.locale.language, self.locale.territory
        if not country:
            likely = str(get_global("likely_subtags").get(str(self.locale), ""))
            likely = likely or str(get_global("likely_subtags").get(language, ""))
            country = likely.rpartition("_")[2]
        return f"{language}_{country}" if country else language

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """The writing direction."""
        return languages.direction(self.language)

    # Texts, by the names of GNU gettext, which tools look for.

    def gettext(self, message: str, /, **values: object) -> str:
        """A text, with its values filled in if it has any."""
        return _filled(self._texts.gettext(message), values)

    def ngettext(self, singular: str, plural: str, count: int, /, **values: object) -> str:
        """A text that depends on a count, which is its value ``count``."""
        text = self.plural(singular, plural, count)
        return _filled(text, {"count": self.number(count), **values})

    def plural(self, singular: str, plural: str, count: int) -> str:
        """The form of a text for a count, without its values."""
        return self._texts.ngettext(singular, plural, count)

    def pgettext(self, context: str, message: str, /, **values: object) -> str:
        """A text whose English words have another meaning in other contexts."""
        return _filled(self._texts.pgettext(context, message), values)

    def plural_forms(self, singular: str, plural: str) -> dict[str, str]:
        """A text for each of CLDR's plural categories of the language, for scripts.

        ``Intl.PluralRules`` has the same categories. The count stays a placeholder.
        """
        forms = {}
        for count in _COUNTS:
            category = self.locale.plural_form(count)
            if category not in forms:
                forms[category] = self._texts.ngettext(singular, plural, count)
        return forms

    # Numbers and lists. Dates are in ``DateWords``.

    @cached_property
    def comma(self) -> str:
        """What separates the items of a list."""
        return self.pgettext("between the items of a list", ", ")

    @cached_property
    def apposition(self) -> str:
        """What separates a name from an office, a date or another detail."""
        return self.pgettext("between a name and a detail", ", ")

    @cached_property
    def semicolon(self) -> str:
        """What separates the items of a list that have commas in them."""
        return self.pgettext("between the items of a list", "; ")

    @cached_property
    def colon(self) -> str:
        """What separates a label or a name from what is said about it."""
        return self.pgettext("between a label and its text", ": ")

    def join(self, items: Iterable[str]) -> str:
        """Items one after another: "Norland, Esteria, Sundmark"."""
        return self.comma.join(items)

    def date(self, when: EdtfDate | None) -> str:
        """A date or interval in words; "undated" without one."""
        return self.edtf_date(when) if when else self.pgettext("dates", "undated")

    def dated(self, title: str, when: EdtfDate | None) -> str:
        """A title and a date after it."""
        return self.gettext("%(title)s, %(date)s", title=title, date=self.date(when))

    def number(self, number: int) -> str:
        """A whole number with its thousands grouped."""
        if -1_000 < number < 1_000:
            return str(number)
        from babel.numbers import format_decimal

        return format_decimal(number, locale=self.locale)

    def sort_key(self, name: str) -> SortKey:
        """The key of a name in an index."""
        return sort_key(name, self.language)

    def language_name(self, tag: str) -> str:
        """The name of a language; the tag itself if it has none."""
        return languages.name(tag, self.locale)

    def country_name(self, code: str) -> str:
        """The name of a country (ISO 3166-1 alpha-2); the code if it has none."""
        return str(self.locale.territories.get(code, code))


def _filled(text: str, values: Mapping[str, object]) -> str:
    return text % values if values else text
