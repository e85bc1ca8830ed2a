"""Builds the editions of a site in other languages, below the main one."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from generator.configuration.editions import edition_config
from generator.mkdocs_plugin.mode import Mode, ModePlugin


class _Editions(Protocol):
    def __call__(self, plugin: ModePlugin, language: str) -> Mode: ...


def build_editions(
    config: MkDocsConfig, languages: tuple[str, ...], edition_mode: _Editions
) -> None:
    """Build the edition in each of the ``languages`` into its folder of the main site.

    ``config`` is that of the main edition. ``edition_mode`` returns the mode of the plugin in the
    build of an edition. PluginError if a briefing or a file has the address of an edition.
    """
    pdf = _plugin(config).config.pdf
    for language in languages:
        folder = Path(config.site_dir) / language
        if folder.exists():
            raise PluginError(
                f"The pages in the language `{language}` can't be in `{language}/`, because the "
                "site has other pages or files there. Give those another name."
            )
        edition = edition_config(config, language)
        own = _plugin(edition)
        own.config.pdf = pdf  # `briefings build --pdf` has set it in the main edition
        # MkDocs keeps one object of a plugin for all builds of a process.
        main_mode, own.mode = own.mode, edition_mode(own, language)
        try:
            build(edition)
        finally:
            own.mode = main_mode


def _plugin(config: MkDocsConfig) -> ModePlugin:
    return next(plugin for plugin in config.plugins.values() if isinstance(plugin, ModePlugin))
