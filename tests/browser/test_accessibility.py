"""axe finds nothing on any kind of page (WCAG 2.2 A and AA, and its best practices)."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_reading import KINDS, _pages_of, address, real_site

__all__ = ["address", "real_site"]  # fixtures
#: A page's tree depends on the width, its colours on the scheme. The kinds of pages take turns:
#: axe checks each on one of the first two screens, and on all screens with `--torture`.
_LONG = pytest.mark.torture
SCREENS = pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (320, "light"),
        (1440, "dark"),
        pytest.param(320, "dark", marks=_LONG),
        pytest.param(1440, "light", marks=_LONG),
    ],
)
TURNS = {(320, "light"): 0, (1440, "dark"): 1}


def _page(browser: Browser, width: int, scheme: str) -> Page:
    # axe is put into the page as a script, which the page's policy would not let run.
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,
    )
    return context.new_page()


def _found(page: Page) -> list[str]:
    violations = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html']}" for one in violations for node in one["nodes"]]


@SCREENS
def test_no_kind_of_page_keeps_anyone_out(
    browser: Browser, address: str, width: int, scheme: str, torture: bool
) -> None:
    page = _page(browser, width, scheme)
    for kind in list(KINDS) if torture else list(KINDS)[TURNS[width, scheme] :: 2]:
        path = _pages_of(kind)[0]
        page.goto(address + path)
        assert _found(page) == [], path
    page.context.close()


@SCREENS
def test_nor_do_the_search_and_its_suggestions(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    page = _page(browser, width, scheme)
    page.goto(f"{address}search/?q=dam")
    expect(page.locator("[data-results] a").first).to_be_visible()
    assert _found(page) == []
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("dam")
    expect(page.locator("[data-suggestions] a").first).to_be_visible()
    assert _found(page) == []
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nor_does_the_open_menu(browser: Browser, address: str, scheme: str) -> None:
    page = _page(browser, 320, scheme)
    page.goto(f"{address}actors/")
    page.locator(".md-header label[for=__drawer]").click()
    expect(page.locator(".md-nav--primary")).to_be_in_viewport()
    assert _found(page) == []
    page.context.close()


# WCAG 2.2, 1.4.12: what a reader's own style sheet may ask for.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; }
* { word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""


def test_no_page_scrolls_sideways_at_400_per_cent_or_with_wide_spacing(
    browser: Browser, address: str
) -> None:
    """320 pixels are what 1,280 become at 400 per cent (WCAG 2.2, 1.4.10)."""
    page = _page(browser, 320, "light")
    for kind in KINDS:
        path = _pages_of(kind)[0]
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        page.add_style_tag(content=SPACING)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    page.context.close()


def test_in_forced_colours_a_reply_status_is_told_by_word_and_shape(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(address + _pages_of("briefing")[0])
    for one in page.locator(".brief .reply").all():
        assert one.inner_text().strip()
        shape = one.evaluate("(it) => getComputedStyle(it, '::before').content")
        assert shape not in ("none", '""')
    mark = page.locator(".strip .mark").first
    fill, behind = mark.evaluate(
        "(it) => [getComputedStyle(it).stroke, getComputedStyle(document.body).backgroundColor]"
    )
    assert fill != behind
    context.close()


def test_quotations_say_their_language_and_direction(browser: Browser, address: str) -> None:
    page = _page(browser, 1440, "light")
    for path in _pages_of("briefing"):
        page.goto(address + path)
        for one in page.locator("blockquote p").all():
            assert one.get_attribute("dir") in ("ltr", "rtl", "auto")
    assert page.locator("blockquote p[lang]").count()
    page.context.close()
