"""Feeds of the site and of each actor, topic and place: Atom (RFC 4287) and JSON Feed 1.1.

An entry is a briefing with the dates of its file, never those of a build. An entry of ``changes``
makes it newer, so that feed readers show it again, with what was changed.
"""

from __future__ import annotations

import io
import posixpath
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from html import escape
from typing import Any

from feedgenerator import Atom1Feed

from generator.addresses import urls
from generator.collection.entries import BriefingEntry, Subject
from generator.collection.linker import Collection
from generator.collection.statistics import IN_A_FEED, NEVER
from generator.exports.json_text import indented
from generator.locale.terms import changes
from generator.model import prose_markdown
from generator.model.briefing import Briefing
from generator.model.licences import Licence
from generator.rendering.settings import Settings
from generator.rendering.template_functions import briefings_of
from generator.rendering.view import View

#: The theme's script takes each feed of a page for the site in another language and requests its
#: sitemap. Without this file, browsers would report an error.
_NO_PAGES = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>
"""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its path without ending, its page, its title, and its briefings, newest first."""

    path: str
    page: str
    title: str
    briefings: tuple[BriefingEntry, ...]


def site_feed(
    briefings: Iterable[str], collection: Collection, settings: Settings
) -> dict[str, bytes]:
    """The feed of all briefings, of which these ids are the newest: path below the site's root to
    content.
    """
    latest = tuple(collection.briefings[key] for key in briefings)
    feed = Feed(urls.SITE_FEED, urls.HOME, settings.name, latest)
    folders = {
        posixpath.dirname(urls.SITE_FEED),
        *(
            posixpath.dirname(urls.feed(kind, ""))
            for kind, entries in collection.subjects()
            if entries and kind in settings.sections
        ),
    }
    no_pages = {f"{folder}/sitemap.xml": _NO_PAGES for folder in sorted(folders)}
    return _files(feed, collection, settings) | no_pages


def subject_feed(
    kind: str, entry: Subject, collection: Collection, settings: Settings
) -> dict[str, bytes]:
    """The feed of an actor, a topic or a place (``kind`` is the folder's name)."""
    briefings = briefings_of(entry)
    title = f"{entry.name} – {settings.name}" if settings.name else entry.name
    path = urls.feed(kind, entry.id)
    feed = Feed(path, urls.entry(kind, entry.id), title, _latest(briefings))
    return _files(feed, collection, settings)


def _files(feed: Feed, collection: Collection, settings: Settings) -> dict[str, bytes]:
    view = View(f"{feed.path}.xml", settings, collection)
    entries = [_entry(briefing, view) for briefing in feed.briefings]
    updated = max((entry.updated for entry in entries), default=NEVER)
    return {
        f"{feed.path}.xml": _atom(feed, entries, updated, view),
        f"{feed.path}.json": _json(feed, entries, view),
    }


def _changed(briefing: BriefingEntry) -> date:
    return briefing.changed or NEVER


def _latest(briefings: Iterable[BriefingEntry]) -> tuple[BriefingEntry, ...]:
    ordered = sorted(briefings, key=lambda briefing: briefing.id)
    ordered.sort(key=_changed, reverse=True)
    return tuple(ordered[:IN_A_FEED])


@dataclass(frozen=True, slots=True)
class _Entry:
    """The values of a briefing in both formats."""

    id: str
    url: str
    title: str
    published: date
    updated: date
    language: str
    summary: str
    content: str
    tags: list[str]


def _entry(briefing: BriefingEntry, view: View) -> _Entry:
    model, settings = briefing.model, view.settings
    # The id is the same after the briefing moves on its site, because it is based on its first one.
    first_id = model.aliases[0] if model.aliases else briefing.id
    changed = _changed(briefing)
    return _Entry(
        id=_urn(settings, first_id),
        url=_link(view, urls.briefing(briefing.id)),
        title=briefing.title,
        published=model.published or changed,
        updated=changed,
        language=model.language or settings.main_language,
        summary=prose_markdown.plain(model.summary),
        content=_content(model, settings),
        tags=[
            *(topic.name for topic in briefing.topics),
            *(place.name for place in briefing.places),
        ],
    )


