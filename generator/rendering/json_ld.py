"""Pages as linked data: schema.org terms in JSON-LD, for search engines and other machines.

Statements are claims of those who make them, and a response is a comment on the claim it answers.
There is no ``ClaimReview``, as the site gives no verdicts. The speaker's office on the day is told
by schema.org's role pattern. What schema.org has no term for (that sources differ, that no reply
was found) is told in ``description`` or left to the JSON files.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

from generator.addresses import urls
from generator.collection.entries import (
    ActorEntry,
    BriefingEntry,
    EventEntry,
    PlaceEntry,
    SourceEntry,
    StatementEntry,
    TopicEntry,
)
from generator.model import dates, prose_markdown
from generator.model.briefing import Quotation, Withdrawal
from generator.model.dates import EdtfDate
from generator.rendering.escaping import script_data
from generator.rendering.translations import translations
from generator.rendering.view import Linkable, View

Node = dict[str, Any]
Subject = ActorEntry | TopicEntry | PlaceEntry | BriefingEntry

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
#: An event without a heading is named by so many characters of its text.
_NAME = 120
_WIKIDATA = "https://www.wikidata.org/wiki/"


def linked_data(view: View, title: str, subject: Subject | None, section: str = "") -> str:
    """The JSON-LD of a page, as an element for its body.

    ``section`` is the path of the list that the page stands in; empty for a page at the top.
    """
    here = _page_address(view)
    page: Node = {
        "@type": "WebPage",
        "@id": here,
        "url": here,
        "name": title,
        "inLanguage": view.page_language(subject),
        "isPartOf": {"@type": "WebSite", "@id": _site(view), "name": view.settings.name},
    }
    graph = [page]
    match subject:
        case BriefingEntry():
            graph += _briefing(subject, view, page)
        case ActorEntry():
            page |= {"@type": "ProfilePage", "mainEntity": {"@id": _id(view, subject)}}
            graph.append(_actor(subject, view, whole=True))
        case PlaceEntry():
            page["about"] = {"@id": _id(view, subject)}
            graph.append(_place(subject, view))
        case TopicEntry():
            page |= {"@type": "CollectionPage", "about": {"@id": _id(view, subject)}}
            graph.append(_topic(subject, view))
        case None if view.path == urls.SEARCH:
            page["@type"] = "SearchResultsPage"
        case None if view.path == urls.HOME:
            page["description"] = view.settings.description
        case None:
            page["@type"] = "CollectionPage"
    if view.path != urls.HOME:
        page["breadcrumb"] = _breadcrumbs(view, title, section)
    graph[0] = _filled(page)
    text = orjson.dumps({"@context": "https://schema.org", "@graph": graph}).decode()
    return f'<script type="application/ld+json">{script_data(text)}</script>'


def _briefing(briefing: BriefingEntry, view: View, page: Node) -> list[Node]:
    model = briefing.model
    here, language = page["@id"], model.language or view.settings.language
    report = f"{here}#report"
    page |= {
        "mainEntity": {"@id": report},
        "description": prose_markdown.plain(model.summary),
        "inLanguage": language,
        "datePublished": _iso(model.published),
        "dateModified": _iso(briefing.last_change),
        "relatedLink": [related.url for related, _ in briefing.related if related.url],
        "mentions": [{"@id": _id(view, other)} for _, other in briefing.related if other],
    }
    parts: list[Node] = [_statement(one, view) for one in briefing.statements]
    described: Node = {
        "@type": "Report",
        "@id": report,
        "url": here,
        "headline": model.title,
        "abstract": prose_markdown.plain(model.summary),
        "inLanguage": language,
        "creativeWorkStatus": translations(view.settings.language)["status"][model.status],
        "datePublished": _iso(model.published),
        "dateModified": _iso(briefing.last_change),
        "about": [*_all(briefing.topics, view), *_all(briefing.places, view)],
        "mentions": [{"@id": _id(view, event)} for event in briefing.events],
        "hasPart": [{"@id": part["@id"]} for part in parts],
        "citation": [{"@id": _id(view, one)} for one in briefing.bibliography.values()],
        "correction": [
            {
                "@type": "CorrectionComment",
                "name": translations(view.settings.language)["change"][change.kind],
                "text": prose_markdown.plain(change.text),
                "dateCreated": _iso(change.date),
            }
            for change in model.changes
        ],
        "encoding": [
            {
                "@type": "MediaObject",
                "contentUrl": _address(view, urls.briefing_json(briefing.id)),
                "encodingFormat": "application/json",
            }
        ],
    }
    actors: dict[ActorEntry, None] = {}
    places = dict.fromkeys(briefing.places)
    for event in briefing.events:
        actors |= dict.fromkeys(event.actors)
        places |= dict.fromkeys(event.places)
    for one in briefing.statements:
        named = [one.party, *([one.speaker] if one.speaker else []), *one.against]
        actors |= dict.fromkeys([*named, *one.addressed_to])
        places |= dict.fromkeys([one.place] if one.place else [])
    for source in briefing.bibliography.values():
        linked = [source.publisher, source.controlled_by]
        actors |= dict.fromkeys(one for one in linked if one)
    return [
        _filled(described),
        *parts,
        *(_event(event, view) for event in briefing.events),
        *(_source(source, view) for source in briefing.bibliography.values()),
        *(_actor(actor, view) for actor in actors),
        *(_topic(topic, view) for topic in briefing.topics),
        *(_place(place, view) for place in places),
    ]


def _statement(one: StatementEntry, view: View) -> Node:
    model = one.model
    node: Node = {
        "@type": ["Claim", "Comment"] if one.response else "Claim",
        "@id": _id(view, one),
        "url": _id(view, one),
        "name": view.title(one),
        "genre": one.kind,
        "text": prose_markdown.plain(model.text),
        "author": {"@id": _id(view, one.party)},
        "creator": _speaker(one, view),
        "about": [{"@id": _id(view, actor)} for actor in (*one.against, *one.addressed_to)],
        "description": _replies(one, view),
        "citation": _all(one.sources, view),
        "isBasedOn": [
            {"@id": _id(view, basis)}
            for basis in [*one.based_on, *one.echoes]
            if not isinstance(basis, EventEntry)
        ],
        "mentions": [
            {"@id": _id(view, basis)} for basis in one.based_on if isinstance(basis, EventEntry)
        ],
        "parentItem": _all(one.answers, view),
        "comment": _all(one.answered_by, view),
        "hasPart": [_quotation(quote, one, view) for quote in model.quotes],
        "publication": {"@type": "PublicationEvent", "name": model.venue} if model.venue else None,
        "locationCreated": {"@id": _id(view, one.place)} if one.place else None,
        **_dated("dateCreated", one.date),
        **(_withdrawn(model.withdrawn, one, view) if model.withdrawn else {}),
    }  # fmt: skip
    return _filled(node)


def _speaker(one: StatementEntry, view: View) -> Node | None:
    person = one.speaker or (one.party if one.role else None)
    if not person:
        return None
    known = {"@id": _id(view, person)}
    return {"@type": "Role", "roleName": one.role, "creator": known} if one.role else known


def _replies(one: StatementEntry, view: View) -> str:
    """How each accused party stands to an allegation, in words."""
    names = translations(view.settings.language)["reply"]
    told = []
    for reply in one.replies:
        until = f" as of {dates.word_day(reply.as_of)}" if reply.as_of else ""
        told.append(f"{reply.accused.name}: {names[reply.label]}{until}")
    return "; ".join(told)


def _quotation(quote: Quotation, one: StatementEntry, view: View) -> Node:
    original = quote.original
    said: Node = {
        "@type": "Quotation",
        "text": quote.text,
        "inLanguage": quote.language,
        "creator": {"@id": _id(view, one.speaker or one.party)},
        "citation": _all(one.briefing.sources_of(quote.sources), view),
        "creditText": f"Translated by {quote.translator}" if quote.translator else None,
        "exampleOfWork": {
            "@type": "CreativeWork",
            "@id": f"{_page_address(view)}#rendering--{quote.rendering_of}",
        }
        if quote.rendering_of
        else None,
        "translationOfWork": {
            "@type": "Quotation",
            "text": original.text,
            "inLanguage": original.language,
        }
        if original
        else None,
    }
    return _filled(said)


def _withdrawn(withdrawn: Withdrawal, one: StatementEntry, view: View) -> Node:
    told: Node = {
        "@type": "CorrectionComment",
        "text": prose_markdown.plain(withdrawn.text),
        "citation": _all(one.briefing.sources_of(withdrawn.sources), view),
        **_dated("dateCreated", withdrawn.date),
    }
    return {"creativeWorkStatus": "Withdrawn", "correction": _filled(told)}


def _event(event: EventEntry, view: View) -> Node:
    when, text = event.date, prose_markdown.plain(event.model.text)
    start, _, end = when.text.partition("/")
    plain = not (when.uncertain or when.approximate or ".." in (start, end))
    node: Node = {
        "@type": "Event",
        "@id": _id(view, event),
        "name": event.model.title or _short(text),
        "description": text if plain else f"{dates.word(when)}: {text}",
        "startDate": start if plain else None,
        "endDate": (end or start) if plain else None,
        "location": _all(event.places, view),
        "about": _all(event.actors, view),
        "subjectOf": _all(event.sources, view),
    }
    return _filled(node)


def _short(text: str) -> str:
    return text if len(text) <= _NAME else f"{text[:_NAME].rpartition(' ')[0]}…"


def _source(source: SourceEntry, view: View) -> Node:
    model = source.model
    node: Node = {"@type": "CreativeWork", "@id": _id(view, source), "name": source.title}
    if not model:
        return node
    publisher: Node | None = None
    if source.publisher:
        publisher = {"@id": _id(view, source.publisher)}
    elif model.publisher:
        publisher = {"@type": "Organization", "name": model.publisher}
    carried: Node | None = None
    if source.carries:
        carried = {"@id": _id(view, source.carries)}
    elif model.carries:
        agency = {"@type": "Organization", "name": model.carries}
        carried = {"@type": "CreativeWork", "provider": agency}
    owner = source.controlled_by
    node |= {
        "@type": _SOURCES.get(model.type or "", "CreativeWork"),
        "url": model.url,
        "creditText": model.author,
        "publisher": publisher,
        "sourceOrganization": {"@id": _id(view, owner)}
        if owner and not _is_person(owner)
        else None,
        "genre": translations(view.settings.language)["nature"][model.nature]
        if model.nature
        else None,
        "inLanguage": model.language,
        "archivedAt": model.archive_url,
        "description": prose_markdown.plain(model.note) if model.note else None,
        "isBasedOn": carried,
        **_dated("datePublished", model.date),
    }
    return _filled(node)


def _actor(actor: ActorEntry, view: View, *, whole: bool = False) -> Node:
    model = actor.model
    node: Node = {
        "@type": _ACTORS[model.type] if model else "Organization",
        "@id": _id(view, actor),
        "url": _id(view, actor) if model else None,
        "name": actor.name,
    }
    if model:
        node["sameAs"] = f"{_WIKIDATA}{model.wikidata}" if model.wikidata else None
    if model and whole:
        country = {"@type": "Country", "name": model.country} if model.country else None
        address = {"@type": "PostalAddress", "addressCountry": model.country}
        node |= {
            "alternateName": model.also_known_as,
            "nationality": country if _is_person(actor) else None,
            "address": address if model.country and not _is_person(actor) else None,
            "memberOf": [_office(role, view) for role in model.roles],
        }
    return _filled(node)


def _office(role: Any, view: View) -> Node:
    of = view.actor(role.of) if role.of else None
    node: Node = {
        "@type": "OrganizationRole",
        "roleName": role.role,
        "memberOf": {"@type": "Organization", "@id": _id(view, of), "name": of.name}
        if of
        else None,
        **_dated("startDate", role.since),
        **_dated("endDate", role.until),
    }
    return _filled(node)


def _is_person(actor: ActorEntry) -> bool:
    return bool(actor.model and actor.model.type == "person")


def _topic(topic: TopicEntry, view: View) -> Node:
    about = topic.model.description if topic.model else None
    node: Node = {
        "@type": "DefinedTerm",
        "@id": _id(view, topic),
        "url": _id(view, topic),
        "name": topic.name,
        "description": prose_markdown.plain(about) if about else None,
    }
    return _filled(node)


def _place(place: PlaceEntry, view: View) -> Node:
    model = place.model
    node: Node = {
        "@type": "Place",
        "@id": _id(view, place),
        "url": _id(view, place),
        "name": place.name,
    }
    if model:
        spot = {"latitude": model.latitude, "longitude": model.longitude}
        known = model.latitude is not None and model.longitude is not None
        node |= {
            "description": prose_markdown.plain(model.description) if model.description else None,
            "geo": {"@type": "GeoCoordinates", **spot} if known else None,
            "containedInPlace": {"@type": "Place", "@id": _id(view, place.parent)}
            if place.parent
            else None,
        }
    return _filled(node)


def _breadcrumbs(view: View, title: str, section: str) -> Node:
    names = translations(view.settings.language)["section"]
    steps = [(names["home"], _address(view, urls.HOME))]
    if section and section != view.path:
        steps.append((names[section.partition("/")[0]], _address(view, section)))
    steps.append((title, _page_address(view)))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": address}
            for place, (name, address) in enumerate(steps, 1)
        ],
    }


def _all(entries: Iterable[Linkable], view: View) -> list[Node]:
    return [{"@id": _id(view, one)} for one in entries]


def _dated(name: str, when: EdtfDate | None) -> Node:
    """A date as ISO 8601; what that has no words for as what is covered, where EDTF may stand.

    An office has no such property: its qualified dates are left out.
    """
    if when is None:
        return {}
    if when.is_interval or when.uncertain or when.approximate:
        return {} if name in ("startDate", "endDate") else {"temporalCoverage": when.text}
    return {name: when.text}


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _site(view: View) -> str:
    return view.settings.url or view.relative_url(urls.HOME)


def _page_address(view: View) -> str:
    return _address(view, view.path)


def _address(view: View, path: str) -> str:
    """From the page where the site's address is unknown, as JSON-LD is read from there."""
    return view.absolute_url(path)


def _id(view: View, entry: Linkable) -> str:
    return view.permalink(entry)


def _filled(node: Node) -> Node:
    """Without what is not there; no node says a nought or a truth value."""
    return {key: value for key, value in node.items() if value}
