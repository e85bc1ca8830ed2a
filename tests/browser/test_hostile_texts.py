"""Strangers' texts stay texts: nothing of them runs, fetches or becomes an element, anywhere.

By default each text stands in a field or two of a site, with two others; with `--torture` in each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.pages import by_kind
from tests.browser.watching import Seen, Watch, watching
from tests.building import Built, built_once, served
from tests.hostile import (
    ADDRESS,
    HARMLESS,
    Laid,
    batches,
    lay,
    lay_batch,
    lay_editions,
    payloads,
    text_keys,
    triples,
)
from tests.published import as_published

FILES = (".xml", ".json", ".jsonl", ".csv", ".yml", ".bib", ".svg", ".txt")
#: What runs or becomes an element where a text is put into a page as it is.
RUNNING = (
    "<img src=x onerror=alert(1)>", "<b>x</b>", "<script>alert(1)</script>",
    "<a href=javascript:alert(1)>x</a>",
)  # fmt: skip
# What the texts hold, and what filters and results show of it.
QUERIES = (
    "script", "alert", "onerror", "img src", "mark", "svg onload", "javascript", "iframe",
    "田中さん", "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>', "{{ 7 * 191 }}", "</mark>",
)  # fmt: skip
#: Parts that only pages of an edition have: words in another language, and the table of these.
OF_AN_EDITION = {
    "bdi lang", "meta lang", "title lang", "table id", "words", "quotation__more",
    'script  __md_scope=new URL("/fr/",location),__md',
}  # fmt: skip
#: So many words of an edition have a text at least.
LEAST_WORDS = 60


@dataclass(frozen=True)
class Site:
    """A built site, at its address, and what it was built from."""

    laid: Laid
    built: Built
    address: str

    def pages(self) -> list[str]:
        """Its pages, by their address below the site's."""
        every = [path.relative_to(self.built.folder) for path in self.built.folder.rglob("*.html")]
        return sorted(path.as_posix().removesuffix("index.html") for path in every)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One site, or with `--torture` as many as hold each text in each field."""
    if "hostile" in metafunc.fixturenames:
        count = batches(bool(metafunc.config.getoption("--torture")))
        metafunc.parametrize("hostile", range(count), indirect=True, scope="module")


@pytest.fixture(scope="module")
def hostile(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, torture: bool
) -> Iterator[Site]:
    batch: int = request.param
    laid = lay_batch(tmp_path_factory.mktemp("hostile") / "project", batch, torture)
    built = built_once(f"hostile-{batch}", laid.project, tmp_path_factory)
    assert built.code == 0, built.output
    with served(built.folder) as address:
        yield Site(laid, built, address)


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The same site with texts that have all the markup that they may."""
    laid = lay(tmp_path_factory.mktemp("harmless") / "project", [HARMLESS], range(1))
    assert laid.refused == []
    built = built_once("harmless", laid.project, tmp_path_factory)
    assert built.code == 0, built.output
    with served(built.folder) as address:
        yield Site(laid, built, address)


@pytest.fixture(scope="module")
def unprotected(browser: Browser, harmless: Site) -> Iterator[Watch]:
    """A watched page that lets everything run."""
    with watching(browser, harmless.address, policy=False) as watch:
        yield watch


@pytest.fixture(scope="module")
def known(unprotected: Watch, harmless: Site) -> Seen:
    """What pages consist of where no text is hostile: as built, and after scripts have run.

    Scripts add the same to other pages as to these.
    """
    unprotected.start(harmless.address)
    _parse(unprotected, harmless)
    for path in ("", "about/", "halden/"):
        unprotected.visit(path)
    # The words of the last query are in different parts of a page.
    _search(unprotected, ("words", "halden", "disputes allegation"))
    seen = unprotected.seen
    assert seen.ran == []
    assert seen.strange == []
    # All harmless texts are the same, so no excerpt of theirs is of a quotation. With copies of
    # its entries, a list is long and a map has several at one place. The theme marks sections that
    # were passed.
    seen.classes |= {"search__excerpt--quote", "contents--letters", "map__count"}
    seen.classes |= {"md-nav__link--passed"}
    return seen


