"""What is used again is what would be made anew: after any edits, in any number of processes."""

from __future__ import annotations

import copy
import gc
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.addresses.pagination import Paginator
from generator.build import batches, dependencies
from generator.build import pipeline as pipeline_module
from generator.build import snapshot as snapshot_module
from generator.build.artifacts import build_targets
from generator.build.cache import Cache
from generator.build.errors import SourceChangedError
from generator.build.pipeline import Pipeline
from generator.build.snapshot import Snapshot
from generator.build.targets import BriefingTarget
from generator.collection.linker import Collection
from generator.mkdocs_plugin.preview_site import PreviewSite
from generator.publishing.markdown_export import export
from generator.reading.source_files import SourceFiles
from generator.rendering.pages import Page
from generator.rendering.settings import Settings
from generator.rules.base import CheckSettings
from tests.fiction import ACTORS, allegation, briefing, files, position, response
from tests.reference import Site, build_site, check_site, together

SETTINGS = Settings(name="Fiction", description="Who says what.", url="https://fiction.example/")
QUIET = CheckSettings()
#: The pages of the target that a site has once.
ONCE = {"index.md", "search/index.md"}
Data = dict[str, Any]


def _world() -> Data:
    """Seven briefings that refer to each other in every way there is, and their registries."""
    shared = {
        "wire": {"title": "A wire report", "url": "https://wire.example/", "publisher": "norland"}
    }
    world = {
        "briefings": {
            "claim": briefing(allegation(), aliases=["old-claim"], topics=["water"]),
            "answer": briefing(responses=[response(to=["claim#claim"], sources=["gauge", "wire"])]),
            "echo": briefing(position("echo", echoes=["claim#claim"], sources=["wire"])),
            "telling": briefing(summary="As [told there](briefing:claim) by [her](actor:lena)."),
            "pointing": briefing(related=[{"briefing": "echo"}, {"briefing": "telling"}]),
            "placed": briefing(position(place="halden", speaker="lena", date="2025-03-01")),
            "alone": briefing(topics=["power"], places=["halden"]),
        },
        "actors": {
            **ACTORS,
            "lena": {
                "name": "Lena Halm",
                "type": "person",
                "roles": [{"role": "Minister", "of": "norland", "from": "2020"}],
            },
        },
        "topics": {"water": {"name": "Water"}, "power": {"name": "Power", "parent": "water"}},
        "places": {"halden": {"name": "Halden"}},
        "sources": shared,
        "translations": {
            "claim.fr": _translation("claim"),
            "telling.de": _translation("telling", summary="Wie [dort](briefing:answer) [@gauge]."),
        },
    }
    return copy.deepcopy(world)


def _translation(original: str, **keys: Any) -> Data:
    """A draft of a translation without texts but its title."""
    return {"translation_of": original, "title": "Ein Titel"} | keys


def _files(world: Data) -> dict[str, bytes]:
    no_registries = ("briefings", "translations")
    registries = {key: value for key, value in world.items() if key not in no_registries and value}
    translations = {
        name: value | {"language": name.rpartition(".")[2]}
        for name, value in world["translations"].items()
    }
    return files(world["briefings"] | translations, **registries)


Edit = Callable[[Data, int], None]


def _pick(world: Data, number: int) -> str:
    return sorted(world["briefings"])[number % len(world["briefings"])]


def _retitle(world: Data, number: int) -> None:
    world["briefings"][_pick(world, number)]["title"] = f"Title {number}"


def _reword(world: Data, number: int) -> None:
    world["briefings"][_pick(world, number)]["positions"][0]["text"] = f"They said {number}."


def _remove(world: Data, number: int) -> None:
    if len(world["briefings"]) > 1:
        del world["briefings"][_pick(world, number)]


def _rename(world: Data, number: int) -> None:
    key = _pick(world, number)
    world["briefings"][f"{key}-{number % 3}"] = world["briefings"].pop(key)


def _add(world: Data, number: int) -> None:
    world["briefings"][f"new-{number}"] = briefing(
        responses=[response(to=["claim#claim"])], related=[{"briefing": "echo"}]
    )


def _draft(world: Data, number: int) -> None:
    briefing_data = world["briefings"][_pick(world, number)]
    briefing_data["status"] = "draft" if briefing_data["status"] == "published" else "published"


