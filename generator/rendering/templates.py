"""The Jinja environment with the filters and functions that templates can use."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import PackageLoader, StrictUndefined
from markupsafe import Markup

from generator.model import date_words, languages, prose_markdown
from generator.rendering import (
    citations,
    cited_at,
    escaping,
    exchanges,
    quotations,
    site_functions,
    template_functions,
)
from generator.rendering.fast_jinja import FastEnvironment
from generator.rendering.translations import translations

_FILTERS = {
    "md": lambda text: Markup(escaping.text(str(text))),
    "format_date": date_words.word,
    "format_day": date_words.word_day,
    "language_name": languages.name,
    "country_name": template_functions.country_name,
    "plain_text": prose_markdown.plain,
    "nl2br": template_functions.nl2br,
    "preserve_whitespace": template_functions.preserve_whitespace,
    "shorten": template_functions.shorten,
    "backticks_to_code": template_functions.backticks_to_code,
    "percent": template_functions.percent,
    "join_names": template_functions.join_names,
    "csl": citations.csl,
    "bibtex": citations.bibtex,
    "ris": citations.ris,
    "reference": citations.plain,
    "by_time": template_functions.by_time,
    "count_originals": template_functions.count_originals,
    "outlet": template_functions.outlet,
    "last_correction": template_functions.last_correction,
    "brief_caption": template_functions.brief_caption,
    "has_described_titles": template_functions.has_described_titles,
    "group_renderings": quotations.group_renderings,
    "leading_renderings": quotations.leading_renderings,
    "missing_wording": quotations.missing_wording,
    "words_anchor": quotations.words_anchor,
    "quoted_name": quotations.quoted_name,
    "short_name": quotations.short_name,
    "attribution": quotations.attribution,
    "text_direction": template_functions.text_direction,
    "sort_replies": template_functions.sort_replies,
    "claim_beyond_text": template_functions.claim_beyond_text,
    "group_by_day": template_functions.group_by_day,
    "group_back_links": cited_at.group_back_links,
    "reply_counts": template_functions.reply_counts,
}
_FUNCTIONS: dict[str, Any] = {
    "has_answered": template_functions.has_answered,
    "not_recorded": exchanges.not_recorded,
    "order_note": template_functions.order_note,
    "most_frequent": template_functions.most_frequent,
    "briefings_of": template_functions.briefings_of,
    "other_referrers": template_functions.other_referrers,
}


@cache
def environment() -> FastEnvironment:
    """The environment; its templates are compiled once."""
    environment = FastEnvironment(
        loader=PackageLoader("generator", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters |= _FILTERS | site_functions.FILTERS
    environment.globals |= _FUNCTIONS | site_functions.FUNCTIONS
    return environment


def macros() -> Any:
    """The macros that several templates share."""
    return environment().imported("macros.html")


def clear_caches() -> None:
    """Read templates and translations again: during a preview they can be edited."""
    environment.cache_clear()
    translations.cache_clear()
