"""Markdown pages from templates: the pages of a site, and the values for each template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import yaml
from markupsafe import Markup

from generator.addresses import urls
from generator.addresses.pagination import FIRST_PAGE
from generator.collection.entries import ActorEntry, BriefingEntry, PlaceEntry, Subject, TopicEntry
from generator.collection.linker import Collection
from generator.collection.listings import ListingPage, by_publisher, by_year, changes, label
from generator.collection.reply_status import oldest_first
from generator.collection.statistics import CHANGES, SOURCES, TIMELINE, SiteStats
from generator.reading import problem_formats
from generator.reading.problems import Problem
from generator.rendering import escaping
from generator.rendering.charts.relations import relations
from generator.rendering.charts.timeline import timeline
from generator.rendering.charts.years import years
from generator.rendering.json_ld import linked_data
from generator.rendering.settings import Settings
from generator.rendering.social_cards import card_path
from generator.rendering.template_functions import briefings_of
from generator.rendering.templates import environment
from generator.rendering.view import View


@dataclass(frozen=True, slots=True)
class Page:
    """A Markdown page: its path below the site's root, its text, the path of its source file.

    ``head`` is its front matter; texts in it are escaped for HTML. ``modified`` is the last day on
    which its content changed, according to the data.
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


#: The pages about all briefings, with their titles; the home page has the site's name.
TITLES = {
    urls.HOME: "",
    urls.ACTORS: "Actors",
    urls.TOPICS: "Topics",
    urls.PLACES: "Places",
    urls.SEARCH: "Search",
    urls.DATA: "Data",
}
#: The titles of the lists, by the folder of their pages.
LIST_TITLES = {TIMELINE: "Timeline", SOURCES: "Sources", CHANGES: "Changes"}
#: The titles of all pages that a menu can name, by path.
SECTIONS = TITLES | {urls.list_page(kind, FIRST_PAGE): title for kind, title in LIST_TITLES.items()}


def site_page(
    path: str,
    collection: Collection,
    settings: Settings,
    shown: SiteStats,
    data_files: Mapping[str, Any],
) -> Page:
    """One of the pages about all briefings; ``collection`` has the latest.

    ``data_files`` are values for the page about the data: its tables and its version.
    """
    values: dict[str, Any] = {"overview": shown, "title": TITLES[path]}
    match path:
        case urls.HOME:
            latest = [collection.briefings[key] for key in shown.latest]
            page = _page(path, "home.md", collection, settings, latest=latest, **values)
            return replace(page, modified=shown.changed)
        case urls.DATA:
            values |= data_files
        case urls.ACTORS | urls.TOPICS | urls.PLACES:
            entries = dict(collection.subjects())[path.partition("/")[0]].values()
            values["entries"] = sorted(entries, key=lambda entry: (entry.name.casefold(), entry.id))
    page = _page(path, f"{path.partition('/')[0]}.md", collection, settings, **values)
    return replace(page, modified=shown.changed)


def list_page(
    part: ListingPage, collection: Collection, settings: Settings, shown: SiteStats
) -> Page:
    """A page of the timeline, of the sources or of the changes."""
    path = urls.list_page(part.kind, part.id)
    list_title = LIST_TITLES[part.kind]
    values: dict[str, Any] = {
        "part": part,
        "here": part.paginator.page(part.id),
        "label": lambda page: label(part.kind, page) if page else list_title,
        "title": f"{list_title}: {label(part.kind, part.id)}" if part.id else list_title,
        "section": urls.list_page(part.kind, FIRST_PAGE),
    }
    briefings: Iterable[BriefingEntry]
    if part.kind == TIMELINE:
        groups = by_year(collection, part)
        briefings = (entry.briefing for _, entries in groups for entry in entries)
        values |= {"years": groups, "bars": years(shown.years) if part.id == FIRST_PAGE else []}
    elif part.kind == SOURCES:
        publishers = by_publisher(collection, part)
        sources = (source for _, _, group in publishers for source in group)
        briefings = (briefing for source in sources for briefing in source.cited_in)
        values["publishers"] = publishers
    else:
        entries = changes(collection, part)
        briefings = (entry.briefing for entry in entries)
        values["changes"] = entries
    days = [briefing.changed for briefing in briefings if briefing.changed]
    page = _page(path, f"{part.kind}.md", collection, settings, **values)
    # Only the list's first page depends on briefings that it doesn't show.
    return replace(
        page, modified=max(days, default=shown.changed if part.id == FIRST_PAGE else None)
    )


