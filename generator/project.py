"""What ``mkdocs.yml`` says of a project: where its files are, its language, its rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mkdocs.config.base import ValidationError
from mkdocs.config.config_options import PathSpec
from mkdocs.exceptions import MkDocsException
from mkdocs.utils.yaml import yaml_load

from generator.checks import RULES
from generator.problems import Severity, nearest
from generator.selection import SOURCE_TYPES, Selection, never

CONFIG = "mkdocs.yml"
#: What a rule can be set to. YAML 1.1, in which MkDocs reads its file, takes `off` for a boolean.
_CHOICES: dict[object, Severity | None] = {
    "off": None,
    False: None,
    "warning": Severity.WARNING,
    "error": Severity.ERROR,
}


class ProjectError(Exception):
    """A configuration that can't be used; the text says what to write instead."""


@dataclass(frozen=True, slots=True)
class Project:
    """Where a project's files are, and how its rules are set."""

    briefings: Path = Path("briefings")
    data: Path = Path("data")
    language: str = "en"
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    selection: Selection = field(default_factory=Selection)


def read_project(config: Path) -> Project:
    """The project of a ``mkdocs.yml``; the usual folders where there is no such file."""
    folder = config.parent
    if not config.is_file():
        return Project(folder / "briefings", folder / "data")
    try:
        with config.open("rb") as file:
            settings: dict[str, Any] = yaml_load(file) or {}
    except (MkDocsException, OSError) as error:
        raise ProjectError(f"{config} can't be read: {error}") from None
    if not isinstance(settings, dict):
        raise ProjectError(f"{config} is not made of keys and values.")
    own = _plugin_settings(settings.get("plugins"))
    theme = settings.get("theme")
    return Project(
        folder / str(settings.get("docs_dir") or "briefings"),
        folder / str(own.get("data_dir") or "data"),
        str((theme.get("language") if isinstance(theme, dict) else None) or "en"),
        severities(own.get("rules")),
        selected(
            own,
            settings.get("extra_templates"),
            excluded=_patterns(settings, "exclude_docs"),
            drafts=_patterns(settings, "draft_docs"),
        ),
    )


def selected(
    own: Mapping[str, Any],
    templates: object,
    *,
    excluded: Callable[[str], bool],
    drafts: Callable[[str], bool],
) -> Selection:
    """What the plugin's ``own`` settings and MkDocs' select of the briefings' folder.

    Raises ``ProjectError`` for types of assets that can't be.
    """
    types = own.get("asset_types") or []
    if not isinstance(types, list) or not all(isinstance(one, str) for one in types):
        raise ProjectError("`asset_types` is a list of endings: write `asset_types: [json]`.")
    endings = frozenset(one.removeprefix(".").casefold() for one in types)
    for ending in sorted(endings):
        if ending in SOURCE_TYPES or not ending.isalnum():
            raise ProjectError(
                f"`{ending}` can't be one of the `asset_types`: those are endings such as `json`, "
                "and never those of briefings."
            )
    named = (
        [one for one in templates if isinstance(one, str)] if isinstance(templates, list) else []
    )
    return Selection(endings, frozenset(named), excluded, drafts)


def _patterns(settings: Mapping[str, Any], key: str) -> Callable[[str], bool]:
    if settings.get(key) is None:
        return never
    try:
        return PathSpec().run_validation(settings[key]).match_file
    except ValidationError as error:
        raise ProjectError(f"`{key}` in {CONFIG} can't be read: {error}") from None


def severities(rules: object) -> dict[str, Severity | None]:
    """The severities that a mapping of rule ids to `off`, `warning` or `error` sets; None is off.

    Raises ``ProjectError`` for an id or a word that isn't known.
    """
    if rules is None:
        return {}
    if not isinstance(rules, Mapping):
        raise ProjectError("`rules` is a mapping: write `rule-id: off`, `warning` or `error`.")
    known = [rule.id for rule in RULES]
    for key, value in rules.items():
        if key not in known:
            close = nearest(str(key), known)
            hint = f"Did you mean `{close}`?" if close else "`briefings rules` lists them."
            raise ProjectError(f"`{key}` is not a rule that can be set. {hint}")
        if not isinstance(value, str | bool) or value not in _CHOICES:
            raise ProjectError(f"The rule `{key}` can be `off`, `warning` or `error`.")
    return {key: _CHOICES[value] for key, value in rules.items()}


def _plugin_settings(plugins: object) -> Mapping[str, Any]:
    """The settings of the plugin ``briefings``, which stands in a list or a mapping of plugins."""
    entries = plugins if isinstance(plugins, list) else [plugins]
    for entry in entries:
        own = entry.get("briefings") if isinstance(entry, dict) else None
        if isinstance(own, dict):
            return own
    return {}