def _content(briefing: Briefing, settings: Settings) -> str:
    """The summary and the changes since publication, as HTML."""
    interface, names = settings.interface, changes(settings.interface)
    latest_first = sorted(briefing.changes, key=lambda change: change.date, reverse=True)
    marked = "{}" if settings.is_translated else '<span lang="en">{}</span>'
    items = ""
    for change in latest_first:
        day = interface.day(change.date)
        kind = f"<strong>{escape(names[change.kind])}</strong>"
        heading = interface.gettext("%(kind)s, %(day)s:", kind=kind, day=day)
        text = escape(prose_markdown.plain(change.text))
        items += f"<li>{marked.format(heading)} {text}</li>"
    lead = f"<p>{escape(prose_markdown.plain(briefing.summary))}</p>"
    return f"{lead}<ul>{items}</ul>" if items else lead


def _urn(settings: Settings, name: str) -> str:
    """A globally unique name (RFC 9562, 5.5), even if the site's address is unknown."""
    return uuid.uuid5(_site_id(settings.url or settings.name), name).urn


@lru_cache
def _site_id(name: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, name)


def _atom(feed: Feed, entries: list[_Entry], updated: date, view: View) -> bytes:
    imprint = view.settings.imprint
    atom = _Atom(
        title=feed.title,
        link=_link(view, feed.page),
        description=view.settings.description,
        language=view.settings.language,
        feed_url=_link(view, f"{feed.path}.xml"),
        feed_guid=_urn(view.settings, feed.path),
        author_name=imprint.publisher or view.settings.name or "Briefings",
        author_link=imprint.publisher_url or None,
        feed_copyright=_rights(imprint.licence) or None,
        updated=updated,
    )
    for entry in entries:
        atom.add_item(
            title=entry.title,
            link=entry.url,
            description=None,
            content=entry.content,
            unique_id=entry.id,
            pubdate=_midnight(entry.published),
            updateddate=_midnight(entry.updated),
            categories=entry.tags,
            language=entry.language,
        )
    out = io.StringIO()
    atom.write(out, "utf-8")
    return (out.getvalue() + "\n").encode()


class _Atom(Atom1Feed):  # type: ignore[misc]  # the library has no types
    """The library's feed, with the date of its newest entry and the language of each entry."""

    def latest_post_date(self) -> datetime:
        return _midnight(self.feed["updated"])

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}


def _json(feed: Feed, entries: list[_Entry], view: View) -> bytes:
    settings = view.settings
    author = {"name": settings.imprint.publisher, "url": settings.imprint.publisher_url}
    members = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": _link(view, feed.page),
        "feed_url": _link(view, f"{feed.path}.json"),
        "description": settings.description,
        "language": settings.language,
        "authors": [{key: value for key, value in author.items() if value}],
        "items": [
            {
                "id": entry.id,
                "url": entry.url,
                "title": entry.title,
                "content_html": entry.content,
                "summary": entry.summary,
                "date_published": _midnight(entry.published).isoformat(),
                "date_modified": _midnight(entry.updated).isoformat(),
                "language": entry.language,
                "tags": entry.tags,
            }
            for entry in entries
        ],
    }
    filled = {key: value for key, value in members.items() if value not in ("", [{}])}
    return indented(filled) + b"\n"


def _rights(licence: Licence) -> str:
    return f"{licence.name} ({licence.url})" if licence.url else licence.name


def _link(view: View, path: str) -> str:
    """A complete address, or one relative to the feed if the site's is unknown (RFC 4287, 2)."""
    return view.absolute_url(path) if view.settings.url else view.relative_url(path)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