def _rename_actor(world: Data, number: int) -> None:
    key = sorted(world["actors"])[number % len(world["actors"])]
    world["actors"][key]["name"] = f"Name {number}"


def _remove_actor(world: Data, number: int) -> None:
    world["actors"].pop("lena", None)


def _move_topic(world: Data, number: int) -> None:
    world["topics"]["power"] = {"name": f"Power {number}"}


def _retell_source(world: Data, number: int) -> None:
    world["sources"]["wire"]["title"] = f"Wire {number}"


def _redate(world: Data, number: int) -> None:
    briefing_data = world["briefings"][_pick(world, number)]
    briefing_data["positions"][0]["date"] = f"2025-0{number % 3 + 1}"


def _correct(world: Data, number: int) -> None:
    correction = {
        "date": f"202{number % 6}-05-05",
        "kind": "correction",
        "text": f"It was {number}.",
    }
    world["briefings"][_pick(world, number)]["changes"] = [correction]


def _publish(world: Data, number: int) -> None:
    source = {"id": "gauge", "title": "Gauge", "url": "https://gauge.example/"}
    source["publisher"] = ["norland", "Halden Commission", "Über Fluss", "新华社"][number % 4]
    world["briefings"][_pick(world, number)]["sources"] = [source]


def _break(world: Data, number: int) -> None:
    world["briefings"][_pick(world, number)]["titel"] = "x"


def _name_nobody(world: Data, number: int) -> None:
    """Ids that nothing declares: addresses of pages, or near to ids that are there."""
    briefing_data = world["briefings"][_pick(world, number)]
    ghosts: list[Data] = [
        {"topics": ["foo"]},
        {"places": ["foo", "halden"]},
        {"summary": "As [nobody](actor:foo) says, [there](briefing:claim-9) [@nothing]."},
        {"related": [{"briefing": "actors/foo"}]},
        {"positions": [position(party="foo", speaker="lena-2", echoes=["claim#gone", "gone#x"])]},
        {"responses": [response(to=["echo#nothing", "claim#claim"], party="foo")]},
    ]
    briefing_data |= ghosts[number % len(ghosts)]


def _collide(world: Data, number: int) -> None:
    """Addresses that two pages have, or an entry that nothing declares."""
    key = ["actors/foo", "actors/norland", "topics/water", "places/foo", "old-claim"][number % 5]
    world["briefings"][key] = briefing(title=f"At {key}")


def _alias(world: Data, number: int) -> None:
    alias = ["old-claim", "claim", "echo-2", "actors/norland", "actors/foo", "shared"][number % 6]
    briefing_data = world["briefings"][_pick(world, number)]
    briefing_data["aliases"] = [*briefing_data.get("aliases", ()), alias]


def _misuse(world: Data, number: int) -> None:
    """Values that are refused, beside or within such as name what other files have."""
    briefing_data = world["briefings"][_pick(world, number)]
    odd: list[Data] = [
        {"positions": [position(kind="shout", echoes=["claim#claim", "echo#gone"], party="foo")]},
        {"responses": [response(to=["claim#claim", "placed#claim"], stance="maybe")]},
        {"responses": [{"to": ["echo#echo"]}, "nothing", 5]},
        {"related": [{"briefing": "claim", "url": "https://["}, {"briefing": "echo-1"}]},
        {"topics": "water", "places": {"halden": 1}},
        {"sources": [{"id": "gauge", "carries": "wire", "url": "no address"}]},
        {"aliases": ["", "Old Claim", "old-claim"]},
    ]
    briefing_data |= odd[number % len(odd)]


def _restate(world: Data, number: int) -> None:
    """Another id for the position that others refer to."""
    for key in ("claim", "echo"):
        if key in world["briefings"]:
            world["briefings"][key]["positions"][0]["id"] = f"{key}-{number % 2}"


def _retranslate(world: Data, number: int) -> None:
    """Other words in a translation: right ones, some that refer to others, and a wrong key."""
    names = sorted(world["translations"])
    other: list[Data] = [
        {"summary": "Neu, [siehe](briefing:claim) [@gauge]."},
        {"summary": "Mit [ihr](actor:lena) und [dort](briefing:echo).", "status": "published"},
        {"positions": {"claim": {"text": "Worte"}, "clam": {"text": "Worte"}}},
        {"published": "2025-03-04"},
    ]
    world["translations"][names[number % len(names)]] |= other[number % len(other)]


