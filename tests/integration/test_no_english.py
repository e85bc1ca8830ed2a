"""No English text of the interface is left on pages, in feeds and in scripts in other languages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from bs4.element import PreformattedString, Tag

from generator.locale.catalogues import PATH, SOURCE_LANGUAGE, catalogue_languages
from tests.building import ROOT, Built, built_here_once, every_key_project, new_site, squeezed

LANGUAGES = ("fr", "ar", "zh")
_ATTRIBUTES = ("aria-label", "title", "placeholder", "alt", "data-by")
_DESCRIPTIONS = "meta[name=description], meta[property='og:description']"
_VALUE = re.compile(r"%\(\w+\)s|<[^>]+>")
#: Names of what the fictional site is about, which are texts of the interface elsewhere.
_NAMES = {"About", "Norland", "Water"}
#: The folder of texts that are on the pages of new sites only.
_IN_NEW_SITES = "authoring/scaffold/"
#: Names that are the same in every language, of programs, formats, licences and files; addresses.
_PROPER_NAMES = re.compile(
    r"https?://\S+|Material for MkDocs|JSON Feed|CC BY 4\.0|[\w.-]+\.[a-z]+\b"
)


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site with every key, in English and in the languages, with its authors' texts marked."""

    def make_project(folder: Path) -> None:
        config = every_key_project(folder) / "mkdocs.yml"
        languages = ", ".join(("en", *LANGUAGES))
        plugin = f"plugins: [{{briefings: {{languages: [{languages}]}}}}]"
        text = config.read_text("utf-8").replace("plugins: [briefings]", plugin)
        config.write_text(f"{text}site_url: https://briefings.example/\n", "utf-8")

    return built_here_once("no-english", make_project, tmp_path_factory)


