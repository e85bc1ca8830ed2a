"""Pages as linked data: schema.org terms in JSON-LD, for search engines and other machines.

Statements are claims of those who make them, and a response is a comment on the claim it answers.
There is no ``ClaimReview``, because the site gives no verdicts. What schema.org has no term for
(that sources differ, that no reply was found) is in ``description`` or only in the JSON files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import orjson

from generator.addresses import urls
from generator.collection.entries import ActorEntry, BriefingEntry, PlaceEntry, Subject, TopicEntry
from generator.locale import terms
from generator.model import prose_markdown
from generator.model.briefing import Briefing
from generator.rendering.escaping import script_data
from generator.rendering.json_ld_nodes import (
    Node,
    actor_node,
    event_node,
    place_node,
    reference,
    references,
    source_node,
    statement_node,
    topic_node,
    without_empty,
)
from generator.rendering.view import View


def linked_data(
    view: View,
    title: str,
    subject: Subject | BriefingEntry | None,
    section: str = "",
    translations: Sequence[str] = (),
) -> str:
    """The JSON-LD of a page, as an element for its body.

    ``section`` is the path of the list that the page belongs to; empty for a page at the top.
    ``translations`` are the languages in which the site has a translation of a briefing.
    """
    here = view.absolute_url(view.path)
    site = view.settings.url or view.relative_url(urls.HOME)
    page: Node = {
        "@type": "WebPage",
        "@id": here,
        "url": here,
        "name": title,
        "inLanguage": view.page_language(subject),
        "isPartOf": {
            "@type": "WebSite",
            "@id": site,
            "name": view.settings.name,
            **view.settings.imprint.linked_data(),
        },
    }
    graph = [page]
    match subject:
        case BriefingEntry():
            graph += _briefing(subject, view, page, translations)
        case ActorEntry():
            page |= {"@type": "ProfilePage", "mainEntity": reference(subject, view)}
            graph.append(actor_node(subject, view, detailed=True))
        case PlaceEntry():
            page["about"] = reference(subject, view)
            graph.append(place_node(subject, view))
        case TopicEntry():
            page |= {"@type": "CollectionPage", "about": reference(subject, view)}
            graph.append(topic_node(subject, view))
        case None if view.path == urls.SEARCH:
            page["@type"] = "SearchResultsPage"
        case None if view.path == urls.HOME:
            page["description"] = view.settings.description
        case None:
            page["@type"] = "CollectionPage"
    if view.path != urls.HOME:
        page["breadcrumb"] = _breadcrumbs(view, title, section)
    graph[0] = {key: value for key, value in page.items() if value}
    text = orjson.dumps({"@context": "https://schema.org", "@graph": graph}).decode()
    return f'<script type="application/ld+json">{script_data(text)}</script>'


def _briefing(
    briefing: BriefingEntry, view: View, page: Node, translations: Sequence[str]
) -> Iterator[Node]:
    """The nodes of a briefing's parts; what is said of the briefing goes into ``page`` too."""
    report = _report(briefing, view, page["@id"], translations)
    page |= {
        "mainEntity": {"@id": report["@id"]},
        "description": report.get("abstract"),
        "inLanguage": report["inLanguage"],
        "datePublished": report.get("datePublished"),
        "dateModified": report.get("dateModified"),
        "relatedLink": [related.url for related, _ in briefing.related if related.url],
        "mentions": references((other for _, other in briefing.related if other), view),
    }
    yield report
    events, statements = briefing.events, briefing.statements
    sources = briefing.bibliography.values()
    yield from (statement_node(statement, view) for statement in statements)
    yield from (event_node(event, view) for event in events)
    yield from (source_node(source, view) for source in sources)
    actors = [
        *(actor for event in events for actor in event.actors),
        *(actor for statement in statements for actor in statement.people),
        *(actor for statement in statements for actor in statement.quoted.values()),
        *(actor for source in sources for actor in (source.publisher, source.controlled_by)),
    ]
    yield from (actor_node(actor, view) for actor in dict.fromkeys(actors) if actor)
    yield from (topic_node(topic, view) for topic in briefing.topics)
    places = [
        *briefing.places,
        *(place for event in events for place in event.places),
        *(statement.place for statement in statements),
    ]
    yield from (place_node(place, view) for place in dict.fromkeys(places) if place)


@without_empty
def _report(briefing: BriefingEntry, view: View, here: str, translations: Sequence[str]) -> Node:
    model = briefing.model
    encoding = {
        "@type": "MediaObject",
        "contentUrl": view.absolute_url(urls.briefing_json(briefing.id)),
        "encodingFormat": "application/json",
    }
    return {
        "@type": "Report",
        "@id": f"{here}#report",
        "url": here,
        "headline": model.title,
        "abstract": prose_markdown.plain(model.summary),
        "inLanguage": view.settings.language_of(briefing),
        **view.settings.imprint.linked_data(),
        "creativeWorkStatus": terms.statuses(view.interface)[model.status],
        "datePublished": model.published,
        "dateModified": briefing.changed,
        "creditText": _credits(model, view),
        **_translated(briefing, view),
        "workTranslation": _translations(briefing, view, translations),
        "about": references([*briefing.topics, *briefing.places], view),
        "mentions": references(briefing.events, view),
        "hasPart": references(briefing.statements, view),
        "citation": references(briefing.bibliography.values(), view),
        "correction": [
            {
                "@type": "CorrectionComment",
                "name": terms.changes(view.interface)[change.kind],
                "text": prose_markdown.plain(change.text),
                "dateCreated": change.date,
            }
            for change in model.changes
        ],
        "encoding": [encoding] if view.has("data") else [],
    }


def _translated(briefing: BriefingEntry, view: View) -> Node:
    """Of which report another one is a translation."""
    note, settings = briefing.model.translation, view.settings
    if not note or not settings.url:
        return {}
    main = settings.url.removesuffix(settings.edition_path)
    original = f"{main}{view.permalink(briefing).removeprefix(settings.url)}#report"
    return {"translationOfWork": {"@type": "Report", "@id": original}}


def _translations(briefing: BriefingEntry, view: View, translations: Sequence[str]) -> list[Node]:
    """The translations of the original, which is in the main edition."""
    settings = view.settings
    if not settings.url or settings.edition_path:
        return []
    path = view.permalink(briefing).removeprefix(settings.url)
    return [
        {"@type": "Report", "@id": f"{settings.url}{tag}/{path}#report", "inLanguage": tag}
        for tag in translations
    ]


def _breadcrumbs(view: View, title: str, section: str) -> Node:
    names = terms.sections(view.interface)
    steps = [(names["home"], view.absolute_url(urls.HOME))]
    if section and section != view.path:
        steps.append((names[section.partition("/")[0]], view.absolute_url(section)))
    steps.append((title, view.absolute_url(view.path)))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate(steps, 1)
        ],
    }


def _credits(briefing: Briefing, view: View) -> str:
    """Who wrote a briefing and who checked it: lines can name persons or desks."""
    gettext, join = view.interface.gettext, view.interface.semicolon.join
    note, sentences = briefing.translation, []
    if briefing.authors:
        sentences.append(gettext("Written by %(names)s.", names=join(briefing.authors)))
    if briefing.reviewers:
        sentences.append(gettext("Checked by %(names)s.", names=join(briefing.reviewers)))
    if note and note.translators:
        translators = join(note.translators)
        sentences.append(gettext("Translated by %(translator)s", translator=translators) + ".")
    return " ".join(sentences)
