"""The collection as Markdown pages: which pages there are, and what each template is given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import yaml
from markupsafe import Markup

from generator import markup, report, routes
from generator.collection import Collection
from generator.entries import (
    ActorEntry,
    BriefingEntry,
    EventEntry,
    PlaceEntry,
    SourceEntry,
    StatementEntry,
    Subject,
    TopicEntry,
)
from generator.exports.cards import card_path
from generator.exports.linked_data import linked_data
from generator.exports.records import VERSION
from generator.exports.tables import TABLES
from generator.pictures.relations import relations
from generator.pictures.timeline import timeline
from generator.pictures.years import years
from generator.problems import Problem
from generator.replies import oldest_first
from generator.view import Settings, View, environment, words

LATEST = 12


@dataclass(frozen=True, slots=True)
class Page:
    """A Markdown page: its path below the site's root, its text, the file it is made from.

    ``head`` is what its front matter says, of texts that the theme can put into HTML as they are.
    ``modified`` is the last day on which something new came to be on it, by what its data say.
    """

    path: str
    head: Mapping[str, Any]
    body: str
    source: str | None = None
    modified: date | None = None

    @property
    def markdown(self) -> str:
        """The page as a file: its head as YAML, then its body."""
        head = yaml.dump(
            dict(self.head),
            Dumper=yaml.CSafeDumper,
            allow_unicode=True,
            sort_keys=False,
            width=10**9,
        )
        return f"---\n{head}---\n{self.body}"


#: The pages that tell of all briefings, with their titles; the home page has the site's name.
TITLES = {
    routes.HOME: "",
    routes.ACTORS: "Actors",
    routes.TOPICS: "Topics",
    routes.PLACES: "Places",
    routes.TIMELINE: "Timeline",
    routes.SOURCES: "Sources",
    routes.SEARCH: "Search",
    routes.DATA: "Data",
    routes.CHANGES: "Changes",
}


def site_page(path: str, collection: Collection, settings: Settings) -> Page:
    """One of the pages that tell of all briefings."""
    values: dict[str, Any] = {}
    match path:
        case routes.HOME:
            return _page(path, "home.md", collection, settings, latest=LATEST)
        case routes.TIMELINE:
            by_year = _by_year(collection)
            values = {"years": by_year, "bars": years(by_year)}
        case routes.SOURCES:
            values = {"publishers": by_publisher(collection)}
        case routes.DATA:
            values = {"tables": TABLES, "version": VERSION}
        case routes.CHANGES:
            values = {"changes": collection.changes()}
        case routes.ACTORS | routes.TOPICS | routes.PLACES:
            entries = dict(collection.subjects())[path.partition("/")[0]].values()
            values = {"entries": sorted(entries, key=lambda one: (one.name.casefold(), one.id))}
    return _page(path, f"{path.partition('/')[0]}.md", collection, settings, **values)


def subject_page(kind: str, entry: Subject, collection: Collection, settings: Settings) -> Page:
    """The page of an actor, a topic or a place; ``kind`` is the folder's name."""
    template = f"{kind.removesuffix('s')}.md"
    return _page(routes.entry(kind, entry.id), template, collection, settings, entry=entry)


def briefing_page(briefing: BriefingEntry, collection: Collection, settings: Settings) -> Page:
    """The page of one briefing."""
    path = routes.briefing(briefing.id)
    page = _page(
        path,
        "briefing.md",
        collection,
        settings,
        briefing=briefing,
        home=briefing,
        timeline=timeline(oldest_first([*briefing.events, *briefing.statements])),
        relations=relations(briefing.allegations),
    )
    return replace(page, source=briefing.path)


def broken_page(
    briefing_id: str, path: str, content: bytes, problems: list[Problem], settings: Settings
) -> Page:
    """What the preview shows in place of a briefing that can't be published as it stands.

    ``content`` is the file's, of which the offending lines are shown.
    """
    page = _page(
        routes.briefing(briefing_id),
        "broken.md",
        Collection(),
        settings,
        file=path,
        problems=[(problem, report.excerpt(problem, content)) for problem in problems],
    )
    return replace(page, source=path)


