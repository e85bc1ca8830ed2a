"""Each kind of page keeps nobody out, works under its policy, and asks nobody else for anything.

axe finds nothing (WCAG 2.2 A and AA, and its best practices), no page scrolls sideways on a small
screen or at 400 per cent, and a finger hits each link.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import KINDS, axe, complaints, leave, pages_of, too_small, too_wide
from tests.building import Built, served

#: A page's tree depends on the width, its colours on the scheme. Kinds of pages take turns: axe
#: checks each on one of the first two screens, and on all screens with `--torture`.
SCREENS = ((320, "light"), (1440, "dark"), (320, "dark"), (1440, "light"))
#: This kind has most colours: their contrast is checked on both of the first two screens.
MOST_COLOURS = "briefing"
#: The bar with suggestions is the same on each page. Words are typed into it here, where the site's
#: root is in the same folder, in another, and unknown.
WITH_SUGGESTIONS = ("home", "briefing", "not found")


@pytest.fixture(
    scope="module", params=["fictional", pytest.param("shipped", marks=pytest.mark.torture)]
)
def site(request: pytest.FixtureRequest) -> Built:
    """A site that uses every key of the format, and with `--torture` the shipped one too."""
    fixture = "fictional_site" if request.param == "fictional" else "real_site"
    built: Built = request.getfixturevalue(fixture)
    return built


@pytest.fixture(scope="module")
def address(site: Built) -> Iterator[str]:
    with served(site.folder) as address:
        yield address


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_page_has_a_fault(
    page: Page, site: Built, address: str, kind: str, torture: bool
) -> None:
    turn = list(KINDS).index(kind) % 2
    screens = SCREENS if torture else SCREENS[turn : turn + 1]
    paths = pages_of(site.folder, kind)
    faults = []
    for path in paths if torture else paths[:1]:
        for number, (width, scheme) in enumerate(screens):
            if torture:
                leave(page)  # a site keeps its scheme in the browser
            with complaints(page, address) as heard:
                _show(page, address + path, width, scheme)
                page_faults = [*axe(page), *(_faults_of_layout(page) if number == 0 else [])]
                page.set_viewport_size({"width": width, "height": 900})
                if kind == MOST_COLOURS and not torture:
                    page.emulate_media(color_scheme="light" if scheme == "dark" else "dark")
                    page_faults += axe(page, None, "color-contrast")
                if kind in WITH_SUGGESTIONS or (torture and kind != "search"):
                    page_faults += _faults_of_suggestions(page, kind == "home" or torture)
            faults += [f"/{path}, {width} {scheme}: {fault}" for fault in [*page_faults, *heard]]
    assert not faults, "\n".join(faults)


def _faults_of_suggestions(page: Page, with_axe: bool) -> list[str]:
    """Words bring suggestions."""
    page.keyboard.press("/")
    page.keyboard.type("water")
    expect(page.locator("[data-suggestions] a").first).to_be_visible()
    faults = axe(page, "[data-search-bar]") if with_axe else []
    return [f"suggestions: {fault}" for fault in faults]


def _show(page: Page, url: str, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    is_search = url.endswith("/search/")
    page.goto(f"{url}?q=water" if is_search else url)
    if is_search:
        expect(page.locator("[data-results] a").first).to_be_visible()
    wanted = "slate" if scheme == "dark" else "default"
    assert page.evaluate("document.body.dataset.mdColorScheme") == wanted


def _faults_of_layout(page: Page) -> Iterator[str]:
    if page.locator("meta[http-equiv='Content-Security-Policy']").count() != 1:
        yield "no policy"
    yield from too_wide(page)
    for width in (320, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        yield from (f"{width}: {fault}" for fault in too_small(page))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_open_menu(page: Page, address: str, scheme: str) -> None:
    _show(page, f"{address}actors/", 320, scheme)
    page.locator(".md-header label[for=__drawer]").click()
    expect(page.locator(".md-nav--primary")).to_be_in_viewport()
    faults = axe(page, ".md-sidebar--primary")
    assert not faults, "\n".join(faults)


def test_in_forced_colours_a_reply_status_has_its_word_and_its_shape(
    page: Page, site: Built, address: str
) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(address + pages_of(site.folder, "briefing")[0])
    replies = page.locator(".brief .reply").evaluate_all(
        "all => all.map((it) => [it.innerText.trim(), getComputedStyle(it, '::before').content])"
    )
    assert replies
    assert [(word, shape) for word, shape in replies if not word or shape in ("none", '""')] == []
    mark = page.locator(".strip .mark").first
    fill, behind = mark.evaluate(
        "(it) => [getComputedStyle(it).stroke, getComputedStyle(document.body).backgroundColor]"
    )
    assert fill != behind
