"""The addresses behind citations and links in authors' texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.addresses import urls
from generator.collection.entries import BriefingEntry
from generator.model.prose_markdown import AddressElsewhere
from generator.rendering.template_functions import outlet

if TYPE_CHECKING:
    from generator.rendering.view import View


@dataclass(frozen=True, slots=True)
class ProseLinks:
    """The addresses behind citations and links, as seen from the page of ``view``.

    ``briefing`` is the one whose text it is, if it is one's.
    """

    view: View
    briefing: BriefingEntry | None

    def citation(self, source_id: str) -> tuple[str, str] | None:
        """The label and the address of a source."""
        if self.briefing is None or source_id not in self.briefing.bibliography:
            return None
        page = urls.briefing(self.briefing.id)
        source = self.briefing.source(source_id)
        label = f"{source.number} {outlet(source)}".strip()
        return label, self.view.relative_url(page, f"source--{source_id}")

    def reference(self, kind: str, target: str) -> str | None:
        """The address of a briefing, a statement, an event or an actor; None without a page."""
        collection = self.view.collection
        if kind == "anchor":
            return self._anchor(target)
        if kind == "briefing":
            return self._briefing(target)
        actor = collection.actors.get(target)
        return self.view.url(actor) if actor and self.view.has_page(actor) else None

    def _anchor(self, target: str) -> str | None:
        """The address of a statement or an event: ``id`` or ``briefing#id``.

        Statements of other briefings may not be loaded; the rule ``unknown-id`` checks them.
        """
        other, _, anchor = target.rpartition("#")
        if other:
            return self._briefing(other, anchor)
        if self.briefing and self.briefing.has_anchor(anchor):
            return self.view.relative_url(urls.briefing(self.briefing.id), anchor)
        return None

    def _briefing(self, key: str, anchor: str = "") -> str | None:
        collection, page = self.view.collection, urls.briefing(key)
        if key in collection.all_ids:
            return self.view.relative_url(page, anchor)
        if key in collection.elsewhere_ids:
            language = collection.elsewhere_ids[key] or self.view.settings.main_language
            address = self.view.relative_url(urls.in_main_edition(page), anchor)
            return AddressElsewhere(address, language)
        return None
