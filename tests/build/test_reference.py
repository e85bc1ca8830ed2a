"""From files to a site: what a build makes, what a preview makes, and what stops a build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.mkdocs_plugin.preview_notices import Notices
from generator.reading.problems import Severity
from generator.reading.source_files import read_tree
from generator.rendering.settings import Settings
from generator.rules import ERRORS_ONLY
from generator.rules.base import CheckSettings
from tests.fiction import allegation, briefing, files, position, response
from tests.reference import Site, build_site, check_site, load

CASES = Path(__file__).parent.parent / "cases" / "problems"
SETTINGS = Settings(name="Fictional briefings")
BROKEN = b"title: [open\n"
WRONG = briefing(position(party="sundmark"))

# The fictional sources have no archived copies, and one of them is enough here.
QUIET = CheckSettings(
    {"no-archived-copy": None, "single-source": None, "event-without-source": None}
)


def _site(
    briefings: dict[str, dict[str, Any]],
    more: dict[str, bytes] | None = None,
    *,
    preview: bool = False,
) -> Site:
    return build_site(files(briefings) | (more or {}), SETTINGS, QUIET, preview=preview)


def _page(site: Site, path: str) -> str:
    (page,) = [page for page in site.pages if page.path == path]
    return page.markdown


def _paths(site: Site) -> list[str]:
    return [page.path for page in site.pages]


def test_a_valid_site_is_built_with_each_briefings_yaml_as_it_is() -> None:
    given = files({"x": briefing(), "river/y": briefing()})
    site = build_site(given, SETTINGS, ERRORS_ONLY)
    assert (site.problems, site.errors) == ((), [])
    assert {"x/index.md", "river/y/index.md", "index.md"} <= set(_paths(site))
    assert {path: content for path, content in site.assets.items() if path.endswith("yml")} == {
        "x/briefing.yml": given["briefings/x.yml"],
        "river/y/briefing.yml": given["briefings/river/y.yml"],
    }


def test_a_build_and_a_preview_of_published_briefings_are_the_same() -> None:
    briefings = {"x": briefing(allegation(), responses=[response()]), "y": briefing()}
    assert _site(briefings) == _site(briefings, preview=True)


def test_the_same_files_make_the_same_site() -> None:
    given = files({"x": briefing(), "y": briefing()})
    backwards = dict(reversed(given.items()))
    assert build_site(given, SETTINGS) == build_site(backwards, SETTINGS)


def test_a_draft_shows_in_the_preview_only() -> None:
    briefings = {"x": briefing(), "secret": briefing(status="draft", title="Not yet")}
    built, preview = _site(briefings), _site(briefings, preview=True)
    assert "secret/index.md" not in _paths(built)
    assert "secret/briefing.yml" not in built.assets
    assert not [page.path for page in built.pages if "Not yet" in page.markdown]
    assert "secret/index.md" in _paths(preview)
    assert "secret/briefing.yml" in preview.assets
    assert "Not yet" in _page(preview, "index.md")


def test_an_error_stops_a_build_but_not_a_preview() -> None:
    built, preview = (
        _site({"x": briefing(), "y": WRONG}, preview=is_preview) for is_preview in (False, True)
    )
    assert (built.pages, built.assets) == ((), {})
    assert built.problems == preview.problems
    assert [problem.message for problem in built.errors] == [
        "`sundmark` is not the id of an actor."
    ]
    assert {"x/index.md", "y/index.md"} <= set(_paths(preview))


def test_an_error_in_a_draft_stops_a_build_too() -> None:
    assert _site({"x": briefing(), "y": WRONG | {"status": "draft"}}).pages == ()


def test_a_warning_stops_nothing() -> None:
    site = _site({"x": briefing(), "y": briefing(allegation(), status="draft")})
    assert [problem.severity for problem in site.problems] == [Severity.WARNING]
    assert site.errors == []
    assert "x/index.md" in _paths(site)


def test_a_preview_shows_the_mistakes_in_place_of_the_briefing() -> None:
    site = _site({"x": briefing(), "y": WRONG}, preview=True)
    page = _page(site, "y/index.md")
    assert "This briefing has mistakes." in page
    assert "briefings/y.yml:1:" in page
    assert "<code>sundmark</code> is not the id of an actor." in page
    assert "This briefing has mistakes." not in _page(site, "x/index.md")
    assert len(_paths(site)) == len(set(_paths(site)))


def test_a_preview_shows_the_mistakes_of_a_file_that_cannot_be_read() -> None:
    site = _site({"x": briefing()}, {"briefings/river/y.yml": BROKEN}, preview=True)
    page = _page(site, "river/y/index.md")
    assert "briefings/river/y.yml:1:8" in page
    assert "river/y/briefing.yml" not in site.assets
    assert "x/index.md" in _paths(site)


def test_a_draft_that_only_has_warnings_is_previewed_as_it_is() -> None:
    site = _site({"x": briefing(allegation(), status="draft", title="Wary")}, preview=True)
    assert "This briefing has mistakes." not in _page(site, "x/index.md")


def test_problems_are_in_the_order_of_files_and_lines() -> None:
    more = {"data/topics.yml": b"Water: {name: Water}\n", "briefings/a.yml": BROKEN}
    site = _site({"c": WRONG, "b": briefing(title="", updated="now")}, more)
    places = [problem.location for problem in site.problems]
    assert places == sorted(places)
    assert [place.path for place in places] == [
        "briefings/a.yml",
        "briefings/b.yml",
        "briefings/b.yml",
        "briefings/c.yml",
        "data/topics.yml",
    ]


def test_checking_finds_what_building_finds() -> None:
    given = files({"x": WRONG, "y": briefing(allegation(), status="draft")})
    assert tuple(check_site(given)) == build_site(given, SETTINGS).problems


def test_a_former_address_leads_on() -> None:
    site = _site({"river/x": briefing(aliases=["old"], title="<b> & c")})
    page = site.assets["old/index.html"].decode()
    assert 'content="0; url=../river/x/"' in page
    assert "&lt;b&gt; &amp; c" in page


def test_nothing_at_all_makes_an_empty_site() -> None:
    site = build_site({}, SETTINGS)
    assert site.problems == ()
    assert "No briefing is published yet." in _page(site, "index.md")


@pytest.mark.parametrize("name", sorted(path.name for path in CASES.iterdir()))
def test_a_preview_shows_any_broken_tree(name: str) -> None:
    given = read_tree(CASES / name / "briefings", CASES / name / "data")
    site = build_site(given, SETTINGS, preview=True)
    wrong = {problem.location.path for problem in site.errors}
    shown = {page.source for page in site.pages if "This briefing has mistakes." in page.markdown}
    loaded = load(given)
    translations = wrong & loaded.translation_files
    briefings = {path for path in wrong if path.endswith(".yml") and path[:5] != "data/"}
    assert shown == briefings - translations
    # Translations have no page of their own.
    notice = Notices(list(site.problems), loaded, SETTINGS).above("index.md")
    assert all(f"<code>{path}</code>" in notice for path in translations)
    built = build_site(given, SETTINGS)
    assert built.problems == site.problems
    assert (built.pages == ()) is bool(wrong)
