"""What the pages' policy stops. That the pages work under it: `test_kinds_of_pages.py`."""

from __future__ import annotations

from playwright.sync_api import Page

#: Adds a script and an image with one, and waits until the policy has stopped both, or a while.
_ADD = """() => new Promise((done) => {
  const stopped = new Set()
  document.addEventListener("securitypolicyviolation", (event) => {
    stopped.add(event.effectiveDirective)
    if (stopped.has("script-src-elem") && stopped.has("script-src-attr")) done([...stopped].sort())
  })
  setTimeout(() => done([...stopped].sort()), 3000)
  const script = document.createElement("script")
  script.textContent = "document.title = 'hit'"
  document.body.append(script)
  const image = document.createElement("img")
  image.setAttribute("onerror", "document.title = 'hit'")
  image.src = "missing.png"
  document.body.append(image)
})"""


def test_a_script_that_is_not_the_sites_own_does_not_run(
    page: Page, fictional_address: str
) -> None:
    page.goto(fictional_address)
    assert page.evaluate(_ADD) == ["script-src-attr", "script-src-elem"]
    assert "hit" not in page.title()
