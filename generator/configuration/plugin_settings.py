"""The plugin's settings under ``briefings`` in ``mkdocs.yml``: names, types and values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

from mkdocs.config.base import BaseConfigOption, Config, ValidationError

from generator.addresses.sections import SECTIONS
from generator.configuration.config_file import CONFIG, setting_error
from generator.configuration.deprecations import SETTINGS, Deprecation, renamed
from generator.configuration.imprint_settings import read_imprint
from generator.model import languages
from generator.model.field_errors import shown
from generator.reading.problems import Severity, did_you_mean, nearest
from generator.rules import RULES

_Value = TypeVar("_Value")
#: The settings of a rule. MkDocs reads YAML 1.1, in which `off` is a boolean.
_CHOICES: dict[object, Severity | None] = {
    "off": None,
    False: None,
    "warning": Severity.WARNING,
    "error": Severity.ERROR,
}
#: The values of `untranslated`.
SHOW, LEAVE_OUT = "show", "leave_out"


class _Setting(BaseConfigOption[_Value]):
    """A setting of some ``kind`` with a ``default``; ``words`` say what it must be.

    MkDocs has such classes in a module that loads themes, templates and translations, which takes
    longer than to check a briefing.
    """

    def __init__(
        self,
        default: _Value,
        words: str,
        kind: type | tuple[type, ...],
        items: type = object,
        choices: Collection[object] = (),
    ) -> None:
        super().__init__()
        self.default = default
        self._words, self._kind, self._items, self._choices = words, kind, items, choices

    def run_validation(self, value: Any) -> Any:
        """The value, or the default in place of none; ``ValidationError`` for another kind."""
        if value is None:
            return self.default
        parts = value if isinstance(value, list) else []
        is_right = isinstance(value, self._kind) and all(
            isinstance(part, self._items) for part in parts
        )
        if not is_right or (self._choices and value not in self._choices):
            raise ValidationError(f"must be {self._words}")
        return value


_YES_OR_NO = "`true` or `false`"


class PluginConfig(Config):  # type: ignore[no-untyped-call]  # its base has no types
    """The plugin's options in ``mkdocs.yml``, under ``briefings``."""

    data_dir = _Setting("data", "the name of a folder", str)
    """The folder of the registries, from the folder of ``mkdocs.yml``."""
    rules = _Setting[dict[str, Any]]({}, "lines such as `single-source: error`", dict)
    """Rules by id, each ``off``, ``warning`` or ``error`` on this site."""
    card_fonts = _Setting[list[Any]]([], "a list of the names of font files", list)
    """Font files, from the folder of ``mkdocs.yml``, for scripts that the package's fonts lack."""
    asset_types = _Setting[list[str]]([], "a list of endings, such as `[json]`", list, str)
    """Endings of files in the briefings' folder that readers get too, such as ``json``."""
    pdf = _Setting(False, _YES_OR_NO, bool)
    """Whether builds make a PDF file of each briefing; `briefings build --pdf` does in any case."""
    leave_out_broken_translations = _Setting(False, _YES_OR_NO, bool)
    """Whether a translation with errors is left out of the site, with warnings, while everything
    else is published. Otherwise its errors stop a build like any other."""
    sections = _Setting[list[str] | None](
        None, "a list of sections, such as `[actors, sources]`", list, str
    )
    """The sections that the site has, of `briefings`, `actors`, `topics`, `places`, `timeline`,
    `sources`, `changes`, `data` and `feeds`; otherwise those in `nav`, or all without a `nav`."""
    languages = _Setting[list[str]]([], "a list of languages, such as `[en, fr]`", list, str)
    """The languages of a site in several languages, that of the main pages first. The pages in each
    other language are in a folder named after it."""
    untranslated = _Setting(SHOW, "`show` or `leave_out`", str, choices=(SHOW, LEAVE_OUT))
    """What an edition in another language does with a briefing or a page that isn't translated:
    ``show`` it as it was written, with a notice, or ``leave_out``."""
    publisher = _Setting[dict[str, Any]]({}, "lines such as `name: River Institute`", dict)
    """Who publishes the site: `name`, and optionally `url` and `corrections`, the address of a page
    on how errors are corrected. Shown at the foot of each page, and in feeds and data."""
    contact = _Setting("", "a mail address, or the address of a page", str)
    """How to reach the publisher: a mail address, or the address of a page."""
    report_error = _Setting("", "a mail address, or the address of a form", str)
    """Where readers report an error: a mail address, or the address of a form. In the address of a
    form, `{page}` is replaced by the address of the page or statement, `{title}` by its title."""
    license = _Setting[str | dict[str, Any]]("", "a licence such as `CC-BY-4.0`", (str, dict))
    """Under what the texts and data may be reused: `CC-BY-4.0`, `CC-BY-SA-4.0`, `CC-BY-ND-4.0`,
    `CC-BY-NC-4.0`, `CC0-1.0`, or the `name` and `url` of another licence."""


