"""The texts of a briefing and of its translation, side by side. All names are fictional."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, create_model

from generator.model.briefing import Briefing
from generator.model.fields import Text
from generator.model.fingerprints import fingerprint
from generator.model.introspection import keys, walk_fields
from generator.model.translated_briefing import translated
from generator.model.translated_texts import TextState, compare, entry_keys, original_texts
from generator.model.translation import Translation, TranslationFile, translation_of
from generator.reading.loader import read_file
from tests.building import EVERY_KEY
from tests.fiction import briefing, position, response

HALDEN = read_file(
    "briefings/halden.yml", (EVERY_KEY / "briefings" / "halden.yml").read_bytes()
).reading


def model(**keys: Any) -> Briefing:
    return Briefing.model_validate(briefing(**keys))


def translation(**keys: Any) -> TranslationFile:
    data = {"translation_of": "halden", "language": "fr"} | keys
    value = Translation.model_validate(data)
    assert isinstance(value, TranslationFile)
    return value


def test_every_text_of_the_model_that_is_no_name_can_be_translated() -> None:
    """A key that joins the format with words is translatable, unless it is marked as a name."""
    assert HALDEN is not None
    words = {
        path
        for path, role, _ in walk_fields(HALDEN.value)
        if isinstance(role, Text) and not role.fixed
    }
    titles = {
        ("sources", index, "title")
        for index, source in enumerate(HALDEN.value.sources)
        if source.title_by
    }
    assert titles
    assert {text.path for text in original_texts(HALDEN.value, "nb")} == words | titles


def test_a_new_text_key_of_the_model_is_in_the_translation_without_further_work() -> None:
    title = Briefing.model_fields["title"].rebuild_annotation()
    lengthened = create_model("Lengthened", __base__=Briefing, subtitle=(title, ...))
    names = {key.name for key in keys(translation_of(lengthened))}
    assert "subtitle" in names
    assert not {"published", "authors", "status", "topics", "aliases", "lead"} & names


def _names(part: type[BaseModel]) -> set[str]:
    below = [_names(key.model) for key in keys(part) if key.model]
    return {key.name for key in keys(part)}.union(*below)


@pytest.mark.parametrize(
    "name",
    ["date", "party", "against", "to", "stance", "url", "publisher", "author", "translator",
     "words_of", "original", "based_on", "place", "as_of", "id"],
)  # fmt: skip
def test_a_translation_has_no_key_that_it_could_get_wrong(name: str) -> None:
    assert name not in _names(Translation)


def test_entries_are_named_by_id_or_day_or_number() -> None:
    data = briefing(
        background=[
            {"id": "low", "date": "2025-02", "text": "A."},
            {"date": "2025-02", "text": "B."},
            {"date": "2025-02", "text": "C."},
            {"id": "2025-03", "date": "2025-03", "text": "D."},
            {"date": "2025-03", "text": "E."},
        ],
        changes=[
            {"date": "2025-03-05", "kind": "update", "text": "F."},
            {"date": "2025-03-05", "kind": "update", "text": "G."},
        ],
    )
    value = Briefing.model_validate(data)
    assert entry_keys(value.background) == ["low", "2025-02", "2025-02#2", "2025-03", "2025-03#2"]
    assert entry_keys(value.changes) == ["2025-03-05", "2025-03-05#2"]
    assert entry_keys(["a", "b"]) == ["0", "1"]


def test_the_names_of_texts_are_those_of_the_format() -> None:
    data = briefing(
        position(claim="that it falls", quotes=[{"text": "It falls.", "language": "en"}]),
        changes=[{"date": "2025-03-05", "kind": "update", "text": "F."}],
    )
    names = [text.name for text in original_texts(Briefing.model_validate(data), "fr")]
    assert names == [
        "title", "summary", "positions.claim", "positions.claim.claim", "positions.claim.quotes.0",
        "changes.2025-03-05",
    ]  # fmt: skip


def test_a_fingerprint_ignores_what_readers_do_not_see() -> None:
    same = ["The water\n  falls.", "The water falls.\n", "The wa\u00adter falls."]
    assert {fingerprint(text) for text in same} == {fingerprint("The water falls.")}
    assert fingerprint("é") == fingerprint("e\u0301")
    assert fingerprint("The water falls!") != fingerprint("The water falls.")
    # These are in authors' files, so they can't change.
    assert fingerprint("The gauge falls [@gauge].") == "008e5c"
    assert fingerprint("اللغة 🌊") == "b0e72b"


def test_states_of_texts() -> None:
    recorded = {"title": fingerprint("Norland accuses Esteria"), "positions.claim": "000000"}
    given = translation(
        title="Titre",
        positions={"claim": {"text": "Mots"}, "clam": {"text": "Perdus"}},
        summary="Bref",
        responses={"denial": {"text": None}},
        translated_from=recorded,
    )
    original = Briefing.model_validate(briefing(responses=[response()]))
    comparison = compare(original, given)
    assert {text.name: text.state for text in comparison.texts} == {
        "title": TextState.TRANSLATED,
        "summary": TextState.UNRECORDED,
        "positions.claim": TextState.STALE,
        "responses.denial": TextState.MISSING,
    }
    assert [text.name for text in comparison.unknown] == ["positions.clam"]


def test_a_translated_briefing_has_the_words_of_both_and_says_which() -> None:
    quotes = [{"text": "It falls.", "language": "en"}, {"text": "Elle baisse.", "language": "fr"}]
    original = Briefing.model_validate(
        briefing(position(quotes=quotes, venue="Parliament"), responses=[response()])
    )
    names = {text.name: text.fingerprint for text in original_texts(original, "fr")}
    given = translation(
        title="Titre",
        positions={"claim": {"text": "Mots", "venue": "Parlement", "quotes": {"0": "Ça baisse."}}},
        responses={"denial": {"text": "Non"}},
        translated_from=names | {"responses.denial": "000000"},
    )
    edition = translated(original, given, "en")
    assert edition.briefing.title == "Titre"
    assert edition.briefing.summary == original.summary
    assert edition.briefing.positions[0].text == "Mots"
    assert edition.briefing.positions[0].venue == "Parlement"
    assert edition.briefing.positions[0].quotes == original.positions[0].quotes
    assert edition.briefing.responses == original.responses
    assert edition.renderings == {("positions", 0, "quotes", 0): "Ça baisse."}
    assert edition.untranslated == {
        ("summary",): TextState.MISSING,
        ("responses", 0, "text"): TextState.STALE,
    }
    assert edition.languages == {
        ("title",): "fr",
        ("summary",): "en",
        ("positions", 0, "venue"): "fr",
        ("positions", 0, "text"): "fr",
        ("responses", 0, "text"): "en",
    }
    assert original.title == "Norland accuses Esteria"


def test_a_translation_without_texts_shows_the_original() -> None:
    assert HALDEN is not None
    edition = translated(HALDEN.value, translation(), "en")
    assert edition.briefing == HALDEN.value
    assert set(edition.untranslated.values()) == {TextState.MISSING}
