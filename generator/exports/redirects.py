"""Pages at a briefing's former addresses, which redirect to its current address.

A script of the site redirects, because only a script keeps the fragment of a link to a statement.
If scripts don't run, the page itself redirects to the top of the briefing (HTML,
``http-equiv=refresh``). Search engines get the canonical address, and readers a link.
"""

from __future__ import annotations

from html import escape
from importlib import resources

from markupsafe import Markup

from generator.addresses import urls
from generator.collection.entries import BriefingEntry
from generator.collection.linker import Collection
from generator.rendering.csp import with_policy
from generator.rendering.html_texts import html_texts
from generator.rendering.settings import Settings
from generator.rendering.view import View

_PAGE = """<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<noscript><meta http-equiv="refresh" content="0; url={address}"></noscript>
<link rel="canonical" href="{canonical}">
<title{title_language}>{title}</title>
<script type="module" src="{script}"></script>
</head>
<body>
<p>{moved}</p>
</body>
</html>
"""


def redirects(
    briefing: BriefingEntry, collection: Collection, settings: Settings
) -> dict[str, bytes]:
    """An HTML page for each former address of a briefing: path below the site's root to content."""
    pages: dict[str, bytes] = {}
    for alias in briefing.model.aliases:
        view = View(urls.briefing(alias), settings, collection)
        address = view.relative_url(urls.briefing(briefing.id))
        interface = settings.interface
        link = Markup('<a href="{}" data-moved>{}</a>').format(address, view.titled(briefing))
        html = _PAGE.format(
            language=interface.language,
            direction=interface.direction,
            moved=html_texts(interface).gettext("This briefing has moved: %(link)s", link=link),
            address=escape(address),
            canonical=escape(view.permalink(briefing) if settings.url else address),
            script=escape(view.relative_url(urls.REDIRECT_SCRIPT)),
            title=escape(briefing.title),
            title_language=view.language_attributes(briefing.title, briefing),
        )
        pages[urls.redirect_page(alias)] = with_policy(html).encode()
    return pages


def script() -> dict[str, bytes]:
    """The script of these pages."""
    source = resources.files("generator") / "templates" / "redirect.js"
    return {urls.REDIRECT_SCRIPT: source.read_bytes()}
