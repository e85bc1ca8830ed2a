"""A briefing as a PDF file, from the HTML of its page.

WeasyPrint is an extra, as it needs Pango, a library of the system: ``pip install
'briefing-site[pdf]'`` and, on Debian and Ubuntu, ``apt install libpango-1.0-0
libpangoft2-1.0-0 libharfbuzz-subset0``.
"""

from __future__ import annotations

import logging
import re
from html import escape
from importlib import import_module, resources

from generator.model.languages import direction

_ADVICE = (
    "WeasyPrint, which makes PDF files, can't start: {}\n"
    "Install it with `pip install 'briefing-site[pdf]'` and, on Debian and Ubuntu, its library "
    "with `apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0`."
)
_GIVES_UP = (
    "WeasyPrint {} can't lay out this page as a PDF file ({}). Build without PDF files, or shorten "
    "the longest statement and quotation of this briefing."
)
#: The text's width on A4 paper in CSS pixels. Drawings need one, because they have no other.
_DRAWING_WIDTH = 680
_DRAWING = re.compile(r'(<svg class="picture__drawing[^"]*") width="100%"([^>]*>)')
#: The dates below the events of a briefing. WeasyPrint draws texts of an SVG letter by letter, from
#: left to right, so they become texts above it.
_STRIP = re.compile(r'(<div class="strip"[^>]*>)(.*?)(</div>)', re.DOTALL)
_TICK = re.compile(
    r'<text class="picture__tick" x="([^"]*)%" y="([^"]*)" text-anchor="([a-z]+)">([^<]*)</text>'
)
#: The style sheet of the site's pages, whose rules for paper are those of a PDF file.
_DESIGN = "theme/assets/stylesheets/briefings.css"
_RELATIVE = re.compile(r' href="(?!#|https?:|mailto:)[^"]*"')


class PdfError(Exception):
    """A PDF file can't be made. The text says why, and what to do."""


def require() -> None:
    """Raise ``PdfError`` if PDF files can't be made on this machine."""
    try:
        import_module("weasyprint")
    except (ImportError, OSError) as error:
        raise PdfError(_ADVICE.format(str(error).splitlines()[0])) from None


def pdf(content: str, *, title: str, language: str, address: str = "") -> bytes:
    """A document with a page's ``content``, tagged for screen readers (PDF/UA-1, ISO 14289-1).

    ``address`` is the page's URL, which relative links are resolved against. Without it, relative
    links become plain text. The bytes depend only on the arguments and the fonts. Raises
    ``PdfError`` if WeasyPrint isn't installed or can't lay the page out.
    """
    require()
    import weasyprint
    from weasyprint.urls import URLFetcher

    # An author can't do anything about its messages on fonts and on CSS that it ignores.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    drawing = _style("templates/charts.css")
    body = _DRAWING.sub(
        lambda match: f'{match[1]} width="{_DRAWING_WIDTH}"{match[2]}<style>{drawing}</style>',
        content,
    )
    body = _STRIP.sub(_with_dates_as_texts, body)
    body = body if address else _RELATIVE.sub("", body)
    page = (
        f'<!doctype html><html lang="{escape(language)}" dir="{direction(language)}">'
        '<head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head>"
        '<body data-md-color-primary="custom" data-md-color-accent="custom">'
        f'<article class="md-content__inner md-typeset">{body}</article></body></html>'
    )
    sheets = [_style("templates/print.css"), _style(_DESIGN), _address_in_margin(address)]
    # A page contains all that it needs, so nothing is fetched.
    fetcher = URLFetcher(allowed_protocols=())
    document = weasyprint.HTML(string=page, base_url=address or None, url_fetcher=fetcher)
    try:
        content_bytes = document.write_pdf(
            stylesheets=[weasyprint.CSS(string=sheet) for sheet in sheets],
            pdf_variant="pdf/ua-1",
            pdf_tags=True,
        )
    except Exception as error:  # WeasyPrint names no exceptions of its layout, so any can come
        raise PdfError(_GIVES_UP.format(weasyprint.__version__, repr(error))) from error
    assert isinstance(content_bytes, bytes)
    return content_bytes


def _with_dates_as_texts(strip: re.Match[str]) -> str:
    dates = "".join(
        f'<span class="strip__date strip__date--{anchor}" '
        f'style="left: {float(x) / 100 * _DRAWING_WIDTH}px; top: {y}px">{date}</span>'
        for x, y, anchor, date in _TICK.findall(strip[2])
    )
    return f"{strip[1]}{_TICK.sub('', strip[2])}{dates}{strip[3]}"


def _style(path: str) -> str:
    return (resources.files("generator") / path).read_text("utf-8")


def _address_in_margin(address: str) -> str:
    """The style of `theme/main.html` that writes a page's address below the text."""
    quoted = address.replace("\\", "%5C").replace('"', "%22")
    style = f'content: "{quoted}"; color: #5a5a5a; direction: ltr; font: 7.5pt sans-serif;'
    return f"@page {{ @bottom-left {{ {style} }} }}" if address else ""
