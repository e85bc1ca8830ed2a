"""Functions and filters for the templates of the pages about several briefings."""

from __future__ import annotations

from typing import Any

from generator.collection.actor_parts import all_parts
from generator.collection.entries import BriefingEntry, PlaceEntry, StatementEntry
from generator.model import prose_markdown
from generator.model.edition_texts import like
from generator.model.sentences import first_sentence
from generator.rendering.alternates import alternates

__all__ = ["FILTERS", "FUNCTIONS"]
#: How many claims a card shows of a briefing that names no `lead`.
_CLAIMS = 2


def claims_in_brief(briefing: BriefingEntry) -> list[StatementEntry]:
    """The positions that stand for a briefing: its `lead`, or else its first allegations."""
    if briefing.lead:
        return briefing.lead
    demands = [position for position in briefing.positions if position.kind == "demand"]
    return briefing.allegations[:_CLAIMS] or demands[:1]


def opening_sentence(prose: str) -> str:
    """The first sentence of authors' Markdown as plain text, in the language of the Markdown."""
    return like(prose, first_sentence(prose_markdown.plain(prose)))


def on_map(places: list[PlaceEntry]) -> bool:
    """Whether one of the places has coordinates, so that there is a map."""
    return any(
        place.model and place.model.latitude is not None and place.model.longitude is not None
        for place in places
    )


FILTERS: dict[str, Any] = {
    "claims_in_brief": claims_in_brief,
    "opening_sentence": opening_sentence,
    "on_map": on_map,
}
FUNCTIONS: dict[str, Any] = {"all_parts": all_parts, "alternates": alternates}
