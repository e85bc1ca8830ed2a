"""The names of the values of the format, such as kinds of statements and reply statuses.

Each function takes the interface and returns names by value, in the order in which pages list them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from generator.locale.interface import Interface

Terms = Mapping[str, str]
_for_each_interface = lru_cache(32)


@_for_each_interface
def statuses(interface: Interface) -> Terms:
    """Statuses of a briefing."""
    pgettext = interface.pgettext
    return {
        "draft": pgettext("briefing", "Draft"),
        "published": pgettext("briefing", "Published"),
        "archived": pgettext("briefing", "Archived"),
    }


@_for_each_interface
def kinds(interface: Interface) -> Terms:
    """Kinds of statements."""
    pgettext = interface.pgettext
    return {
        "allegation": pgettext("kind of statement", "Allegation"),
        "demand": pgettext("kind of statement", "Demand"),
        "statement": pgettext("kind of statement", "Statement"),
        "response": pgettext("kind of statement", "Response"),
    }


@_for_each_interface
def stances(interface: Interface) -> Terms:
    """How a response answers, as a verb whose subject is who answers."""
    pgettext = interface.pgettext
    return {
        "denies": pgettext("stance", "denies"),
        "disputes": pgettext("stance", "disputes"),
        "accepts_in_part": pgettext("stance", "accepts in part"),
        "accepts": pgettext("stance", "accepts"),
        "declines_to_comment": pgettext("stance", "declines to comment"),
        "answers": pgettext("stance", "answers"),
    }


@_for_each_interface
def replies(interface: Interface) -> Terms:
    """Reply statuses, by the labels of ``collection.reply_status``."""
    pgettext = interface.pgettext
    return {
        "answered": pgettext("reply status", "Answered"),
        "earlier denial": pgettext("reply status", "Earlier denial"),
        "earlier reply": pgettext("reply status", "Earlier reply"),
        "undated reply": pgettext("reply status", "Undated reply"),
        "no reply found": pgettext("reply status", "No reply found"),
        "addressed": pgettext("reply status", "Addressed"),
        "not recorded": pgettext("reply status", "Not recorded"),
    }


def counted_reply(interface: Interface, label: str, count: int) -> str:
    """How many replies have a status: "2 answered"."""
    ngettext = interface.ngettext
    match label:
        case "answered":
            return ngettext("%(count)s answered", "%(count)s answered", count)
        case "earlier denial":
            return ngettext("%(count)s earlier denial", "%(count)s earlier denials", count)
        case "earlier reply":
            return ngettext("%(count)s earlier reply", "%(count)s earlier replies", count)
        case "undated reply":
            return ngettext("%(count)s undated reply", "%(count)s undated replies", count)
        case "no reply found":
            return ngettext("%(count)s no reply found", "%(count)s no reply found", count)
        case "addressed":
            return ngettext("%(count)s addressed to others", "%(count)s addressed to others", count)
        case _:
            return ngettext("%(count)s not recorded", "%(count)s not recorded", count)


def counted_part(interface: Interface, kind: str, count: int) -> str:
    """How many entries of a kind a part of the timeline's chart has: "3 events"."""
    ngettext = interface.ngettext
    match kind:
        case "event":
            return ngettext("%(count)s event", "%(count)s events", count)
        case "position":
            return ngettext("%(count)s position", "%(count)s positions", count)
        case _:
            return ngettext("%(count)s answer", "%(count)s answers", count)


@_for_each_interface
def changes(interface: Interface) -> Terms:
    """Kinds of changes to a briefing."""
    pgettext = interface.pgettext
    return {
        "update": pgettext("kind of change", "Update"),
        "correction": pgettext("kind of change", "Correction"),
        "clarification": pgettext("kind of change", "Clarification"),
    }


@_for_each_interface
def actor_types(interface: Interface) -> Terms:
    """Types of actors, for one actor."""
    pgettext = interface.pgettext
    return {
        "state": pgettext("type of actor", "State"),
        "government": pgettext("type of actor", "Government body"),
        "organisation": pgettext("type of actor", "Organisation"),
        "armed_group": pgettext("type of actor", "Armed group"),
        "person": pgettext("type of actor", "Person"),
        "media": pgettext("type of actor", "News outlet"),
    }


@_for_each_interface
def actor_groups(interface: Interface) -> Terms:
    """Types of actors, as headings of lists."""
    pgettext = interface.pgettext
    return {
        "state": pgettext("list of actors", "States"),
        "government": pgettext("list of actors", "Government bodies"),
        "organisation": pgettext("list of actors", "Organisations"),
        "armed_group": pgettext("list of actors", "Armed groups"),
        "person": pgettext("list of actors", "Persons"),
        "media": pgettext("list of actors", "News outlets"),
    }


