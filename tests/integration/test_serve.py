"""The live preview: what authors see while they write, mistakes included."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.build.cache import VARIABLE
from tests.building import ENVIRONMENT, ROOT, every_key_project
from tests.serving import PAGE_SECONDS, Preview, serving, soon

NEWCOMER = """\
title: Sundmark asks for a bridge
summary: Sundmark asks Norland for a bridge.
background: []
positions:
  - {id: bridge, party: sundmark, text: A bridge should be built., sources: [wire-copy]}
responses: []
"""


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """One preview for the tests below, which leave the project as they found it."""
    with serving(every_key_project(tmp_path_factory.mktemp("serve") / "project")) as running:
        yield running


@pytest.fixture
def adapted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Preview]:
    """A preview in French whose site got a folder of theme parts while it was running.

    It has a cache, as that of an author: without one, each build compiles all templates.
    """
    monkeypatch.setitem(ENVIRONMENT, VARIABLE, str(tmp_path / "cache"))
    project = every_key_project(tmp_path / "project")
    # What lies in the folder that a program is begun in comes before what is installed.
    shutil.copytree(ROOT / "generator", project / "generator")
    settings = project / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("theme: {", "theme: {language: fr, "), encoding="utf-8")
    with serving(project) as running:
        partial = running.project / "overrides" / "partials" / "publisher.html"
        partial.parent.mkdir(parents=True)
        partial.write_text("Fictional publisher", encoding="utf-8")
        text = settings.read_text(encoding="utf-8")
        settings.write_text(text.replace("theme: {", "theme: {custom_dir: overrides, "), "utf-8")
        assert running.shows("about/", "Fictional publisher", 10), running.printed()
        yield running


def test_drafts_are_shown_and_called_drafts(preview: Preview) -> None:
    assert preview.shows("unfinished/", "An unfinished matter")
    assert preview.shows("unfinished/", "Draft: shown in the preview only.")


def test_a_file_that_is_added_is_a_page_within_seconds(preview: Preview) -> None:
    file = preview.project / "briefings" / "bridge.yml"
    file.write_text(NEWCOMER, encoding="utf-8")
    assert preview.shows("bridge/", "A bridge should be built."), preview.printed()
    assert preview.shows("", "Sundmark asks for a bridge")
    file.unlink()
    assert soon(lambda: not preview.page("bridge/"), PAGE_SECONDS)


def test_a_change_of_the_registries_changes_the_pages(preview: Preview) -> None:
    with preview.changed("data/actors.yml", "{name: Sundmark,", "{name: Kingdom of Sundmark,"):
        assert preview.shows("actors/sundmark/", "Kingdom of Sundmark"), preview.printed()
        assert preview.shows("halden/", "Kingdom of Sundmark")
    assert soon(lambda: "Kingdom of" not in preview.page("halden/"), PAGE_SECONDS)


_FILE = "briefings/river/flood.yml:"
#: An edit, words that its page then has, and words that are printed.
BREAKS = [
    ("title: The Halden flood", "title: [The Halden flood", "The list that opens here", _FILE),
    ("status: archived", "status: archivd", "Write <code>archived</code>.", "archivd"),
    ("party: norland", "party: nordland", "<code>nordland</code> is not the id of", "nordland"),
    ("title: The", "title: 'The", "quot", _FILE),
    ("  - id: old-claim", " - id: old-claim\n  x", "indent", _FILE),
]


@pytest.mark.slow
def test_mistakes_are_on_the_page_within_two_seconds_until_they_are_corrected(
    preview: Preview, torture: bool
) -> None:
    for turn in range(10 if torture else len(BREAKS)):
        old, new, message, words = BREAKS[turn % len(BREAKS)]
        printed = len(preview.printed())
        with preview.changed("briefings/river/flood.yml", old, new):
            assert preview.shows("river/flood/", message, seconds=2), preview.printed()
            page = preview.page("river/flood/")
            assert "Fix the mistakes below and save the file" in page
            assert "Everything on file" not in page
            assert words in preview.printed()[printed:]
            # Whoever looks at another page is told as well, and everything is still there.
            assert preview.shows("halden/", "1 file has mistakes", seconds=2)
            assert "briefings/river/flood.yml" in preview.page("about/")
            assert "Written by hand" in preview.page("about/")
            assert "The Halden treaty" in preview.page("halden/")
        assert preview.shows("river/flood/", "Norland says the gates were opened", seconds=2)
        assert "Fix the mistakes below" not in preview.page("river/flood/")
        assert "1 file has mistakes" not in preview.page("halden/")
    assert "Traceback" not in preview.printed()


def test_warnings_are_above_their_own_page_only(preview: Preview) -> None:
    assert preview.shows("halden/", "warnings about this page")
    assert "is based on one source" in preview.page("halden/")
    assert "about this page" not in preview.page("about/")


def test_mistakes_in_a_registry_are_printed_and_the_server_goes_on(preview: Preview) -> None:
    with preview.changed("data/places.yml", "parent: halden", "parent: nowhere"):
        assert soon(lambda: "`nowhere`" in preview.printed(), PAGE_SECONDS)
        assert preview.shows("about/", "<code>data/places.yml</code>, line")
        assert preview.shows("halden/", "The Halden treaty")
    assert preview.shows("places/orm/", "Part of")


#: An edit of the settings or of a template, and words that are printed.
REFUSED = [
    (
        "mkdocs.yml",
        "docs_dir: briefings",
        "docs_dir: [briefings",
        ["mkdocs.yml:3:11: The list that opens here with [ isn't closed", "| docs_dir: [brief"],
    ),
    ("mkdocs.yml", "[briefings]", "[breifings]", ["mkdocs.yml:", "Did you mean `briefings`?"]),
    ("mkdocs.yml", "theme:", "extra_css: 3\ntheme:", ["Config value 'extra_css'"]),
    (
        "overrides/partials/publisher.html",
        "Fictional publisher",
        "{% if %}",
        ["overrides/partials/publisher.html:1: this template can't be used: Expected an"],
    ),
]


def _keeps_the_pages(adapted: Preview, file: str, old: str, new: str, messages: list[str]) -> None:
    """A mistake keeps the pages until it is corrected."""
    printed = len(adapted.printed())
    with adapted.changed(file, old, new):
        assert soon(lambda: "still shows" in adapted.printed()[printed:], PAGE_SECONDS)
        output = adapted.printed()[printed:]
        for message in messages:
            assert output.count(message) == 1, output
        assert output.count("The preview still shows the last good version.") == 1
        assert "Traceback" not in output
        for path, words in (("about/", "Written by hand"), ("halden/", "The Halden treaty")):
            assert adapted.shows(path, words)
            assert "Fictional publisher" in adapted.page(path)
        printed = len(adapted.printed())
    assert soon(lambda: "Reloading browsers" in adapted.printed()[printed:], PAGE_SECONDS)
    assert "ERROR" not in adapted.printed()[printed:]


def test_the_preview_starts_with_broken_files_too(tmp_path: Path) -> None:
    project = every_key_project(tmp_path / "project")
    (project / "briefings" / "halden.yml").write_text("title: [\n", encoding="utf-8")
    (project / "data" / "topics.yml").write_text("water: {nam: Water}\n", encoding="utf-8")
    with serving(project) as preview:
        assert preview.shows("halden/", "Fix the mistakes below and save the file"), (
            preview.printed()
        )
        assert "briefings/halden.yml:" in preview.page("halden/")
        assert "data/topics.yml:1:" in preview.printed()
        assert "Traceback" not in preview.printed()


def test_settings_templates_words_and_the_theme_can_be_edited_in_the_preview(
    adapted: Preview,
) -> None:
    """Mistakes in them keep the pages until they are corrected. One preview is enough for all."""
    for file, old, new, messages in REFUSED:
        _keeps_the_pages(adapted, file, old, new, messages)
    with adapted.changed("mkdocs.yml", "site_name: ", "site_name: Renamed "):
        assert adapted.shows("halden/", "Renamed "), adapted.printed()
    assert soon(lambda: "Renamed " not in adapted.page("halden/"), PAGE_SECONDS)
    template = "generator/templates/briefing.md"
    words = "generator/locale/fr/LC_MESSAGES/messages.po"
    with adapted.changed(template, "\n===\n", "\n===\n<p>Fictional template</p>\n\n"):
        assert adapted.shows("halden/", "Fictional template"), adapted.printed()
    assert soon(lambda: "Fictional template" not in adapted.page("halden/"), PAGE_SECONDS)
    with adapted.changed(words, 'msgstr "Copier la citation"', 'msgstr "Fictional word"'):
        assert adapted.shows("halden/", "Fictional word"), adapted.printed()
    theme = "overrides/partials/publisher.html"
    with adapted.changed(theme, "Fictional publisher", "Another publisher"):
        assert adapted.shows("halden/", "Another publisher"), adapted.printed()
    assert adapted.shows("halden/", "Fictional publisher"), adapted.printed()
    assert "Traceback" not in adapted.printed()


def test_without_reloading_the_site_is_shown_as_it_would_be_published(tmp_path: Path) -> None:
    with serving(every_key_project(tmp_path / "project"), "--no-livereload") as shown:
        for path in ("", "halden/", "actors/esteria/", "timeline/", "search/"):
            assert "</html>" in shown.page(path), path
        assert "Norland accuses" in shown.page("halden/")
        assert shown.page("data/statements.csv")
        assert shown.page("search-index/entry.json")
        assert shown.page("unfinished/") == ""
        assert "as it would be published" in shown.printed()
