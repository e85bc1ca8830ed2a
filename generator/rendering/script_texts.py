"""The texts that scripts show, as a module of JavaScript in the language of the site."""

from __future__ import annotations

import re
from typing import Any

import orjson

from generator.addresses import urls
from generator.locale.interface import Interface


def script(interface: Interface) -> dict[str, bytes]:
    """The module: path below the site's root to content."""
    lines = (
        b"// The texts that scripts show. Their values go into {placeholders}.",
        b"export const LANGUAGE = " + orjson.dumps(str(interface.locale).replace("_", "-")),
        b"export const TEXTS = "
        + orjson.dumps(script_texts(interface), option=orjson.OPT_INDENT_2),
    )
    return {urls.TEXTS_SCRIPT: b"\n".join(lines) + b"\n"}


def script_texts(interface: Interface) -> dict[str, Any]:
    """The texts by name; one that depends on a count has its plural forms by CLDR category."""
    gettext, plural_forms = interface.gettext, interface.plural_forms
    texts = {
        "notReady": gettext(
            "Search isn't ready yet. In the preview it takes a few seconds after each change."
        ),
        "results": plural_forms("%(count)s result", "%(count)s results"),
        "pages": plural_forms("%(count)s page", "%(count)s pages"),
        "found": gettext("%(results)s on %(pages)s"),
        "foundSoFar": gettext("%(results)s on %(pages)s so far"),
        "suggestions": plural_forms(
            "%(count)s suggestion. The arrow keys lead to it.",
            "%(count)s suggestions. The arrow keys lead to them.",
        ),
        "allResults": gettext("All results"),
        "inBriefing": gettext("In “%(title)s”"),
        "wordsOf": gettext("Words of %(name)s:"),
        "moreInBriefing": plural_forms(
            "%(count)s more in this briefing", "%(count)s more in this briefing"
        ),
        "scattered": gettext("The words are in different places on this page."),
        "term": gettext("“%(term)s”"),
        "missing": gettext("Nothing with %(terms)s."),
        "noWord": gettext("Nothing found. Type a word of two letters or more."),
        "nonePasses": gettext("Nothing with %(terms)s passes these filters."),
        "nothing": gettext("Nothing with %(terms)s."),
        "notTogether": gettext("Nothing with %(terms)s together."),
        "didYouMean": gettext("Did you mean:"),
        "namesLike": gettext("Names like it:"),
        "nameAlso": gettext("%(name)s (%(other)s)"),
        "any": gettext("Any"),
        "everyLanguage": gettext("Search in all languages"),
        "otherLanguages": gettext("In other languages:"),
        "resultsIn": gettext("%(language)s: %(results)s"),
        "comma": interface.apposition,
        "copy": gettext("Copy"),
        "copied": gettext("Copied"),
        "save": gettext("Save"),
    }
    return {name: _in_braces(value) for name, value in texts.items()}


_VALUE = re.compile(r"%\((\w+)\)s")


def _in_braces(text: Any) -> Any:
    """A text with its values in braces; in one without values, ``%`` is an ordinary letter."""
    if isinstance(text, str):
        return _VALUE.sub(r"{\1}", text).replace("%%", "%") if _VALUE.search(text) else text
    return {category: _in_braces(form) for category, form in text.items()}
