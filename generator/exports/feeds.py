"""Feeds of the site and of each actor, topic and place: Atom (RFC 4287) and JSON Feed 1.1.

An entry is a briefing with the dates of its file, never those of a build. An entry of ``changes``
makes it newer, so that feed readers show it again, with what was changed.
"""

from __future__ import annotations

import io
import posixpath
import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from html import escape
from typing import Any

from feedgenerator import Atom1Feed

from generator.addresses import urls
from generator.collection.entries import BriefingEntry, Subject, last_changed_first
from generator.collection.linker import Collection
from generator.collection.statistics import IN_A_FEED, NEVER
from generator.collection.subject_pages import shown_on
from generator.exports.json_text import indented
from generator.locale.terms import changes
from generator.model import prose_markdown
from generator.rendering.settings import Settings
from generator.rendering.view import View

#: The theme's script takes each feed of a page for the site in another language and requests its
#: sitemap. Without this file, browsers would report an error.
_NO_PAGES = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>
"""


def site_feed(
    briefings: Iterable[str], collection: Collection, settings: Settings
) -> dict[str, bytes]:
    """The feed of all briefings, of which these ids are the newest: path below the site's root to
    content.
    """
    latest = [collection.briefings[key] for key in briefings]
    folders = {
        posixpath.dirname(urls.SITE_FEED),
        *(
            posixpath.dirname(urls.feed(kind, ""))
            for kind, entries in collection.subjects()
            if entries and kind in settings.sections
        ),
    }
    no_pages = {f"{folder}/sitemap.xml": _NO_PAGES for folder in sorted(folders)}
    view = View(f"{urls.SITE_FEED}.xml", settings, collection)
    return _files(urls.SITE_FEED, urls.HOME, settings.name, latest, view) | no_pages


def subject_feed(
    kind: str, entry: Subject, collection: Collection, settings: Settings
) -> dict[str, bytes]:
    """The feed of an actor, a topic or a place (``kind`` is the folder's name).

    It has the newest of the briefings that its page shows.
    """
    path = urls.feed(kind, entry.id)
    title = f"{entry.name} – {settings.name}" if settings.name else entry.name
    briefings = last_changed_first(shown_on(entry, None).all_briefings())[:IN_A_FEED]
    view = View(f"{path}.xml", settings, collection)
    return _files(path, urls.entry(kind, entry.id), title, briefings, view)


def _files(
    path: str, page: str, title: str, briefings: list[BriefingEntry], view: View
) -> dict[str, bytes]:
    """A feed in both formats. ``path`` is its own without the ending, ``page`` that of its page."""
    settings = view.settings
    author = {"name": settings.imprint.publisher, "url": settings.imprint.publisher_url}
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": view.absolute_url(page),
        "feed_url": view.absolute_url(f"{path}.json"),
        "description": settings.description,
        "language": settings.language,
        "authors": [{key: value for key, value in author.items() if value}],
        "items": [_item(briefing, view) for briefing in briefings],
    }
    filled = {key: value for key, value in feed.items() if value not in ("", [{}])}
    return {
        f"{path}.xml": _atom(feed, path, view),
        f"{path}.json": indented(filled) + b"\n",
    }


def _item(briefing: BriefingEntry, view: View) -> dict[str, Any]:
    """A briefing as an item of a JSON Feed."""
    model, changed = briefing.model, _changed(briefing)
    # An item stays the same one after its briefing moves, because its id is of the first id.
    first_id = model.aliases[0] if model.aliases else briefing.id
    return {
        "id": _urn(view.settings, first_id),
        "url": view.absolute_url(urls.briefing(briefing.id)),
        "title": briefing.title,
        "content_html": _content(briefing, view.settings),
        "summary": prose_markdown.plain(model.summary),
        "date_published": _midnight(model.published or changed),
        "date_modified": _midnight(changed),
        "language": view.settings.language_of(briefing),
        "tags": [
            *(topic.name for topic in briefing.topics),
            *(place.name for place in briefing.places),
        ],
    }


def _content(briefing: BriefingEntry, settings: Settings) -> str:
    """The summary and the changes since publication, as HTML."""
    interface, names = settings.interface, changes(settings.interface)
    latest_first = sorted(briefing.model.changes, key=lambda change: change.date, reverse=True)
    marked = "{}" if settings.is_translated else '<span lang="en">{}</span>'
    items = ""
    for change in latest_first:
        day = interface.day(change.date)
        kind = f"<strong>{escape(names[change.kind])}</strong>"
        heading = interface.gettext("%(kind)s, %(day)s:", kind=kind, day=day)
        text = escape(prose_markdown.plain(change.text))
        items += f"<li>{marked.format(heading)} {text}</li>"
    lead = f"<p>{escape(prose_markdown.plain(briefing.model.summary))}</p>"
    return f"{lead}<ul>{items}</ul>" if items else lead


def _atom(feed: Mapping[str, Any], path: str, view: View) -> bytes:
    """A JSON Feed as Atom."""
    imprint, licence = view.settings.imprint, view.settings.imprint.licence
    rights = f"{licence.name} ({licence.url})" if licence.url else licence.name
    days = [item["date_modified"] for item in feed["items"]]
    atom = _Atom(
        title=feed["title"],
        link=feed["home_page_url"],
        description=feed["description"],
        language=feed["language"],
        feed_url=view.absolute_url(f"{path}.xml"),
        feed_guid=_urn(view.settings, path),
        author_name=imprint.publisher or view.settings.name or "Briefings",
        author_link=imprint.publisher_url or None,
        feed_copyright=rights or None,
        updated=max(days, default=_midnight(NEVER)),
    )
    for item in feed["items"]:
        atom.add_item(
            title=item["title"],
            link=item["url"],
            description=None,
            content=item["content_html"],
            unique_id=item["id"],
            pubdate=datetime.fromisoformat(item["date_published"]),
            updateddate=datetime.fromisoformat(item["date_modified"]),
            categories=item["tags"],
            language=item["language"],
        )
    out = io.StringIO()
    atom.write(out, "utf-8")
    return (out.getvalue() + "\n").encode()


class _Atom(Atom1Feed):  # type: ignore[misc]  # the library has no types
    """The library's feed, with the date of its newest entry and the language of each entry."""

    def latest_post_date(self) -> datetime:
        return datetime.fromisoformat(self.feed["updated"])

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}


def _urn(settings: Settings, name: str) -> str:
    """A globally unique name (RFC 9562, 5.5), even if the site's address is unknown."""
    return uuid.uuid5(_site_id(settings.url or settings.name), name).urn


@lru_cache
def _site_id(name: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, name)


def _changed(briefing: BriefingEntry) -> date:
    return briefing.changed or NEVER


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00+00:00"