def _search(watch: Watch, queries: tuple[str, ...]) -> None:
    page = watch.page
    status = page.locator("[data-status]")
    shown = re.compile("result|Nothing")
    filters = {"actor": 'x"><img src=x onerror=alert(1)>', "sort": "<b>"}
    for asked in ({"q": queries[-1]}, {"q": queries[0]} | filters, {"q": ""}):
        page.goto(f"{watch.address}search/?{urlencode(asked)}")
        expect(status).to_contain_text(shown)
        watch.look()
    for query in queries:
        status.evaluate("(status) => { status.textContent = '' }")
        page.locator("[data-search] [name=q]").fill(query)
        expect(status).to_contain_text(shown)
        watch.look()
    page.goto(watch.address)
    for query in queries[::2]:
        page.get_by_role("searchbox", name="Search").fill("")
        expect(page.locator("[data-suggestions] li")).to_have_count(0)
        page.get_by_role("searchbox", name="Search").fill(query)
        expect(page.locator("[data-suggestions] li").first).to_be_visible()
        watch.look()


def _parse(watch: Watch, site: Site) -> None:
    """Note what all pages of a site consist of as they were built, by the browser's own parser."""
    watch.page.goto(site.address)
    watch.parse(site.pages())


def _faults(seen: Seen, known: Seen) -> list[str]:
    """What ran, was fetched, or became a part that no page has where no text is hostile."""
    parts = (seen.elements - known.elements) | (seen.classes - known.classes)
    return [*seen.ran, *seen.strange, *sorted(parts | (seen.ids - known.ids))]


def _nothing_happened(seen: Seen, known: Seen) -> None:
    faults = _faults(seen, known)
    assert not faults, "\n".join(faults)


def test_every_text_is_in_the_site_and_every_field_has_some(hostile: Site, torture: bool) -> None:
    laid = [*hostile.laid.placed, *(one for one, _ in hostile.laid.refused)]
    assert {entry.key for entry in laid} == set(text_keys())
    if not torture:
        assert len({entry.text for entry in laid}) > 0.95 * len(triples())


def test_what_is_refused_is_reported_with_its_place_and_what_to_write(hostile: Site) -> None:
    for one, problem in hostile.laid.refused:
        assert problem.rule in ("prose-link", "unknown-id"), one
        assert problem.location.line > 1
        assert problem.message
        assert problem.hint


def test_pages_are_built_of_what_they_are_built_of_without_them(
    unprotected: Watch, hostile: Site, known: Seen
) -> None:
    unprotected.start(hostile.address)
    _parse(unprotected, hostile)
    _nothing_happened(unprotected.seen, known)
    assert unprotected.seen.pages > 40


def test_nothing_runs_where_the_browser_lets_everything_run(
    unprotected: Watch, hostile: Site, known: Seen, torture: bool
) -> None:
    """On all pages, or on one of each kind, of one copy or another, and on more briefings.

    Briefings have most of the links to click.
    """
    kinds = by_kind(hostile.pages())
    some = {paths[turn % len(paths)] for turn, paths in enumerate(kinds.values())}
    some |= {*kinds["halden/"]}
    unprotected.start(hostile.address)
    for path in hostile.pages() if torture else sorted(some):
        unprotected.visit(path)
    _nothing_happened(unprotected.seen, known)
    assert unprotected.seen.pages > 18
    assert unprotected.seen.clicked > 20


def test_nothing_runs_under_the_pages_own_policy(
    browser: Browser, hostile: Site, known: Seen, torture: bool
) -> None:
    kinds = by_kind(hostile.pages())
    some = ["", kinds["halden/"][-1], kinds["actors/*/"][0], "timeline/"]
    with watching(browser, hostile.address, policy=True) as watch:
        for path in hostile.pages() if torture else some:
            watch.visit(path)
    _nothing_happened(watch.seen, known)


def test_what_search_shows_of_them_is_text(
    unprotected: Watch, hostile: Site, known: Seen, torture: bool
) -> None:
    queries = QUERIES if torture else QUERIES[::2]
    unprotected.start(hostile.address)
    _search(unprotected, queries)
    _nothing_happened(unprotected.seen, known)
    assert unprotected.seen.pages > 1.5 * len(queries)


