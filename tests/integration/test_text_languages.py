"""Each text of an author is marked with its language, wherever a page shows it.

All of it is fictional. Each text ends with a mark of its language: see `tests/languages.py`.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from bs4.element import PreformattedString, Tag

from tests.building import Built, built_here_once, parsed, squeezed
from tests.languages import MARK, marked_project, unlike_their_language

LANGUAGES = ("en", "fr", "ar")


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site in three languages, with briefings in English and in Arabic."""
    languages = f"[{', '.join(LANGUAGES)}]"
    return built_here_once(
        "marked", lambda folder: marked_project(folder, languages), tmp_path_factory
    )


def _tree(element: Tag) -> list[object]:
    """The elements and texts in an element. A parser can keep or lower the letters of SVG."""
    children: list[object] = []
    for child in element.children:
        if isinstance(child, Tag):
            values = sorted((name.lower(), str(value)) for name, value in child.attrs.items())
            children.append((child.name.lower(), values, _tree(child)))
        elif not isinstance(child, PreformattedString) and child.strip():
            children.append(squeezed(child))
    return children


def test_the_pages_are_what_browsers_read_also_for_a_faster_parser(editions: Built) -> None:
    """So the other tests can read pages with lxml: no element is left open or in a wrong place."""
    kinds = ["", "halden/", "halden-river/", "actors/esteria/", "timeline/", "search/", "data/"]
    paths = [f"{kind}index.html" for kind in kinds]
    for path in (*paths, "404.html", "fr/halden/index.html", "ar/river/flood/index.html"):
        assert _tree(editions.pages[path]) == _tree(parsed(editions.folder / path)), path


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_results_of_the_search_are_in_the_language_of_their_texts(
    editions: Built, language: str
) -> None:
    folder = editions.folder / ("" if language == "en" else language) / "search-index" / "records"
    wrong, seen = [], set()
    for path in folder.iterdir():
        for part in json.loads(gzip.decompress(path.read_bytes()))["parts"]:
            texts = [(part["title"], part)] + [(text["text"], text) for text in part["texts"]]
            for text, holder in texts:
                # A statement's title has names of several languages.
                is_title = text == part["title"] and part["kind"] == "statement"
                marks = set() if is_title else set(MARK.findall(text))
                seen |= marks
                if marks - {holder.get("lang", language)}:
                    wrong.append((part["kind"], holder.get("role"), holder.get("lang"), text))
    assert {"en", "ar", "ru"} <= seen
    assert wrong == []


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