def _translate_another(world: Data, number: int) -> None:
    """A translation of a briefing, or of none."""
    original = [*sorted(world["briefings"]), "gone"][number % (len(world["briefings"]) + 1)]
    world["translations"][f"{original}.ar"] = _translation(original)


EDITS: list[Edit] = [
    _retitle, _reword, _remove, _rename, _add, _draft, _rename_actor, _remove_actor, _move_topic,
    _retell_source, _redate, _correct, _publish, _break, _name_nobody, _collide, _alias, _misuse,
    _restate, _retranslate, _translate_another,
]  # fmt: skip


def _made(pipeline: Pipeline, snapshot: Snapshot, settings: Settings) -> dict[str, Any]:
    """Every page and file of the parts, by path."""
    artifacts = build_targets(pipeline, snapshot, settings)
    published: dict[str, Any] = {}
    for target in artifacts.keys:
        pages: dict[str, Page] = artifacts.pages(target)
        published |= pages | artifacts.files(target)
    return published | dict(together(artifacts.aggregates(), artifacts.fragments()))


def _agree(
    pipeline: Pipeline, snapshot: Snapshot, given_files: dict[str, bytes], settings: Settings
) -> None:
    """Checked and built, the files give what the reference gives of them."""
    assert pipeline.problems(snapshot, QUIET) == check_site(given_files, QUIET)
    site = build_site(given_files, settings, QUIET)
    if site.pages:
        assert _made(pipeline, snapshot.published(), settings) == _published(site)
        artifacts = build_targets(pipeline, snapshot.published(), settings)
        assert sorted(map(repr, artifacts.search_pages())) == sorted(map(repr, site.search_pages))


def _published(site: Site) -> dict[str, Any]:
    """Its pages and files by path, without the copies of briefings, which are no part's own."""
    all_files: dict[str, Any] = {page.path: page for page in site.pages} | site.assets
    return {
        path: content for path, content in all_files.items() if not path.endswith("/briefing.yml")
    }


@pytest.fixture(params=["all briefings at once", "a few at a time"])
def in_parts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "a few at a time":
        _in_parts(monkeypatch)


def _in_parts(patch: pytest.MonkeyPatch) -> None:
    """As a site is made that has thousands of briefings, with lists of several pages."""
    patch.setattr(batches, "MANY", 2)
    patch.setattr(batches, "_MOST_INPUTS", 2)
    patch.setattr(dependencies, "Paginator", partial(Paginator, most=2))


#: The number that an edit is first tried with in each way.
_FIRST_NUMBER = {"all briefings at once": 0, "a few at a time": 1}


@pytest.fixture
def built_once(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[bytes, int]:
    """The file of a cache with which the unchanged files were built, which agreed, and the number
    to try an edit with.
    """
    if request.param == "a few at a time":
        _in_parts(monkeypatch)
    if request.param not in _BUILT:
        path = tmp_path_factory.mktemp("built") / "cache"
        with closing(Cache(path)) as cache:
            pipeline = Pipeline(cache, jobs=1)
            _agree(pipeline, pipeline.read(_files(_world())), _files(_world()), SETTINGS)
        assert [file.name for file in path.parent.iterdir()] == ["cache"]
        _BUILT[request.param] = path.read_bytes()
    return _BUILT[request.param], _FIRST_NUMBER[request.param]


_BUILT: dict[str, bytes] = {}


@pytest.mark.parametrize(
    ("built_once", "edit"),
    [
        # By default each edit is tried in one of the two ways.
        pytest.param(way, edit, marks=[] if number % 2 == first else pytest.mark.torture)
        for number, edit in enumerate(EDITS)
        for way, first in _FIRST_NUMBER.items()
    ],
    indirect=["built_once"],
)
def test_after_an_edit_all_is_as_if_built_again(
    built_once: tuple[bytes, int], edit: Edit, tmp_path: Path, torture: bool
) -> None:
    world = _world()
    cached, first = built_once
    (tmp_path / "cache").write_bytes(cached)
    with closing(Cache(tmp_path / "cache")) as cache:
        for number in range(12) if torture else [first]:
            edit(world, number)
            pipeline = Pipeline(cache, jobs=1)
            _agree(pipeline, pipeline.read(_files(world)), _files(world), SETTINGS)


# Each example makes a dozen sites: with `--torture` 500 of them are tried.
@settings(max_examples=settings.default.max_examples // 20)
@given(st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 20)), max_size=12), st.booleans())
@example([(_correct, 5), (_retitle, 0)], False)  # a page of sources that no day is known of
@example([(_misuse, 1), (_restate, 0)], True)  # what a refused response answers gets another id
def test_after_any_edits_all_is_as_if_built_from_scratch(
    edits: list[tuple[Edit, int]], whole: bool
) -> None:
    world = _world()
    with pytest.MonkeyPatch.context() as patch, closing(Cache()) as cache:
        if not whole:
            _in_parts(patch)
        pipeline = Pipeline(cache, jobs=1)
        for edit, number in [(_retitle, 0), *edits]:
            edit(world, number)
            named_settings = replace(SETTINGS, name=f"Fiction {number % 2}")
            _agree(pipeline, pipeline.read(_files(world)), _files(world), named_settings)


