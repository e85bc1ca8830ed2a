"""A digest of everything that all pages of a site depend on, apart from its briefings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation

from generator.build.cache import digest
from generator.build.canonical_form import NotDescribableError, canonical
from generator.build.installed_software import is_installed, project_code
from generator.mkdocs_plugin.placeholder_page import PlaceholderPage

#: Configuration that the digest covers in another way, or that no page depends on.
_LEFT_OUT = ("theme", "plugins", "site_dir")


def theme_digest(
    config: MkDocsConfig, nav: Navigation, env: Environment, plugin: object
) -> bytes | None:
    """The digest of configuration, other plugins' options, menu, theme and the project's code.

    None if one of these values has no canonical form. The options of ``plugin``, the project's own
    one, reach pages through ``Settings``, which are hashed elsewhere.
    """
    settings = {key: value for key, value in config.items() if key not in _LEFT_OUT}
    others = [(name, other) for name, other in config.plugins.items() if other is not plugin]
    options = [(name, type(other), getattr(other, "config", None)) for name, other in others]
    handwritten = [
        (page.url, str(page.title), page.meta)
        for page in nav.pages
        if not isinstance(page, PlaceholderPage)
    ]
    theme = config.theme
    inputs = (settings, options, theme.name, theme.dirs, dict(theme), str(nav), handwritten)
    names = (_named(env.globals), _named(env.filters), _named(env.tests))
    try:
        form = canonical((inputs, *names))
    except NotDescribableError:
        return None
    folders = [Path(folder) for folder in theme.dirs if not is_installed(folder)]
    files = [
        content
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for content in (str(path.relative_to(folder)), path.read_bytes())
    ]
    return digest(form, *project_code(), *files)


def _named(values: Mapping[str, Any]) -> dict[str, object]:
    """What templates can use, with functions replaced by their names."""
    return {
        key: f"{value.__module__}.{getattr(value, '__qualname__', '')}"
        if callable(value)
        else value
        for key, value in values.items()
    }
