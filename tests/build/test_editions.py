"""The snapshots of a site's editions: names are in the edition's language. All is fictional."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from generator.authoring.json_import import import_json
from generator.build.cache import Cache
from generator.build.edition_snapshot import in_language, with_names
from generator.build.pipeline import Pipeline
from generator.build.snapshot import Snapshot
from generator.collection.linker import Collection
from generator.rendering.settings import Settings
from tests.fiction import as_json, briefing, files, position
from tests.published import briefing_page, files_of
from tests.reference import load

NAMES = "{fr: Norlande, en: Norland, ar: نورلاند}"


@pytest.fixture
def pipeline(tmp_path: Path) -> Iterator[Pipeline]:
    with closing(Cache(tmp_path / "cache")) as cache:
        yield Pipeline(cache, jobs=1)


def _read(pipeline: Pipeline, names: str) -> Snapshot:
    actors = f"norland: {{name: {names}, type: state}}\nesteria: {{name: Esteria, type: state}}\n"
    held = dict(files({"river": briefing()}))
    return pipeline.read({**held, "data/actors.yml": actors.encode()})


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Norland"), ("fr", "Norlande"), ("ar", "نورلاند"), ("de", "Norlande")],
)
def test_each_edition_has_the_names_in_its_language(
    pipeline: Pipeline, language: str, name: str
) -> None:
    snapshot = _read(pipeline, NAMES)
    for edition in (in_language(snapshot, language, "en"), with_names(snapshot, language)):
        assert edition.link_all().collection.actors["norland"].name == name
        assert edition.linked(["river"]).loaded.actors["norland"].name == name
        assert edition.graph.registries["actors"]["norland"].name == name
        assert edition.loaded.actors["esteria"].name == "Esteria"


def test_a_changed_name_changes_what_pages_of_the_edition_depend_on(pipeline: Pipeline) -> None:
    before, after = (
        in_language(_read(pipeline, names), "fr", "en")
        for names in (NAMES, NAMES.replace("Norlande", "La Norlande"))
    )
    key = ("actor", "norland")
    assert before.graph.entries.digest(key) != after.graph.entries.digest(key)
    other = ("actor", "esteria")
    assert before.graph.entries.digest(other) == after.graph.entries.digest(other)


def test_editions_in_two_languages_have_different_keys(pipeline: Pipeline) -> None:
    snapshot = _read(pipeline, NAMES)
    english, french = (with_names(snapshot, language) for language in ("en", "fr"))
    key = ("actor", "norland")
    assert english.graph.entries.digest(key) != french.graph.entries.digest(key)


def test_without_names_by_language_the_snapshot_stays_the_same(pipeline: Pipeline) -> None:
    snapshot = _read(pipeline, "Norland")
    assert with_names(snapshot, "fr") is snapshot


SOURCES = """
gauge:
  title: {en: Readings of the gauge, fr: Relevés de l'échelle}
  title_by: editors
  publisher: {en: "[No publisher shown]", fr: "[Aucun éditeur indiqué]"}
  date: 2025-02-11
  note: {en: Hourly means., fr: Moyennes horaires.}
wire:
  title: Norland and Esteria at odds
  publisher: The Wire
  date: 2025-02-12
  language: en
  note: A summary.
"""


def _sources(pipeline: Pipeline, language: str) -> list[Tag]:
    """The sources on the page of a briefing that cites two shared ones."""
    said = position(sources=["gauge", "wire"])
    held = dict(files({"river": briefing(said, sources=[])})) | {
        "data/sources.yml": SOURCES.encode()
    }
    edition = in_language(pipeline.read(held), language, "en")
    settings = Settings(languages=("en", "fr", "ar"), language=language)
    page = briefing_page("river", edition.link_all().collection, settings)
    tree = BeautifulSoup(page.body, "html.parser")
    return [tree.select_one("#source--gauge") or Tag(), tree.select_one("#source--wire") or Tag()]


def test_words_of_shared_sources_are_in_the_language_of_the_edition(pipeline: Pipeline) -> None:
    gauge, wire = _sources(pipeline, "fr")
    for words in ("[Relevés de l'échelle]", "[Aucun éditeur indiqué]", "Moyennes horaires."):
        assert words in gauge.get_text()
    assert not gauge.select("[lang=en]")
    # A title stays as it was printed; a note in one language says that it is not translated.
    assert "Norland and Esteria at odds" in wire.get_text()
    note = wire.select_one(".source__note")
    assert note is not None
    (summary,) = note.select("[lang=en]")
    assert summary.get_text(strip=True) == "A summary."
    assert "pas encore traduit" in note.get_text()


def test_words_of_shared_sources_in_another_language_are_marked_with_it(pipeline: Pipeline) -> None:
    gauge, _ = _sources(pipeline, "ar")
    marked = {element.get_text(strip=True) for element in gauge.select("[lang=en]")}
    assert {"[Readings of the gauge]†", "[No publisher shown]", "Hourly means."} <= {
        text.replace(text[text.find("†") + 1 :], "") if "†" in text else text for text in marked
    }


def _edition_with_own_translation(pipeline: Pipeline) -> tuple[Collection, Settings]:
    quotes = [{"text": "It falls.", "language": "en", "sources": ["gauge"]}]
    texts = {"title": "Titre", "summary": "Mots", "positions": {"claim": {"quotes": {"0": "Ça"}}}}
    given = {"translation_of": "river", "language": "fr", "status": "published"} | texts
    held = dict(files({"river": briefing(position(quotes=quotes))}))
    held["briefings/river.fr.yml"] = as_json(given).encode()
    edition = in_language(pipeline.read(held), "fr", "en")
    return edition.link_all().collection, Settings(languages=("en", "fr"), language="fr")


def test_an_own_translation_of_a_quotation_is_marked_and_cites_no_source(
    pipeline: Pipeline,
) -> None:
    page = briefing_page("river", *_edition_with_own_translation(pipeline))
    (quotations,) = BeautifulSoup(page.body, "html.parser").select(".quotations")
    labels = [label.get_text() for label in quotations.select(".quotation__label")]
    assert labels == [
        "Norland\N{NARROW NO-BREAK SPACE}; anglais, texte tel que publié [1 gauge.example]",
        "traduction en français par ce site",
    ]
    assert "deux sources" not in quotations.get_text()
    assert '"creditText":"traduction en français par ce site"' in page.markdown


def test_data_mark_an_own_translation_of_a_quotation_and_the_import_leaves_it_out(
    pipeline: Pipeline,
) -> None:
    exported = files_of(*_edition_with_own_translation(pipeline))
    printed, own = json.loads(exported["river/index.json"])["positions"][0]["quotes"]
    assert (printed["text"], "own_translation" in printed) == ("It falls.", False)
    assert (own["text"], own["own_translation"], "sources" in own) == ("Ça", True, False)
    table = exported["data/quotations.csv"].decode("utf-8-sig").splitlines()
    rows = list(csv.DictReader(table))
    assert [(row["text"], row["own_translation"], row["sources"]) for row in rows] == [
        ("It falls.", "false", "gauge"),
        ("Ça", "true", ""),
    ]
    imported = load(import_json(exported["river/index.json"]).files()).briefings["river"].value
    assert imported is not None
    assert [quote.text for quote in imported.positions[0].quotes] == ["It falls."]


@pytest.mark.parametrize(
    ("edition", "title"),
    [("zh", "汉字"), ("zh-Hant", "漢字"), ("pt-BR", "Norland accuses Esteria"), ("fr", "Titre")],
)
def test_a_translation_is_shown_in_the_edition_nearest_to_its_language(
    pipeline: Pipeline, edition: str, title: str
) -> None:
    def translation(language: str, words: str, status: str = "published") -> str:
        texts = f"title: {words}\nsummary: {words}\n"
        return f"translation_of: river\nlanguage: {language}\nstatus: {status}\n{texts}"

    held = dict(files({"river": briefing()}))
    titles = {"zh-Hans": "汉字", "zh-Hant": "漢字", "fr-FR": "Titre"}
    for language, words in titles.items():
        held[f"briefings/river.{language}.yml"] = translation(language, words).encode()
    held["briefings/river.pt.yml"] = translation("pt", "Rascunho", "draft").encode()
    shown = in_language(pipeline.read(held).published(), edition, "en")
    assert shown.link_all().collection.briefings["river"].title == title
    assert shown.graph.briefings["river"].stats.title == title


def test_a_statement_whose_claim_is_not_that_of_today_says_so(pipeline: Pipeline) -> None:
    said = position(claim="that the water falls", venue="Parliament")
    original = briefing(said)
    texts = {"text": "L'eau baisse.", "claim": "que l'eau baisse", "venue": "Parlement"}
    translation = {
        "translation_of": "river", "language": "fr", "status": "published", "title": "Titre",
        "summary": "Bref.", "positions": {"claim": texts},
        "translated_from": {"positions.claim.claim": "000000"},
    }  # fmt: skip
    held = dict(files({"river": original})) | {
        "briefings/river.fr.yml": as_json(translation).encode()
    }
    edition = in_language(pipeline.read(held), "fr", "en")
    settings = Settings(languages=("en", "fr"), language="fr")
    page = briefing_page("river", edition.link_all().collection, settings)
    tree = BeautifulSoup(page.body, "html.parser")
    (note,) = tree.select(".untranslated")
    assert note.get_text() == (
        "Des mots au-dessus de ce texte sont en anglais : l’original a changé depuis leur "
        "traduction."
    )
    assert note.parent is not None
    assert note.parent.name == "article"
    claim = note.parent.select_one(".statement__claim [lang=en]")
    assert claim is not None
    assert claim.get_text() == "that the water falls"
    banner = tree.select_one(".banner")
    assert banner is not None
    assert banner.get_text().startswith("1 texte")