@pytest.mark.usefixtures("in_parts")
def test_a_preview_shows_of_any_files_what_the_reference_does() -> None:
    world = _world()
    for edit, number in [(_draft, 1), (_name_nobody, 2), (_misuse, 4), (_break, 5), (_alias, 9)]:
        edit(world, number)
    given_files = _files(world)
    layout: Any = None  # what the theme makes of a page is not asked for
    with closing(Pipeline(Cache(), jobs=1)) as pipeline:
        snapshot = pipeline.read(given_files)
        problems = pipeline.problems(snapshot, QUIET)
        state = PreviewSite(pipeline, snapshot, problems, SETTINGS, layout, Path(), frozenset())
        site = build_site(given_files, SETTINGS, QUIET, preview=True)
        assert len(site.errors) > 3
        for page in site.pages:
            if page.path not in ONCE or page.path == "index.md":
                assert state.page(page.path) == page
        for path, content in site.assets.items():
            if path.endswith(("/briefing.yml", "/index.json", "data/briefings.json", "claim.bib")):
                assert state.file(path) == content, path


def test_an_export_writes_what_the_reference_gives(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Fiction\ntheme: material\n", "utf-8")
    (tmp_path / "docs").mkdir()
    given_files = _files(_world())
    with closing(Pipeline(Cache(), jobs=1)) as pipeline:
        snapshot = pipeline.read(given_files)
        artifacts = build_targets(pipeline, snapshot, SETTINGS)
        done = export(
            snapshot,
            artifacts,
            [("search-index/fictional.txt", b"index")],
            config=tmp_path / "mkdocs.yml",
            own_settings={},
            site_url=SETTINGS.url,
            language=SETTINGS.language,
            assets=(),
            overrides=(),
            folder=tmp_path / "tree",
        )
    site = build_site(given_files, SETTINGS, QUIET)
    docs = tmp_path / "tree" / "docs"
    written = {
        path.relative_to(docs).as_posix(): path.read_bytes()
        for path in docs.rglob("*")
        if path.is_file()
    }
    pages = {page.path: page.markdown.encode() for page in site.pages}
    assert written == pages | site.assets | {"search-index/fictional.txt": b"index"}
    assert (done.files, done.written) == (len(written) + 1, len(written) + 1)
    config = yaml.safe_load((tmp_path / "tree" / "mkdocs.yml").read_text("utf-8"))
    assert config["theme"] == {"name": "material", "font": False, "variant": "classic"}


def test_what_is_deleted_or_lost_while_a_site_is_made_is_made_again(tmp_path: Path) -> None:
    given_files = _files(_world())
    with closing(Cache(tmp_path / "cache")) as cache:
        pipeline = Pipeline(cache, jobs=1)
        snapshot = pipeline.read(given_files)
        artifacts = build_targets(pipeline, snapshot, SETTINGS)
        search_pages = list(artifacts.search_pages())
        assert cache._shared
        cache._shared.close()  # it is opened again at the next query
        for file in tmp_path.iterdir():
            file.unlink()
        assert list(artifacts.search_pages()) == search_pages
        written: dict[str, Any] = {}
        for target in artifacts.keys:
            written |= artifacts.pages(target) | artifacts.files(target)
        written |= dict(together(artifacts.aggregates(), artifacts.fragments()))
        assert written == _published(build_site(given_files, SETTINGS, QUIET))


def test_where_other_plugins_have_a_say_nothing_is_kept_for_later(tmp_path: Path) -> None:
    rendered: list[str] = []
    with closing(Pipeline(Cache(tmp_path / "cache"), jobs=1)) as pipeline:
        snapshot = pipeline.read(_files(_world()))
        kept = set()
        for _ in range(2):
            artifacts = build_targets(
                pipeline, snapshot, SETTINGS, _noting(rendered), theme_digest=None
            )
            assert artifacts.pages(BriefingTarget("claim"))
            kept |= pipeline.cache.existing(key + b"pages" for key in artifacts.keys.values())
            assert pipeline.replies(snapshot)
        assert kept == set()
    assert rendered.count("claim/index.md") == 2


@settings(max_examples=settings.default.max_examples // 10)
@given(
    st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 20)), max_size=5),
    st.sampled_from(EDITS),
    st.integers(0, 20),
)
def test_what_an_edit_makes_wrong_is_what_two_full_checks_report(
    edits: list[tuple[Edit, int]], last: Edit, number: int
) -> None:
    world = _world()
    for edit, each in edits:
        edit(world, each)
    before = _files(world)
    last(world, number)
    after = _files(world)
    with closing(Pipeline(Cache(), jobs=1)) as pipeline:
        snapshot, new = pipeline.read(before), pipeline.read(after)
        new_problems = pipeline.new_problems(snapshot, new, QUIET)
    had = {replace(problem, hint="", fix=None) for problem in check_site(before, QUIET)}
    assert new_problems == [
        problem
        for problem in check_site(after, QUIET)
        if replace(problem, hint="", fix=None) not in had
    ]


