"""Loads ``mkdocs.yml`` with MkDocs, for builds, and takes from it what pages need."""

from __future__ import annotations

from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont, TTLibError
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError

from generator.addresses.urls import in_main_edition
from generator.configuration.config_file import ProjectError, why_unread
from generator.configuration.editions import own_settings
from generator.configuration.imprint_settings import read_imprint
from generator.configuration.page_front_matter import is_written_in
from generator.configuration.plugin_settings import LEAVE_OUT, PluginConfig
from generator.configuration.project import read_project, selected, site_language
from generator.configuration.site_catalogue import own_texts
from generator.configuration.theme_defaults import NO_THEME
from generator.reading.selection import Selection
from generator.rendering.settings import FontFile, Settings

_PLUGIN = "generator.mkdocs_plugin.plugin"


def read_configuration(path: str, **overrides: Any) -> MkDocsConfig:
    """The configuration at ``path`` as MkDocs reads it; ``overrides`` replace its values.

    Raises ``ConfigurationError`` with one sentence for anything that MkDocs, the theme or a plugin
    can't use, or ``Abort`` if MkDocs has already logged what is wrong.
    """
    if find_spec("material") is None:
        raise ConfigurationError(NO_THEME)
    require_one_plugin()
    try:
        read_project(Path(path))  # so that all commands refuse the same, in the same words
        return load_config(path, **overrides)
    except Abort:
        raise
    except ProjectError as error:
        raise ConfigurationError(str(error)) from None
    except Exception as error:
        raise ConfigurationError(f"{path} can't be used: {why_unread(error)}.") from None


def require_one_plugin() -> None:
    """Raise ``ConfigurationError`` if another package has a plugin of our name."""
    plugins = entry_points(group="mkdocs.plugins", name="briefings")
    others = {plugin.dist.name for plugin in plugins if plugin.dist and plugin.module != _PLUGIN}
    if others:
        names = " and ".join(sorted(others))
        raise ConfigurationError(
            f"The package {names} has a plugin `briefings` too, so MkDocs can't know which one is "
            f"meant. Uninstall it: `pip uninstall {' '.join(sorted(others))}`."
        )


def language(config: MkDocsConfig) -> str:
    """The language of the theme, and so of the site's own words."""
    return site_language(config.theme.get("language"))


#: The page written by hand that says how briefings are made.
METHOD = "method.md"


def site_settings(
    config: MkDocsConfig, options: PluginConfig, sections: tuple[str, ...], *, preview: bool
) -> Settings:
    """The settings of the site for rendering, with these ``sections``.

    A preview has no address, because nobody can cite it.

    Raises ``PluginError`` if a font can't be read.
    """
    tag, folder = language(config), Path(config.config_file_path).parent
    has_own_name = bool(options.languages) and "site_name" in own_settings(folder, tag)
    return Settings(
        name=config.site_name,
        description=config.site_description or "",
        language=tag,
        directory_urls=config.use_directory_urls,
        url="" if preview else (config.site_url or ""),
        pdf=bool(options.pdf) and not preview,
        method_page=_method_page(Path(config.docs_dir), options, tag),
        card_fonts=() if preview else _fonts(config, options),
        sections=sections,
        imprint=read_imprint(options),
        own_texts=own_texts(folder, tag),
        languages=tuple(options.languages),
        leaves_out=leaves_out(options, tag),
        name_language=tag if has_own_name else "",
    )


def _method_page(docs: Path, options: PluginConfig, tag: str) -> str:
    """The page on how briefings are made; empty if there is none in a language that is shown."""
    original, translation = docs / METHOD, docs / Path(METHOD).with_suffix(f".{tag}.md")
    if options.languages and translation.is_file():
        return METHOD
    if not original.is_file():
        return ""
    is_here = not leaves_out(options, tag) or is_written_in(original.read_bytes(), tag)
    return METHOD if is_here else in_main_edition(METHOD)


def leaves_out(options: PluginConfig, tag: str) -> bool:
    """Whether the edition in the language ``tag`` is without what isn't translated."""
    is_main = not options.languages or tag == options.languages[0]
    return options.untranslated == LEAVE_OUT and not is_main


def _fonts(config: MkDocsConfig, options: PluginConfig) -> tuple[FontFile, ...]:
    folder = Path(config.config_file_path).parent
    fonts = []
    for name in options.card_fonts:
        try:
            fonts.append(FontFile.at(folder / str(name)))
            TTFont(fonts[-1].path, fontNumber=0).close()
        except (OSError, ValueError, TTLibError) as error:
            raise PluginError(f"A font for cards can't be read: {name}: {error}") from None
    return tuple(fonts)


def selection(config: MkDocsConfig, options: PluginConfig) -> Selection:
    """Which files in the folder of the briefings are published.

    Raises ``PluginError`` for types of assets that can't be published.
    """
    try:
        return selected(
            options.asset_types,
            config.extra_templates,
            exclude=config.exclude_docs,
            draft=config.draft_docs,
        )
    except ProjectError as error:
        raise PluginError(str(error)) from None


def registries(config: MkDocsConfig, options: PluginConfig) -> Path:
    """The folder of the registries."""
    return Path(config.config_file_path).parent / options.data_dir


def overrides(config: MkDocsConfig) -> list[Path]:
    """The folders of the theme that belong to the project."""
    return [Path(folder) for folder in config.theme.dirs if _inside(folder, config)]


def _inside(folder: str, config: MkDocsConfig) -> bool:
    """Whether a folder belongs to the project, and not to a virtual environment in it."""
    project = Path(config.config_file_path).parent
    if not Path(folder).is_relative_to(project):
        return False
    return not any(part.startswith(".") for part in Path(folder).relative_to(project).parts)
