"""No two things of a site are one file: what is called what, and who has which address."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.addresses import urls
from generator.addresses.pagination import (
    Paginator,
    date_path,
    is_day_page,
    is_name_page,
    name_path,
)
from generator.addresses.reserved import Addresses, folded
from generator.build.cache import Cache
from generator.build.pipeline import Pipeline
from generator.collection.statistics import LISTS
from generator.reading.problems import Problem
from generator.reading.selection import Selection
from generator.rendering.settings import Settings
from generator.rules.base import CheckSettings
from tests.fiction import ACTORS, allegation, briefing, files, position
from tests.reference import Site, build_site, check_site, load

NAMES = ("address-taken", "file-name")
#: What MkDocs and Material write beside all that is made here.
BY_OTHERS = (
    "404.html",
    "sitemap.xml",
    "sitemap.xml.gz",
    "search/search_index.json",
)


def _project(
    briefings: Iterable[str],
    by_hand: Iterable[str] = (),
    aliases: Iterable[str] = (),
    actors: Iterable[str] = (),
    topics: Iterable[str] = (),
) -> dict[str, bytes]:
    """Files of these names; the first briefing has the aliases, and an entry on each list."""
    change = {"date": "2025-03-04", "kind": "update", "text": "A reply was added."}
    sources = [
        {"id": "gauge", "title": "Gauge", "publisher": "Bank", "date": "2024",
         "url": "https://gauge.example/", "archive_url": "https://archive.example/gauge"},
        {"id": "other", "title": "Other", "publisher": "Ørsk", "url": "https://other.example/"},
    ]  # fmt: skip
    said = [
        allegation(no_response=[{"party": "esteria", "as_of": "2025-03-01"}]),
        position("undated", sources=["other"]),
    ]
    briefings_by_key = {
        key: briefing(*said, sources=sources, changes=[change]) for key in briefings
    }
    for first in list(briefings_by_key)[:1]:
        briefings_by_key[first]["aliases"] = list(aliases)
    entries = {key: {"name": f"Actor {key}", "type": "person"} for key in actors}
    registries: dict[str, Any] = {"actors": ACTORS | entries}
    registries["topics"] = {key: {"name": f"Topic {key}"} for key in topics}
    written = files(briefings_by_key, **registries)
    return written | {f"briefings/{name}": b"" for name in by_hand}


def _publishing_all(project: dict[str, bytes]) -> Selection:
    """The selection of a site that publishes its files of each type, and of none."""
    return Selection(named=frozenset(path.removeprefix("briefings/") for path in project))


def _problems(project: dict[str, bytes]) -> list[Problem]:
    problems = check_site(project, selection=_publishing_all(project))
    return [problem for problem in problems if problem.rule in NAMES]


def _about_names(project: dict[str, bytes]) -> list[str]:
    return [problem.message for problem in _problems(project)]


def _written(site: Site, project: dict[str, bytes], *, directory_urls: bool) -> Iterator[str]:
    """Every file of the built site, by all who write one."""
    yield from BY_OTHERS
    for page in site.pages:
        yield urls.built(page.path)
        if page.source:
            yield urls.briefing_pdf(page.source.removeprefix("briefings/").removesuffix(".yml"))
    yield from site.assets
    for path in project:
        name = path.removeprefix("briefings/")
        if name == path or name.endswith((".yml", ".yaml")):
            continue
        place = PurePosixPath(name)
        if place.suffix != ".md":
            yield name
        elif place.stem in ("index", "README"):
            yield f"{place.parent}/index.html".removeprefix("./")
        else:
            yield f"{place.with_suffix('')}{'/index' if directory_urls else ''}.html"


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _lost(paths: Iterable[str]) -> list[str]:
    """Files that another replaces, or whose folder another file is."""
    folded_paths = [_folded(path) for path in paths]
    existing = set(folded_paths)
    within = [path for path in existing if any(str(folder) in existing for folder in _above(path))]
    return sorted({path for path in folded_paths if folded_paths.count(path) > 1}) + within


def _above(path: str) -> Iterator[PurePosixPath]:
    yield from list(PurePosixPath(path).parents)[:-1]


@pytest.fixture
def divided(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists are divided as finely as those of a very large site."""
    monkeypatch.setattr(Paginator.__init__, "__defaults__", ((), 0))


