"""What ``mkdocs.yml`` says of a project: where its files are, its language, its rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from mkdocs.config import config_options as options
from mkdocs.config.base import Config, ValidationError
from mkdocs.utils.yaml import get_yaml_loader, yaml_load
from pathspec.gitignore import GitIgnoreSpec

from generator.model import languages
from generator.reading.problems import Severity, nearest
from generator.reading.selection import SOURCE_TYPES, Selection, is_hidden, never
from generator.rendering.translations import is_translated
from generator.rules import RULES

CONFIG = "mkdocs.yml"
#: What a rule can be set to. YAML 1.1, in which MkDocs reads its file, takes `off` for a boolean.
_CHOICES: dict[object, Severity | None] = {
    "off": None,
    False: None,
    "warning": Severity.WARNING,
    "error": Severity.ERROR,
}
#: What MkDocs leaves out where `exclude_docs` doesn't say otherwise.
_HIDDEN = GitIgnoreSpec.from_lines([".*"])


_TYPES = {
    "data_dir": "the name of a folder",
    "rules": "lines such as `single-source: error`",
    "card_fonts": "a list of the names of font files",
    "asset_types": "a list of endings, such as `[json]`",
    "pdf": "`true` or `false`",
}


class ProjectError(Exception):
    """A configuration that can't be used; the text says what to write instead."""


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


@dataclass(frozen=True, slots=True)
class Project:
    """Where a project's files are, and how its rules are set; ``folder`` is the project's own."""

    briefings: Path = Path("briefings")
    data: Path = Path("data")
    language: str = "en"
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    folder: Path = Path()
    selection: Selection = field(default_factory=Selection)


def read_project(config: Path) -> Project:
    """The project of a ``mkdocs.yml``; the usual folders where there is no such file."""
    folder = config.parent
    if not config.is_file():
        return Project(folder / "briefings", folder / "data", folder=folder)
    settings = _settings(config)
    own = plugin_settings(_under_plugins(settings.get("plugins")))
    theme = settings.get("theme")
    return Project(
        folder / _folder(settings, "docs_dir", "docs"),  # as MkDocs has it
        folder / own.data_dir,
        site_language(theme.get("language") if isinstance(theme, dict) else None),
        severities(own.rules),
        folder,
        selected(
            own.asset_types,
            settings.get("extra_templates"),
            exclude=_patterns(settings, "exclude_docs"),
            draft=_patterns(settings, "draft_docs"),
        ),
    )


def selected(
    types: list[str],
    templates: object,
    *,
    exclude: GitIgnoreSpec | None,
    draft: GitIgnoreSpec | None,
) -> Selection:
    """What is published of the briefings' folder; ``types`` are further endings of assets,
    ``exclude`` and ``draft`` the patterns of `exclude_docs` and `draft_docs`.

    Raises ``ProjectError`` for types of assets that can't be.
    """
    endings = frozenset(one.removeprefix(".").casefold() for one in types)
    for ending in sorted(endings):
        if ending in SOURCE_TYPES or not ending.isalnum():
            raise ProjectError(
                f"`{ending}` can't be one of the `asset_types`. They are endings such as `json`, "
                "and never the endings of briefings."
            )
    named = (
        [one for one in templates if isinstance(one, str)] if isinstance(templates, list) else []
    )
    return Selection(
        endings,
        frozenset(named),
        never if exclude is None else exclude.match_file,
        never if draft is None else draft.match_file,
        is_hidden if exclude is None else (_HIDDEN + exclude).match_file,
    )


def _patterns(settings: Mapping[str, Any], key: str) -> GitIgnoreSpec | None:
    if settings.get(key) is None:
        return None
    try:
        return options.PathSpec().run_validation(settings[key])
    except ValidationError as error:
        raise ProjectError(f"`{key}` in {CONFIG} can't be read: {error}") from None


def _settings(config: Path) -> dict[str, Any]:
    try:
        with config.open("rb") as file:
            settings: Any = yaml_load(file, _loader())
    except TypeError:  # a file of one number, say, in which MkDocs looks for a key
        settings = None
    except Exception as error:  # MkDocs lets through whatever comes of a file that is none of its
        raise ProjectError(f"{config} can't be read: {why_unread(error)}.") from None
    if not isinstance(settings, dict):
        raise ProjectError(f"{config} must consist of keys and values.")
    return settings


