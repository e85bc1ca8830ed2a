"""The tables of the registries: their columns, and a cell for each of them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.collection.entries import Subject
from generator.collection.linker import Collection
from generator.exports.table import Column, Row, Table, listed, table
from generator.locale.catalogues import translatable
from generator.model.prose_markdown import plain
from generator.rendering.view import View

_NAMED = (
    Column("id", "Its id."),
    Column("url", "Its page."),
    Column("name", "Its name."),
)
_PART_OF = (
    Column("description", "What it is, in plain words."),
    Column("parent", "The id of what it is part of."),
)
_ALSO = Column("also_known_as", "Other names.")


@table(
    "actors",
    translatable("States, organisations, persons and outlets."),
    *_NAMED, ("type", "What kind of actor it is."), ("country", "ISO 3166-1 alpha-2."),
    ("also_known_as", "Other names."), ("wikidata", "The number of its Wikidata item."),
    ("part_of", "The id of the actor it belongs to."),
    key=("id",),
)  # fmt: skip
def _actors(collection: Collection, view: View) -> Iterator[Row]:
    for _, actor in sorted(collection.actors.items()):
        if model := actor.model:
            names = listed(model.also_known_as)
            details = model.type, model.country, names, model.wikidata, model.part_of
            yield *_named(actor, view), *details


@table(
    "roles",
    translatable("Offices that persons held."),
    ("actor", "The person's id."), ("role", "The office."),
    ("of", "The id of the state or organisation."), ("from", "When it began: EDTF."),
    ("until", "When it ended: EDTF."), ("sources", "Ids of the sources for it."),
    foreign=((("actor",), "actors", ("id",)),),
)  # fmt: skip
def _roles(collection: Collection, view: View) -> Iterator[Row]:
    for key, actor in sorted(collection.actors.items()):
        for role in actor.model.roles if actor.model else ():
            since = role.since.text if role.since else None
            until = role.until.text if role.until else None
            yield key, role.role, role.of, since, until, listed(role.sources)


@table(
    "topics",
    translatable("What briefings are about."),
    *_NAMED, *_PART_OF, _ALSO,
    key=("id",),
)  # fmt: skip
def _topics(collection: Collection, view: View) -> Iterator[Row]:
    for _, topic in sorted(collection.topics.items()):
        if model := topic.model:
            about = plain(model.description or "")
            yield *_named(topic, view), about, model.parent, listed(model.also_known_as)


@table(
    "places",
    translatable("Where things happened or were said."),
    *_NAMED, *_PART_OF, ("country", "ISO 3166-1 alpha-2."),
    ("latitude", "Degrees north.", "number"), ("longitude", "Degrees east.", "number"),
    _ALSO,
    key=("id",),
)  # fmt: skip
def _places(collection: Collection, view: View) -> Iterator[Row]:
    for _, place in sorted(collection.places.items()):
        if model := place.model:
            yield (
                *_named(place, view), plain(model.description or ""), model.parent,
                model.country, model.latitude, model.longitude, listed(model.also_known_as),
            )  # fmt: skip


def _named(entry: Subject, view: View) -> Row:
    """Id, page and name of an entry; the page is empty if the site has none."""
    return entry.id, view.permalink(entry) if view.has_page(entry) else None, entry.name


REGISTRY_TABLES: tuple[Table[Collection], ...] = (_actors, _roles, _topics, _places)
