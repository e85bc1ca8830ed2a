"""The collection as plain data for JSON: the values of the files, with what ids refer to.

Every key of the format keeps its name. A reference becomes a mapping with the ``id`` and the name
or title behind it, a date one with its EDTF text and the days it can mean, prose one with its
Markdown and its plain text. Derived values (addresses, roles, replies) have their own keys.
``json_schema`` describes the records; ``authoring.json_import`` reads them back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel

from generator.addresses import urls
from generator.collection.entries import BriefingEntry, EventEntry, SourceEntry, StatementEntry
from generator.collection.reply_status import Reply
from generator.model import prose_markdown
from generator.model.briefing import Briefing, Quotation
from generator.model.edtf import EdtfDate
from generator.model.fields import Reference, Text
from generator.model.introspection import keys
from generator.model.multilingual import Multilingual
from generator.model.references import references_of
from generator.rendering.template_functions import count_originals, order_note
from generator.rendering.view import View

Record = dict[str, Any]

#: The version of the data's format. While its first number stays, keys are only added.
VERSION = "1.0"


@dataclass(frozen=True, slots=True)
class Recorder:
    """Converts the entries of the collection of ``view``.

    Addresses are complete if the site's is known.
    """

    view: View

    def envelope(self, schema: str) -> Record:
        """The first keys of each file: its schema, the version of the format, the site."""
        return {
            "$schema": self.view.absolute_url(schema),
            "version": VERSION,
            "site": _filled(
                name=self.view.settings.name,
                url=self.view.settings.url,
                language=self.view.settings.language,
                **self.view.settings.imprint.record(),
            ),
        }

    def page(self, briefing: BriefingEntry, record: Record) -> Record:
        """A briefing's ``record`` as a file, with the actors, topics and places that it names."""
        return {
            **self.envelope(urls.schema("briefing")),
            **record,
            "registries": self._named(briefing),
        }

    def site(self) -> Record:
        """The keys before the briefings in the file of the whole site."""
        registries: Record = {
            name: {
                key: self.fields(entry.model)
                for key, entry in sorted(entries.items())
                if entry.model
            }
            for name, entries in self.view.collection.subjects()
        }
        shared = {
            source.id: source for source in self.view.collection.sources if not source.briefing
        }
        registries["sources"] = {
            key: self._source(source) for key, source in sorted(shared.items()) if source.model
        }
        style = sorted(self.view.collection.style.items())
        registries["style"] = {language: self.fields(words) for language, words in style}
        return {
            **self.envelope(urls.schema("briefings")),
            "registries": _filled(**registries),
        }

    def statements(self, briefing: BriefingEntry, record: Record) -> Iterator[Record]:
        """Every statement of a briefing's ``record`` as a record, with its sources in full."""
        briefing_record = {
            **self.reference("briefing", briefing.id, briefing),
            **_filled(
                status=briefing.model.status,
                language=self.view.settings.language_of(briefing),
                published=_day(briefing.model.published),
                updated=_day(briefing.model.updated),
                as_of=_day(briefing.as_of),
            ),
        }
        source_records = {source["id"]: source for source in record["sources"]}
        statements = [*record["positions"], *record["responses"]]
        for entry, statement in zip(briefing.statements, statements, strict=True):
            sources = [source_records[source.id] for source in entry.all_sources]
            yield {"version": VERSION, "briefing": briefing_record, **statement, "sources": sources}

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
            "background": [
                self._event(event)
                for event in sorted(briefing.events, key=lambda event: event.index)
            ],
            "positions": [self._statement(position) for position in briefing.positions],
            "responses": [self._statement(response) for response in briefing.responses],
            "sources": [self._source(source) for source in briefing.bibliography.values()],
            **_filled(
                referred_to_by=[
                    self.reference("briefing", other.id, briefing)
                    for other in briefing.referred_to_by
                ]
            ),
        }

    def fields(
        self,
        value: BaseModel,
        briefing: BriefingEntry | None = None,
        without: Iterable[str] = (),
    ) -> Record:
        """The values of a model by key. ``implied`` lists keys that have their default value.

        That of a briefing's language is the site's, which other sites can't know.
        """
        record: Record = {}
        implied = []
        for key in keys(type(value)):
            field_value = getattr(value, key.attribute)
            written = key.attribute in value.model_fields_set
            if key.name in without:
                if key.name == "as_of" and not written:
                    implied.append(key.name)
                continue
            if isinstance(value, Briefing) and key.name == "language" and field_value is None:
                field_value, written = self.view.settings.language_of(briefing), False
            if field_value is None or (field_value == [] and not written):
                continue
            if not written:
                implied.append(key.name)
            items = field_value if key.many else [field_value]
            values = [self._value(item, key.role, briefing) for item in items]
            record[key.name] = values if key.many and not key.one_or_more else values[0]
            if key.one_or_more:
                record[key.attribute] = values
            if isinstance(field_value, Multilingual):
                record[f"{key.name}_by_language"] = dict(field_value.by_language)
        return {**record, "implied": implied} if implied else record

    def reference(self, kind: str, key: str, briefing: BriefingEntry | None) -> Record:
        """An id with the name or title behind it, and its address."""
        collection, view = self.view.collection, self.view
        match kind:
            case "source":
                source = briefing.bibliography.get(key) if briefing else None
                return {"id": key, **_filled(title=source.title if source else "")}
            case "briefing":
                other = collection.briefing(key)
                target = {"title": other.title, "url": view.permalink(other)} if other else {}
                return {"id": key, **target}
            case "position" | "own_position" | "basis":
                return {"ref": key, **self._basis(key, briefing)}
        entry = dict(collection.subjects())[f"{kind}s"].get(key)
        if not entry or not entry.model:
            return {"id": key}
        named = _filled(type=getattr(entry.model, "type", ""), name=entry.name)
        url = view.permalink(entry) if view.has_page(entry) else ""
        return {"id": key, **named, **_filled(url=url)}

    def _basis(self, key: str, briefing: BriefingEntry | None) -> Record:
        if not briefing:
            return {}
        position = self.view.collection.position(key, briefing)
        if position:
            return self._link(position)
        event = next((event for event in briefing.events if event.model.id == key), None)
        return self._link(event) if event else {}

    def _link(self, entry: StatementEntry | EventEntry) -> Record:
        """A reference to a statement or an event."""
        title = entry.model.title if isinstance(entry, EventEntry) else self.view.title(entry)
        return _filled(
            briefing=entry.briefing.id,
            id=entry.id,
            title=title,
            date=entry.date.text if entry.date else "",
            url=self.view.permalink(entry),
        )

    def _value(self, value: Any, role: Any, briefing: BriefingEntry | None) -> Any:
        if isinstance(value, Quotation):
            return self._quotation(value, briefing)
        if isinstance(value, BaseModel):
            return self.fields(value, briefing)
        if isinstance(value, EdtfDate):
            return date_record(value)
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(role, Reference):
            return self.reference(role.to, value, briefing)
        if isinstance(role, Text) and role.kind == "prose":
            return {"markdown": value, "plain": prose_markdown.plain(value)}
        return value

    def _quotation(self, quotation: Quotation, briefing: BriefingEntry | None) -> Record:
        is_actor = quotation.words_of in self.view.collection.actors
        actor = self.reference("actor", quotation.words_of or "", None) if is_actor else None
        derived = _filled(words_of_actor=actor, own_translation=quotation.is_own)
        return {**self.fields(quotation, briefing), **derived}

    def _event(self, event: EventEntry) -> Record:
        return {
            "anchor": event.id,
            "url": self.view.permalink(event),
            **self.fields(event.model, event.briefing),
            **_filled(relied_on_by=[self._link(other) for other in event.basis_of]),
        }

    def _statement(self, statement: StatementEntry) -> Record:
        return {
            "kind": statement.kind,
            "url": self.view.permalink(statement),
            "title": self.view.title(statement),
            **self.fields(statement.model, statement.briefing),
            **_filled(
                role=statement.role,
                sources_counted=count_originals(statement.all_sources),
                answered_by=[self._answer(statement, answer) for answer in statement.answered_by],
                replies=[self._reply(reply) for reply in statement.replies],
                echoed_by=[self._link(echo) for echo in statement.echoed_by],
                relied_on_by=[self._link(other) for other in statement.basis_of],
            ),
        }

    def _answer(self, position: StatementEntry, answer: StatementEntry) -> Record:
        parties = [self.reference("actor", party.id, None) for party in answer.parties]
        return {
            **self._link(answer),
            "party": parties[0],
            "parties": parties,
            "stance": answer.stance,
            **_filled(note=order_note(position, answer, self.view.settings.interface)),
        }

    def _reply(self, reply: Reply) -> Record:
        return {
            "accused": self.reference("actor", reply.accused.id, None),
            "status": reply.status.value,
            "label": reply.label,
            **_filled(
                as_of=_day(reply.as_of),
                order_unclear=reply.order_unclear,
                responses=[self._link(response) for response in reply.responses],
            ),
        }

    def _source(self, source: SourceEntry) -> Record:
        briefing = source.briefing or source.cited_in[0]
        fields = self.fields(source.model, briefing) if source.model else {}
        carried = source.carries
        return {
            "id": source.id,
            **fields,
            **_filled(
                shared=source.briefing is None,
                publisher_name=source.publisher_name,
                publisher_actor=self.reference("actor", source.publisher.id, None)
                if source.publisher
                else None,
                carries_source={"id": carried.id, "title": carried.title} if carried else None,
                original=source.original if source.model and source.model.carries else "",
            ),
        }

    def _named(self, briefing: BriefingEntry) -> Record:
        """The registry entries that a briefing names, and those that they name, by id."""
        registries = Record()
        names = list(_names(briefing))
        for name, entries in self.view.collection.subjects():
            kind = name.removesuffix("s")
            waiting = [key for to, key in names if to == kind]
            records = dict[str, Record]()
            while waiting:
                key = waiting.pop()
                entry = entries.get(key)
                if key not in records and entry and entry.model:
                    records[key] = self.fields(entry.model)
                    waiting += _named_by(entry.model, kind)
            registries[name] = dict(sorted(records.items()))
        return _filled(**registries)


def date_record(when: EdtfDate) -> Record:
    """A date: its EDTF text, and the first and the last day it can mean if they are known."""
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
    shared = [source.model for source in briefing.bibliography.values() if source.model]
    for value in (briefing.model, *shared):
        yield from ((to, key) for to, key, _ in references_of(value))
    named = [source.publisher for source in briefing.bibliography.values()]
    named += [actor for statement in briefing.statements for actor in statement.quoted.values()]
    yield from (("actor", actor.id) for actor in named if actor)


def _named_by(model: BaseModel, kind: str) -> list[str]:
    return [key for to, key, in_prose in references_of(model) if to == kind and not in_prose]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _filled(**values: Any) -> Record:
    """``values`` without empty ones."""
    return {key: value for key, value in values.items() if value}
