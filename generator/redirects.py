"""Pages at a briefing's former addresses, which lead on to where it is now.

Without script: the browser is sent on by the page itself (HTML, ``http-equiv=refresh``), search
engines by the canonical address, and a reader who is not sent has the link.
"""

from __future__ import annotations

from html import escape

from generator import routes
from generator.collection import Collection
from generator.view import Settings

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={address}">
<link rel="canonical" href="{address}">
<title>{title}</title>
</head>
<body>
<p>This briefing has moved: <a href="{address}">{title}</a></p>
</body>
</html>
"""


def redirects(collection: Collection, settings: Settings) -> dict[str, bytes]:
    """An HTML page for every former address: path below the site's root to content."""
    pages: dict[str, bytes] = {}
    for briefing in collection.briefings.values():
        for alias in briefing.model.aliases:
            address = routes.address(
                routes.briefing(briefing.id),
                routes.briefing(alias),
                directory_urls=settings.directory_urls,
            )
            html = _PAGE.format(address=escape(address), title=escape(briefing.title))
            pages[routes.former(alias)] = html.encode()
    return pages
