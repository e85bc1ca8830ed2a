"""What a reader does in a real browser: search, and follow the links at a glance."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.pages import pages_of
from tests.building import ROOT, Built, as_typed, briefing_files

# Types a word into the search page, shows results until one has the wanted address, or all, and
# returns their addresses.
_SEARCH = """async ([word, wanted]) => {
  const place = document.querySelector("[data-search]")
  const status = place.querySelector("[data-status]")
  const more = place.querySelector("[data-more]")
  const results = place.querySelector("[data-results]")
  const until = async (holds) => {
    const end = performance.now() + 10_000
    while (!holds()) {
      if (performance.now() > end) throw new Error(`no results of ${word}`)
      await new Promise((done) => setTimeout(done, 10))
    }
  }
  history.replaceState = () => {} // slow, and no test looks at this address
  place.querySelector("[name=q]").value = word
  status.textContent = ""
  place.querySelector("form").requestSubmit()
  await until(() => status.textContent)
  const links = () => [...results.querySelectorAll("a")].map((link) => link.href)
  const isFound = () => links().some((link) => link.replace(/\\?[^#]*/, "") === wanted)
  while (!isFound() && more.checkVisibility()) {
    const before = results.querySelectorAll("li").length
    more.click()
    await until(() => results.querySelectorAll("li").length > before)
  }
  return links()
}"""


def _longest_word(text: str) -> str:
    return max(re.findall(r"[^\W\d_]+", text), key=len)


def _sought() -> Iterator[tuple[str, str]]:
    """A word to look for, and the address that one of its results leads to."""
    languages: set[str] = set()
    statement = title = False
    for name, path in briefing_files(ROOT):
        briefing = as_typed(path)
        if briefing.get("status", "draft") == "draft":
            continue
        for entry in [*briefing["positions"], *briefing["responses"]]:
            place = f"{name}/#{entry['id']}"
            if not statement:
                statement = True
                yield _longest_word(entry["text"]), place
            for quote in entry.get("quotes", []):
                for said in (quote, quote.get("original", {})):
                    language = said.get("language")
                    if language and language != "en" and language not in languages:
                        languages.add(language)
                        word = _longest_word(said["text"])
                        word = word[:4] if language.startswith(("zh", "ja")) else word
                        yield word, place
        for source in briefing.get("sources", []):
            if not title and source.get("language", "en") != "en":
                title = True
                word = _longest_word(source["title"])
                yield word, f"{name}/#source--{source['id']}"
    for actor_id, actor in as_typed(ROOT / "data" / "actors.yml").items():
        foreign = [entry for entry in actor.get("also_known_as", []) if not entry.isascii()]
        if foreign:
            yield _longest_word(foreign[0]), f"actors/{actor_id}/"
            break


def test_the_search_finds_words_and_leads_to_where_they_are(reader: Page, address: str) -> None:
    """A statement, a quotation in each language, the title of a source, another name."""
    sought = list(_sought())
    assert len(sought) > 10
    reader.goto(f"{address}search/")
    expect(reader.locator("[data-status]")).to_contain_text("result")
    faults: list[str] = []
    links: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for word, place in sought:
        results = reader.evaluate(_SEARCH, [word, address + place])
        wanted = [link for link in results if _without_query(link) == address + place]
        if wanted:
            links[place.partition("#")[0]].append((word, place, wanted[0]))
        else:
            faults.append(f"{word} was found at {results}, not at {place}")
    for followed in links.values():
        faults += _follow(reader, followed)
    assert not faults, "\n".join(faults)


def _follow(reader: Page, links: list[tuple[str, str, str]]) -> Iterator[str]:
    """Follow the first link to a page; of the others to the same page, only the fragment."""
    reader.goto(links[0][2])
    words = reader.locator("article.md-content__inner").inner_text()
    for word, place, link in links:
        fragment = urlsplit(link).fragment
        if link != links[0][2]:
            reader.evaluate("(fragment) => { location.hash = fragment }", fragment)
        expect(reader.locator(f"[id='{fragment}']" if fragment else "h1")).to_be_in_viewport()
        if word not in words:
            yield f"{word} does not stand at {place}"


def _without_query(link: str) -> str:
    return re.sub(r"\?[^#]*", "", link)


def test_each_link_at_a_glance_leads_to_its_statement(
    page: Page, address: str, real_site: Built, fictional_address: str, torture: bool
) -> None:
    """On one briefing, or on all. That no anchor is missing is checked before each publication."""
    shipped = [address + path for path in pages_of(real_site.folder, "briefing")]
    for url in [f"{fictional_address}halden/", *(shipped if torture else [])]:
        page.goto(url)
        links = page.locator(".brief a[href^='#']")
        targets = links.evaluate_all("links => links.map(one => one.getAttribute('href'))")
        assert targets
        for target in sorted(set(targets)):
            page.evaluate("window.scrollTo(0, 0)")
            page.locator(f".brief a[href='{target}']").first.click()
            expect(page.locator(f"[id='{target.removeprefix('#')}']")).to_be_in_viewport()
            assert urlsplit(page.url).fragment == target.removeprefix("#"), url
