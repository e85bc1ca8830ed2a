"""Which language a page written by hand names as its own."""

from __future__ import annotations

from mkdocs.utils.meta import get_data

from generator.model.languages import is_same


def is_written_in(content: bytes, language: str) -> bool:
    """Whether a Markdown file says, with `language` at its head, that it is in ``language``."""
    _, values = get_data(content.decode("utf-8-sig", errors="replace"))
    return is_same(str(values.get("language") or ""), language)
