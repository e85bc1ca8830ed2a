"""Strangers' texts stay texts: nothing of them runs, fetches or becomes an element, anywhere.

By default each text stands in a few fields of one site; with `--torture` in each field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

import html5lib
import pytest
from playwright.sync_api import Browser, expect

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
)
from tests.published import told

FILES = (".xml", ".json", ".jsonl", ".csv", ".yml", ".bib", ".svg", ".txt")
# What the texts hold, and what filters and results show of it.
QUERIES = (
    "script", "alert", "onerror", "img src", "mark", "svg onload", "javascript", "iframe",
    "田中さん", "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>', "{{ 7 * 191 }}", "</mark>",
)  # fmt: skip


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
def known(browser: Browser, harmless: Site) -> Seen:
    """What pages consist of where no text is hostile."""
    with watching(browser, harmless.address, policy=False) as watch:
        for path in harmless.pages():
            watch.visit(path)
        # The words of the last query are in different parts of a page.
        _search(watch, ("words", "halden", "disputes allegation"))
    assert watch.seen.ran == []
    assert watch.seen.strange == []
    # All harmless texts are the same, so no excerpt of theirs is of a quotation.
    watch.seen.classes.add("search__excerpt--quote")
    return watch.seen


def _search(watch: Watch, queries: tuple[str, ...]) -> None:
    page = watch.page
    filters = {"actor": 'x"><img src=x onerror=alert(1)>', "sort": "<b>"}
    for asked in (*({"q": one} for one in queries), {"q": queries[0]} | filters):
        page.goto(f"{watch.address}search/?{urlencode(asked)}")
        expect(page.locator("[data-status]")).to_contain_text(re.compile("result|Nothing"))
        watch.look()
    page.goto(watch.address)
    for one in queries:
        page.get_by_role("searchbox", name="Search").fill("")
        expect(page.locator("[data-suggestions] li")).to_have_count(0)
        page.get_by_role("searchbox", name="Search").fill(one)
        expect(page.locator("[data-suggestions] li").first).to_be_visible()
        watch.look()


def _nothing_happened(seen: Seen, known: Seen) -> None:
    assert seen.ran == []
    assert seen.strange == []
    assert seen.elements - known.elements == set()
    assert seen.classes - known.classes == set()
    assert seen.ids - known.ids == set()


def test_every_text_stands_in_the_site_and_every_field_has_some(
    hostile: Site, torture: bool
) -> None:
    laid = [*hostile.laid.placed, *(one for one, _ in hostile.laid.refused)]
    assert {one.key for one in laid} == set(text_keys())
    if not torture:
        assert len({one.text for one in laid}) > 0.95 * len(payloads())


def test_what_is_refused_is_told_with_its_place_and_what_to_write(hostile: Site) -> None:
    for one, problem in hostile.laid.refused:
        assert problem.rule in ("prose-link", "unknown-id"), one
        assert problem.location.line > 1
        assert problem.message
        assert problem.hint


def test_nothing_runs_where_the_browser_lets_everything_run(
    browser: Browser, hostile: Site, known: Seen, torture: bool
) -> None:
    pages = hostile.pages()
    assert len(pages) > 100
    with watching(browser, hostile.address, policy=False) as watch:
        # Briefings have most of the links to click.
        for path in pages if torture else {*pages[::3], "halden/", "river/flood/"}:
            watch.visit(path)
    _nothing_happened(watch.seen, known)
    assert watch.seen.pages > 30
    assert watch.seen.clicked > 30


def test_nothing_runs_under_the_pages_own_policy(
    browser: Browser, hostile: Site, known: Seen, torture: bool
) -> None:
    with watching(browser, hostile.address, policy=True) as watch:
        for path in hostile.pages()[:: 1 if torture else 5]:
            watch.visit(path)
    _nothing_happened(watch.seen, known)


def test_what_search_shows_of_them_is_text(browser: Browser, hostile: Site, known: Seen) -> None:
    with watching(browser, hostile.address, policy=False) as watch:
        _search(watch, QUERIES)
    _nothing_happened(watch.seen, known)
    assert watch.seen.pages > 2 * len(QUERIES)


def test_files_beside_the_pages_run_nothing_where_a_browser_opens_them(
    browser: Browser, hostile: Site, torture: bool
) -> None:
    folder = hostile.built.folder
    files = [path.relative_to(folder) for path in folder.rglob("*") if path.suffix in FILES]
    names = sorted(path.as_posix() for path in files if path.parts[0] != "search-index")
    with watching(browser, hostile.address, policy=False) as watch:
        for name in names[:: 1 if torture else 8]:
            watch.load(name)
        for name in ("feeds/all.xml", "data/briefings.json", "data/statements.csv"):
            watch.load(name)
    assert watch.seen.ran == []


def _trees(site: Site, pages: Sequence[str]) -> list[Element]:
    """Pages as they were built, by a parser that does as browsers do."""
    files = (site.built.folder / path for path in pages)
    html = ((file / "index.html" if file.is_dir() else file).read_bytes() for file in files)
    return [html5lib.parse(content, namespaceHTMLElements=False) for content in html]


def _built(site: Site, every: int) -> set[str]:
    """What pages consist of as they were built."""
    return _parts(_trees(site, site.pages()[::every]))


def _parts(trees: Sequence[Element]) -> set[str]:
    found = set()
    for tree in trees:
        for one in tree.iter():
            found |= {f"{one.tag} {name}" for name in one.attrib} | {str(one.tag)}
            found |= {f"class {name}" for name in one.get("class", "").split()}
            leads = one.get("href") or one.get("src") or one.get("action") or ""
            found |= {f"to {scheme}:" for scheme in re.findall(r"^\s*([\w+.-]+):", leads)}
            if one.tag == "script":
                told = one.get("type") or (one.text or "").replace("../", "")[:40]
                found.add(f"script {one.get('src', '').rpartition('/')[2]} {told}")
    return found


def test_pages_are_built_of_what_they_are_built_of_without_them(
    hostile: Site, harmless: Site, torture: bool
) -> None:
    known = _built(harmless, 1)
    assert not [one for one in known if re.search(r" on|iframe|to (?!https?:|mailto:)", one)]
    assert _built(hostile, 1 if torture else 4) - known - {"to http:", "to mailto:"} == set()


def _editions(name: str, texts: Sequence[str], factory: pytest.TempPathFactory) -> Site:
    laid = lay_editions(factory.mktemp(name) / "project", texts)
    built = built_once(f"editions-{name}", laid.project, factory)
    assert built.code == 0, built.output
    return Site(laid, built, ADDRESS)


def test_all_words_of_an_edition_are_texts_and_none_is_lost(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, torture: bool
) -> None:
    """Translations, names by language, the site's own catalogue, and `mkdocs.fr.yml`."""
    harmless = _editions("harmless", [HARMLESS], tmp_path_factory)
    known = _parts(_french(harmless))
    many = len(harmless.laid.placed)
    for start in range(0, len(payloads()) if torture else 1, many):
        texts = [*payloads()[start:], *payloads()[:start]]
        own = _editions(f"hostile-{start}", texts, tmp_path_factory)
        assert len(own.laid.placed) > 0.9 * many
        trees = _french(own)
        assert _parts(trees) - known - {"to http:", "to mailto:"} == set()
        shown = _without_spaces(" ".join("".join(tree.itertext()) for tree in trees))
        published = [placed for placed in own.laid.placed if "unfinished" not in placed.file]
        words = {placed: _without_spaces(told(placed.kind, placed.text)) for placed in published}
        assert [placed for placed in published if words[placed] not in shown] == []
        with served(own.built.folder) as address, watching(browser, address, policy=False) as watch:
            for path in ("halden/", "fr/", "fr/halden/", "fr/actors/esteria/", "fr/sources/"):
                watch.visit(path)
            watch.page.goto(f"{address}fr/search/?q=alert")
            expect(watch.page.locator("[data-results] li").first).to_be_visible()
            watch.look()
        assert watch.seen.ran == []
        assert watch.seen.strange == []


def _french(site: Site) -> list[Element]:
    return _trees(site, [path for path in site.pages() if path.startswith("fr/")])


def _without_spaces(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    "payload",
    [
        "<img src=x onerror=alert(1)>",
        "<b>x</b>",
        "<script>alert(1)</script>",
        "<a href=javascript:alert(1)>x</a>",
    ],
)
def test_the_watch_sees_what_runs(
    browser: Browser, harmless: Site, known: Seen, tmp_path: Path, payload: str
) -> None:
    """Were a text put into a page as it is, these tests would fail."""
    page = (harmless.built.folder / "halden" / "index.html").read_text(encoding="utf-8")
    (tmp_path / "index.html").write_text(page.replace("</article>", f"{payload}</article>"))
    with served(tmp_path) as address, watching(browser, address, policy=False) as watch:
        watch.visit("")
    with pytest.raises(AssertionError):
        _nothing_happened(watch.seen, known)