_SEGMENT = st.sampled_from(
    ["actors", "topics", "timeline", "sources", "changes", "data", "feeds", "assets", "search",
     "index", "search-index", "2025", "2025-03", "2025-03-04", "undated", "bank", "ba", "not-named",
     "u-f8", "u-f8-72", "sitemap", "all", "404", "x", "y", "esteria", "schema", "cards", "card",
     "javascripts", "moved", "bibliography", "readme"]
)  # fmt: skip
#: Folders of pages that a large site makes.
_MADE = st.sampled_from(
    ["timeline/2025", "timeline/2025-02", "timeline/2025-02-14", "timeline/undated",
     "changes/2025", "changes/2025-03-04", "sources/b", "sources/bank", "sources/bank--2024",
     "sources/u-f8", "actors/esteria", "actors/norland", "topics/x", "actors/index", "data/schema"]
)  # fmt: skip
_ID = _MADE.filter(lambda name: "--" not in name) | st.lists(_SEGMENT, min_size=1, max_size=2).map(
    "/".join
)
_CASE = st.sampled_from([str, str, str.upper, str.title])
_ENDING = st.sampled_from(
    [
        ".md",
        ".md",
        "",
        ".html",
        ".json",
        ".xml",
        ".csv",
        ".png",
        ".js",
        ".pdf",
        ".card.md",
        ".xml.md",
    ]
)
_INSIDE = st.sampled_from(
    ["", "", "/index.html", "/index.md", "/README.md", "/card.png", "/briefing.pdf", "/index.json",
     "/café.md", "/cafe\u0301.md", "/CAFÉ.md", "/site.png"]
)  # fmt: skip


@st.composite
def _by_hand(draw: st.DrawFn) -> str:
    name = draw(_CASE)(draw(_ID | _MADE))
    return name + (draw(_INSIDE) or draw(_ENDING))


def _fit_on_a_disk(names: Iterable[str]) -> list[str]:
    """Names that can be there together: none is the folder of another."""
    all_names = set(names)
    return sorted(
        name for name in all_names if not any(other.startswith(f"{name}/") for other in all_names)
    )


@pytest.mark.usefixtures("divided")
@settings(
    max_examples=settings.default.max_examples,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(
    briefings=st.lists(_ID, min_size=1, max_size=2, unique=True),
    by_hand=st.lists(_by_hand(), max_size=2).map(_fit_on_a_disk),
    aliases=st.lists(_ID, max_size=1),
    actors=st.lists(_SEGMENT, max_size=3, unique=True),
    topics=st.lists(_SEGMENT, max_size=2, unique=True),
    url=st.sampled_from(["", "https://briefings.example/"]),
    directory_urls=st.booleans(),
)
def test_whatever_things_are_called_none_takes_anothers_place(
    briefings: list[str],
    by_hand: list[str],
    aliases: list[str],
    actors: list[str],
    topics: list[str],
    url: str,
    directory_urls: bool,
) -> None:
    project = _project(briefings, by_hand, aliases, actors, topics)
    if _about_names(project):
        return
    shown = Settings(name="Fiction", url=url, directory_urls=directory_urls, pdf=True)
    site = build_site(project, shown)
    assert site.pages, site.errors
    assert _lost(_written(site, project, directory_urls=directory_urls)) == []


@pytest.mark.usefixtures("divided")
@pytest.mark.parametrize("url", ["", "https://briefings.example/"])
def test_everything_that_a_site_has_is_known_to_be_its_own(url: str) -> None:
    project = _project(["x", "river/y"], aliases=["old"], actors=["lind"], topics=["water"])
    site = build_site(project, Settings(name="Fiction", url=url, pdf=True))
    assert len([page for page in site.pages if page.path.split("/")[0] in LISTS]) > 12
    taken = load(project, _publishing_all(project)).addresses
    written = list(_written(site, project, directory_urls=True))
    assert "timeline/2025-02-14/index.html" in written
    assert [path for path in written if not taken.owner(path)] == []


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("timeline/2025", "a page of the timeline"),
        ("timeline/2025-03", "a page of the timeline"),
        ("timeline/undated", "a page of the timeline"),
        ("changes/2024-08-05", "a page of the changes"),
        ("sources/ba", "a page of the sources"),
        ("sources/not-named", "a page of the sources"),
        ("sources/u-f8-72", "a page of the sources"),
    ],
)
def test_a_page_that_a_list_can_come_to_have_is_nobody_elses(name: str, owner: str) -> None:
    (message,) = _about_names(_project([name]))
    assert message == f"The site itself can need the address `{name}`, for {owner}."
    (message,) = _about_names(_project(["x"], aliases=[name]))
    assert message == f"The site itself can need the address `{name}`, for {owner}."
    (message,) = _about_names(_project(["x"], [f"{name}.md"]))
    assert message == (
        f"This file can become `{name}/index.html` on the site, which is also {owner}."
    )


