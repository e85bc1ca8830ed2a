"""Sites in several languages: each language is an edition, a site of its own below the main one.

The main edition is at the address of the site, in the first of the `languages`. Each other edition
is in a folder named after its language: ``fr/``. A file ``mkdocs.fr.yml`` next to ``mkdocs.yml``
can have what another language needs to say otherwise: the site's name, say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError

from generator.addresses.sections import section_of
from generator.configuration.config_file import CONFIG, ProjectError, read_settings
from generator.locale.interface import Interface, interface_in
from generator.locale.terms import sections
from generator.reading.problems import nearest

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
        interface = interface_in(language)
        config.nav = _translated(config.nav, interface_in(str(main.theme["language"])), interface)
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
            close = nearest(str(name), OWN_SETTINGS)
            hint = f"Did you mean `{close}`?" if close else f"Write `{name}` in {CONFIG}."
            known = ", ".join(f"`{own}`" for own in OWN_SETTINGS)
            text = f"{path.name} has `{name}`. It can have {known}. {hint}"
            raise ConfigurationError(text)
    return settings


def _translated(nav: Any, before: Interface, after: Interface) -> Any:
    """A ``nav`` with the names of sections in the language of ``after``.

    A name that the main edition chose freely stays; a page written by hand has its own title.
    """
    if isinstance(nav, list):
        return [_translated(entry, before, after) for entry in nav]
    if not isinstance(nav, dict):
        return nav
    return dict(_entries(nav, before, after)) if len(nav) != 1 else _entry(nav, before, after)


def _entry(nav: dict[str, Any], before: Interface, after: Interface) -> Any:
    ((title, value),) = nav.items()
    if not isinstance(value, str):
        return {title: _translated(value, before, after)}
    section = "home" if value == "index.md" else section_of(value)
    if not section:
        return value  # MkDocs takes the title from the page
    is_usual = title == sections(before)[section]
    return {sections(after)[section]: value} if is_usual else nav


def _entries(nav: dict[str, Any], before: Interface, after: Interface) -> Iterator[tuple[str, Any]]:
    for title, value in nav.items():
        yield title, _translated(value, before, after)
