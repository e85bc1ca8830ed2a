"""The nodes of JSON-LD for statements, events, sources, actors, topics and places.

The speaker's office on the day of a statement follows schema.org's role pattern.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, ParamSpec

from generator.addresses import urls
from generator.collection.entries import (
    ActorEntry,
    EventEntry,
    PlaceEntry,
    SourceEntry,
    StatementEntry,
    Subject,
    TopicEntry,
)
from generator.locale import terms
from generator.model import prose_markdown
from generator.model.briefing import Quotation
from generator.model.edtf import EdtfDate
from generator.model.registries import Role, is_note
from generator.model.sentences import first_sentence
from generator.rendering.entry_addresses import Linkable, section_of
from generator.rendering.reply_sentences import reply_sentence
from generator.rendering.text_language import title_as_cited
from generator.rendering.view import View

Node = dict[str, Any]
_Arguments = ParamSpec("_Arguments")

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
_WIKIDATA = "https://www.wikidata.org/wiki/"


def without_empty(make: Callable[_Arguments, Node]) -> Callable[_Arguments, Node]:
    """Leave empty values out of the nodes that a function makes; no value is zero or false."""

    @wraps(make)
    def filled(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> Node:
        return {key: value for key, value in make(*args, **kwargs).items() if value}

    return filled


@without_empty
def statement_node(statement: StatementEntry, view: View) -> Node:
    """A position or a response."""
    model = statement.model
    events = [basis for basis in statement.based_on if isinstance(basis, EventEntry)]
    works = [basis for basis in statement.based_on if not isinstance(basis, EventEntry)]
    return {
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
        "publication": _named("PublicationEvent", model.venue),
        "locationCreated": reference(statement.place, view),
        **_dated("dateCreated", statement.date),
        "creativeWorkStatus": "Withdrawn" if model.withdrawn else None,
        "correction": _withdrawal(statement, view),
    }


def _speaker(statement: StatementEntry, view: View) -> Node:
    if not statement.role:
        return reference(statement.speaker, view)
    actor = reference(statement.speaker or statement.parties[0], view)
    return {"@type": "Role", "roleName": statement.role, "creator": actor}


def _author(quote: Quotation, statement: StatementEntry, view: View) -> Node | list[Node]:
    """Whose words a quotation has: those of another, the speaker's, or the parties'."""
    return (
        reference(statement.quoted.get(quote.words_of or ""), view)
        or _named("Thing", quote.words_of)
        or reference(statement.speaker, view)
        or _one_or_all(references(statement.parties, view))
    )


def _one_or_all(nodes: list[Node]) -> Node | list[Node]:
    return nodes[0] if len(nodes) == 1 else nodes


def _named(kind: str, name: str | None) -> Node:
    """A node that has nothing but a name; empty without one."""
    return {"@type": kind, "name": name} if name else {}


def _replies(statement: StatementEntry, view: View) -> str:
    """The reply of each accused party of an allegation, in words."""
    interface = view.interface
    return interface.semicolon.join(reply_sentence(reply, interface) for reply in statement.replies)


@without_empty
def _quotation(quote: Quotation, statement: StatementEntry, view: View) -> Node:
    original = quote.original
    return {
        "@type": "Quotation",
        "text": quote.text,
        "inLanguage": quote.language,
        "creator": _author(quote, statement, view),
        "citation": references(statement.briefing.sources_of(quote.sources), view),
        "creditText": _translated_by(quote, view),
        "exampleOfWork": quote.rendering_of
        and {
            "@type": "CreativeWork",
            "@id": f"{view.absolute_url(view.path)}#rendering--{quote.rendering_of}",
        },
        "description": _missing_original(quote, view),
        "translationOfWork": original
        and {"@type": "Quotation", "text": original.text, "inLanguage": original.language},
    }


def _translated_by(quote: Quotation, view: View) -> str:
    interface, credits = view.interface, []
    if quote.is_own:
        language = interface.language_name(quote.language or "")
        credits.append(
            interface.gettext("translation into %(language)s by this site", language=language)
        )
    if quote.translator:
        credits.append(
            interface.gettext("Translated by %(translator)s", translator=quote.translator)
        )
    return interface.semicolon.join(credits)


def _missing_original(quote: Quotation, view: View) -> str | None:
    """That the original of a translation was not found; schema.org has no term for it."""
    absent = quote.no_original
    if not absent:
        return None
    day = view.interface.day(absent.as_of)
    not_found = view.interface.gettext("No original found as of %(day)s.", day=day)
    return f"{not_found} {prose_markdown.plain(absent.note)}" if absent.note else not_found


@without_empty
def _withdrawal(statement: StatementEntry, view: View) -> Node:
    withdrawn = statement.withdrawn
    if not withdrawn:
        return {}
    return {
        "@type": "CorrectionComment",
        "text": prose_markdown.plain(withdrawn.text),
        "citation": references(statement.briefing.sources_of(withdrawn.sources), view),
        **_dated("dateCreated", withdrawn.date),
    }


@without_empty
def event_node(event: EventEntry, view: View) -> Node:
    """An event; dates that schema.org can't express are part of the description."""
    when, text = event.date, prose_markdown.plain(event.model.text)
    start, _, end = when.text.partition("/")
    plain = not (when.uncertain or when.approximate or ".." in (start, end))
    return {
        "@type": "Event",
        "@id": view.permalink(event),
        "name": event.model.title or first_sentence(text),
        "description": text if plain else _dated_text(when, text, view),
        "startDate": start if plain else None,
        "endDate": (end or start) if plain else None,
        "location": references(event.places, view),
        "about": references(event.actors, view),
        "subjectOf": references(event.sources, view),
    }