def plugin_settings(values: object) -> PluginConfig:
    """The plugin's options from ``values``. Raises ``ProjectError`` for invalid ones."""
    current, deprecations = plugin_values(values)
    former = {deprecation.new: deprecation.old for deprecation in deprecations}
    plugin_config = PluginConfig()
    plugin_config.load_dict(current)
    severities(current.get("rules"))
    for name, error in plugin_config.validate()[0]:
        written = former.get(name, name)
        raise setting_error(f"`{written}` of the plugin `briefings` {error}.", written)
    if "\0" in plugin_config.data_dir:
        raise setting_error("`data_dir` of the plugin `briefings` is not a folder.")
    check_sections(plugin_config.sections or ())
    read_imprint(plugin_config)
    return plugin_config


def plugin_values(values: object) -> tuple[dict[str, Any], list[Deprecation]]:
    """The plugin's options under the names of today, and the deprecations that apply to them.

    Raises ``ProjectError`` for a name that no option has or had.
    """
    if values is not None and not isinstance(values, dict):
        raise setting_error(f"The settings under `briefings` in {CONFIG} must be keys and values.")
    current, deprecations = renamed(values or {}, SETTINGS)
    known = [name for name, _ in PluginConfig()._schema]
    for name in current:
        if name not in known:
            close = nearest(str(name), known)
            hint = did_you_mean(close, f"Its settings are {', '.join(known)}.")
            text = f"The plugin `briefings` has no setting `{name}`. {hint}"
            raise setting_error(text, str(name), is_name=True)
    return current, deprecations


def check_sections(names: Iterable[str]) -> None:
    """Raise ``ProjectError`` for a name in the option `sections` that is no section."""
    for name in names:
        if name in ("home", "search"):
            text = f"Every site has `{name}`. Remove it from `sections`."
            raise setting_error(text, "sections")
        if name not in SECTIONS:
            hint = did_you_mean(nearest(name, SECTIONS), f"Sections are {', '.join(SECTIONS)}.")
            text = f"{shown(name)} in `sections` is not a section. {hint}"
            raise setting_error(text, "sections")


def check_languages(tags: list[str], theme_language: object) -> None:
    """Raise ``ProjectError`` if ``tags`` can't be the languages of a site.

    ``theme_language`` is the theme's own setting; None if it has none.
    """
    for tag in tags:
        try:
            canonical = languages.canonical(tag)
        except languages.LanguageError as error:
            raise setting_error(f"`languages`: {error.reason}", "languages") from None
        if tag != canonical:
            raise setting_error(f"`languages` has `{tag}`. Write `{canonical}`.", "languages")
    if len(set(tags)) < len(tags):
        raise setting_error("`languages` has a language twice.", "languages")
    if tags and theme_language is not None and theme_language != tags[0]:
        raise setting_error(
            f"The first of the `languages` is `{tags[0]}`, but the theme's `language` is "
            f"`{theme_language}`. Write the language of the main pages first.",
            "languages",
        )


def severities(rules: object) -> dict[str, Severity | None]:
    """The severities from the option `rules`: `off` (None), `warning` or `error` by rule id.

    Raises ``ProjectError`` for unknown ids and words.
    """
    if rules is None:
        return {}
    if not isinstance(rules, Mapping):
        raise setting_error("`rules` must be lines: `rule-id: off`, `warning` or `error`.", "rules")
    known = {rule.id: rule for rule in RULES}
    for key, value in rules.items():
        setting = ("rules", str(key))
        if key not in known:
            hint = did_you_mean(nearest(str(key), known), "`briefings rules` lists them.")
            text = f"`{key}` is not a rule that can be set. {hint}"
            raise setting_error(text, *setting, is_name=True)
        if not isinstance(value, str | bool) or value not in _CHOICES:
            raise setting_error(f"The rule `{key}` must be `off`, `warning` or `error`.", *setting)
        if not known[key].can_be_set and _CHOICES[value] is not known[key].severity:
            text = f"The rule `{key}` must be an error: without it a page would be lost."
            raise setting_error(text, *setting)
    return {key: _CHOICES[value] for key, value in rules.items()}
