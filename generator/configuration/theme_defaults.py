"""What generated pages need of MkDocs and the theme, set where a project says nothing about it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig

from generator.configuration.project import THEME, wrong_theme
from generator.locale.interface import Interface, interface_in

STYLES = "assets/stylesheets/briefings.css"
SCRIPTS = ("assets/javascripts/search.js", "assets/javascripts/reading.js")
NO_THEME = (
    "The theme Material for MkDocs is not installed. Install it with `pip install mkdocs-material`."
)
#: Material's default fonts, from another host. Sites that name no other get the browser's own font.
MATERIAL_FONT = {"text": "Roboto", "code": "Roboto Mono"}


def theme_folder() -> Path:
    """The folder of our theme parts, styles and scripts, which is installed with the package."""
    return Path(str(files("generator") / "theme"))


def headings(language: object) -> dict[str, Any]:
    """The links of headings, and the depth of the table of contents, for a site in a language.

    A link has no text: the style sheet draws its mark, so that it is neither read aloud nor copied
    nor found.
    """
    interface = interface_in(language if isinstance(language, str) else "en")
    title = interface.gettext("Link to this section")
    return {"permalink": "", "permalink_title": title, "toc_depth": 3}


def apply_defaults(config: MkDocsConfig) -> None:
    """Add our theme folder, styles, scripts and Markdown extensions to the configuration.

    A file of the project's ``custom_dir`` takes the place of ours with the same path. Our styles
    come first, so that the project's own can change them.
    """
    own = str(theme_folder())
    dirs = config.theme.dirs
    if own not in dirs:
        custom = config.theme.custom_dir
        dirs.insert(dirs.index(custom) + 1 if custom in dirs else 0, own)
    config.extra_css = [STYLES, *(path for path in config.extra_css if path != STYLES)]
    listed = {str(getattr(entry, "path", entry)) for entry in config.extra_javascript}
    config.extra_javascript = [
        *(_module(path) for path in SCRIPTS if path not in listed),
        *config.extra_javascript,
    ]
    if "attr_list" not in config.markdown_extensions:
        config.markdown_extensions.append("attr_list")
    contents = config.mdx_configs.get("toc", {})
    config.mdx_configs["toc"] = {**headings(config.theme.get("language")), **contents}
    if config.theme.get("font") == MATERIAL_FONT:
        config.theme["font"] = False
    _name_toggles(config.theme.get("palette"), interface_in(str(config.theme.get("language"))))


def _name_toggles(palette: object, interface: Interface) -> None:
    """Put the usual names of the buttons between light and dark into the language of the site."""
    names = toggle_names(interface)
    for scheme in palette if isinstance(palette, list) else []:
        toggle = scheme.get("toggle") if isinstance(scheme, dict) else None
        if isinstance(toggle, dict) and toggle.get("name") in names:
            toggle["name"] = names[toggle["name"]]


def toggle_names(interface: Interface) -> dict[str, str]:
    """The usual names of the buttons between light and dark, in English and in the language."""
    return {
        "Switch to dark mode": interface.gettext("Switch to dark mode"),
        "Switch to light mode": interface.gettext("Switch to light mode"),
    }


def contradictions(config: MkDocsConfig) -> Iterator[str]:
    """Settings with which pages would not work: a sentence for each, with what to write instead."""
    if config.theme.name != THEME:
        yield wrong_theme(config.theme.name)
    headings = config.mdx_configs.get("toc", {})
    if headings.get("permalink") is False:
        yield (
            "`toc: permalink` is off, and readers cite statements by these links. Remove the line."
        )


def _module(path: str) -> Any:
    script = ExtraScriptValue(path)
    script.type = "module"
    return script