def subject_page(kind: str, entry: Subject, collection: Collection, settings: Settings) -> Page:
    """The page of an actor, a topic or a place; ``kind`` is the folder's name."""
    template = f"{kind.removesuffix('s')}.md"
    section = f"{kind}/index.md"
    path = urls.entry(kind, entry.id)
    page = _page(path, template, collection, settings, entry=entry, section=section)
    days = [briefing.changed for briefing in briefings_of(entry) if briefing.changed]
    return replace(page, modified=max(days, default=None))


def briefing_page(briefing: BriefingEntry, collection: Collection, settings: Settings) -> Page:
    """The page of one briefing."""
    path = urls.briefing(briefing.id)
    page = _page(
        path,
        "briefing.md",
        collection,
        settings,
        briefing=briefing,
        timeline=timeline(oldest_first([*briefing.events, *briefing.statements])),
        relations=relations(briefing.allegations),
    )
    return replace(page, source=briefing.path, modified=briefing.changed)


def broken_page(
    briefing_id: str, path: str, content: bytes, problems: list[Problem], settings: Settings
) -> Page:
    """The page that the preview shows instead of a briefing with errors.

    ``content`` is the content of the file; the page quotes the lines with errors.
    """
    page = _page(
        urls.briefing(briefing_id),
        "broken.md",
        Collection(),
        settings,
        file=path,
        problems=[(problem, problem_formats.excerpt(problem, content)) for problem in problems],
    )
    return replace(page, source=path)


def _page(
    path: str, template: str, collection: Collection, settings: Settings, **values: Any
) -> Page:
    view = View(path, settings, collection, values.get("briefing"))
    text = (
        environment()
        .get_template(template)
        .render(
            **values,
            collection=collection,
            view=view,
            settings=settings,
        )
    )
    front, mark, rest = text.partition("\n===\n")
    if not mark:
        raise ValueError(f"{template} has no line === between its head and its body")
    fields = dict(line.split(": ", 1) for line in front.strip().splitlines() if ": " in line)
    head: dict[str, Any] = {
        key: escaping.meta(Markup(value).unescape()) for key, value in fields.items()
    }
    subject = values.get("entry") or values.get("briefing")
    head |= _for_machines(subject, settings)
    if (language := view.page_language(subject)) != settings.language:
        head["title_language"] = language
    title = str(Markup(fields["title"]).unescape())
    data = linked_data(view, title, subject, values.get("section", ""))
    return Page(path, head, f"{_tidy(rest)}\n{data}\n")


def _for_machines(subject: Subject | BriefingEntry | None, settings: Settings) -> dict[str, Any]:
    """Front matter that `site_overrides/main.html` puts into the page's head for other programs."""
    head: dict[str, Any] = {"made": True}
    if isinstance(subject, BriefingEntry):
        head["record"] = urls.briefing_json(subject.id)
        head["published"] = subject.model.published and subject.model.published.isoformat()
        head["modified"] = subject.changed and subject.changed.isoformat()
    elif subject:
        head["feed"] = urls.feed(_folder(subject), subject.id)
    head["card"] = card_path(subject if isinstance(subject, BriefingEntry) else None, settings)
    return {key: value for key, value in head.items() if value}


def _folder(subject: Subject) -> str:
    match subject:
        case ActorEntry():
            return "actors"
        case TopicEntry():
            return "topics"
        case PlaceEntry():
            return "places"


def _tidy(body: str) -> str:
    """A body without the empty lines and indentation from template tags."""
    lines = "\n".join(filter(None, map(str.strip, body.split("\n"))))
    before, *sections = f"\n{lines}".split("\n#")
    spaced = [before, *(section.replace("\n", "\n\n", 1) for section in sections)]
    return "\n\n#".join(spaced).strip() + "\n"