def _loader() -> Any:
    """What reads a configuration as MkDocs does, but runs nothing that its tags for Python name."""
    loader: Any = get_yaml_loader(yaml.SafeLoader)
    loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)
    return loader


def why_unread(error: BaseException) -> str:
    """Why a configuration can't be read, and where, as the end of a sentence."""
    wrong = next(
        (one for one in (error, error.__context__) if isinstance(one, yaml.YAMLError)), None
    )
    if isinstance(wrong, yaml.MarkedYAMLError) and wrong.problem_mark:
        place = wrong.problem_mark
        return f"{wrong.problem} in line {place.line + 1}, column {place.column + 1}"
    if isinstance(error, RecursionError):
        return "it holds or inherits itself again and again"
    if isinstance(error, OSError):
        return f"{error.filename or ''}: {error.strerror}"
    return " ".join(str(wrong or error).split()).rstrip(".") or type(error).__name__


def _folder(settings: Mapping[str, Any], name: str, usual: str) -> str:
    told = settings.get(name)
    if told is not None and (not isinstance(told, str) or "\0" in told):
        raise ProjectError(f"`{name}` in {CONFIG} is not a folder. Write `{name}: briefings`.")
    return told or usual


def site_language(told: object) -> str:
    """The language of a site by what its theme's settings say.

    Raises ``ProjectError`` for what is none.
    """
    if told is None:
        return "en"
    try:
        if not isinstance(told, str):
            raise ProjectError(f"The theme's `language` in {CONFIG} is not a text, such as `en`.")
        languages.check(told)
    except languages.LanguageError as error:
        raise ProjectError(f"The theme's `language` in {CONFIG}: {error.reason}") from None
    return told


def language_warnings(language: str) -> Iterator[str]:
    """A warning for a site in a language that the interface has no texts in."""
    if not is_translated(language):
        yield (
            f"`theme: language` is `{language}`, but the words of the site itself exist only in "
            "English. They are marked as English."
        )


def plugin_settings(given: object) -> PluginConfig:
    """The settings of the plugin as they are written. Raises ``ProjectError`` for wrong ones."""
    if given is not None and not isinstance(given, dict):
        raise ProjectError(f"The settings under `briefings` in {CONFIG} must be keys and values.")
    own = PluginConfig()
    known = [name for name, _ in own._schema]
    for name in given or {}:
        if name not in known:
            close = nearest(str(name), known)
            hint = f"Did you mean `{close}`?" if close else f"Its settings are {', '.join(known)}."
            raise ProjectError(f"The plugin `briefings` has no setting `{name}`. {hint}")
    own.load_dict(dict(given or {}))
    severities((given or {}).get("rules"))
    for name, _ in own.validate()[0]:
        raise ProjectError(f"`{name}` of the plugin `briefings` must be {_TYPES[name]}.")
    if "\0" in own.data_dir:
        raise ProjectError("`data_dir` of the plugin `briefings` is not a folder.")
    return own


def severities(rules: object) -> dict[str, Severity | None]:
    """The severities that a mapping of rule ids to `off`, `warning` or `error` sets; None is off.

    Raises ``ProjectError`` for an id or a word that isn't known.
    """
    if rules is None:
        return {}
    if not isinstance(rules, Mapping):
        raise ProjectError("`rules` must be lines: `rule-id: off`, `warning` or `error`.")
    known = {rule.id: rule for rule in RULES}
    for key, value in rules.items():
        if key not in known:
            close = nearest(str(key), known)
            hint = f"Did you mean `{close}`?" if close else "`briefings rules` lists them."
            raise ProjectError(f"`{key}` is not a rule that can be set. {hint}")
        if not isinstance(value, str | bool) or value not in _CHOICES:
            raise ProjectError(f"The rule `{key}` must be `off`, `warning` or `error`.")
        if not known[key].can_be_set and _CHOICES[value] is not known[key].severity:
            raise ProjectError(
                f"The rule `{key}` must be an error: without it a page would be lost."
            )
    return {key: _CHOICES[value] for key, value in rules.items()}


def _under_plugins(plugins: object) -> object:
    """What stands under ``briefings``, which is in a list or a mapping of plugins."""
    entries = plugins if isinstance(plugins, list) else [plugins]
    for entry in entries:
        if isinstance(entry, dict) and "briefings" in entry:
            return entry["briefings"]
    return None
