"""Where a build for publication writes to, and what becomes of it afterwards.

MkDocs builds into the folder that its configuration names. ``SwappedFolder`` names a folder next to
the site there, from the first event of a build to the last. So other plugins, which ask the
configuration, write there too. After a successful build it swaps the two folders.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from generator.publishing.atomic_swap import AtomicSwap, SiteMovedError, SwapError

#: How many files of somebody else are named in a message.
_MOST = 5

_log = get_plugin_logger("briefings")


class PublicationError(PluginError):
    """Why a site wasn't published; ``is_moved``: the old one is under another name."""

    def __init__(self, error: SwapError) -> None:
        super().__init__(str(error))
        self.is_moved = isinstance(error, SiteMovedError)


class BuildFolder:
    """The folder that MkDocs was given: MkDocs writes there, and nothing is swapped."""

    published_site: Path | None = None
    """The folder that the new site will replace, if there is a swap."""

    def start(self, config: MkDocsConfig) -> None:
        """Prepare the folder, before anything is written."""

    def complete(self) -> None:
        """Note that everything has been written."""

    def abort(self) -> None:
        """Discard the new site."""

    def finish(self) -> None:
        """Publish the new site if it is complete."""


class EditionFolder(BuildFolder):
    """The folder of an edition within the site that is built.

    ``published_site`` is the folder of the same edition in the published site, if that has one.
    """

    def __init__(self, published_site: Path | None) -> None:
        self.published_site = published_site if published_site and published_site.is_dir() else None


class SwappedFolder(BuildFolder):
    """A folder next to the site, for one build from its configuration to its end.

    ``sources`` are the project's own files and folders, which a site must not replace. Raises
    PublicationError if the configured folder can't hold a site.
    """

    def __init__(self, config: MkDocsConfig, sources: list[Path]) -> None:
        # A command can run while an error is being handled that isn't its own.
        self._error_before = sys.exception()
        try:
            self._swap = AtomicSwap(Path(config.site_dir), sources)
        except SwapError as error:
            raise PublicationError(error) from None
        self.published_site = self._swap.site
        self._opened = ExitStack()
        self._is_complete = False
        self._config, self._configured_folder = config, config.site_dir
        config.site_dir = str(self._swap.folder)

    def start(self, config: MkDocsConfig) -> None:
        """Create the folder. PluginError if another plugin has set another folder."""
        if not Path(config.site_dir).is_relative_to(self._swap.folder):
            raise PluginError(
                f"Another plugin or hook has set `site_dir` to {config.site_dir}. Name the folder "
                "in mkdocs.yml or with `-d`, so that the site can be replaced in one step."
            )
        try:
            self._opened.enter_context(self._swap)
        except SwapError as error:
            raise PublicationError(error) from None

    def complete(self) -> None:
        """Note that everything has been written."""
        self._is_complete = True

    def abort(self) -> None:
        """Keep the published site, and delete the new one."""
        self._is_complete = False
        self._opened.close()
        self._config.site_dir = self._configured_folder

    def finish(self) -> None:
        """Publish a complete site, unless an error is being raised.

        PublicationError if the two folders can't be swapped.
        """
        try:
            if self._is_complete and sys.exception() is self._error_before:
                self._swap.commit()
                self._report_kept_files()
                _log.info(f"Published in {self.published_site}")
        except SwapError as error:
            raise PublicationError(error) from None
        finally:
            self.abort()

    def _report_kept_files(self) -> None:
        if kept := self._swap.kept:
            more = f" and {len(kept) - _MOST} more" if len(kept) > _MOST else ""
            _log.info(
                f"Kept in {self.published_site}, as no build wrote it: "
                f"{', '.join(kept[:_MOST])}{more}"
            )
