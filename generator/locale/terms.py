"""The names of the values of the format, such as kinds of statements and reply statuses.

Each function takes the interface and returns names by value, in the order in which pages list them.
"""

from __future__ import annotations

from generator.locale.interface import Interface

Terms = dict[str, str]


def statuses(interface: Interface) -> Terms:
    """Statuses of a briefing."""
    text = interface.pgettext
    return {
        "draft": text("briefing", "Draft"),
        "published": text("briefing", "Published"),
        "archived": text("briefing", "Archived"),
    }


def kinds(interface: Interface) -> Terms:
    """Kinds of statements."""
    text = interface.pgettext
    return {
        "allegation": text("kind of statement", "Allegation"),
        "demand": text("kind of statement", "Demand"),
        "statement": text("kind of statement", "Statement"),
        "response": text("kind of statement", "Response"),
    }


def stances(interface: Interface) -> Terms:
    """How a response answers, as a verb whose subject is who answers."""
    text = interface.pgettext
    return {
        "denies": text("stance", "denies"),
        "disputes": text("stance", "disputes"),
        "accepts_in_part": text("stance", "accepts in part"),
        "accepts": text("stance", "accepts"),
        "declines_to_comment": text("stance", "declines to comment"),
        "answers": text("stance", "answers"),
    }


def replies(interface: Interface) -> Terms:
    """Reply statuses, by the labels of ``collection.reply_status``."""
    text = interface.pgettext
    return {
        "answered": text("reply status", "Answered"),
        "earlier denial": text("reply status", "Earlier denial"),
        "earlier reply": text("reply status", "Earlier reply"),
        "undated reply": text("reply status", "Undated reply"),
        "no reply found": text("reply status", "No reply found"),
        "not recorded": text("reply status", "Not recorded"),
    }


def counted_reply(interface: Interface, label: str, count: int) -> str:
    """How many replies have a status: "2 answered"."""
    text = interface.ngettext
    match label:
        case "answered":
            return text("%(count)s answered", "%(count)s answered", count)
        case "earlier denial":
            return text("%(count)s earlier denial", "%(count)s earlier denials", count)
        case "earlier reply":
            return text("%(count)s earlier reply", "%(count)s earlier replies", count)
        case "undated reply":
            return text("%(count)s undated reply", "%(count)s undated replies", count)
        case "no reply found":
            return text("%(count)s no reply found", "%(count)s no reply found", count)
        case _:
            return text("%(count)s not recorded", "%(count)s not recorded", count)


def counted_part(interface: Interface, kind: str, count: int) -> str:
    """How many entries of a kind a part of the timeline's chart has: "3 events"."""
    text = interface.ngettext
    match kind:
        case "event":
            return text("%(count)s event", "%(count)s events", count)
        case "position":
            return text("%(count)s position", "%(count)s positions", count)
        case _:
            return text("%(count)s answer", "%(count)s answers", count)


def changes(interface: Interface) -> Terms:
    """Kinds of changes to a briefing."""
    text = interface.pgettext
    return {
        "update": text("kind of change", "Update"),
        "correction": text("kind of change", "Correction"),
        "clarification": text("kind of change", "Clarification"),
    }


def actor_types(interface: Interface) -> Terms:
    """Types of actors, for one actor."""
    text = interface.pgettext
    return {
        "state": text("type of actor", "State"),
        "government": text("type of actor", "Government body"),
        "organisation": text("type of actor", "Organisation"),
        "armed_group": text("type of actor", "Armed group"),
        "person": text("type of actor", "Person"),
        "media": text("type of actor", "News outlet"),
    }


def actor_groups(interface: Interface) -> Terms:
    """Types of actors, as headings of lists."""
    text = interface.pgettext
    return {
        "state": text("list of actors", "States"),
        "government": text("list of actors", "Government bodies"),
        "organisation": text("list of actors", "Organisations"),
        "armed_group": text("list of actors", "Armed groups"),
        "person": text("list of actors", "Persons"),
        "media": text("list of actors", "News outlets"),
    }


