"""What a briefing in the words of its translation says about that."""

from __future__ import annotations

from typing import NamedTuple


class TranslationNote(NamedTuple):
    """Who translated a briefing, and how many of its texts are the original's: because they are not
    translated, or because the original has changed since.
    """

    translators: tuple[str, ...]
    missing: int
    stale: int
