"""Catalogues of the interface's texts, in the format of GNU gettext."""

from __future__ import annotations

import re
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib import resources
from importlib.resources.abc import Traversable
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Message

#: The language that texts are written in where the code uses them; it needs no catalogue.
SOURCE_LANGUAGE = "en"
#: The path of a language's catalogue, in this package and in the folder of a site.
PATH = "{language}/LC_MESSAGES/messages.po"


_VALUE = re.compile(r"%\(\w+\)s")
_ELEMENT = re.compile(r"<[^<>]*>")


class CatalogueError(ValueError):
    """Why a catalogue can't be read, as a sentence; ``line`` is its line, 0 if unknown."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.line = line


@cache
def catalogue_languages() -> frozenset[str]:
    """The languages that the interface has texts in, as the names of their folders."""
    folders = resources.files("generator.locale").iterdir()
    return frozenset({SOURCE_LANGUAGE, *(f.name for f in folders if _has_catalogue(f))})


def read_catalogue(language: str, own_texts: str = "") -> NullTranslations:
    """The texts in a language, one of ``catalogue_languages``.

    ``own_texts`` is a catalogue of the site's own, whose texts come first; CatalogueError if it has
    a mistake.
    """
    texts = NullTranslations()
    if language != SOURCE_LANGUAGE:
        file = resources.files("generator.locale") / PATH.format(language=language)
        texts = _compiled(file.read_text("utf-8"), language)
    if own_texts:
        own = _compiled(own_texts, language)
        own.add_fallback(texts)
        return own
    return texts


def translatable(message: str) -> str:
    """A text that is translated where it is shown; this marks it for ``make messages``."""
    return message


def _compiled(text: str, language: str) -> GNUTranslations:
    from babel.messages.mofile import write_mo  # slow to import, and an English site needs neither
    from babel.messages.pofile import PoFileError, read_po

    _require_quotation_marks(text)
    try:
        catalogue = read_po(StringIO(text), locale=language, abort_invalid=True)
    except PoFileError as error:
        # Babel counts lines from 0.
        reason = str(error.args[0]).removesuffix(f" on {error.lineno}")
        raise CatalogueError(reason, error.lineno + 1) from None
    except ValueError as error:
        raise CatalogueError(str(error)) from None
    for message in catalogue:
        _require_known_values(message)
        _require_elements(message)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _require_quotation_marks(text: str) -> None:
    """Refuse a line without its closing quotation mark, whose last letter Babel would drop."""
    for number, line in enumerate(text.splitlines(), 1):
        content = line.strip()
        if (
            content
            and not content.startswith("#")
            and not re.search(r'"(.*[^\\])?(\\\\)*"$', content)
        ):
            raise CatalogueError('this line has to end with a text between " and "', number)


def _require_known_values(message: Message) -> None:
    """Refuse a text whose values can't be filled in: misspelt names, or a single %."""
    names = dict.fromkeys(_VALUE.findall(" ".join(_strings(message.id))))
    for text in _strings(message.string) if names or message.pluralizable else ():
        if "%" in _VALUE.sub(
            lambda value: "" if value[0] in names else value[0], text.replace("%%", "")
        ):
            known = ", ".join(f"`{name}`" for name in names)
            reason = f"“{text}” can have the values {known}, and `%%` for a percent sign"
            raise CatalogueError(reason, message.lineno or 0)


def has_elements(text: str) -> bool:
    """Whether an English text of the interface has HTML elements; the others are plain text."""
    return "<" in text


def _require_elements(message: Message) -> None:
    """Refuse a text with other HTML elements than its original, if that has any."""
    elements = _ELEMENT.findall(_strings(message.id)[0])
    for text in _strings(message.string) if elements else ():
        others = re.search("[<>]", _ELEMENT.sub("", text))
        if text and (others or sorted(_ELEMENT.findall(text)) != sorted(elements)):
            named = ", ".join(f"`{element}`" for element in elements)
            raise CatalogueError(f"“{text}” needs {named}, and no other", message.lineno or 0)


def _strings(texts: object) -> list[str]:
    """The texts of a message: one, or its plural forms."""
    if isinstance(texts, str):
        return [texts]
    return list(texts) if isinstance(texts, (tuple, list)) else []


def _has_catalogue(folder: Traversable) -> bool:
    return folder.is_dir() and (folder / "LC_MESSAGES" / "messages.po").is_file()