def _dated_text(when: EdtfDate, text: str, view: View) -> str:
    interface = view.interface
    return interface.gettext("%(date)s: %(text)s", date=interface.date(when), text=text)


@without_empty
def source_node(source: SourceEntry, view: View) -> Node:
    """A source."""
    model, owner = source.model, source.controlled_by
    if not model:
        return {"@type": "CreativeWork", "@id": view.permalink(source), "name": source.title}
    agency = _named("Organization", model.carries)
    return {
        "@type": _SOURCES.get(model.type or "", "CreativeWork"),
        "@id": view.permalink(source),
        "name": title_as_cited(source),
        "url": model.url,
        "creditText": model.author,
        "publisher": reference(source.publisher, view) or _publisher(source),
        "sourceOrganization": {} if _is_person(owner) else reference(owner, view),
        "genre": terms.natures(view.interface)[model.nature] if model.nature else None,
        "inLanguage": model.language,
        "archivedAt": model.archive_url,
        "description": prose_markdown.plain(model.note or ""),
        "isBasedOn": reference(source.carries, view)
        or (agency and {"@type": "CreativeWork", "provider": agency}),
        **_dated("datePublished", model.date),
    }


def _publisher(source: SourceEntry) -> Node:
    """A publisher that is no actor of the site. A note that none is named is no organisation."""
    name = source.publisher_name
    return {} if is_note(name) else _named("Organization", name)


@without_empty
def actor_node(actor: ActorEntry, view: View, *, detailed: bool = False) -> Node:
    """An actor; ``detailed`` on the actor's own page."""
    model = actor.model
    if not model:
        return _subject_node("Organization", actor, view)
    node = _subject_node(_ACTORS[model.type], actor, view)
    node["sameAs"] = f"{_WIKIDATA}{model.wikidata}" if model.wikidata else None
    if detailed:
        is_person = _is_person(actor)
        address = {"@type": "PostalAddress", "addressCountry": model.country}
        node |= {
            "alternateName": model.also_known_as,
            "nationality": _named("Country", model.country) if is_person else None,
            "address": address if model.country and not is_person else None,
            "memberOf": [_office(role, view) for role in model.roles],
            "parentOrganization": {} if is_person else reference(actor.part_of, view),
        }
    return node


@without_empty
def _subject_node(kind: str, subject: Subject, view: View) -> Node:
    """What the nodes of actors, topics and places have in common."""
    has_page = subject.model and view.has_page(subject)
    return {
        "@type": kind,
        "@id": _identifier(subject, view),
        "url": view.permalink(subject) if has_page else None,
        "name": subject.name,
    }


@without_empty
def _office(role: Role, view: View) -> Node:
    of = view.collection.actor(role.of) if role.of else None
    member: Node = {"@type": "Organization", **reference(of, view), "name": of.name} if of else {}
    return {
        "@type": "OrganizationRole",
        "roleName": role.role,
        "memberOf": member,
        **_dated("startDate", role.since),
        **_dated("endDate", role.until),
    }


def _is_person(actor: ActorEntry | None) -> bool:
    return bool(actor and actor.model and actor.model.type == "person")


@without_empty
def topic_node(topic: TopicEntry, view: View) -> Node:
    """A topic."""
    node, model = _subject_node("DefinedTerm", topic, view), topic.model
    if model:
        node["alternateName"] = model.also_known_as
        node["description"] = prose_markdown.plain(model.description or "")
    return node


@without_empty
def place_node(place: PlaceEntry, view: View) -> Node:
    """A place."""
    node, model, parent = _subject_node("Place", place, view), place.model, place.parent
    if model:
        spot = {"latitude": model.latitude, "longitude": model.longitude}
        is_known = model.latitude is not None and model.longitude is not None
        node |= {
            "alternateName": model.also_known_as,
            "description": prose_markdown.plain(model.description or ""),
            "geo": {"@type": "GeoCoordinates", **spot} if is_known else None,
            "containedInPlace": {"@type": "Place", **reference(parent, view)} if parent else None,
        }
    return node


def reference(entry: Linkable | None, view: View) -> Node:
    """A reference to the node of an entry, which may be on another page; empty without one."""
    return {"@id": _identifier(entry, view)} if entry else {}


def _identifier(entry: Linkable, view: View) -> str:
    """The IRI of an entry: its address, or a fragment of the home page's if it has no page."""
    if view.has_page(entry):
        return view.permalink(entry)
    kind = section_of(entry).removesuffix("s")
    return view.absolute_url(urls.HOME, f"{kind}--{entry.id}")


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
