"""What MkDocs' commands publish: built beside the site, and put in place when all went well.

MkDocs builds into the folder that its configuration names. Here that is another one from the first
event of a build to the last, whatever the command is: other plugins, which ask the configuration,
write there too.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from generator.publishing.atomic_swap import AtomicSwap, SiteMovedError, SwapError

_MOST = 5

_log = get_plugin_logger("briefings")


class PublicationError(PluginError):
    """Why a site wasn't published; ``is_moved``: the old one is under another name."""

    def __init__(self, error: SwapError) -> None:
        super().__init__(str(error))
        self.is_moved = isinstance(error, SiteMovedError)


class BuildFolder:
    """One build for publication, from its configuration to its end."""

    def __init__(self) -> None:
        self.site: Path | None = None
        """The folder whose place the new site takes."""
        self._config: MkDocsConfig | None = None
        self._named = ""
        self._replacement: AtomicSwap | None = None
        self._opened = ExitStack()
        self._is_complete = False
        # A command can run while an error is being handled that isn't its own.
        self._error_before = sys.exception()

    def configure(self, config: MkDocsConfig, sources: list[Path]) -> None:
        """Name another folder to MkDocs; PublicationError where the place isn't one for a site."""
        if self._replacement:  # a process can build several times before its end
            self.end()
        try:
            self._replacement = AtomicSwap(Path(config.site_dir), sources)
        except SwapError as error:
            raise PublicationError(error) from None
        self.site = self._replacement.site
        self._config, self._named = config, config.site_dir
        config.site_dir = str(self._replacement.folder)

    def begin(self, config: MkDocsConfig) -> None:
        """Make that folder; PluginError where another plugin has named one of its own."""
        assert self._replacement
        if not Path(config.site_dir).is_relative_to(self._replacement.folder):
            raise PluginError(
                f"Another plugin or hook has set `site_dir` to {config.site_dir}. Name the folder "
                "in mkdocs.yml or with `-d`, so that the site can be replaced in one step."
            )
        try:
            self._opened.enter_context(self._replacement)
        except SwapError as error:
            raise PublicationError(error) from None

    def complete(self) -> None:
        """Note that everything has been written."""
        self._is_complete = True

    def abandon(self) -> None:
        """Leave the site that is there, and nothing of the new one."""
        self._is_complete = False
        self._opened.close()
        if self._config:
            self._config.site_dir = self._named

    def end(self) -> None:
        """Put the new site in place, unless an error is on its way to the user.

        PublicationError where that can't be done.
        """
        try:
            if self._is_complete and sys.exception() is self._error_before:
                assert self._replacement
                self._replacement.commit()
                self._report_kept()
                _log.info(f"Published in {self.site}")
        except SwapError as error:
            raise PublicationError(error) from None
        finally:
            self.abandon()

    def _report_kept(self) -> None:
        assert self._replacement
        if kept := self._replacement.kept:
            more = f" and {len(kept) - _MOST} more" if len(kept) > _MOST else ""
            _log.info(f"Kept in {self.site}, as no build wrote it: {', '.join(kept[:_MOST])}{more}")
