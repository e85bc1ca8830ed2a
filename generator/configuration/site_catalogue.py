"""The site's own catalogue, with the texts of the interface that it words in another way."""

from __future__ import annotations

from pathlib import Path

from mkdocs.exceptions import PluginError

from generator.locale.catalogues import PATH, CatalogueError
from generator.locale.interface import interface_in


def own_texts(folder: Path, language: str) -> str:
    """The catalogue for a language in the project's ``folder``; empty if it has none.

    Raises ``PluginError`` if it can't be read.
    """
    name = PATH.format(language=language)
    try:
        text = (folder / "locale" / name).read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise PluginError(f"locale/{name} can't be read: {error}") from None
    try:
        interface_in(language, text)
    except CatalogueError as error:
        place = f"locale/{name}:{error.line}"
        raise PluginError(f"{place}: {error}. Correct this line, or remove the file.") from None
    return text
