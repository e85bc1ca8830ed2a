"""What ``mkdocs.yml`` says: the plugin's options, and what it reads of MkDocs' and the theme's."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fontTools.ttLib import TTFont, TTLibError
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from pydantic_core import PydanticCustomError

from generator.configuration.project import (
    PluginConfig,
    ProjectError,
    read_project,
    selected,
    site_language,
    why_unread,
)
from generator.model.fields import read_url, shown
from generator.reading.selection import Selection
from generator.rendering.settings import FontFile, Settings


def read_configuration(path: str, **given: Any) -> MkDocsConfig:
    """The configuration in a file, as MkDocs reads it; ``given`` takes the place of what it says.

    Raises ``ConfigurationError`` in one sentence for whatever MkDocs, the theme and the plugins
    can't use, or ``Abort`` where MkDocs has said what is wrong.
    """
    try:
        read_project(Path(path))  # what other commands refuse is refused in the same words
        return load_config(path, **given)
    except Abort:
        raise
    except ProjectError as error:
        raise ConfigurationError(str(error)) from None
    except Exception as error:
        raise ConfigurationError(f"{path} can't be used: {why_unread(error)}.") from None


def check_address(config: MkDocsConfig) -> None:
    """PluginError where ``site_url`` is none that pages can have."""
    url = config.site_url
    if not url:
        return
    try:
        parts = urlsplit(read_url(url))
    except PydanticCustomError as error:
        told = error.context or {}
        raise PluginError(f"`site_url`: {told.get('message')} {told.get('hint')}") from None
    folders = parts.path.removeprefix("/").removesuffix("/")
    unclear = folders and {"", ".", ".."} & set(folders.split("/"))
    if parts.query or parts.fragment or "@" in parts.netloc or unclear:
        raise PluginError(
            f"`site_url`: {shown(url)} is not the address of a site. Write only the host and "
            "the folder, for example `https://example.org/briefings/`."
        )


def language(config: MkDocsConfig) -> str:
    """The language of the theme, and so of the site's own words."""
    return site_language(config.theme.get("language"))


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


def _fonts(config: MkDocsConfig, own: PluginConfig) -> tuple[FontFile, ...]:
    folder = Path(config.config_file_path).parent
    found = []
    for name in own.card_fonts:
        try:
            found.append(FontFile.at(folder / str(name)))
            TTFont(found[-1].path, fontNumber=0).close()
        except (OSError, ValueError, TTLibError) as error:
            raise PluginError(f"A font for cards can't be read: {name}: {error}") from None
    return tuple(found)


def selection(config: MkDocsConfig, own: PluginConfig) -> Selection:
    """Which files of the briefings' folder are published; PluginError where they can't be."""
    try:
        return selected(
            own.asset_types,
            config.extra_templates,
            exclude=config.exclude_docs,
            draft=config.draft_docs,
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
