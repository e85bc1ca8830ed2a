"""The files that MkDocs builds a site from, with generated pages in place of the YAML files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel

from generator.addresses.reserved import folded
from generator.addresses.urls import built_by_hand
from generator.build.snapshot import Snapshot
from generator.build.targets import Target, target_of_page
from generator.configuration.mkdocs_config import language
from generator.configuration.site_catalogue import own_texts
from generator.locale.interface import interface_in
from generator.mkdocs_plugin.lazy_files import LazyFiles, is_published, nav_pages
from generator.mkdocs_plugin.other_plugins import redirect_targets, redirects
from generator.mkdocs_plugin.placeholder_page import PlaceholderPage, RenderedPage
from generator.reading.loader import BRIEFINGS
from generator.reading.selection import Selection
from generator.rendering.escaping import meta


class SiteFiles:
    """The files of one build.

    ``rendered_page`` returns a generated page when it has been rendered. Files below the level
    ``minimum`` are not part of the site. ``elsewhere`` returns the file of a page that only the
    main edition has.
    """

    def __init__(
        self,
        config: MkDocsConfig,
        snapshot: Snapshot,
        selection: Selection,
        rendered_page: Callable[[Target, str], RenderedPage | None],
        minimum: InclusionLevel,
        elsewhere: Callable[[str], File | None],
    ) -> None:
        self._config, self._snapshot, self._selection = config, snapshot, selection
        self._rendered_page, self._minimum = rendered_page, minimum
        self._elsewhere = elsewhere
        folder, tag = Path(config.config_file_path).parent, language(config)
        self._interface = interface_in(tag, own_texts(folder, tag))
        self.mkdocs_files: list[File] = []
        """Pages and assets that MkDocs publishes itself; known after ``add_menu_pages``."""
        self.menu: list[tuple[Target, File]] = []
        """Generated pages in the menu, with their targets; known after ``add_menu_pages``."""

    @property
    def reserved_paths(self) -> frozenset[str]:
        """The output paths to which MkDocs writes."""
        return frozenset(file.dest_uri for file in self.mkdocs_files)

    def add_redirect_targets(self, files: Files) -> Files:
        """Add the pages to which the plugin `redirects` leads, before it looks for them."""
        lazy = self._lazy(files)
        for path in dict.fromkeys(redirect_targets(self._config)):
            target = target_of_page(path, self._snapshot)
            if target and path not in lazy.src_uris:
                lazy.append(
                    self.page_file(
                        target, path, target.title(path, self._snapshot, self._interface)
                    )
                )
        return lazy

    def add_menu_pages(self, files: Files) -> Files:
        """Remove what is not published, and add the generated pages in the menu.

        This changes ``files`` itself, because other plugins keep references to it. Files that
        MkDocs excludes anyway stay: some hold settings of other plugins.
        """
        config, snapshot = self._config, self._snapshot
        lazy = files if isinstance(files, LazyFiles) else self._lazy(files)
        for file in list(lazy):
            stays = file.inclusion is InclusionLevel.EXCLUDED or self._is_selected(file)
            if isinstance(file.page, PlaceholderPage) or not stays:
                lazy.remove(file)
        self.mkdocs_files = [file for file in lazy if file.inclusion.value >= self._minimum.value]
        handwritten_paths = {file.src_uri for file in self.mkdocs_files}
        self.menu = [
            (target, self.page_file(target, path, target.title(path, snapshot, self._interface)))
            for target, path in nav_pages([config.nav, redirect_targets(config)], snapshot)
            if path not in handwritten_paths
        ]
        for _, file in self.menu:
            lazy.append(file)
        return lazy

    def is_published(self, file: File) -> bool:
        """Whether readers of the site get a file."""
        return file.inclusion.value >= self._minimum.value and self._is_selected(file)

    def _is_selected(self, file: File) -> bool:
        return is_published(file, self._config, self._selection)

    def refuse_conflicts(self) -> None:
        """PluginError if a file or a redirect would replace a generated file."""
        outputs = [(file.src_uri, file.dest_uri) for file in self.mkdocs_files]
        outputs += [
            (path, output) for path in redirects(self._config) for output in built_by_hand(path)
        ]
        for path, output in outputs:
            if owner := self._snapshot.loaded.addresses.owner(folded(output)):
                raise PluginError(f"{path} would be `{output}`, which is {owner}.")

    def delete_placeholders(self) -> None:
        """Delete what MkDocs has written for the generated pages in the menu."""
        for _, file in self.menu:
            Path(file.abs_dest_path).unlink(missing_ok=True)

    def page_file(self, target: Target, path: str, title: str = "") -> File:
        """MkDocs' file of a generated page. ``title`` is the page's title in a menu."""
        config = self._config
        file = File.generated(config, path, content="")
        if not target.in_menu(path):
            file.inclusion = InclusionLevel.NOT_IN_NAV  # the sidebar has sections only
        if target.source:
            file.edit_uri = quote(target.source.removeprefix(BRIEFINGS))
        default_title = meta(title or config.site_name)
        PlaceholderPage(file, config, default_title, partial(self._rendered_page, target, path))
        return file

    def _lazy(self, files: Files) -> LazyFiles:
        return LazyFiles(list(files), self._snapshot, self.page_file, self._elsewhere)
