"""An author's id is an anchor and no more: nothing else has it, and no script is led astray."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.model.ids import ID_PATTERN
from tests.browser.watching import watching
from tests.building import Built, built_once, every_key_project, served
from tests.fiction import SOURCE, briefing, files, position
from tests.hostile import dress

#: What scripts of pages, themes and browsers go by, as far as an id can be called so.
NAMES = (
    "search", "config", "md", "toc", "drawer", "header", "main", "footer", "nav", "content", "top",
    "location", "document", "window", "self", "parent", "name", "status", "history", "origin",
    "alert", "fetch", "open", "print", "console", "event", "length", "frames", "opener", "length-1",
    "form", "forms", "body", "head", "cookie", "domain", "links", "images", "scripts", "title",
    "constructor", "prototype", "proto", "tostring", "valueof", "mermaid", "mathjax",
    "search-index", "q", "kind", "actor", "sort", "data", "preview", "sources", "page", "section",
    "event-1",
    "source", "party", "cite", "article", "base", "features", "component", "script", "moved",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A briefing whose statements and sources go by such names. Fictional."""
    project = every_key_project(tmp_path_factory.mktemp("ids") / "project")
    dress(project)
    # No other briefing is needed here: each of its words would be written and indexed too.
    for path in (project / "briefings").rglob("*.yml"):
        path.unlink()
    statements = [position(name, sources=[name]) for name in NAMES]
    sources = [SOURCE | {"id": name, "title": f"Source {name}"} for name in NAMES]
    typed = files({"named": briefing(*statements, sources=sources)})["briefings/named.yml"]
    (project / "briefings" / "named.yml").write_bytes(typed)
    built = built_once("hostile-ids", project, tmp_path_factory)
    assert built.code == 0, built.output
    return built


@pytest.fixture(scope="module")
def address(site: Built) -> Iterator[str]:
    with served(site.folder) as address:
        yield address


def test_no_id_is_twice_on_a_page(site: Built) -> None:
    for path, page in site.pages.items():
        ids = [element["id"] for element in page.select("[id]")]
        assert len(ids) == len(set(ids)), path


def test_no_id_of_the_page_itself_could_be_an_authors(site: Built) -> None:
    typed = set(NAMES) | {"treaty", "low-water"}
    for path in (
        "named/index.html",
        "index.html",
        "search/index.html",
        "actors/norland/index.html",
    ):
        for element in site.pages[path].select("[id]"):
            own = str(element["id"])
            assert own in typed or not re.fullmatch(ID_PATTERN, own), (address, own)


def test_scripts_work_whatever_the_anchors_are_called(browser: Browser, address: str) -> None:
    with watching(browser, address, policy=True) as watch:
        watch.visit("named/")
        page = watch.page
        page.keyboard.press("/")
        page.keyboard.type("Norland")
        expect(page.locator("[data-suggestions] a").first).to_be_visible()
        page.locator("label[for=__palette_1], label[for=__palette_0]").first.dispatch_event("click")
    assert watch.seen.ran == []


def test_a_citation_shows_its_own_source_whatever_its_id(page: Page, address: str) -> None:
    page.goto(f"{address}named/")
    for _ in range(2):
        page.locator("a.citation[href='#source--preview']").first.dispatch_event("pointerenter")
        box = page.locator(".source-preview")
        expect(box).to_contain_text("Source preview")
        assert page.locator("[id='source--preview']").count() == 1
        page.keyboard.press("Escape")
        expect(box).to_have_count(0)


def test_an_anchor_leads_to_the_statement_of_that_name(page: Page, address: str) -> None:
    for name in ("search", "top", "constructor"):
        page.goto(f"{address}named/#{name}")
        assert page.evaluate("document.querySelector(':target')?.id") == name
