"""Each text of an author is marked with its language, wherever a page shows it.

All of it is fictional. Each text ends with a mark of its language: see `tests/languages.py`.
"""

from __future__ import annotations

from collections import Counter

import pytest
from bs4 import BeautifulSoup

from tests.building import Built, build_here, squeezed
from tests.languages import MARK, marked_project, unlike_their_language

LANGUAGES = ("en", "fr", "ar")


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site in three languages, with briefings in English and in Arabic."""
    folder = tmp_path_factory.mktemp("languages")
    project = marked_project(folder / "project", f"[{', '.join(LANGUAGES)}]")
    return build_here(project, project / "site")


def test_each_text_is_in_an_element_of_its_language(editions: Built) -> None:
    wrong = {
        path: problems
        for path, page in editions.pages.items()
        if (problems := list(unlike_their_language(page)))
    }
    assert wrong == {}


def test_texts_of_all_languages_are_on_the_pages_of_each(editions: Built) -> None:
    for folder in ("", "fr/", "ar/"):
        page = editions.page(f"{folder}briefings/")
        assert {"en", "ar"} <= set(MARK.findall(page.get_text()))
    french = editions.page("fr/halden/")
    marks = Counter(MARK.findall(french.get_text()))
    assert min(marks["en"], marks["fr"]) > 20


def test_a_neighbour_in_another_language_is_named_in_it(editions: Built) -> None:
    page = editions.page("halden/")
    (title,) = page.select("a[rel=next] [lang]")
    assert (title["lang"], title["dir"]) == ("ar", "rtl")
    assert squeezed(title.get_text()) == "The Halden flood Zqar"
    assert not page.select("a[rel=next][aria-label]")


def test_a_text_without_the_mark_of_its_language_would_be_noticed() -> None:
    page = BeautifulSoup(
        """<html lang="en"><body>
        <p>One Zqen</p> <p>Two <i>Zqar</i></p> <p lang="ar">Three Zqar</p>
        <p lang="ar" dir="rtl">Four Zqar</p> <p title="Five Zqar" lang="en">Six</p>
        </body></html>""",
        "html5lib",
    )
    texts = [text for _, _, text in unlike_their_language(page)]
    assert texts == ["Zqar", "Three Zqar", "Five Zqar"]