@cache
def _english(language: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """English texts that the language has other words for: whole ones, and parts around values.

    A part counts if it has two words, because a single one can be a name or a word of an author.
    """
    path = ROOT / "generator" / "locale" / PATH.format(language=language)
    with path.open(encoding="utf-8") as file:
        catalogue = read_po(file, locale=language)
    entire, parts = set(), set()
    for message in catalogue:
        if not message.id or all(_IN_NEW_SITES in path for path, _ in message.locations):
            continue
        texts = message.id if message.pluralizable else (message.id,)
        translated = message.string if message.pluralizable else (message.string,)
        for text in set(texts) - set(translated):
            pieces = [squeezed(piece) for piece in _VALUE.split(text)]
            if len(pieces) == 1 and len(text) > 3:
                entire.add(squeezed(text))
            parts |= {piece for piece in pieces if re.search(r"\w{2,} \w{2,}", piece)}
    parts -= {piece for piece in parts if any(piece in text for text in _translations(catalogue))}
    return frozenset(entire - _NAMES), tuple(sorted(parts))


def _translations(catalogue: object) -> list[str]:
    texts: list[str] = []
    for message in catalogue:  # type: ignore[attr-defined]
        if message.id:
            texts += [message.string] if isinstance(message.string, str) else message.string
    return texts


@cache  # most texts are on every page
def _left(language: str, text: str) -> bool:
    """Whether English words of the interface are in a text."""
    entire, parts = _english(language)
    shown = squeezed(text)
    return shown.rstrip(" :") in entire or any(part in shown for part in parts)


@cache
def _vocabulary(language: str) -> frozenset[str]:
    """The words of the interface and of the theme in a language."""
    theme = resources.files("material") / "templates" / "partials" / "languages"
    texts = re.findall(r'": "(.*)"', (theme / f"{language}.html").read_text("utf-8"))
    is_source = language == SOURCE_LANGUAGE
    path = "messages.pot" if is_source else PATH.format(language=language)
    with (ROOT / "generator" / "locale" / path).open(encoding="utf-8") as file:
        catalogue = read_po(file)
    for message in catalogue:
        entry = message.id if is_source else message.string
        texts += [entry] if isinstance(entry, str) else entry
    return frozenset(word for text in texts for word in _words(_VALUE.sub(" ", text)))


def _words(text: str) -> set[str]:
    """The words of two Latin letters or more, in small letters."""
    return set(re.findall(r"[a-zß-ɏ]{2,}", text.lower()))


def _is_marked(element: Tag, language: str) -> bool:
    """Whether an element is in another language than the page, as authors' texts are."""
    for parent in (element, *element.parents):
        if tag := parent.get("lang"):
            return tag != language
    return False


def _texts(page: BeautifulSoup, language: str) -> Iterator[str]:
    """Texts and labels of a page in its language, without quotations of data and scripts."""
    for text in page.find_all(string=True):
        parent = text.parent
        if isinstance(text, PreformattedString) or parent is None:
            continue
        if parent.name not in ("script", "style", "code", "pre") and not _is_marked(
            parent, language
        ):
            yield str(text)
    for element in page.find_all(True):
        for name in _ATTRIBUTES:
            if (value := element.get(name)) and not _is_marked(element, language):
                yield str(value)
    yield from (str(element.get("content")) for element in page.select(_DESCRIPTIONS))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_has_english_words_of_the_interface(editions: Built, language: str) -> None:
    pages = [path for path in editions.pages if path.startswith(f"{language}/")]
    assert len(pages) > 20
    assert f"{language}/404.html" in pages
    assert f"{language}/halden-river/index.html" in pages  # leads on to a page with another name
    left = {
        (text.strip(), path)
        for path in pages
        for text in _texts(editions.pages[path], language)
        if _left(language, text)
    }
    assert left == set()


def test_english_words_would_be_noticed(editions: Built) -> None:
    noticed = {
        path
        for path in editions.pages
        if not path.startswith(tuple(f"{language}/" for language in LANGUAGES))
        and any(_left("fr", text) for text in _texts(editions.pages[path], "en"))
    }
    others = {path for path in editions.pages if path.count("/") <= 1 and path[2:3] != "/"}
    assert {path for path in others if path not in noticed} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_have_no_english_label(editions: Built, language: str) -> None:
    labels = [
        str(element.get("aria-label") or element.get_text())
        for path in editions.pages
        if path.startswith(f"{language}/")
        for element in editions.pages[path].select("svg[aria-label], svg text, svg title")
        if not _is_marked(element, language)
    ]
    assert labels
    assert [label for label in labels if _left(language, label)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_feeds_have_no_english_words_of_the_interface(editions: Built, language: str) -> None:
    files = sorted((editions.folder / language / "feeds").rglob("*.*"))
    assert len(files) > 5
    left = []
    for path in files:
        for text in _feed_texts(path):
            if _left(language, text):
                left.append((path.name, text))
    assert left == []


def _feed_texts(path: Path) -> Iterator[str]:
    """The titles and the texts of a feed, which can be HTML."""
    if path.suffix == ".json":
        feed = json.loads(path.read_text("utf-8"))
        yield from (str(feed.get(key, "")) for key in ("title", "description"))
        for item in feed["items"]:
            yield str(item.get("title", ""))
            yield from BeautifulSoup(item.get("content_html", ""), "html.parser").stripped_strings
    else:
        for element in BeautifulSoup(path.read_text("utf-8"), "xml").find_all(True):
            if element.name in ("title", "subtitle", "summary", "content", "rights"):
                yield from BeautifulSoup(element.get_text(), "html.parser").stripped_strings


@pytest.mark.parametrize("language", LANGUAGES)
def test_scripts_have_no_english_texts(editions: Built, language: str) -> None:
    text = (editions.folder / language / "assets/javascripts/texts.js").read_text("utf-8")
    left = [words for words in re.findall(r'"((?:[^"\\]|\\.)*)"', text) if _left(language, words)]
    assert left == []
    # Scripts with texts of their own would be the same in all languages.
    entire = {words for words in _english(language)[0] if " " in words}
    for path in (editions.folder / "assets/javascripts").glob("*.js"):
        if path.name != "texts.js":
            script = re.sub(r"(?m)^\s*//.*$", "", path.read_text("utf-8"))
            assert [words for words in entire if words in script] == [], path.name


@pytest.mark.parametrize(
    "language",
    [
        pytest.param(language, marks=() if language in ("ar", "fr") else pytest.mark.torture)
        for language in sorted(catalogue_languages() - {SOURCE_LANGUAGE})
    ],
)
def test_a_new_site_has_no_english_word(tmp_path: Path, language: str) -> None:
    built = new_site(tmp_path, language)
    english = _vocabulary(SOURCE_LANGUAGE) - _vocabulary(language)
    assert {"about", "river", "published"} <= english
    assert {"about/index.html", "method/index.html", "example/index.html"} <= set(built.pages)
    left = set()
    for path, page in built.pages.items():
        assert page.select("[lang|=en]") == [], path
        for text in _texts(page, language):
            words = _words(_PROPER_NAMES.sub(" ", text)) & english
            left |= {(path, word, squeezed(text)) for word in words}
    assert left == set()