def test_two_processes_make_what_one_makes() -> None:
    made = []
    for jobs in (1, 2, 3):
        with closing(Cache()) as cache:
            pipeline = Pipeline(cache, jobs)
            snapshot = pipeline.read(_files(_world()))
            made.append(
                (
                    pipeline.problems(snapshot, QUIET),
                    _made(pipeline, snapshot.published(), SETTINGS),
                )
            )
    assert made[0] == made[1] == made[2]


def test_a_build_keeps_no_briefing_in_memory() -> None:
    # A worker builds thousands of batches; of what one leaves, all after it would keep a copy.
    given_files = _files(_world())
    before = _collections()
    with closing(Pipeline(Cache(), jobs=1)) as pipeline:
        build_targets(pipeline, pipeline.read(given_files), SETTINGS)
    assert _collections() <= before


def _collections() -> set[int]:
    gc.collect()
    return {id(value) for value in gc.get_objects() if isinstance(value, Collection)}


def _noting(rendered: list[str]) -> Callable[[Page], Page]:
    def render(page: Page) -> Page:
        rendered.append(page.path)
        return page

    return render


def test_nothing_is_made_again_that_did_not_change() -> None:
    rendered: list[str] = []
    world = _world()
    with closing(Cache()) as cache:
        pipeline = Pipeline(cache, jobs=1)

        def made() -> set[str]:
            rendered.clear()
            build_targets(
                pipeline, pipeline.read(_files(world)).published(), SETTINGS, _noting(rendered)
            )
            return {path.removesuffix("/index.md") for path in rendered}

        assert {"claim", "alone", "actors/lena", "places/halden"} < made()
        assert made() == set()
        world["briefings"]["alone"]["title"] = "Another title"
        parts = {path for path in made() if path not in ONCE and f"{path}/index.md" not in ONCE}
        shown_on = {"actors/norland", "topics/power", "places/halden", "sources"}
        assert parts == {"alone", "answer", "briefings", *shown_on}  # "answer" is next to it


def test_a_page_of_a_list_is_made_again_where_its_own_entries_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _in_parts(monkeypatch)
    rendered: list[str] = []
    days = {
        "claim": "2023-05-01",
        "placed": "2023-06-01",
        "echo": "2024-01-01",
        "alone": "2024-02-01",
    }
    world = _world()
    for key, day in days.items():
        world["briefings"][key]["positions"][0]["date"] = day
    with closing(Cache()) as cache:
        pipeline = Pipeline(cache, jobs=1)

        def made() -> set[str]:
            rendered.clear()
            build_targets(
                pipeline, pipeline.read(_files(world)).published(), SETTINGS, _noting(rendered)
            )
            return {path for path in rendered if path.startswith("timeline/")}

        assert {"timeline/index.md", "timeline/2023/index.md", "timeline/2024/index.md"} <= made()
        world["briefings"]["placed"]["positions"][0]["text"] = "Other words."
        assert made() == {"timeline/2023/index.md"}


