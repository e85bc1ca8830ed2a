"""Sites in several languages: each language is an edition, a complete site below the main one.

The main edition is at the address of the site, in the first of the `languages`. Each other edition
is in a folder named after its language: ``fr/``. A file ``mkdocs.fr.yml`` next to ``mkdocs.yml``
can have what another language needs to say otherwise: the site's name, say.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError

from generator.addresses.sections import section_of
from generator.configuration.config_file import CONFIG, ProjectError, read_settings
from generator.configuration.site_catalogue import own_texts
from generator.locale.interface import Interface, interface_in
from generator.locale.terms import sections
from generator.reading.problems import did_you_mean, listed, nearest
from generator.rendering.html_texts import escaped

#: What ``mkdocs.fr.yml`` can have.
OWN_SETTINGS = ("site_name", "site_description", "site_author", "copyright", "nav")


def edition_config(main: MkDocsConfig, language: str) -> MkDocsConfig:
    """The configuration of the edition in ``language``, next to that of the ``main`` edition.

    Raises ``ConfigurationError`` for a mistake in the edition's own settings.
    """
    values: dict[str, Any] = {
        "strict": main.strict,
        "site_dir": str(Path(main.site_dir) / language),
        "use_directory_urls": main.use_directory_urls,
        **own_settings(Path(main.config_file_path).parent, language),
    }
    if main.site_url:
        values["site_url"] = f"{main.site_url}{language}/"
    config = load_config(main.config_file_path, **values)
    config.theme["language"] = language
    if config.nav is not None and "nav" not in values:
        folder = Path(main.config_file_path).parent
        before = interface_in(str(main.theme["language"]))
        after = interface_in(language, own_texts(folder, language))
        config.nav = _titled_by_pages(named_sections(config.nav, before, after))
    return config


def own_settings(folder: Path, language: str) -> Mapping[str, Any]:
    """What ``mkdocs.fr.yml`` has in place of ``mkdocs.yml``; empty without such a file."""
    path = folder / f"mkdocs.{language}.yml"
    if not path.exists():
        return {}
    try:
        settings = read_settings(path)
    except ProjectError as error:
        raise ConfigurationError(str(error)) from None
    for name in settings:
        if name not in OWN_SETTINGS:
            hint = did_you_mean(nearest(str(name), OWN_SETTINGS), f"Write `{name}` in {CONFIG}.")
            text = f"{path.name} has `{name}`. It can have {listed(OWN_SETTINGS)}. {hint}"
            raise ConfigurationError(text)
    return settings


def named_sections(nav: Any, before: Interface, after: Interface) -> Any:
    """A ``nav`` with the usual names of sections in the language of ``after``.

    A name that differs from the usual one in the language of ``before`` stays as it is.
    """
    if isinstance(nav, list):
        return [named_sections(entry, before, after) for entry in nav]
    if not isinstance(nav, dict):
        return nav
    named = {}
    for title, value in nav.items():
        section = _section(value)
        is_usual = section and title == sections(before)[section]
        name = escaped(sections(after)[section]) if is_usual else title  # themes print it as HTML
        named[name] = named_sections(value, before, after)
    return named


def _titled_by_pages(nav: Any) -> Any:
    """A ``nav`` without the titles of pages written by hand: MkDocs takes these from the pages."""
    if isinstance(nav, list):
        return [_titled_by_pages(entry) for entry in nav]
    if not isinstance(nav, dict):
        return nav
    titled = {title: _titled_by_pages(value) for title, value in nav.items()}
    (value, *others) = titled.values()
    is_by_hand = isinstance(value, str) and not others and not _section(value)
    return value if is_by_hand else titled


def _section(value: object) -> str:
    if not isinstance(value, str):
        return ""
    return "home" if value == "index.md" else section_of(value)
