"""The Jinja environment with the filters and functions that templates can use."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from jinja2 import PackageLoader, StrictUndefined
from markupsafe import Markup

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
    site_functions,
    statement_titles,
    template_functions,
    text_language,
)
from generator.rendering.fast_jinja import FastEnvironment
from generator.rendering.html_texts import html_texts
from generator.rendering.untranslated import untranslated_lines

_FILTERS = {
    "md": lambda text: Markup(escaping.text(str(text))),
    "plain_text": prose_markdown.plain,
    "nl2br": template_functions.nl2br,
    "preserve_whitespace": template_functions.preserve_whitespace,
    "first_sentences": first_sentences,
    "backticks_to_code": template_functions.backticks_to_code,
    "percent": template_functions.percent,
    "csl": citations.csl,
    "bibtex": citations.bibtex,
    "ris": citations.ris,
    "by_time": template_functions.by_time,
    "count_originals": template_functions.count_originals,
    "outlet": template_functions.outlet,
    "last_correction": template_functions.last_correction,
    "change_anchor": template_functions.change_anchor,
    "has_described_titles": template_functions.has_described_titles,
    "group_renderings": quotations.group_renderings,
    "leading_renderings": quotations.leading_renderings,
    "words_anchor": quotations.words_anchor,
    "text_direction": template_functions.text_direction,
    "claim_beyond_text": template_functions.claim_beyond_text,
    "group_by_day": template_functions.group_by_day,
    "quoted_names": quotations.quoted_names,
}
_FUNCTIONS: dict[str, Any] = {
    "has_answered": template_functions.has_answered,
    "not_recorded": exchanges.not_recorded,
    "most_frequent": template_functions.most_frequent,
    "other_referrers": template_functions.other_referrers,
}


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
    environment.filters |= _FILTERS | site_functions.FILTERS | _filters_in(interface)
    environment.globals |= _FUNCTIONS | site_functions.FUNCTIONS | _functions_in(interface)
    return environment


def _filters_in(interface: Interface) -> dict[str, Any]:
    """The filters whose results are words of the interface."""
    filters: dict[str, Callable[..., Any]] = {
        "reference": citations.reference,
        "group_back_links": cited_at.group_back_links,
        "brief_caption": template_functions.brief_caption,
        "missing_wording": quotations.missing_wording,
        "attribution": quotations.attribution,
        "sort_replies": template_functions.sort_replies,
        "reply_counts": template_functions.reply_counts,
    }
    return {
        "by_name": lambda entries: sorted(
            entries, key=lambda entry: interface.sort_key(entry.name)
        ),
        "format_date": interface.date,
        "format_day": interface.day,
        "format_number": interface.number,
        "language_name": interface.language_name,
        "country_name": interface.country_name,
        **{name: partial(function, interface=interface) for name, function in filters.items()},
    }


def _functions_in(interface: Interface) -> dict[str, Any]:
    """The functions whose results are words of the interface."""
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
        "isolated": partial(text_language.isolated, interface=interface),
        "own_language": partial(text_language.own_language, interface=interface),
        "isolated_names": partial(template_functions.isolated_names, interface=interface),
        "dated": lambda title, when: texts.gettext(
            "%(title)s, %(date)s", title=title, date=interface.date(when)
        ),
        "coordinates": partial(template_functions.coordinates, interface=interface),
        "untranslated_lines": partial(untranslated_lines, interface=interface),
        "order_note": partial(template_functions.order_note, interface=interface),
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