@_for_each_interface
def sections(interface: Interface) -> Terms:
    """Sections of the site, as its menu names them."""
    pgettext = interface.pgettext
    return {
        "home": pgettext("section of the site", "Home"),
        "briefings": pgettext("section of the site", "Briefings"),
        "actors": pgettext("section of the site", "Actors"),
        "topics": pgettext("section of the site", "Topics"),
        "places": pgettext("section of the site", "Places"),
        "timeline": pgettext("section of the site", "Timeline"),
        "sources": pgettext("section of the site", "Sources"),
        "changes": pgettext("section of the site", "Changes"),
        "search": pgettext("section of the site", "Search"),
        "data": pgettext("section of the site", "Data"),
    }


@_for_each_interface
def filters(interface: Interface) -> Terms:
    """What readers narrow results and lists down by."""
    pgettext = interface.pgettext
    return {
        "kind": pgettext("filter", "Kind"),
        "actor": pgettext("filter", "Actor"),
        "topic": pgettext("filter", "Topic"),
        "place": pgettext("filter", "Place"),
        "reply": pgettext("filter", "Reply status"),
        "year": pgettext("filter", "Year"),
        "language": pgettext("filter", "Original language"),
    }


@_for_each_interface
def list_filters(interface: Interface) -> Terms:
    """What readers narrow the list of briefings down by."""
    pgettext = interface.pgettext
    return {
        "year": pgettext("filter", "Year of publication"),
        "status": pgettext("filter", "Status"),
        "topics": pgettext("filter", "Topic"),
        "actors": pgettext("filter", "Actor"),
        "places": pgettext("filter", "Place"),
    }


@_for_each_interface
def briefing_sections(interface: Interface) -> Terms:
    """Sections of a briefing's page that cite sources and are no statements or events."""
    pgettext = interface.pgettext
    return {
        "summary": pgettext("section of a briefing", "Summary"),
        "related": pgettext("section of a briefing", "Related"),
        "changes": pgettext("section of a briefing", "Changes"),
    }


@_for_each_interface
def natures(interface: Interface) -> Terms:
    """How near a source is to what it reports."""
    return {
        "primary": interface.gettext("primary source"),
        "secondary": interface.gettext("secondary source"),
    }


@_for_each_interface
def source_types(interface: Interface) -> Terms:
    """Types of sources (CSL 1.0.2)."""
    pgettext = interface.pgettext
    return {
        "article": pgettext("type of source", "article"),
        "article-journal": pgettext("type of source", "journal article"),
        "article-magazine": pgettext("type of source", "magazine article"),
        "article-newspaper": pgettext("type of source", "news article"),
        "bill": pgettext("type of source", "bill"),
        "book": pgettext("type of source", "book"),
        "broadcast": pgettext("type of source", "broadcast"),
        "chapter": pgettext("type of source", "chapter"),
        "classic": pgettext("type of source", "classic"),
        "collection": pgettext("type of source", "collection"),
        "dataset": pgettext("type of source", "data set"),
        "document": pgettext("type of source", "document"),
        "entry": pgettext("type of source", "entry"),
        "entry-dictionary": pgettext("type of source", "dictionary entry"),
        "entry-encyclopedia": pgettext("type of source", "encyclopedia entry"),
        "event": pgettext("type of source", "event"),
        "figure": pgettext("type of source", "figure"),
        "graphic": pgettext("type of source", "graphic"),
        "hearing": pgettext("type of source", "hearing"),
        "interview": pgettext("type of source", "interview"),
        "legal_case": pgettext("type of source", "legal case"),
        "legislation": pgettext("type of source", "legislation"),
        "manuscript": pgettext("type of source", "manuscript"),
        "map": pgettext("type of source", "map"),
        "motion_picture": pgettext("type of source", "film"),
        "musical_score": pgettext("type of source", "musical score"),
        "pamphlet": pgettext("type of source", "pamphlet"),
        "paper-conference": pgettext("type of source", "conference paper"),
        "patent": pgettext("type of source", "patent"),
        "performance": pgettext("type of source", "performance"),
        "periodical": pgettext("type of source", "periodical"),
        "personal_communication": pgettext("type of source", "personal communication"),
        "post": pgettext("type of source", "post"),
        "post-weblog": pgettext("type of source", "blog post"),
        "regulation": pgettext("type of source", "regulation"),
        "report": pgettext("type of source", "report"),
        "review": pgettext("type of source", "review"),
        "review-book": pgettext("type of source", "book review"),
        "software": pgettext("type of source", "software"),
        "song": pgettext("type of source", "song"),
        "speech": pgettext("type of source", "speech"),
        "standard": pgettext("type of source", "standard"),
        "thesis": pgettext("type of source", "thesis"),
        "treaty": pgettext("type of source", "treaty"),
        "webpage": pgettext("type of source", "web page"),
    }
