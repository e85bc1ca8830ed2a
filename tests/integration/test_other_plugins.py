"""Other plugins and features of the theme beside this one: each works, or is refused in a sentence.

By default those that work are built together, twice; with `--torture` each alone.
"""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from tests.building import ROOT, squeezed
from tests.other_plugins import FIRST, REFUSED, SECOND, TYPED, WORKING, Addition, built_once, table

#: A feed names addresses, and the language of the site.
_OTHER_FEEDS = ("use_directory_urls: false", "theme: language")
_ARTICLE = re.compile(r"<article.*?</article>", re.DOTALL)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Those that work: of some that can't be built together, each only with `--torture`."""
    if "working" in metafunc.fixturenames:
        whole = metafunc.config.getoption("--torture")
        alone = [addition for addition in WORKING if addition.name == "theme: language"]
        additions = WORKING if whole else [*FIRST, *SECOND, *alone]
        metafunc.parametrize("working", additions, ids=[item.name for item in additions])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, torture: bool) -> dict[str, Any]:
    """What came of each build, by the name of the plugin or feature; "" is without any."""
    return built_once(tmp_path_factory, torture)[1]


def _article(outcome: dict[str, Any], path: str) -> str:
    match = _ARTICLE.search(outcome["files"][path])
    assert match, path
    text = re.sub(r"<script.*?</script>", "", match[0], flags=re.DOTALL)
    return squeezed(html.unescape(re.sub(r"\s*<[^>]*>\s*", " ", text)))


def test_it_works_next_to_this_plugin_and_changes_no_word(
    built: dict[str, Any], working: Addition
) -> None:
    outcome, alone = built[working.name], built["alone"]
    assert outcome["refused"] == ""
    assert outcome["files"]["data/bibliography.bib"] == alone["files"]["data/bibliography.bib"]
    if working.name not in _OTHER_FEEDS:
        assert outcome["files"]["feeds/all.json"] == alone["files"]["feeds/all.json"]
    for path in ("halden/index.html", "actors/norland/index.html"):
        assert _article(outcome, path) == _article(alone, path)
    assert TYPED in outcome["files"]["halden/index.html"]
    for path, words in working.shows.items():
        assert words in (outcome["files"][path] or ""), path
    if working.name == "exclude":
        assert outcome["files"]["excluded/index.html"] is None
        assert alone["files"]["excluded/index.html"]
    warned = [warning for warning in outcome["warnings"] if warning.startswith("briefings: ")]
    assert [warning[: len(working.warned)] for warning in warned] == [working.warned] * bool(
        working.warned
    )


@pytest.mark.parametrize("addition", REFUSED, ids=lambda refused: refused.name)
def test_what_cannot_work_is_refused_in_a_sentence(
    built: dict[str, Any], addition: Addition
) -> None:
    outcome = built[addition.name]
    assert "Traceback" not in outcome["refused"]
    (sentence,) = outcome["warnings"]
    assert sentence == addition.refused
    assert re.search(r"\. (Remove it|Put the file)[^.]*\.$", sentence)
    assert not any(outcome["files"].values())


def test_the_documents_say_what_works(request: pytest.FixtureRequest) -> None:
    document = ROOT / "docs" / "plugins.md"
    if request.config.getoption("--regenerate"):
        document.write_text(table(), "utf-8")
    assert document.read_text("utf-8") == table()


def test_no_plugin_takes_the_place_of_what_is_made(built: dict[str, Any]) -> None:
    assert built["a script that takes a place"]["warnings"] == [
        "Actors/Esteria.md would be `Actors/Esteria/index.html`, which is the page of `esteria` in "
        "data/actors.yml."
    ]
    assert built["a redirect that takes a place"]["warnings"] == [
        "timeline/2025.md would be `timeline/2025/index.html`, which is a page of the timeline."
    ]


def test_an_edition_has_no_redirect_to_a_page_that_it_leaves_out(built: dict[str, Any]) -> None:
    outcome = built["a redirect of an edition"]
    assert (outcome["refused"], outcome["warnings"]) == ("", [])
