"""The notices above pages of the preview: each problem is on the page of its file. Fictional."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from generator.mkdocs_plugin.preview_notices import Notices
from generator.reading.loader import BRIEFINGS
from generator.rendering.settings import Settings
from generator.rules.base import CheckSettings
from tests.fiction import as_json, briefing, files
from tests.reference import check_site, load

LANGUAGES = ("en", "fr", "ar")
FRENCH = "briefings/river.fr.yml"
RECORDED = "ab12cd"


def _translation(**keys: object) -> dict[str, object]:
    texts = {"title": "Titre", "summary": "Bref."}
    return {"translation_of": "river", "language": "fr", "status": "published"} | texts | keys


def _notice(page: str, language: str, translation: str, **original: object) -> BeautifulSoup:
    """The notice above a page of the edition in a language."""
    given = dict(files({"river": briefing(**original), "other": briefing()}))
    given[FRENCH] = translation.encode()
    loaded = load(given)
    settings = Settings(language=language, languages=LANGUAGES)
    notices = Notices(check_site(given, CheckSettings()), loaded, settings)
    return BeautifulSoup(notices.above(page), "html.parser")


def _summaries(notice: BeautifulSoup) -> list[str]:
    return [element.get_text() for element in notice.select("summary, strong")]


def test_warnings_about_a_translation_are_on_the_page_in_its_language() -> None:
    stale = as_json(_translation(translated_from={"title": RECORDED, "summary": RECORDED}))
    notice = _notice("river/index.md", "fr", stale)
    assert _summaries(notice) == ["4 warnings about this page's translation"]
    text = notice.get_text()
    assert "2 of 3 texts changed since this translation." in text
    assert "The original of `title` changed".replace("`", "") in text
    assert "1 of 3 texts are not translated: positions.claim." in text
    assert f"{FRENCH}:" in text
    for page, language in (
        ("river/index.md", "en"), ("river/index.md", "ar"), ("other/index.md", "fr"),
        ("index.md", "fr"),
    ):  # fmt: skip
        assert FRENCH not in _notice(page, language, stale).get_text()


@pytest.mark.parametrize(
    ("translation", "mistake"),
    [
        (as_json(_translation(date="2025-03-04")), "The key date is not known here."),
        ('translation_of: river\nlanguage: fr\ntitle: "Tit\n', "isn't closed"),
        (as_json(_translation(language="de")), "its name is river.fr.yml"),
    ],
)
def test_errors_of_a_translation_are_listed_on_its_page_and_named_on_all_others(
    translation: str, mistake: str
) -> None:
    notice = _notice("river/index.md", "fr", translation)
    assert _summaries(notice)[0] == "This page's translation has 1 mistake. A build would stop:"
    assert mistake in notice.get_text()
    for page, language in (("river/index.md", "en"), ("other/index.md", "fr"), ("x.md", "ar")):
        notice = _notice(page, language, translation)
        assert _summaries(notice) == ["1 file has mistakes. A build would stop:"]
        assert mistake in notice.get_text()
        # Only in this edition there is a page to lead to.
        assert len(notice.select("a")) == (language == "fr")


def test_warnings_about_the_original_are_on_the_pages_that_show_it() -> None:
    complete = as_json(_translation(positions={"claim": {"text": "L'eau baisse."}}))
    for language, shown in (("en", True), ("ar", True), ("fr", False)):
        notice = _notice("river/index.md", language, complete, summary="It falls. TODO")
        assert (f"{BRIEFINGS}river.yml:" in notice.get_text()) is shown


def test_an_original_with_errors_has_their_page_in_each_language() -> None:
    notice = _notice("river/index.md", "fr", as_json(_translation(date="2025")), updated="now")
    assert _summaries(notice) == ["1 file has mistakes. A build would stop:"]
    assert FRENCH in notice.get_text()


def test_a_draft_of_a_translation_says_that_readers_do_not_get_it() -> None:
    draft = as_json(_translation(status="draft"))
    assert "is a draft" in _notice("river/index.md", "fr", draft).get_text()
    for page, language in (("river/index.md", "en"), ("other/index.md", "fr")):
        assert "draft" not in _notice(page, language, draft).get_text()
