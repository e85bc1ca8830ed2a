"""The Jinja environment with the filters and functions that templates can use."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache, partial
from inspect import getmembers, isroutine, signature
from types import ModuleType
from typing import Any

from jinja2 import PackageLoader, StrictUndefined
from markupsafe import Markup

from generator.addresses import urls
from generator.collection.actor_parts import all_parts
from generator.collection.reply_status import replies_to
from generator.locale import terms
from generator.locale.interface import Interface, interface_in
from generator.model import prose_markdown
from generator.model.sentences import first_sentences
from generator.rendering import (
    back_links,
    citations,
    escaping,
    exchanges,
    quotations,
    statement_titles,
    template_functions,
    text_language,
    untranslated,
)
from generator.rendering.alternates import alternates
from generator.rendering.fast_jinja import FastEnvironment
from generator.rendering.html_texts import html_texts

#: Each public function of these modules is a filter and a function of templates, by its name. One
#: with a parameter ``interface`` gets that of the page.
_MODULES = (
    citations,
    back_links,
    exchanges,
    quotations,
    template_functions,
    text_language,
    untranslated,
)


@cache
def environment(interface: Interface) -> FastEnvironment:
    """The environment for pages in one language; its templates are compiled once."""
    environment = FastEnvironment(
        loader=PackageLoader("generator", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    functions = _public_functions(interface)
    environment.filters |= functions | _filters(interface)
    environment.globals |= functions | _functions(interface)
    return environment


def _public(module: ModuleType) -> Iterator[tuple[str, Any, Collection[str]]]:
    """The public functions of a module: name, function, names of its parameters."""
    for name, function in getmembers(module, isroutine):
        if function.__module__ == module.__name__ and not name.startswith("_"):
            yield name, function, signature(function).parameters


def _public_functions(interface: Interface) -> dict[str, Any]:
    return {
        name: partial(function, interface=interface) if "interface" in parameters else function
        for module in _MODULES
        for name, function, parameters in _public(module)
    }


def _filters(interface: Interface) -> dict[str, Any]:
    return {
        "md": lambda text: Markup(escaping.text(str(text))),
        "plain_text": prose_markdown.plain,
        "first_sentences": first_sentences,
        "replies_to": replies_to,
        "by_name": lambda entries: sorted(
            entries, key=lambda entry: interface.sort_key(entry.name)
        ),
        "format_date": interface.date,
        "format_day": interface.day,
        "format_number": interface.number,
        "language_name": interface.language_name,
        "country_name": interface.country_name,
    }


def _functions(interface: Interface) -> dict[str, Any]:
    texts = html_texts(interface)
    return {
        "_": texts.gettext,
        "ngettext": texts.ngettext,
        "pgettext": texts.pgettext,
        "counted_reply": partial(terms.counted_reply, interface),
        "counted_part": partial(terms.counted_part, interface),
        "title_in_full": partial(statement_titles.full_title, texts.gettext, interface),
        "title_in_brief": partial(statement_titles.made_by, texts.gettext, interface),
        "comma": interface.comma,
        "apposition": interface.apposition,
        "semicolon": interface.semicolon,
        "colon": interface.colon,
        "dated": lambda title, when: texts.gettext(
            "%(title)s, %(date)s", title=title, date=interface.date(when)
        ),
        "urls": urls,
        "all_parts": all_parts,
        "alternates": alternates,
        "interface_attributes": text_language.language_attributes(interface.language),
        "names_of": {
            name: names_in(interface)
            for name, names_in, parameters in _public(terms)
            if len(parameters) == 1
        },
    }


def macros(interface: Interface) -> Any:
    """The macros that several templates share."""
    return environment(interface).imported("macros.html")


def clear_caches() -> None:
    """Read templates and catalogues again: during a preview they can be edited."""
    environment.cache_clear()
    interface_in.cache_clear()
