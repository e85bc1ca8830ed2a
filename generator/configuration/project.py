"""Reads a project from ``mkdocs.yml``: its folders, language and rules.

The commands use this instead of MkDocs, which would load the theme and the plugins. What a command
refuses here, a build refuses in the same words (``mkdocs_config.read_configuration``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from mkdocs.config.base import ValidationError
from pydantic_core import PydanticCustomError

from generator.configuration.config_file import (
    CONFIG,
    ProjectError,
    located,
    read_settings,
    setting_error,
)
from generator.configuration.plugin_settings import (
    check_languages,
    plugin_settings,
    plugin_values,
    severities,
)
from generator.locale.interface import is_translated
from generator.model import languages
from generator.model.field_errors import shown
from generator.model.urls import read_url
from generator.reading.problems import Severity, nearest
from generator.reading.selection import SOURCE_TYPES, Selection, is_hidden, never

if TYPE_CHECKING:
    from pathspec.gitignore import GitIgnoreSpec

#: The files that MkDocs leaves out unless `exclude_docs` says otherwise.
_HIDDEN = ".*"
#: The theme that pages need: Material for MkDocs.
THEME = "material"


@dataclass(frozen=True, slots=True)
class Project:
    """The folders of a project and its settings. ``folder`` is the folder of ``mkdocs.yml``."""

    briefings: Path = Path("briefings")
    data: Path = Path("data")
    language: str = "en"
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    folder: Path = Path()
    selection: Selection = field(default_factory=Selection)
    warnings: tuple[str, ...] = ()
    leave_out_broken_translations: bool = False


def read_project(config: Path) -> Project:
    """The project of the ``mkdocs.yml`` at ``config``, or the default folders without this file.

    Raises ``ProjectError`` for a configuration that can't be used.
    """
    folder = config.parent
    if not config.is_file():
        return Project(folder / "briefings", folder / "data", folder=folder)
    settings = read_settings(config)
    try:
        return _project(settings, folder)
    except ProjectError as error:
        raise ProjectError(located(error, config)) from None


def _project(settings: Mapping[str, Any], folder: Path) -> Project:
    values = under_plugins(settings.get("plugins"))
    plugin_config = plugin_settings(values)
    theme = settings.get("theme")
    _check_theme(theme)
    _check_theme_folder(theme, folder)
    theme_language = theme.get("language") if isinstance(theme, dict) else None
    check_languages(plugin_config.languages, theme_language)
    return Project(
        folder / _folder(settings, "docs_dir", "docs"),  # as MkDocs has it
        folder / plugin_config.data_dir,
        site_language(theme_language or next(iter(plugin_config.languages), None)),
        severities(plugin_config.rules),
        folder,
        selected(
            plugin_config.asset_types,
            settings.get("extra_templates"),
            exclude=_patterns(settings, "exclude_docs"),
            draft=_patterns(settings, "draft_docs"),
        ),
        tuple(deprecation.warning("setting") for deprecation in plugin_values(values)[1]),
        plugin_config.leave_out_broken_translations,
    )


def _check_theme(theme: object) -> None:
    """Refuse a theme that is named and can't show the pages; MkDocs gives no line."""
    name = theme.get("name", THEME) if isinstance(theme, dict) else theme
    if name is not None and name != THEME:
        raise ProjectError(wrong_theme(name), "theme", "name")


def wrong_theme(name: object) -> str:
    """What to write instead of the theme ``name``."""
    return (
        f"The theme is `{name}`, and the pages of briefings need Material. Write "
        f"`theme: {{name: {THEME}}}`."
    )


def _check_theme_folder(theme: object, folder: Path) -> None:
    """Refuse a `custom_dir` that MkDocs can't use; for some values it ends with a traceback."""
    if not isinstance(theme, dict) or "custom_dir" not in theme:
        return
    name = theme["custom_dir"]
    if not isinstance(name, str):
        wrong = " is not a folder. Write the name of a folder, or remove it."
    elif not (folder / name).is_dir():
        wrong = f": there is no folder {shown(name)}. Create it, or remove `custom_dir`."
    else:
        return
    raise ProjectError(f"`custom_dir` in {CONFIG}{wrong}", "theme", "custom_dir")