@pytest.mark.parametrize(
    "name",
    ["404", "2025", "undated", "timeline/water", "timeline/2025-13", "timeline/2025/note",
     "sources/longer-name", "sources/u-f8-zz", "data/x", "data/schema", "feeds/actors", "feeds/all",
     "assets/cards", "search-index", "search-index/words", "sitemap", "actors/nobody", "search/x",
     "x/card", "briefing", "changes/index"],
)  # fmt: skip
def test_a_name_that_works_at_every_size_is_accepted(name: str) -> None:
    assert _about_names(_project([name, "x"])) == []
    assert _about_names(_project(["x"], aliases=[name])) == []


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("index.md", "a page of the site itself"),
        ("README.md", "a page of the site itself"),
        ("Timeline/2025.md", "a page of the timeline"),
        ("actors/esteria.md", "the page of `esteria` in data/actors.yml"),
        ("actors/ESTERIA/index.md", "the page of `esteria` in data/actors.yml"),
        ("feeds/actors/esteria.json", "the feed of `esteria` in data/actors.yml"),
        ("feeds/all.xml", "a feed"),
        ("data/briefings.json", "the site's data"),
        ("data/statements.csv", "the site's data"),
        ("assets/javascripts/moved.js", "a script of the site"),
        ("404.md", "the page for addresses that don't exist"),
        ("sitemap.xml", "the site's list of its pages"),
        ("search-index/words/1a2b3c4.idx", "the search"),
        ("x/card.png", "a file of briefings/x.yml"),
        ("X/Index.JSON", "a file of briefings/x.yml"),
        ("x/card.png.md", "a file of briefings/x.yml"),
        ("timeline", "a folder that the site needs"),
        ("river", "a folder that the site needs"),
        ("timeline/2025", "a folder that the site needs"),
    ],
)
def test_a_file_next_to_the_briefings_takes_no_place_of_the_sites(name: str, owner: str) -> None:
    (problem,) = _problems(_project(["x", "river/y"], [name]))
    assert problem.location.path == f"briefings/{name}"
    assert problem.message.endswith(f" on the site, which is also {owner}.")
    assert problem.hint == "Give the file another name."


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("About.md", "about.md"),
        ("caf\u00e9.md", "cafe\u0301.md"),
        ("STRASSE.png", "straße.png"),
        ("note.md", "note/index.md"),
        ("note.html", "note.md"),
    ],
)
def test_two_files_that_some_system_takes_for_one_are_refused(first: str, second: str) -> None:
    messages = _about_names(_project(["x"], [first, second]))
    assert len(messages) == 1
    assert "which is also briefings/" in messages[0]