def sections(interface: Interface) -> Terms:
    """Sections of the site, as its menu names them."""
    text = interface.pgettext
    return {
        "home": text("section of the site", "Home"),
        "briefings": text("section of the site", "Briefings"),
        "actors": text("section of the site", "Actors"),
        "topics": text("section of the site", "Topics"),
        "places": text("section of the site", "Places"),
        "timeline": text("section of the site", "Timeline"),
        "sources": text("section of the site", "Sources"),
        "changes": text("section of the site", "Changes"),
        "search": text("section of the site", "Search"),
        "data": text("section of the site", "Data"),
    }


def filters(interface: Interface) -> Terms:
    """What readers narrow results and lists down by."""
    text = interface.pgettext
    return {
        "kind": text("filter", "Kind"),
        "actor": text("filter", "Actor"),
        "topic": text("filter", "Topic"),
        "place": text("filter", "Place"),
        "reply": text("filter", "Reply status"),
        "year": text("filter", "Year"),
        "language": text("filter", "Language"),
    }


def list_filters(interface: Interface) -> Terms:
    """What readers narrow the list of briefings down by."""
    text = interface.pgettext
    return {
        "year": text("filter", "Year of publication"),
        "status": text("filter", "Status"),
        "topics": text("filter", "Topic"),
        "actors": text("filter", "Actor"),
        "places": text("filter", "Place"),
    }


def briefing_sections(interface: Interface) -> Terms:
    """Sections of a briefing's page that cite sources and are no statements or events."""
    text = interface.pgettext
    return {
        "summary": text("section of a briefing", "Summary"),
        "related": text("section of a briefing", "Related"),
        "changes": text("section of a briefing", "Changes"),
    }


def natures(interface: Interface) -> Terms:
    """How near a source is to what it reports."""
    return {
        "primary": interface.gettext("primary source"),
        "secondary": interface.gettext("secondary source"),
    }


def source_types(interface: Interface) -> Terms:
    """Types of sources (CSL 1.0.2)."""
    text = interface.pgettext
    return {
        "article": text("type of source", "article"),
        "article-journal": text("type of source", "journal article"),
        "article-magazine": text("type of source", "magazine article"),
        "article-newspaper": text("type of source", "news article"),
        "bill": text("type of source", "bill"),
        "book": text("type of source", "book"),
        "broadcast": text("type of source", "broadcast"),
        "chapter": text("type of source", "chapter"),
        "classic": text("type of source", "classic"),
        "collection": text("type of source", "collection"),
        "dataset": text("type of source", "data set"),
        "document": text("type of source", "document"),
        "entry": text("type of source", "entry"),
        "entry-dictionary": text("type of source", "dictionary entry"),
        "entry-encyclopedia": text("type of source", "encyclopedia entry"),
        "event": text("type of source", "event"),
        "figure": text("type of source", "figure"),
        "graphic": text("type of source", "graphic"),
        "hearing": text("type of source", "hearing"),
        "interview": text("type of source", "interview"),
        "legal_case": text("type of source", "legal case"),
        "legislation": text("type of source", "legislation"),
        "manuscript": text("type of source", "manuscript"),
        "map": text("type of source", "map"),
        "motion_picture": text("type of source", "film"),
        "musical_score": text("type of source", "musical score"),
        "pamphlet": text("type of source", "pamphlet"),
        "paper-conference": text("type of source", "conference paper"),
        "patent": text("type of source", "patent"),
        "performance": text("type of source", "performance"),
        "periodical": text("type of source", "periodical"),
        "personal_communication": text("type of source", "personal communication"),
        "post": text("type of source", "post"),
        "post-weblog": text("type of source", "blog post"),
        "regulation": text("type of source", "regulation"),
        "report": text("type of source", "report"),
        "review": text("type of source", "review"),
        "review-book": text("type of source", "book review"),
        "software": text("type of source", "software"),
        "song": text("type of source", "song"),
        "speech": text("type of source", "speech"),
        "standard": text("type of source", "standard"),
        "thesis": text("type of source", "thesis"),
        "treaty": text("type of source", "treaty"),
        "webpage": text("type of source", "web page"),
    }