def test_an_actors_new_name_changes_the_pages_that_show_it_and_no_others() -> None:
    world = _world()
    with closing(Cache()) as cache:
        pipeline = Pipeline(cache, jobs=1)
        before = _made(pipeline, pipeline.read(_files(world)).published(), SETTINGS)
        world["actors"]["lena"]["name"] = "Lena Halm-Berg"
        after = _made(pipeline, pipeline.read(_files(world)).published(), SETTINGS)
    pages = {path for path in before if path.endswith("index.md")}
    changed = {path for path in pages if before[path] != after[path]}
    shown = {path for path in pages if "Lena Halm" in before[path].body}
    assert changed == shown
    assert "alone/index.md" not in changed
    assert "placed/index.md" in changed


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for path, content in _files(_world()).items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return tmp_path


def _tree(folder: Path) -> SourceFiles:
    return SourceFiles(folder / "briefings", folder / "data")


def test_a_file_that_changes_while_a_site_is_made_stops_it(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot_module, "_MOST_KEPT", 0)
    with closing(Cache()) as cache:
        snapshot = Pipeline(cache, jobs=1).read(_tree(tree))
        (tree / "briefings" / "alone.yml").write_bytes(b"title: x")
        with pytest.raises(
            SourceChangedError, match=r"briefings/alone\.yml changed during the run"
        ):
            snapshot.files["briefings/alone.yml"]


def test_a_file_that_vanishes_before_it_is_read_is_none(tree: Path) -> None:
    with closing(Cache()) as cache:
        files_there = _tree(tree)
        (tree / "briefings" / "alone.yml").unlink()
        snapshot = Pipeline(cache, jobs=1).read(files_there)
        assert "alone" not in snapshot.graph.briefings
        assert len(snapshot.graph.briefings) == 6


def test_unchanged_files_are_not_read_again(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot_module, "_CLOCK_ERROR", -(10**15))
    with closing(Cache(tree / "cache")) as cache:
        first = Pipeline(cache, jobs=1).read(_tree(tree))
        asked: list[str] = []
        again = _tree(tree)
        monkeypatch.setattr(SourceFiles, "__getitem__", lambda self, path: asked.append(path))
        snapshot = Pipeline(cache, jobs=1).read(again)
        assert asked == []
        assert snapshot.hashes == first.hashes
        assert snapshot.graph.briefings == first.graph.briefings


def test_a_file_changed_a_moment_ago_is_read_again(tree: Path) -> None:
    with closing(Cache(tree / "cache")) as cache:
        Pipeline(cache, jobs=1).read(_tree(tree))
        path = tree / "briefings" / "alone.yml"
        content = path.read_bytes()
        path.write_bytes(content.replace(b"accuses", b"ACCUSES"))
        snapshot = Pipeline(cache, jobs=1).read(_tree(tree))
        assert snapshot.loaded.briefings["alone"].value.title == "Norland ACCUSES Esteria"


def test_another_version_of_the_generator_uses_nothing_of_this_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rendered: list[str] = []
    counts = []
    with closing(Cache()) as cache:
        for version in (b"one", b"one", b"two"):
            rendered.clear()
            monkeypatch.setattr(
                pipeline_module, "generator_digest", lambda version=version: version
            )
            pipeline = Pipeline(cache, jobs=1)
            build_targets(
                pipeline, pipeline.read(_files(_world())).published(), SETTINGS, _noting(rendered)
            )
            counts.append(len(rendered))
    assert counts[0] > 20
    assert counts == [counts[0], 0, counts[0]]


def test_problems_of_some_files_are_those_of_a_whole_check() -> None:
    world = _world()
    world["briefings"]["alone"]["summary"] = "Cites [@nothing]."
    world["briefings"]["claim"]["titel"] = "x"
    path = "briefings/alone.yml"
    with closing(Cache()) as cache:
        pipeline = Pipeline(cache, jobs=1)
        snapshot = pipeline.read(_files(world))
        all_problems = pipeline.problems(snapshot, QUIET)
        file_problems = pipeline.problems(snapshot, QUIET, {path})
    assert file_problems == [problem for problem in all_problems if problem.location.path == path]
    assert "unknown-id" in {problem.rule for problem in file_problems}
