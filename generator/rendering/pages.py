"""Markdown pages from templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml
from markupsafe import Markup

from generator.addresses import urls
from generator.addresses.sections import FEEDS
from generator.collection.entries import BriefingEntry, Subject
from generator.collection.linker import Collection
from generator.model.languages import direction
from generator.rendering import escaping
from generator.rendering.dispute_lines import dispute_text
from generator.rendering.entry_addresses import section_of
from generator.rendering.json_ld import linked_data
from generator.rendering.settings import Settings
from generator.rendering.social_cards import card_path
from generator.rendering.templates import environment
from generator.rendering.text_language import is_language
from generator.rendering.view import View


@dataclass(frozen=True, slots=True)
class PageLink:
    """The path and the title of a page that another page leads to.

    ``language`` is the title's (BCP 47), empty if it is that of the page.
    """

    path: str
    title: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A Markdown page: its path below the site's root, its text, the path of its source file.

    ``head`` is its front matter; texts in it are escaped for HTML. ``modified`` is the last day on
    which its content changed, according to the data. ``previous_page`` and ``next_page`` are its
    neighbours in a list.
    """

    path: str
    head: Mapping[str, Any]
    body: str
    source: str | None = None
    modified: date | None = None
    previous_page: PageLink | None = None
    next_page: PageLink | None = None

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


def render_page(
    path: str, template: str, collection: Collection, settings: Settings, **values: Any
) -> Page:
    """The page at ``path``: a ``template`` filled with ``values``, the collection and a ``View``.

    ``entry`` or ``briefing`` is what the page is about, ``section`` the path of the page above it.
    Texts on the page of a ``briefing`` can use its ids alone.
    """
    view = View(path, settings, collection, values.get("briefing"))
    text = (
        environment(settings.interface)
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
    language = view.page_language(subject)
    if not is_language(language, settings.language):
        head |= {"title_language": language, "title_direction": direction(language)}
    title = str(Markup(fields["title"]).unescape())
    data = linked_data(
        view, title, subject, values.get("section", ""), values.get("translations", ())
    )
    return Page(path, head, f"{_tidy(rest)}\n{data}\n")


def _for_machines(subject: Subject | BriefingEntry | None, settings: Settings) -> dict[str, Any]:
    """Front matter that `theme/main.html` puts into the page's head for other programs."""
    head: dict[str, Any] = {"made": True}
    if isinstance(subject, BriefingEntry):
        # Its list of sections is part of the page, on every width.
        head["hide"] = ["toc"]
        head["record"] = urls.briefing_json(subject.id)
        head["shared"] = escaping.meta(dispute_text(subject, settings.interface))
        head["published"] = subject.model.published and subject.model.published.isoformat()
        head["modified"] = subject.changed and subject.changed.isoformat()
    elif subject:
        head["feed"] = FEEDS in settings.sections and urls.feed(section_of(subject), subject.id)
    head["card"] = card_path(subject if isinstance(subject, BriefingEntry) else None, settings)
    return {key: value for key, value in head.items() if value}


def _tidy(body: str) -> str:
    """A body without the empty lines and indentation from template tags."""
    lines = "\n".join(filter(None, map(str.strip, body.split("\n"))))
    before, *sections = f"\n{lines}".split("\n#")
    spaced = [before, *(section.replace("\n", "\n\n", 1) for section in sections)]
    return "\n\n#".join(spaced).strip() + "\n"
