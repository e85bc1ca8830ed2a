"""What every kind of build target can do."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from generator.build.dependencies import DependencyGraph, SiteContext
from generator.build.snapshot import Snapshot
from generator.collection import linker
from generator.exports.aggregate_files import AggregateFile, Fragment
from generator.exports.all_files import Data
from generator.locale.interface import Interface
from generator.rendering.pages import Page
from generator.rendering.settings import Settings
from generator.search.records import SearchPage


@dataclass(frozen=True, slots=True)
class TargetOutput:
    """What a target publishes: pages, and files by their path below the site's root.

    ``fragments`` are its parts of aggregate files, whose frames are in ``aggregates``.
    ``search_pages`` are its entries of the search index.
    """

    pages: tuple[Page, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    fragments: tuple[Fragment, ...] = ()
    aggregates: tuple[AggregateFile, ...] = ()
    search_pages: tuple[SearchPage, ...] = ()


@dataclass(frozen=True, slots=True)
class Target(ABC):
    """A part of the site that is built separately, identified by its kind and its ``id``.

    It is rendered from a collection of its ``inputs`` and nothing else, so targets can be built in
    any order, in several processes, and reused while their inputs stay the same.
    """

    id: str = ""

    kind: ClassVar[str]
    #: Whether its pages need the number of replies on the site, so that it is built last.
    needs_replies: ClassVar[bool] = False
    #: Whether it can have entries in the search index.
    is_searchable: ClassVar[bool] = False

    def __lt__(self, other: Target) -> bool:
        return (self.kind, self.id) < (other.kind, other.id)

    @classmethod
    @abstractmethod
    def all(cls, graph: DependencyGraph) -> Iterable[Target]:
        """All targets of this kind on a site."""

    @classmethod
    def sections(cls) -> Sequence[Target]:
        """Those whose pages every site has."""
        return ()

    @classmethod
    @abstractmethod
    def for_path(cls, path: str, snapshot: Snapshot) -> Target | None:
        """The target of this kind that may publish the file or the page at ``path``."""

    @property
    @abstractmethod
    def page_paths(self) -> Sequence[str]:
        """The paths of the pages that it can have, known before they are rendered."""

    @property
    def source(self) -> str | None:
        """The file that describes it, as a path from the project's root."""
        return None

    @property
    def copied_files(self) -> Mapping[str, str]:
        """The files that are published as they are: published path to path of the source."""
        return {}

    def title(self, path: str, snapshot: Snapshot, interface: Interface) -> str:
        """What a menu calls its page at ``path``; "" for the site's name."""
        return ""

    @property
    def section(self) -> str:
        """The section that its pages belong to; "" for what every site has."""
        return ""

    def is_built(self, sections: Collection[str]) -> bool:
        """Whether a site with these sections has it."""
        return not self.section or self.section in sections

    def in_menu(self, path: str) -> bool:
        """Whether the menu lists its page at ``path`` on every site."""
        return False

    @abstractmethod
    def find_inputs(self, graph: DependencyGraph) -> Collection[str]:
        """The briefings that it is built from, in the order of the site."""

    def digest_inputs(self, snapshot: Snapshot, context: SiteContext) -> Iterator[str | bytes]:
        """Everything that its output depends on, besides the generator and the settings."""
        graph = snapshot.graph
        inputs = graph.inputs(self)
        yield from (self.kind, self.id)
        yield b"".join(map(snapshot.hash_of, inputs))
        yield b"".join(map(graph.entries_digest, inputs))
        yield repr([key for key in inputs if key in graph.elsewhere])
        yield repr([context.page_languages.of(path) for path in self.page_paths])

    @abstractmethod
    def render_pages(
        self, collection: linker.Collection, settings: Settings, context: SiteContext
    ) -> tuple[Page, ...]:
        """Its pages, from a ``collection`` of its inputs; none if it does not exist there."""

    def render_files(
        self, collection: linker.Collection, settings: Settings, context: SiteContext
    ) -> Data:
        """Its files other than pages."""
        return Data({})

    def search_pages(
        self, collection: linker.Collection, settings: Settings
    ) -> tuple[SearchPage, ...]:
        """Its entries in the search index."""
        return ()

    def render(
        self, collection: linker.Collection, settings: Settings, context: SiteContext
    ) -> TargetOutput:
        """Everything that it publishes."""
        pages = self.render_pages(collection, settings, context)
        data = self.render_files(collection, settings, context)
        search_pages = self.search_pages(collection, settings)
        return TargetOutput(pages, data.files, data.fragments, data.shared, search_pages)
