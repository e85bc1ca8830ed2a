"""The nodes of JSON-LD for statements, events, sources, actors, topics and places.

The speaker's office on the day of a statement follows schema.org's role pattern.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from generator.addresses import urls
from generator.collection.entries import (
    ActorEntry,
    EventEntry,
    PlaceEntry,
    SourceEntry,
    StatementEntry,
    TopicEntry,
)
from generator.locale import terms
from generator.model import prose_markdown
from generator.model.briefing import Quotation, Withdrawal
from generator.model.edtf import EdtfDate
from generator.model.sentences import first_sentence
from generator.rendering.entry_addresses import Linkable
from generator.rendering.view import View

Node = dict[str, Any]

_ACTORS = {
    "state": "GovernmentOrganization",
    "government": "GovernmentOrganization",
    "organisation": "Organization",
    "armed_group": "Organization",
    "person": "Person",
    "media": "NewsMediaOrganization",
}
_SOURCES = {
    "article": "Article", "article-journal": "ScholarlyArticle", "article-magazine": "Article",
    "article-newspaper": "NewsArticle", "book": "Book", "chapter": "Chapter",
    "collection": "Collection", "dataset": "Dataset", "entry": "Article",
    "entry-dictionary": "Article", "entry-encyclopedia": "Article", "figure": "ImageObject",
    "graphic": "ImageObject", "legislation": "Legislation", "bill": "Legislation",
    "manuscript": "Manuscript", "map": "Map", "motion_picture": "Movie",
    "periodical": "Periodical", "post": "SocialMediaPosting", "post-weblog": "BlogPosting",
    "regulation": "Legislation", "report": "Report", "review": "Review", "review-book": "Review",
    "software": "SoftwareSourceCode", "thesis": "Thesis", "webpage": "WebPage",
}  # fmt: skip
#: The name of an event without a heading has at most so many characters of its text.
_WIKIDATA = "https://www.wikidata.org/wiki/"


def statement_node(statement: StatementEntry, view: View) -> Node:
    """A position or a response."""
    model = statement.model
    events = [basis for basis in statement.based_on if isinstance(basis, EventEntry)]
    works = [basis for basis in statement.based_on if not isinstance(basis, EventEntry)]
    node: Node = {
        "@type": ["Claim", "Comment"] if statement.is_response else "Claim",
        "@id": view.permalink(statement),
        "url": view.permalink(statement),
        "name": view.title(statement),
        "genre": statement.kind,
        "text": prose_markdown.plain(model.text),
        "abstract": statement.position.claim if statement.position else None,
        "author": _one_or_all(references(statement.parties, view)),
        "creator": _speaker(statement, view),
        "about": references((*statement.against, *statement.addressed_to), view),
        "description": _replies(statement, view),
        "citation": references(statement.sources, view),
        "isBasedOn": references([*works, *statement.echoes], view),
        "mentions": references(events, view),
        "parentItem": references(statement.answers, view),
        "comment": references(statement.answered_by, view),
        "hasPart": [_quotation(quote, statement, view) for quote in model.quotes],
        "publication": {"@type": "PublicationEvent", "name": model.venue} if model.venue else None,
        "locationCreated": reference(statement.place, view) if statement.place else None,
        **_dated("dateCreated", statement.date),
        **(_withdrawn(model.withdrawn, statement, view) if model.withdrawn else {}),
    }  # fmt: skip
    return without_empty(node)


def _speaker(statement: StatementEntry, view: View) -> Node | None:
    person = statement.speaker or (statement.parties[0] if statement.role else None)
    if not person:
        return None
    actor = reference(person, view)
    return (
        {"@type": "Role", "roleName": statement.role, "creator": actor} if statement.role else actor
    )


def _author(quote: Quotation, statement: StatementEntry, view: View) -> Node | list[Node]:
    """Whose words a quotation has: those of another, the speaker's, or the parties'."""
    if quote.words_of in statement.quoted:
        return reference(statement.quoted[quote.words_of], view)
    if quote.words_of:
        return {"@type": "Thing", "name": quote.words_of}
    if statement.speaker:
        return reference(statement.speaker, view)
    return _one_or_all(references(statement.parties, view))


def _one_or_all(nodes: list[Node]) -> Node | list[Node]:
    return nodes[0] if len(nodes) == 1 else nodes


def _replies(statement: StatementEntry, view: View) -> str:
    """The reply status of each accused party of an allegation, in words."""
    interface = view.interface
    names = terms.replies(interface)
    texts = []
    for reply in statement.replies:
        values = {"actor": reply.accused.name, "status": names[reply.label]}
        if reply.as_of:
            day = interface.day(reply.as_of)
            texts.append(
                interface.gettext("%(actor)s: %(status)s as of %(day)s", **values, day=day)
            )
        else:
            texts.append(interface.gettext("%(actor)s: %(status)s", **values))
    return interface.semicolon.join(texts)


def _quotation(quote: Quotation, statement: StatementEntry, view: View) -> Node:
    original = quote.original
    node: Node = {
        "@type": "Quotation",
        "text": quote.text,
        "inLanguage": quote.language,
        "creator": _author(quote, statement, view),
        "citation": references(statement.briefing.sources_of(quote.sources), view),
        "creditText": view.interface.gettext(
            "Translated by %(translator)s", translator=quote.translator
        )
        if quote.translator
        else None,
        "exampleOfWork": {
            "@type": "CreativeWork",
            "@id": f"{view.absolute_url(view.path)}#rendering--{quote.rendering_of}",
        }
        if quote.rendering_of
        else None,
        "description": _missing_original(quote, view),
        "translationOfWork": {
            "@type": "Quotation",
            "text": original.text,
            "inLanguage": original.language,
        }
        if original
        else None,
    }
    return without_empty(node)


def _missing_original(quote: Quotation, view: View) -> str | None:
    """That the original of a translation was not found; schema.org has no term for it."""
    absent = quote.no_original
    if not absent:
        return None
    day = view.interface.day(absent.as_of)
    not_found = view.interface.gettext("No original found as of %(day)s.", day=day)
    return f"{not_found} {prose_markdown.plain(absent.note)}" if absent.note else not_found


def _withdrawn(withdrawn: Withdrawal, statement: StatementEntry, view: View) -> Node:
    correction: Node = {
        "@type": "CorrectionComment",
        "text": prose_markdown.plain(withdrawn.text),
        "citation": references(statement.briefing.sources_of(withdrawn.sources), view),
        **_dated("dateCreated", withdrawn.date),
    }
    return {"creativeWorkStatus": "Withdrawn", "correction": without_empty(correction)}


def event_node(event: EventEntry, view: View) -> Node:
    """An event; dates that schema.org can't express are part of the description."""
    when, text = event.date, prose_markdown.plain(event.model.text)
    start, _, end = when.text.partition("/")
    plain = not (when.uncertain or when.approximate or ".." in (start, end))
    node: Node = {
        "@type": "Event",
        "@id": view.permalink(event),
        "name": event.model.title or first_sentence(text),
        "description": text if plain else f"{view.interface.date(when)}: {text}",
        "startDate": start if plain else None,
        "endDate": (end or start) if plain else None,
        "location": references(event.places, view),
        "about": references(event.actors, view),
        "subjectOf": references(event.sources, view),
    }
    return without_empty(node)


