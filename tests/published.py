"""What a site publishes beside its pages, made from the fictional site that uses every key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from generator.build.targets import BriefingTarget, TargetOutput, all_targets
from generator.collection.linker import Collection
from generator.collection.reply_status import count_replies
from generator.model.fields import Text
from generator.model.introspection import walk_fields
from generator.model.prose_markdown import plain
from generator.reading.source_files import read_tree
from generator.rendering.pages import Page
from generator.rendering.settings import Settings
from generator.rules import ERRORS_ONLY
from generator.search.records import SearchPage
from tests.building import EVERY_KEY
from tests.reference import Site, build_site, outlined, together

URL = "https://briefings.example/fiction/"
SETTINGS = Settings(name="Fictional briefings", description="Who says what.", url=URL)


@cache
def site(folder: Path = EVERY_KEY, settings: Settings = SETTINGS) -> Site:
    """The published site of a project."""
    made = build_site(read_tree(folder / "briefings", folder / "data"), settings, ERRORS_ONLY)
    assert made.errors == []
    return made


def data(path: str) -> Any:
    """A JSON file of the site."""
    return json.loads(site().assets[path])


def texts(model: BaseModel) -> Iterator[tuple[str, str]]:
    """Every text of an author in a briefing or a source: its kind (line, quote, prose), and it."""
    for _, marker, words in walk_fields(model):
        if isinstance(marker, Text):
            yield marker.kind, words


def as_published(kind: str, words: str) -> str:
    """A text as it stands where there is no markup."""
    return plain(words) if kind == "prose" else words


def leaves(value: Any) -> Iterator[Any]:
    """Every value in JSON that is no list and no mapping."""
    if isinstance(value, dict):
        for item in value.values():
            yield from leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item)
    else:
        yield value


def made_of(collection: Collection, settings: Settings = SETTINGS) -> list[TargetOutput]:
    """Every part of a collection's site."""
    graph = outlined(collection, settings.sections)
    context = graph.site_context(count_replies(collection.briefings.values()))
    return [part.render(collection, settings, context) for part in all_targets(graph)]


def pages_of(collection: Collection, settings: Settings = SETTINGS) -> list[Page]:
    """Every page of a collection's site."""
    return [page for part in made_of(collection, settings) for page in part.pages]


def found_in(collection: Collection, settings: Settings = SETTINGS) -> list[SearchPage]:
    """What its search finds."""
    parts = all_targets(outlined(collection, settings.sections))
    return [page for part in parts for page in part.search_pages(collection, settings)]


def files_of(collection: Collection, settings: Settings = SETTINGS) -> dict[str, bytes]:
    """Every file beside its pages."""
    made = made_of(collection, settings)
    own = {path: content for part in made for path, content in part.files.items()}
    shared = (file for part in made for file in part.aggregates)
    return own | dict(together(shared, (share for part in made for share in part.fragments)))


def briefing_page(briefing: str, collection: Collection, settings: Settings = SETTINGS) -> Page:
    """The page of one briefing."""
    context = outlined(collection).site_context({})
    return BriefingTarget(briefing).render_pages(collection, settings, context)[0]
