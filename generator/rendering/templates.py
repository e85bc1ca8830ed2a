"""The Jinja environment with the filters and functions that templates can use."""

from __future__ import annotations

from functools import cache, partial
from inspect import getmembers, isfunction, signature
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
    citations,
    cited_at,
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
    cited_at,
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


def _public_functions(interface: Interface) -> dict[str, Any]:
    functions = (
        (name, function)
        for module in _MODULES
        for name, function in getmembers(module, isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    )
    return {
        name: partial(function, interface=interface)
        if "interface" in signature(function).parameters
        else function
        for name, function in functions
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
    names = {
        "statuses": terms.statuses,
        "kinds": terms.kinds,
        "stances": terms.stances,
        "replies": terms.replies,
        "changes": terms.changes,
        "actor_types": terms.actor_types,
        "actor_groups": terms.actor_groups,
        "sections": terms.sections,
        "briefing_sections": terms.briefing_sections,
        "filters": terms.filters,
        "list_filters": terms.list_filters,
        "natures": terms.natures,
        "source_types": terms.source_types,
    }
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
        "interface_attributes": Markup(' lang="{}" dir="{}"').format(
            interface.language, interface.direction
        ),
        "names_of": {name: names_in(interface) for name, names_in in names.items()},
    }


def macros(interface: Interface) -> Any:
    """The macros that several templates share."""
    return environment(interface).imported("macros.html")


def clear_caches() -> None:
    """Read templates and catalogues again: during a preview they can be edited."""
    environment.cache_clear()
    interface_in.cache_clear()
