"""A briefing: its page, its data, and the pages of its former addresses."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from generator.addresses import urls
from generator.build.dependencies import DependencyGraph, SiteContext
from generator.build.snapshot import Snapshot
from generator.build.targets.base import Target
from generator.collection import linker
from generator.collection.reply_status import oldest_first
from generator.exports.all_files import Data, briefing_data
from generator.locale.interface import Interface
from generator.reading.loader import BRIEFINGS
from generator.rendering.back_links import cited_at
from generator.rendering.charts.timeline import timeline
from generator.rendering.exchanges import answers_in, claims_in_brief, exchanges
from generator.rendering.pages import Page, PageLink, render_page
from generator.rendering.quotations import compared
from generator.rendering.settings import Settings
from generator.rendering.text_language import foreign
from generator.search.pages import briefing_found
from generator.search.records import SearchPage


class BriefingTarget(Target):
    """The briefing with this id.

    Its page links to the briefings that refer to it and to those that it refers to.
    """

    __slots__ = ()
    kind: ClassVar[str] = "briefings"
    is_searchable: ClassVar[bool] = True

    @classmethod
    def all(cls, graph: DependencyGraph) -> Iterable[Target]:
        return map(cls, graph.briefings)

    @classmethod
    def for_path(cls, path: str, snapshot: Snapshot) -> Target | None:
        folder = path.rpartition("/")[0]
        if folder in snapshot.graph.briefings or folder in snapshot.loaded.broken:
            return cls(folder)
        owners = snapshot.loaded.aliases.get(folder)
        return cls(owners[0]) if owners else None

    @property
    def page_paths(self) -> Sequence[str]:
        return (urls.briefing(self.id),)

    @property
    def source(self) -> str:
        return f"{BRIEFINGS}{self.id}.yml"

    @property
    def copied_files(self) -> Mapping[str, str]:
        return {urls.briefing_yaml(self.id): self.source}

    def title(self, path: str, snapshot: Snapshot, interface: Interface) -> str:
        reading = snapshot.loaded.briefings.get(self.id)
        return reading.value.title if reading else self.id

    def find_inputs(self, graph: DependencyGraph) -> Collection[str]:
        return graph.neighbours(self.id)

    def digest_inputs(self, snapshot: Snapshot, context: SiteContext) -> Iterator[str | bytes]:
        yield from super().digest_inputs(snapshot, context)
        graph = snapshot.graph
        if graph.first_citing:
            # The first briefing that cites a shared source has it in its entries of the search.
            references = graph.entries_of(self.id)
            yield repr([key for key in references if graph.first_citing.get(key[1]) == self.id])
        yield repr(_neighbours(self.id, context))
        yield repr(context.page_languages.translations.get(self.id))

    def render_pages(
        self, collection: linker.Collection, settings: Settings, context: SiteContext
    ) -> tuple[Page, ...]:
        briefing = collection.briefings[self.id]
        in_order = oldest_first(briefing.entries)
        page = render_page(
            urls.briefing(self.id),
            "briefing.md",
            collection,
            settings,
            briefing=briefing,
            section=urls.BRIEFINGS if "briefings" in settings.sections else "",
            claims=claims_in_brief(briefing),
            exchanges=exchanges(briefing),
            in_order=in_order,
            timeline=timeline(in_order, settings.interface),
            relations=answers_in(briefing),
            compared=compared(briefing),
            cited=cited_at(briefing),
            translations=context.page_languages.translations.get(self.id, ()),
        )
        main, page_language = settings.main_language, settings.interface.language
        previous_page, next_page = (
            link and replace(link, language=foreign(link.language or main, page_language))
            for link in _neighbours(self.id, context)
        )
        return (
            replace(
                page,
                source=briefing.path,
                modified=briefing.changed,
                previous_page=previous_page,
                next_page=next_page,
            ),
        )

    def render_files(
        self, collection: linker.Collection, settings: Settings, context: SiteContext
    ) -> Data:
        return briefing_data(collection.briefings[self.id], collection, settings)

    def search_pages(
        self, collection: linker.Collection, settings: Settings
    ) -> tuple[SearchPage, ...]:
        return (briefing_found(collection.briefings[self.id], collection, settings),)


def _neighbours(briefing: str, context: SiteContext) -> tuple[PageLink | None, PageLink | None]:
    """The pages before and after a briefing's page, in the order of the list of briefings."""
    briefing_list = context.briefing_list
    before, after = (
        PageLink(urls.briefing(key), *briefing_list.title_of(key)) if key else None
        for key in briefing_list.neighbours(briefing)
    )
    return before, after
