"""Other plugins, hooks and settings of the theme beside this plugin: what each is let do.

Pages that are made are no other plugin's source: what an author typed between braces is words, and
a plugin that looks for their files would find none. What can't work here is refused by name.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from generator.configuration.project import language_warnings, site_language
from generator.mkdocs_plugin.theme_pages import KeptApart

#: The events at which other plugins are given pages as source; hooks too.
_SOURCE = ("pre_page", "page_read_source", "page_markdown", "page_content")
#: Plugins that can't work here, by the name in `mkdocs.yml`, with a reason and a way out.
_REFUSED = {
    "i18n": "builds the site again for each language, which would leave out or duplicate the "
    "briefings. Remove it, and give each briefing its `language`",
    "material/offline": "makes pages that are opened without a server, where the search finds "
    "nothing. Remove it",
    "material/social": "draws a second picture for each page, with fonts from another host. Remove "
    "it: every briefing has a card already",
}
_INSTANT = "navigation.instant"
#: What the theme asks for where a project says nothing; browsers then use a font of their own.
_FONT = {"text": "Roboto", "code": "Roboto Mono"}


def refusals(config: MkDocsConfig) -> Iterator[str]:
    """What a project asks for that can't work on its pages: a sentence for each, with a way out."""
    for name, plugin in config.plugins.items():
        reason = _REFUSED.get(name) or _REFUSED.get(f"material/{name}")
        if reason and plugin.config.get("enabled", True):
            yield f"The plugin `{name}` {reason}."
    instant = [name for name in config.theme.get("features", ()) if name.startswith(_INSTANT)]
    if instant:
        yield (
            f"The theme's feature `{instant[0]}` shows a page under the policy of the page before, "
            "so its scripts are blocked and the search does not work. Remove it from `features`."
        )
    if _fetches(config):
        return
    if (config.extra.get("analytics") or {}).get("provider") == "google":
        yield (
            "`extra: analytics` needs a script from another host, and the pages block it. Remove "
            "it, and count visits in your server's log."
        )
    for key in ("extra_css", "extra_javascript"):
        for entry in config[key]:
            address = str(getattr(entry, "path", entry))
            if address.startswith(("http://", "https://", "//")):
                yield (
                    f"`{key}` names {address}, and the pages block everything from other hosts. "
                    "Put the file into the project."
                )


def warnings(config: MkDocsConfig) -> Iterator[str]:
    """What of a project's settings has no effect, or not all of it."""
    yield from language_warnings(site_language(config.theme.get("language")))
    if config.theme.get("font") not in (None, False, _FONT) and not _fetches(config):
        yield (
            "`theme: font` fetches fonts from another host, and the pages block that. "
            "Write `font: false`."
        )


def _fetches(config: MkDocsConfig) -> bool:
    """Whether what other hosts serve is fetched when the site is built."""
    return "privacy" in {name.removeprefix("material/") for name in config.plugins}


def keep_apart(config: MkDocsConfig, plugin: object) -> None:
    """Let no other plugin or hook have a page that is made, but for its finished HTML, and for what
    a hook of the project's own says to the theme's templates.
    """
    for event in (*_SOURCE, "page_context"):
        methods: list[Any] = config.plugins.events[event]
        for place, method in enumerate(methods):
            if getattr(method, "__self__", None) is plugin or isinstance(method, KeptApart):
                continue
            if event in _SOURCE or inspect.ismethod(method):
                methods[place] = KeptApart(method)


def redirects(config: MkDocsConfig) -> dict[str, str]:
    """The former pages from which the plugin `redirects` leads on, and where to, by their paths."""
    plugin: Any = config.plugins.get("redirects")
    maps: object = plugin.config.get("redirect_maps") if plugin else None
    pairs = maps.items() if isinstance(maps, dict) else ()
    return {str(old): str(new).partition("#")[0] for old, new in pairs}


def redirected_to(config: MkDocsConfig) -> list[str]:
    """The pages that it leads to."""
    return list(redirects(config).values())