@pytest.mark.parametrize("page", ["x.md", "X.md", "x/index.md", "x/README.md", "x.markdown"])
def test_a_page_and_a_briefing_do_not_share_an_address(page: str) -> None:
    assert _about_names(_project(["x"], [page])) == [
        f"briefings/{page} has the same address as this briefing."
    ]
    assert _about_names(_project(["y"], [page], aliases=["x"])) == [
        f"The former address `x` is the address of briefings/{page}."
    ]


def test_a_briefing_in_the_folder_of_feeds_gives_way_to_an_actors_feed() -> None:
    assert _about_names(_project(["feeds/actors"])) == []
    assert _about_names(_project(["feeds/actors"], actors=["index"])) == [
        "This briefing has the same address as the feed of `index` in data/actors.yml."
    ]


def test_no_entry_of_a_registry_has_its_feed_where_the_empty_sitemap_is() -> None:
    project = _project(["x"], actors=["sitemap"], topics=["sitemap"])
    problems = _problems(project)
    assert [(problem.location.path, problem.field) for problem in problems] == [
        ("data/actors.yml", "sitemap"),
        ("data/topics.yml", "sitemap"),
    ]
    for problem in problems:
        line = project[problem.location.path].decode().splitlines()[problem.location.line - 1]
        assert line[problem.location.column - 1 :].startswith('"sitemap":')
        assert problem.severity == "error"
        assert problem.message == (
            "The feed of `sitemap` would have the address of "
            "the empty list of pages next to the feeds."
        )


def test_a_source_may_be_called_sitemap_and_an_actor_sitemaps() -> None:
    project = _project(["x"], actors=["sitemaps"])
    project["data/sources.yml"] = b'sitemap: {title: Map, url: "https://map.example/"}\n'
    assert _about_names(project) == []


def test_an_undeclared_id_has_no_address_cached_or_not(tmp_path: Any) -> None:
    project = _project(["actors/foo"])
    cache = Cache(tmp_path / "cache")

    def address_rules() -> list[str]:
        pipeline = Pipeline(cache, jobs=1)
        problems = pipeline.problems(pipeline.read(project), CheckSettings())
        assert problems == check_site(project)
        return [problem.rule for problem in problems if problem.rule in NAMES]

    assert address_rules() == []
    project |= files({"x": briefing(position(party="foo"))})
    assert address_rules() == []
    project |= files({}, actors=ACTORS | {"foo": {"name": "Foo", "type": "state"}})
    assert address_rules() == ["address-taken"]
    cache.close()


def test_a_page_written_by_hand_is_noticed_by_a_check_from_the_cache(tmp_path: Any) -> None:
    project = _project(["x"])
    cache = Cache(tmp_path / "cache")
    for by_hand in ({}, {"briefings/X.md": b""}, {"briefings/x/card.png": b""}, {}):
        pipeline = Pipeline(cache, jobs=1)
        problems = pipeline.problems(pipeline.read(project | by_hand), CheckSettings())
        assert [problem.rule for problem in problems].count("address-taken") == len(by_hand)
        assert problems == check_site(project | by_hand)
    cache.close()


_DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1)) | st.none()


@given(st.lists(_DAYS, max_size=8), st.lists(st.tuples(st.text(max_size=9), _DAYS), max_size=8))
def test_each_page_that_a_list_is_divided_into_is_foreseen(
    days: list[date | None], names: list[tuple[str, date | None]]
) -> None:
    by_day = Paginator(map(date_path, days), 0).pages()[1:]
    assert all(map(is_day_page, by_day))
    by_name = Paginator((name_path(*name) for name in names), 0).pages()[1:]
    assert all(map(is_name_page, by_name))
    assert all(folded(page) == page for page in by_name)


@pytest.mark.parametrize("name", ["ℕorland", "𝐁ank", "№ 5", "ŒUVRE", "ǅ", "Straße"])
def test_no_page_of_the_sources_differs_by_case_alone(name: str) -> None:
    pages = name_path(name, None)
    assert [folded(page) for page in pages] == list(pages)


def test_nothing_is_taken_where_there_is_nothing() -> None:
    assert list(Addresses().clashes()) == []
