"""The collection as plain data for JSON: what was written, with what ids mean beside them.

Every key of the format keeps its name. A reference becomes a mapping with the ``id`` and what it
stands for, a date one with its EDTF text and the days it can mean, prose one with its Markdown and
its plain words. What the generator works out (addresses, roles, replies) stands in keys of its own.
``record_schema`` describes all this; ``importing`` reads it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel

from generator.addresses import urls
from generator.collection.entries import BriefingEntry, EventEntry, SourceEntry, StatementEntry
from generator.collection.linker import Collection
from generator.collection.reply_status import Reply
from generator.model import prose_markdown
from generator.model.dates import EdtfDate
from generator.model.fields import Reference, Text
from generator.model.introspection import keys
from generator.model.references import references_of
from generator.rendering.settings import Settings
from generator.rendering.template_functions import count_originals, order_note
from generator.rendering.view import View

Record = dict[str, Any]

#: Of the data's form. Keys are only ever added under the same first number; `docs/data.md`.
VERSION = "1.0"


@dataclass(frozen=True, slots=True)
class Recorder:
    """Makes records of one collection's parts; addresses are whole where the site's is known."""

    collection: Collection
    settings: Settings

    @property
    def view(self) -> View:
        return View(urls.HOME, self.settings, self.collection)

    def envelope(self, schema: str) -> Record:
        """How each file begins: its schema, the form's version, the site."""
        return {
            "$schema": self.view.absolute_url(schema),
            "version": VERSION,
            "site": _filled(
                name=self.settings.name,
                url=self.settings.url,
                language=self.settings.language,
            ),
        }

    def page(self, briefing: BriefingEntry, record: Record) -> Record:
        """A briefing's ``record`` as a file of its own: with the actors, topics and places that
        the briefing names.
        """
        return {
            **self.envelope(urls.schema("briefing")),
            **record,
            "registries": self._named(briefing),
        }

    def site(self) -> Record:
        """What stands around the briefings in a file of the whole site."""
        named: dict[str, Mapping[str, Any]] = {
            "actors": self.collection.actors,
            "topics": self.collection.topics,
            "places": self.collection.places,
        }
        registries: Record = {
            name: {
                key: self.fields(entry.model)
                for key, entry in sorted(entries.items())
                if entry.model
            }
            for name, entries in named.items()
        }
        shared = {one.id: one for one in self.collection.sources if one.briefing is None}
        registries["sources"] = {
            key: self._source(one) for key, one in sorted(shared.items()) if one.model
        }
        style = sorted(self.collection.style.items())
        registries["style"] = {language: self.fields(one) for language, one in style}
        return {
            **self.envelope(urls.schema("briefings")),
            "registries": {name: entries for name, entries in registries.items() if entries},
        }

    def statements(self, briefing: BriefingEntry, record: Record) -> Iterator[Record]:
        """Every statement of a briefing's ``record`` by itself, with its sources in full."""
        home = {
            **self.reference("briefing", briefing.id, briefing),
            **_filled(
                status=briefing.model.status,
                language=briefing.model.language or self.settings.language,
                published=_day(briefing.model.published),
                updated=_day(briefing.model.updated),
                as_of=_day(briefing.as_of),
            ),
        }
        known = {source["id"]: source for source in record["sources"]}
        said = [*record["positions"], *record["responses"]]
        for entry, one in zip(briefing.statements, said, strict=True):
            sources = [known[source.id] for source in entry.all_sources]
            yield {"version": VERSION, "briefing": home, **one, "sources": sources}

    def briefing(self, briefing: BriefingEntry) -> Record:
        """A briefing with all its parts."""
        return {
            "id": briefing.id,
            "url": self.view.permalink(briefing),
            **self.fields(
                briefing.model,
                briefing,
                without=("background", "positions", "responses", "sources", "as_of"),
            ),
            **_filled(as_of=_day(briefing.as_of)),
            "background": [self._event(one) for one in _as_written(briefing.events)],
            "positions": [self._statement(one) for one in briefing.positions],
            "responses": [self._statement(one) for one in briefing.responses],
            "sources": [self._source(one) for one in briefing.bibliography.values()],
            **_filled(
                referred_to_by=[
                    self.reference("briefing", one.id, briefing) for one in briefing.referred_to_by
                ]
            ),
        }

    def fields(
        self,
        value: BaseModel,
        briefing: BriefingEntry | None = None,
        without: Iterable[str] = (),
    ) -> Record:
        """What was written, key by key. ``implied`` lists those that have their default value."""
        made: Record = {}
        implied = []
        for key in keys(type(value)):
            held = getattr(value, key.attribute)
            written = key.attribute in value.model_fields_set
            if key.name in without:
                if key.name == "as_of" and not written:
                    implied.append(key.name)
                continue
            if held is None or (held == [] and not written):
                continue
            if not written:
                implied.append(key.name)
            made[key.name] = (
                [self._value(one, key.role, briefing) for one in held]
                if key.many
                else self._value(held, key.role, briefing)
            )
        return {**made, "implied": implied} if implied else made

    def reference(self, kind: str, key: str, briefing: BriefingEntry | None) -> Record:
        """What an id means: its name or title, and where it leads."""
        collection, view = self.collection, self.view
        match kind:
            case "source":
                source = briefing.bibliography.get(key) if briefing else None
                return {"id": key, **_filled(title=source.title if source else "")}
            case "briefing":
                other = collection.briefings.get(key)
                known = {"title": other.title, "url": view.permalink(other)} if other else {}
                return {"id": key, **known}
            case "position" | "basis":
                return {"ref": key, **self._basis(key, briefing)}
        entries: dict[str, Mapping[str, Any]] = {
            "actor": collection.actors,
            "topic": collection.topics,
            "place": collection.places,
        }
        entry = entries[kind].get(key)
        if not entry or not entry.model:
            return {"id": key}
        told = _filled(type=getattr(entry.model, "type", ""), name=entry.name)
        return {"id": key, **told, "url": view.permalink(entry)}

    def _basis(self, key: str, briefing: BriefingEntry | None) -> Record:
        if not briefing:
            return {}
        found = self.collection.position(key, briefing)
        if found:
            return self._link(found)
        event = next((one for one in briefing.events if one.model.id == key), None)
        return self._link(event) if event else {}

    def _link(self, one: StatementEntry | EventEntry) -> Record:
        """A part as another names it."""
        named = one.model.title or "" if isinstance(one, EventEntry) else self.view.title(one)
        return _filled(
            briefing=one.briefing.id,
            id=one.id,
            title=named,
            date=one.date.text if one.date else "",
            url=self.view.permalink(one),
        )

    def _value(self, held: Any, marker: Any, briefing: BriefingEntry | None) -> Any:
        if isinstance(held, BaseModel):
            return self.fields(held, briefing)
        if isinstance(held, EdtfDate):
            return date_record(held)
        if isinstance(held, date):
            return held.isoformat()
        if isinstance(marker, Reference):
            return self.reference(marker.to, held, briefing)
        if isinstance(marker, Text) and marker.kind == "prose":
            return {"markdown": held, "plain": prose_markdown.plain(held)}
        return held

    def _event(self, event: EventEntry) -> Record:
        return {
            "anchor": event.id,
            "url": self.view.permalink(event),
            **self.fields(event.model, event.briefing),
            **_filled(relied_on_by=[self._link(one) for one in event.basis_of]),
        }

    def _statement(self, one: StatementEntry) -> Record:
        return {
            "kind": one.kind,
            "url": self.view.permalink(one),
            "title": self.view.title(one),
            **self.fields(one.model, one.briefing),
            **_filled(
                role=one.role,
                sources_counted=count_originals(one.all_sources),
                answered_by=[self._answer(one, answer) for answer in one.answered_by],
                replies=[self._reply(reply) for reply in one.replies],
                echoed_by=[self._link(echo) for echo in one.echoed_by],
                relied_on_by=[self._link(other) for other in one.basis_of],
            ),
        }

    def _answer(self, position: StatementEntry, answer: StatementEntry) -> Record:
        assert answer.response
        return {
            **self._link(answer),
            "party": self.reference("actor", answer.party.id, None),
            "stance": answer.response.stance,
            **_filled(note=order_note(position, answer)),
        }

    def _reply(self, reply: Reply) -> Record:
        return {
            "accused": self.reference("actor", reply.accused.id, None),
            "status": reply.status.value,
            "label": reply.label,
            **_filled(
                as_of=_day(reply.as_of),
                order_unclear=reply.order_unclear,
                responses=[self._link(one) for one in reply.responses],
            ),
        }

    def _source(self, source: SourceEntry) -> Record:
        home = source.briefing or source.cited_in[0]
        known = self.fields(source.model, home) if source.model else {}
        link = source.carries
        return {
            "id": source.id,
            **known,
            **_filled(
                shared=source.briefing is None,
                publisher_name=source.publisher_name,
                publisher_actor=self.reference("actor", source.publisher.id, None)
                if source.publisher
                else None,
                carries_source={"id": link.id, "title": link.title} if link else None,
                original=source.original if source.model and source.model.carries else "",
            ),
        }

    def _named(self, briefing: BriefingEntry) -> Record:
        """The entries of the registries that a briefing names, whole, by id."""
        ids_by_kind: dict[str, dict[str, None]] = {"actor": {}, "topic": {}, "place": {}}
        for kind, key in _names(briefing):
            if kind in ids_by_kind:
                ids_by_kind[kind][key] = None
        entries: dict[str, Mapping[str, Any]] = {
            "actor": self.collection.actors,
            "topic": self.collection.topics,
            "place": self.collection.places,
        }
        made: Record = {}
        for kind, ids in ids_by_kind.items():
            waiting, found = list(ids), dict[str, Record]()
            while waiting:
                key = waiting.pop()
                entry = entries[kind].get(key)
                if key not in found and entry and entry.model:
                    found[key] = self.fields(entry.model)
                    waiting += _named_by(entry.model, kind)
            made |= _filled(**{f"{kind}s": dict(sorted(found.items()))})
        return made


def date_record(when: EdtfDate) -> Record:
    """A date: its EDTF text, and the first and the last day it can mean where they are known."""
    return {
        "edtf": when.text,
        **_filled(
            earliest=_day(when.earliest),
            latest=_day(when.latest),
            uncertain=when.uncertain,
            approximate=when.approximate,
        ),
    }


def _names(briefing: BriefingEntry) -> Iterator[tuple[str, str]]:
    shared = [one.model for one in briefing.bibliography.values() if one.model]
    for value in (briefing.model, *shared):
        yield from ((to, key) for to, key, _ in references_of(value))
    for source in briefing.bibliography.values():
        if source.publisher:
            yield "actor", source.publisher.id


def _named_by(model: BaseModel, kind: str) -> list[str]:
    return [key for to, key, in_prose in references_of(model) if to == kind and not in_prose]


def _as_written(events: list[EventEntry]) -> list[EventEntry]:
    return sorted(events, key=lambda one: one.index)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _filled(**values: Any) -> Record:
    """``values`` without those that say nothing."""
    return {key: value for key, value in values.items() if value}