def test_files_next_to_the_pages_run_nothing_where_a_browser_opens_them(
    unprotected: Watch, hostile: Site, torture: bool
) -> None:
    """All, or one of each format in each folder."""
    folder = hostile.built.folder
    files = [path.relative_to(folder) for path in folder.rglob("*") if path.suffix in FILES]
    files = sorted(path for path in files if path.parts[0] != "search-index")
    some = {(path.parts[0], path.suffix): path for path in files}
    names = {path.as_posix() for path in (files if torture else some.values())}
    unprotected.start(hostile.address)
    for name in names | {"feeds/all.xml", "data/briefings.json", "data/statements.csv"}:
        unprotected.load(name)
    assert unprotected.seen.ran == []


def _editions(name: str, texts: Sequence[str], factory: pytest.TempPathFactory) -> Site:
    laid = lay_editions(factory.mktemp(name) / "project", texts)
    built = built_once(f"editions-{name}", laid.project, factory)
    assert built.code == 0, built.output
    return Site(laid, built, ADDRESS)


def test_all_words_of_an_edition_are_texts_and_none_is_lost(
    unprotected: Watch, known: Seen, tmp_path_factory: pytest.TempPathFactory, torture: bool
) -> None:
    """Translations, names by language, the site's own catalogue, and `mkdocs.fr.yml`.

    Only its English pages are without hostile texts.
    """
    start = 0
    while start < (len(payloads()) if torture else 1):
        texts = [*payloads()[start:], *payloads()[:start]]
        own = _editions(f"hostile-{start}", texts, tmp_path_factory)
        assert len(own.laid.placed) > LEAST_WORDS
        start += len(own.laid.placed)
        published = [placed for placed in own.laid.placed if "unfinished" not in placed.file]
        words = {
            placed: _without_spaces(as_published(placed.kind, placed.text)) for placed in published
        }
        with served(own.built.folder) as address:
            unprotected.start(address)
            _read(unprotected, own, "")
            english = unprotected.seen
            unprotected.start(address)
            shown = _without_spaces(_read(unprotected, own, "fr/"))
            parts = unprotected.seen
            assert parts.ran == parts.strange == []
            assert parts.elements - english.elements - known.elements <= OF_AN_EDITION
            assert parts.classes - english.classes - known.classes <= OF_AN_EDITION
            assert [placed for placed in published if words[placed] not in shown] == []
            for path in ("fr/", "fr/halden/", "fr/actors/esteria/"):
                unprotected.visit(path)
            unprotected.page.goto(f"{address}fr/search/?q=alert")
            expect(unprotected.page.locator("[data-results] li").first).to_be_visible()
            unprotected.look()
        assert unprotected.seen.ran == []
        assert unprotected.seen.strange == []


def _read(watch: Watch, site: Site, edition: str) -> str:
    """The words of all pages of an edition as they were built, whose parts are noted."""
    watch.page.goto(f"{watch.address}{edition}")
    paths = [path for path in site.pages() if path.startswith("fr/") == (edition == "fr/")]
    return " ".join(watch.parse(paths, "(page) => page.documentElement.textContent"))


def _without_spaces(text: str) -> str:
    return "".join(text.split())


def test_the_watch_sees_what_runs(unprotected: Watch, harmless: Site, known: Seen) -> None:
    """Were a text put into a page as it is, these tests would fail."""
    seen = {payload: _seen_with(unprotected, harmless, payload) for payload in ("", *RUNNING)}
    _nothing_happened(seen.pop(""), known)
    for payload, what in seen.items():
        assert _faults(what, known), payload


def _seen_with(watch: Watch, site: Site, payload: str) -> Seen:
    """What a visit shows of a page as if it had been built with ``payload`` in it."""
    built = (site.built.folder / "about" / "index.html").read_text(encoding="utf-8")
    html = built.replace("</article>", f"{payload}</article>")
    assert bool(payload) == (html != built)
    watch.page.route("**/about/", lambda route: route.fulfill(body=html, content_type="text/html"))
    watch.start(site.address)
    watch.visit("about/")
    watch.page.unroute("**/about/")
    return watch.seen