def selected(
    types: list[str],
    templates: object,
    *,
    exclude: GitIgnoreSpec | None,
    draft: GitIgnoreSpec | None,
) -> Selection:
    """Which files in the folder of the briefings are published.

    ``types`` are the file name endings of `asset_types`, ``templates`` is `extra_templates`.
    ``exclude`` and ``draft`` are the patterns of `exclude_docs` and `draft_docs`. Raises
    ``ProjectError`` for types of assets that can't be published.
    """
    endings = frozenset(type_.removeprefix(".").casefold() for type_ in types)
    for ending in sorted(endings):
        if ending in SOURCE_TYPES or not ending.isalnum():
            raise setting_error(
                f"`{ending}` can't be one of the `asset_types`. They are endings such as `json`, "
                "and never the endings of briefings.",
                "asset_types",
            )
    shown_patterns = None if exclude is None else type(exclude).from_lines([_HIDDEN]) + exclude
    names = templates if isinstance(templates, list) else []
    return Selection(
        endings,
        frozenset(name for name in names if isinstance(name, str)),
        never if exclude is None else exclude.match_file,
        never if draft is None else draft.match_file,
        is_hidden if shown_patterns is None else shown_patterns.match_file,
    )


def _patterns(settings: Mapping[str, Any], key: str) -> GitIgnoreSpec | None:
    if settings.get(key) is None:
        return None
    from mkdocs.config.config_options import PathSpec  # slow, and few projects need it

    try:
        return PathSpec().run_validation(settings[key])
    except ValidationError as error:
        raise ProjectError(f"`{key}` in {CONFIG} can't be read: {error}", key) from None


def _folder(settings: Mapping[str, Any], name: str, usual: str) -> str:
    value = settings.get(name)
    if value is not None and (not isinstance(value, str) or "\0" in value):
        raise ProjectError(
            f"`{name}` in {CONFIG} is not a folder. Write `{name}: briefings`.", name
        )
    return value or usual


def site_language(value: object) -> str:
    """The language of a site from the theme's setting ``value``.

    Raises ``ProjectError`` for anything but a language.
    """
    if value is None:
        return "en"
    wrong = " is not a text, such as `en`."
    if isinstance(value, str):
        try:
            languages.canonical(value)
        except languages.LanguageError as error:
            wrong = f": {error.reason}"
        else:
            return value
    raise ProjectError(f"The theme's `language` in {CONFIG}{wrong}", "theme", "language")


def check_address(url: str) -> None:
    """Raise ``ProjectError`` if pages can't have addresses that begin with ``url``."""
    try:
        parts = urlsplit(read_url(url))
    except PydanticCustomError as error:
        details = error.context or {}
        raise ProjectError(f"{details.get('message')} {details.get('hint')}") from None
    folders = parts.path.removeprefix("/").removesuffix("/")
    # Browsers resolve escaped dots too (WHATWG URL, "double-dot URL path segment").
    unclear = folders and {"", ".", ".."} & set(map(unquote, folders.split("/")))
    if parts.query or parts.fragment or "@" in parts.netloc or unclear:
        raise ProjectError(
            f"{shown(url)} is not the address of a site. Write only the host and "
            "the folder, for example `https://example.org/briefings/`."
        )


def language_warnings(language: str) -> Iterator[str]:
    """A warning for a site in a language that the interface has no texts in."""
    if not is_translated(language):
        yield (
            f"`theme: language` is `{language}`, but the words of the site itself exist only in "
            "English. They are marked as English."
        )


def under_plugins(plugins: object) -> object:
    """The value of ``briefings`` in a list or a mapping of plugins."""
    entries = plugins if isinstance(plugins, list) else [plugins]
    own = [
        entry
        for entry in entries
        if entry == "briefings" or (isinstance(entry, dict) and "briefings" in entry)
    ]
    if not own:
        _check_misspelt(entries)
    if len(own) > 1:
        raise ProjectError(
            "The plugin `briefings` is in `plugins` twice. Remove one of the two.", "plugins"
        )
    return own[0]["briefings"] if own and isinstance(own[0], dict) else None


def _check_misspelt(plugins: list[object]) -> None:
    """Refuse plugins with a name that is probably ours, which MkDocs would look for in vain."""
    from importlib.metadata import entry_points  # slow, and hardly ever needed

    for entry in plugins:
        for name in entry if isinstance(entry, dict) else [entry]:
            installed = entry_points(group="mkdocs.plugins", name=str(name))
            if nearest(str(name), ["briefings"]) and not installed:
                raise ProjectError(
                    f"There is no plugin `{name}`. Did you mean `briefings`?",
                    "plugins",
                    str(name),
                    is_name=True,
                )
