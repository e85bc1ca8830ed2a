"""What other plugins, hooks and settings of the theme may do on a site with this plugin.

Other plugins don't get generated pages as source: braces in them are an author's words, and they
have no source file. What can't work here is refused by name.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page as MkDocsPage

from generator.mkdocs_plugin.placeholder_page import PlaceholderPage

#: The events at which plugins and hooks get pages as source.
_SOURCE_EVENTS = ("pre_page", "page_read_source", "page_markdown", "page_content")
#: The events at which they can change how a generated page is rendered.
_PAGE_EVENTS = ("page_context", "post_page")
#: The events at which they can write files into the site.
_WRITE_EVENTS = ("post_page", "post_template", "post_build", "shutdown")
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
#: The theme's default. The pages block these fonts, so browsers use one that they have.
_DEFAULT_FONT = {"text": "Roboto", "code": "Roboto Mono"}


def refusals(config: MkDocsConfig) -> Iterator[str]:
    """A sentence for each setting that can't work on these pages, with what to do instead."""
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
    """A sentence for each setting that has no effect, or only part of it."""
    if config.theme.get("font") not in (None, False, _DEFAULT_FONT) and not _fetches(config):
        yield (
            "`theme: font` fetches fonts from another host, and the pages block that. "
            "Write `font: false`."
        )


def _fetches(config: MkDocsConfig) -> bool:
    """Whether a plugin downloads files of other hosts when the site is built."""
    return "privacy" in {name.removeprefix("material/") for name in config.plugins}


class SkipsGeneratedPages:
    """Another plugin's or hook's method for an event, which is not called for generated pages."""

    def __init__(self, method: Callable[..., Any]) -> None:
        self.method = method

    def __call__(self, *item: Any, page: MkDocsPage | None = None, **arguments: Any) -> Any:
        if any(isinstance(value, PlaceholderPage) for value in (page, *item)):
            return None
        return self.method(*item, **({} if page is None else {"page": page}), **arguments)


def hide_generated_pages(config: MkDocsConfig, plugin: object) -> None:
    """Let no plugin or hook except ``plugin`` see generated pages as source.

    They still see the finished HTML. Hooks may also add variables for the theme's templates.
    """
    for event in (*_SOURCE_EVENTS, "page_context"):
        methods: list[Any] = config.plugins.events[event]
        for number, method in enumerate(methods):
            if _ignores_generated_pages(method, plugin):
                continue
            if event in _SOURCE_EVENTS or inspect.ismethod(method):
                methods[number] = SkipsGeneratedPages(method)


def has_no_other_page_hooks(config: MkDocsConfig, plugin: object) -> bool:
    """Whether only ``plugin`` has a say in generated pages, so that workers can render them."""
    return _is_alone(_PAGE_EVENTS, config, plugin)


def has_no_other_writers(config: MkDocsConfig, plugin: object) -> bool:
    """Whether only ``plugin`` can change files of a finished site."""
    return _is_alone(_WRITE_EVENTS, config, plugin)


def _is_alone(events: Iterable[str], config: MkDocsConfig, plugin: object) -> bool:
    return all(
        _ignores_generated_pages(method, plugin)
        for event in events
        for method in config.plugins.events[event]
    )


def _ignores_generated_pages(method: object, plugin: object) -> bool:
    is_own = getattr(method, "__self__", None) is plugin
    return is_own or isinstance(method, SkipsGeneratedPages)


def redirects(config: MkDocsConfig) -> dict[str, str]:
    """The redirects of the plugin `redirects`: paths of former pages, and of their targets."""
    plugin: Any = config.plugins.get("redirects")
    maps: object = plugin.config.get("redirect_maps") if plugin else None
    pairs = maps.items() if isinstance(maps, dict) else ()
    return {str(source): str(target).partition("#")[0] for source, target in pairs}


def redirect_targets(config: MkDocsConfig) -> list[str]:
    """The paths of the pages to which the plugin `redirects` leads."""
    return list(redirects(config).values())


def remove_redirects(config: MkDocsConfig, is_left_out: Callable[[str], bool]) -> None:
    """Remove the redirects to pages that are left out; the plugin would report them as missing."""
    plugin: Any = config.plugins.get("redirects")
    for source, target in redirects(config).items():
        if is_left_out(target):
            del plugin.config["redirect_maps"][source]