def source_node(source: SourceEntry, view: View) -> Node:
    """A source."""
    model = source.model
    node: Node = {"@type": "CreativeWork", "@id": view.permalink(source), "name": source.title}
    if not model:
        return node
    publisher: Node | None = None
    if source.publisher:
        publisher = reference(source.publisher, view)
    elif model.publisher:
        publisher = {"@type": "Organization", "name": model.publisher}
    carried: Node | None = None
    if source.carries:
        carried = reference(source.carries, view)
    elif model.carries:
        agency = {"@type": "Organization", "name": model.carries}
        carried = {"@type": "CreativeWork", "provider": agency}
    owner = source.controlled_by
    node |= {
        "@type": _SOURCES.get(model.type or "", "CreativeWork"),
        "url": model.url,
        "creditText": model.author,
        "publisher": publisher,
        "sourceOrganization": reference(owner, view) if owner and not _is_person(owner) else None,
        "genre": terms.natures(view.interface)[model.nature] if model.nature else None,
        "inLanguage": model.language,
        "archivedAt": model.archive_url,
        "description": prose_markdown.plain(model.note) if model.note else None,
        "isBasedOn": carried,
        **_dated("datePublished", model.date),
    }
    return without_empty(node)


def actor_node(actor: ActorEntry, view: View, *, detailed: bool = False) -> Node:
    """An actor; ``detailed`` on the actor's own page."""
    model = actor.model
    node: Node = {
        "@type": _ACTORS[model.type] if model else "Organization",
        "@id": _identifier(actor, view),
        "url": view.permalink(actor) if model and view.has_page(actor) else None,
        "name": actor.name,
    }
    if model:
        node["sameAs"] = f"{_WIKIDATA}{model.wikidata}" if model.wikidata else None
    if model and detailed:
        country = {"@type": "Country", "name": model.country} if model.country else None
        address = {"@type": "PostalAddress", "addressCountry": model.country}
        node |= {
            "alternateName": model.also_known_as,
            "nationality": country if _is_person(actor) else None,
            "address": address if model.country and not _is_person(actor) else None,
            "memberOf": [_office(role, view) for role in model.roles],
            "parentOrganization": reference(actor.part_of, view)
            if actor.part_of and not _is_person(actor)
            else None,
        }
    return without_empty(node)