def _page(
    path: str, template: str, collection: Collection, settings: Settings, **values: Any
) -> Page:
    view = View(path, settings, collection, values.get("home"))
    filled = (
        environment()
        .get_template(template)
        .render(
            **values,
            collection=collection,
            view=view,
            title=TITLES.get(path, ""),
            settings=settings,
            words=words(settings.language),
        )
    )
    front, mark, rest = filled.partition("\n===\n")
    if not mark:
        raise ValueError(f"{template} has no line === between its head and its body")
    fields = dict(line.split(": ", 1) for line in front.strip().splitlines() if ": " in line)
    head: dict[str, Any] = {
        key: markup.meta(Markup(value).unescape()) for key, value in fields.items()
    }
    subject = values.get("entry") or values.get("briefing")
    head |= _for_machines(subject, settings)
    folder = path.partition("/")[0]
    section = f"{folder}/index.md" if "entry" in values else ""
    data = linked_data(view, str(Markup(fields["title"]).unescape()), subject, section)
    body = f"{_tidy(rest)}\n{data}\n"
    return Page(path, head, body, modified=_modified(subject, view))


def _for_machines(subject: Subject | BriefingEntry | None, settings: Settings) -> dict[str, Any]:
    """What the page's head says of it to other programs; `site_overrides/main.html` writes it."""
    told: dict[str, Any] = {"made": True}
    if isinstance(subject, BriefingEntry):
        told["record"] = routes.briefing_json(subject.id)
        told["published"] = subject.model.published and subject.model.published.isoformat()
        told["modified"] = subject.changed and subject.changed.isoformat()
    elif subject:
        told["feed"] = routes.feed(_folder(subject), subject.id)
    told["card"] = card_path(subject if isinstance(subject, BriefingEntry) else None, settings)
    return {key: value for key, value in told.items() if value}


def _folder(subject: Subject) -> str:
    match subject:
        case ActorEntry():
            return "actors"
        case TopicEntry():
            return "topics"
        case PlaceEntry():
            return "places"


def _modified(subject: Subject | BriefingEntry | None, view: View) -> date | None:
    if isinstance(subject, BriefingEntry):
        return subject.changed
    shown = view.briefings_of(subject) if subject else view.collection.briefings.values()
    return max((one.changed for one in shown if one.changed), default=None)


def _tidy(body: str) -> str:
    """Without the blank lines and indents that template tags leave; headings keep theirs."""
    lines = "\n".join(filter(None, map(str.strip, body.split("\n"))))
    before, *sections = f"\n{lines}".split("\n#")
    apart = [before, *(one.replace("\n", "\n\n", 1) for one in sections)]
    return "\n\n#".join(apart).strip() + "\n"


def _by_year(collection: Collection) -> list[tuple[str, list[EventEntry | StatementEntry]]]:
    years: dict[str, list[EventEntry | StatementEntry]] = defaultdict(list)
    for entry in collection.chronology():
        assert entry.date is not None
        day = entry.date.earliest or entry.date.latest
        years[f"{day.year:04}" if day else "Undated"].append(entry)
    return sorted(years.items())


def by_publisher(collection: Collection) -> list[tuple[str, ActorEntry | None, list[SourceEntry]]]:
    """Every source once, by publisher in the order of their names: name, actor, its sources."""
    once: dict[tuple[str, str], SourceEntry] = {}
    cited_in: dict[SourceEntry, list[BriefingEntry]] = {}
    for source in collection.sources:
        key = (source.briefing.id if source.briefing else "", source.id)
        first = once.setdefault(key, source)
        cited_in.setdefault(first, []).extend(source.cited_in)
    groups: dict[str, list[SourceEntry]] = defaultdict(list)
    for source, briefings in cited_in.items():
        whole = replace(source, cited_in=list(dict.fromkeys(briefings)))
        groups[source.publisher_name].append(whole)
    for group in groups.values():
        group.sort(key=lambda one: one.title.casefold())
    names = sorted(groups, key=lambda name: (not name, name.casefold(), name))
    return [(name, groups[name][0].publisher, groups[name]) for name in names]
