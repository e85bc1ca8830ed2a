"""A briefing as a PDF file, from the very HTML of its page.

WeasyPrint is an extra, as it needs Pango, a library of the system: ``pip install
'briefing-site[pdf]'`` and, on Debian and Ubuntu, ``apt install libpango-1.0-0
libpangoft2-1.0-0 libharfbuzz-subset0``.
"""

from __future__ import annotations

import logging
import re
from html import escape
from importlib import resources

HOW = (
    "WeasyPrint, which makes PDF files, can't start: {}\n"
    "Install it with `pip install 'briefing-site[pdf]'` and, on Debian and Ubuntu, its library "
    "with `apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0`."
)
#: What stands on a page for those who use it there, and is nothing in a document.
_INTERFACE = re.compile(r'<details class="cite">.*?</details>|<a class="headerlink".*?</a>', re.S)
#: How wide a drawing is on paper: the parties stand close to each other, as on a page.
_WIDTHS = {"timeline": 640, "relations": 352}
_DRAWING = re.compile(
    r'(<div class="picture picture--(\w+)">\s*<figure>\s*<svg class="picture__drawing")'
    r' width="100%"([^>]*>)'
)
_RELATIVE = re.compile(r' href="(?!#|https?:|mailto:)[^"]*"')


class PrintingError(Exception):
    """PDF files can't be made on this machine; the text says what to install."""


def require() -> None:
    """Raise ``PrintingError`` unless PDF files can be made here."""
    try:
        import weasyprint  # noqa: F401 - only to see whether it is there
    except (ImportError, OSError) as error:
        raise PrintingError(HOW.format(str(error).splitlines()[0])) from None


def pdf(content: str, *, title: str, language: str, address: str = "") -> bytes:
    """The document of a page's ``content``, tagged for screen readers (PDF/UA-1, ISO 14289-1).

    ``address`` is the page's own, from which its relative links lead; where it is unknown these
    are left as words. The bytes depend on nothing but the arguments and the fonts.
    """
    require()
    import weasyprint
    from weasyprint.urls import URLFetcher

    # What it says of fonts and of CSS it passes over is nothing an author could mend.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    styles = (resources.files("generator") / "templates" / "print.css").read_text("utf-8")
    drawing = (resources.files("generator") / "templates" / "picture.css").read_text("utf-8")
    body = _INTERFACE.sub("", content)
    body = _DRAWING.sub(
        lambda found: f'{found[1]} width="{_WIDTHS[found[2]]}"{found[3]}<style>{drawing}</style>',
        body,
    )
    body = body if address else _RELATIVE.sub("", body)
    page = (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head><body>{body}</body></html>"
    )
    # A page brings all it needs: whatever would be fetched is no part of it.
    nothing = URLFetcher(allowed_protocols=())
    document = weasyprint.HTML(string=page, base_url=address or None, url_fetcher=nothing)
    made = document.write_pdf(
        stylesheets=[weasyprint.CSS(string=styles)], pdf_variant="pdf/ua-1", pdf_tags=True
    )
    assert isinstance(made, bytes)
    return made