def _office(role: Any, view: View) -> Node:
    of = view.actor(role.of) if role.of else None
    node: Node = {
        "@type": "OrganizationRole",
        "roleName": role.role,
        "memberOf": {"@type": "Organization", "@id": _identifier(of, view), "name": of.name}
        if of
        else None,
        **_dated("startDate", role.since),
        **_dated("endDate", role.until),
    }
    return without_empty(node)


def _is_person(actor: ActorEntry) -> bool:
    return bool(actor.model and actor.model.type == "person")


def topic_node(topic: TopicEntry, view: View) -> Node:
    """A topic."""
    about = topic.model.description if topic.model else None
    node: Node = {
        "@type": "DefinedTerm",
        "@id": _identifier(topic, view),
        "url": view.permalink(topic) if view.has_page(topic) else None,
        "name": topic.name,
        "alternateName": topic.model.also_known_as if topic.model else None,
        "description": prose_markdown.plain(about) if about else None,
    }
    return without_empty(node)


def place_node(place: PlaceEntry, view: View) -> Node:
    """A place."""
    model = place.model
    node: Node = {
        "@type": "Place",
        "@id": _identifier(place, view),
        "url": view.permalink(place) if view.has_page(place) else None,
        "name": place.name,
    }
    if model:
        spot = {"latitude": model.latitude, "longitude": model.longitude}
        known = model.latitude is not None and model.longitude is not None
        node |= {
            "alternateName": model.also_known_as,
            "description": prose_markdown.plain(model.description) if model.description else None,
            "geo": {"@type": "GeoCoordinates", **spot} if known else None,
            "containedInPlace": {"@type": "Place", "@id": _identifier(place.parent, view)}
            if place.parent
            else None,
        }
    return without_empty(node)


def reference(entry: Linkable, view: View) -> Node:
    """A reference to the node of an entry, which may be on another page."""
    return {"@id": _identifier(entry, view)}


def _identifier(entry: Linkable, view: View) -> str:
    """The IRI of an entry: its address, or a fragment of the home page's if it has no page."""
    if view.has_page(entry):
        return view.permalink(entry)
    folder = type(entry).__name__.removesuffix("Entry").lower()
    return view.absolute_url(urls.HOME, f"{folder}--{entry.id}")


def references(entries: Iterable[Linkable], view: View) -> list[Node]:
    """References to the nodes of entries."""
    return [reference(entry, view) for entry in entries]


def _dated(name: str, when: EdtfDate | None) -> Node:
    """A date as ISO 8601, or, if that can't express it, as ``temporalCoverage``, which can be EDTF.

    An office has no such property, so such dates are left out there.
    """
    if when is None:
        return {}
    if when.is_interval or when.uncertain or when.approximate:
        return {} if name in ("startDate", "endDate") else {"temporalCoverage": when.text}
    return {name: when.text}


def iso_day(day: date | None) -> str | None:
    """A day as ISO 8601."""
    return day.isoformat() if day else None


def without_empty(node: Node) -> Node:
    """A node without empty values; no value of a node is zero or false."""
    return {key: value for key, value in node.items() if value}
