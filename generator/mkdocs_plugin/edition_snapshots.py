"""The files of a project as each edition of its site shows them."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from generator.build.dependencies import PageLanguages
from generator.build.edition_snapshot import in_language, with_names
from generator.build.page_languages import page_languages
from generator.build.snapshot import Snapshot
from generator.configuration.editions import own_settings
from generator.configuration.mkdocs_config import language, leaves_out
from generator.configuration.plugin_settings import PluginConfig
from generator.configuration.site_sections import site_sections


class EditionSnapshots:
    """The snapshots of all editions, each made once. A page depends on which of them have it too.

    ``snapshot`` has the files that are published, ``config`` is that of the main edition.
    """

    def __init__(self, snapshot: Snapshot, config: MkDocsConfig, options: PluginConfig) -> None:
        self._snapshot, self._options = snapshot, options
        self._folder, self._nav = Path(config.config_file_path).parent, config.nav
        self._main = language(config)
        self._languages = tuple(options.languages) or (self._main,)

    def of(self, tag: str) -> Snapshot:
        """The snapshot of the edition in the language ``tag``."""
        snapshot = self._editions[tag]
        graph = snapshot.graph.with_page_languages(self._page_languages)
        return replace(snapshot, graph=graph)

    @cached_property
    def _page_languages(self) -> PageLanguages:
        is_alone = len(self._languages) == 1
        return PageLanguages() if is_alone else page_languages(self._editions)

    @cached_property
    def _editions(self) -> dict[str, Snapshot]:
        return {tag: self._edition(tag) for tag in self._languages}

    def _edition(self, tag: str) -> Snapshot:
        nav, is_main = self._nav, tag == self._main
        if not is_main:
            nav = own_settings(self._folder, tag).get("nav", nav)
        snapshot = self._snapshot.with_sections(site_sections(nav, self._options))
        if is_main:
            return with_names(snapshot, tag)
        only_translated = leaves_out(self._options, tag)
        return in_language(snapshot, tag, self._main, only_translated=only_translated)
