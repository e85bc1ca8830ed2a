"""Phones and tablets: the menu with the keyboard, and links that a finger can hit."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import too_wide

MENU = "#__drawer"
BRIEFING = "halden/"
DRAWER = ".md-sidebar--primary"
_FOCUSED_IN_DRAWER = f"Boolean(document.activeElement.closest('{DRAWER}'))"


@pytest.fixture(scope="module")
def address(fictional_address: str) -> str:
    """The small site: nothing here depends on what a page is about."""
    return fictional_address


@pytest.mark.parametrize("width", [320, 768])
def test_a_closed_menu_takes_no_tab_stop(reader: Page, address: str, width: int) -> None:
    reader.set_viewport_size({"width": width, "height": 800})
    reader.goto(f"{address}actors/")
    for _ in range(12):
        reader.keyboard.press("Tab")
        assert not reader.evaluate(_FOCUSED_IN_DRAWER)
    expect(reader.locator(DRAWER)).to_be_hidden()


@pytest.mark.parametrize("key", ["Space", "Enter"])
def test_the_menu_opens_with_the_keyboard_and_escape_closes_it(
    reader: Page, address: str, key: str
) -> None:
    reader.set_viewport_size({"width": 390, "height": 800})
    reader.goto(f"{address}actors/")
    menu = reader.get_by_role("button", name="Navigation", exact=True)
    menu.focus()
    assert menu.get_attribute("aria-expanded") == "false"
    reader.keyboard.press(key)
    expect(reader.locator(f"{DRAWER} a.md-nav__link").first).to_be_focused()
    assert menu.get_attribute("aria-expanded") == "true"
    reader.keyboard.press("Escape")
    expect(menu).to_be_focused()
    assert menu.get_attribute("aria-expanded") == "false"
    expect(reader.locator(DRAWER)).to_be_hidden()


def test_the_menu_closes_behind_those_who_leave_it(reader: Page, address: str) -> None:
    reader.set_viewport_size({"width": 390, "height": 800})
    reader.goto(f"{address}actors/")
    reader.locator(".menu-button").focus()
    reader.keyboard.press("Space")
    links = reader.locator(f"{DRAWER} a.md-nav__link[href]:visible")
    expect(links.first).to_be_focused()
    links.last.focus()
    reader.keyboard.press("Tab")
    assert not reader.evaluate(_FOCUSED_IN_DRAWER)
    expect(reader.locator(DRAWER)).to_be_hidden()


def test_the_menu_opens_without_script_too(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{address}actors/")
    page.keyboard.press("Tab")
    expect(page.locator(MENU)).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator(f"{DRAWER} a.md-nav__link").first).to_be_in_viewport()
    context.close()


def test_on_a_wide_screen_the_menu_has_no_button(reader: Page, address: str) -> None:
    reader.set_viewport_size({"width": 1440, "height": 800})
    reader.goto(f"{address}actors/")
    expect(reader.locator(MENU)).to_be_hidden()
    expect(reader.locator(DRAWER)).to_be_visible()


def test_a_briefing_lists_its_sections_on_every_screen(reader: Page, address: str) -> None:
    reader.set_viewport_size({"width": 320, "height": 800})
    reader.goto(f"{address}{BRIEFING}")
    for width in (320, 390, 768, 1440):
        reader.set_viewport_size({"width": width, "height": 800})
        sections = reader.get_by_role("navigation", name="Sections of this page")
        expect(sections).to_be_visible()
        targets = sections.locator("a").evaluate_all("all => all.map((a) => a.hash.slice(1))")
        headings = reader.locator(".md-content h2").evaluate_all("all => all.map((h) => h.id)")
        assert targets == headings, width


#: What has the focus, and whether it is hidden; null where nothing has it.
_FOCUSED = """
() => {
  if (document.activeElement === document.body) return null
  for (const animation of document.getAnimations()) animation.finish()
  // Material hides the inputs of its palette, and outlines the button that stands for each.
  const focused = document.activeElement.matches(".md-option")
    ? document.activeElement.nextElementSibling
    : document.activeElement
  const box = focused.getBoundingClientRect()
  const isClipped = (element) =>
    element && (getComputedStyle(element).clipPath !== "none" || isClipped(element.parentElement))
  const isVisible = focused.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  const isHidden = !isVisible || box.width <= 1 || box.height <= 1 || isClipped(focused)
  return { isHidden, html: document.activeElement.outerHTML.slice(0, 150) }
}
"""


#: Gives the focus to each element that the Tab key reaches; how many, and those that are hidden.
_FOCUS_EACH = f"""() => {{
  const seen = []
  for (const element of document.querySelectorAll("*")) {{
    // Of the buttons of a group, the key reaches the chosen one. The way back to the top is shown
    // a moment after a page has scrolled, so only the key shows what is wrong with it.
    if (element.tabIndex < 0 || element.matches("[type=radio]:not(:checked), .md-top")) continue
    element.focus()
    if (document.activeElement === element) seen.push(({_FOCUSED})())
  }}
  return [seen.length, seen.filter((focused) => focused.isHidden).map(({{ html }}) => html)]
}}"""


def test_nothing_on_a_briefing_that_has_the_focus_is_hidden(reader: Page, address: str) -> None:
    """Pressing the key for each of its hundreds of links takes long."""
    reader.set_viewport_size({"width": 320, "height": 800})
    reader.goto(address + BRIEFING)
    reader.keyboard.press("Tab")  # what shows the focus shows it to those with a keyboard
    count, hidden = reader.evaluate(_FOCUS_EACH)
    assert hidden == []
    assert count > 60


def test_nothing_that_has_the_focus_is_hidden(reader: Page, address: str) -> None:
    reader.set_viewport_size({"width": 320, "height": 800})
    reader.goto(address)
    hidden = []
    presses = 0
    while True:
        reader.keyboard.press("Tab")
        presses += 1
        focused = reader.evaluate(_FOCUSED)
        if focused is None:
            break
        hidden += [focused["html"]] if focused["isHidden"] else []
    assert hidden == []
    assert presses > 20


def test_small_type_is_readable(reader: Page, address: str) -> None:
    reader.goto(f"{address}{BRIEFING}")
    for width in (320, 1440):
        reader.set_viewport_size({"width": width, "height": 900})
        for selector, least in ((".statement__text p", 15), (".quotation blockquote p", 15)):
            sizes = reader.locator(selector).evaluate_all(
                "all => all.map((it) => parseFloat(getComputedStyle(it).fontSize))"
            )
            assert min(sizes) >= least, width


def test_the_mark_of_a_permalink_is_drawn_and_neither_read_nor_copied(
    reader: Page, address: str
) -> None:
    reader.goto(f"{address}{BRIEFING}")
    client = reader.context.new_cdp_session(reader)
    nodes = client.send("Accessibility.getFullAXTree")["nodes"]
    assert [node for node in nodes if "¶" in str(node.get("name", {}).get("value", ""))] == []
    links = reader.get_by_role("link", name="Link to this section", exact=True)
    assert links.count() == reader.locator(".headerlink").count() > 5
    assert "¶" not in (reader.locator(".md-content").text_content() or "")
    drawn = reader.locator(".headerlink").first.evaluate(
        "(link) => getComputedStyle(link, '::before').content"
    )
    assert "¶" in drawn


_LONG_NAMES = """(list) => {
  const table = document.querySelector("table.pairs")
  table.classList.toggle("pairs--list", list)
  const long = "Donaudampfschiffahrt".repeat(5)
  for (const name of table.querySelectorAll("bdi")) name.textContent = long
}"""


@pytest.mark.parametrize("as_list", [False, True], ids=["table", "list"])
def test_names_of_any_length_leave_the_table_of_who_answers_whom_on_the_page(
    reader: Page, address: str, as_list: bool
) -> None:
    reader.goto(f"{address}actors/")
    reader.evaluate(_LONG_NAMES, as_list)
    assert too_wide(reader) == []
    for width in (600, 1440):
        reader.set_viewport_size({"width": width, "height": 800})
        assert reader.evaluate(
            "document.querySelector('table.pairs').getBoundingClientRect().right"
            " <= document.querySelector('article').getBoundingClientRect().right + 1"
        )


def test_many_accused_are_a_list_below_each_accuser(reader: Page, address: str) -> None:
    reader.set_viewport_size({"width": 1440, "height": 800})
    reader.goto(f"{address}actors/")
    reader.evaluate("document.querySelector('table.pairs').classList.add('pairs--list')")
    expect(reader.locator("table.pairs thead")).to_be_hidden()
    name, reply = (
        reader.locator(f"table.pairs tbody tr:first-child > {cell}").first.bounding_box()
        for cell in ("th", "td:not(.pairs__none)")
    )
    assert name is not None
    assert reply is not None
    assert reply["y"] >= name["y"] + name["height"]
