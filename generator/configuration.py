"""What ``mkdocs.yml`` says: the plugin's options, and what it reads of MkDocs' and the theme's."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config import config_options as options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from generator.project import ProjectError, selected
from generator.selection import Selection, never
from generator.view import Settings


class PluginConfig(Config):  # type: ignore[no-untyped-call]  # its base tells no types
    """What ``mkdocs.yml`` can say under ``briefings``."""

    data_dir = options.Type(str, default="data")
    """The folder of the registries, from the folder of ``mkdocs.yml``."""
    rules = options.Type(dict, default={})
    """Rules by id, each ``off``, ``warning`` or ``error`` on this site."""
    card_fonts = options.Type(list, default=[])
    """Font files, from the folder of ``mkdocs.yml``, for scripts that the package's fonts lack."""
    asset_types = options.ListOfItems(options.Type(str), default=[])
    """Endings of files in the briefings' folder that readers get too, such as ``json``."""
    pdf = options.Type(bool, default=False)
    """Whether builds make a PDF file of each briefing; `briefings build --pdf` does in any case."""


def language(config: MkDocsConfig) -> str:
    """The language of the theme, and so of the site's own words."""
    return str(config.theme.get("language") or "en")


def site_settings(config: MkDocsConfig, own: PluginConfig, *, preview: bool) -> Settings:
    """What pages are told of the site; a preview's address is nothing to cite.

    PluginError where a font can't be read.
    """
    return Settings(
        name=config.site_name,
        description=config.site_description or "",
        language=language(config),
        directory_urls=config.use_directory_urls,
        url="" if preview else (config.site_url or ""),
        pdf=bool(own.pdf) and not preview,
        card_fonts=() if preview else _fonts(config, own),
    )


def _fonts(config: MkDocsConfig, own: PluginConfig) -> tuple[bytes, ...]:
    folder = Path(config.config_file_path).parent
    try:
        return tuple((folder / str(name)).read_bytes() for name in own.card_fonts)
    except OSError as error:
        raise PluginError(f"A font for cards can't be read: {error}") from None


def selection(config: MkDocsConfig, own: PluginConfig) -> Selection:
    """Which files of the briefings' folder are published; PluginError where they can't be."""
    try:
        return selected(
            {"asset_types": own.asset_types},
            config.extra_templates,
            excluded=config.exclude_docs.match_file if config.exclude_docs else never,
            drafts=config.draft_docs.match_file if config.draft_docs else never,
        )
    except ProjectError as error:
        raise PluginError(str(error)) from None


def registries(config: MkDocsConfig, own: PluginConfig) -> Path:
    """The folder of the registries."""
    return Path(config.config_file_path).parent / own.data_dir


def overrides(config: MkDocsConfig) -> list[Path]:
    """The theme's folders that are the project's own."""
    return [Path(folder) for folder in config.theme.dirs if _inside(folder, config)]


def _inside(folder: str, config: MkDocsConfig) -> bool:
    """Whether a folder is the project's own; an environment in it holds the themes of others."""
    project = Path(config.config_file_path).parent
    if not Path(folder).is_relative_to(project):
        return False
    return not any(part.startswith(".") for part in Path(folder).relative_to(project).parts)
