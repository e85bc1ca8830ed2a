"""The texts of a briefing and of its translation, side by side. All names are fictional."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, create_model

from generator.model.briefing import Briefing
from generator.model.edition_texts import OriginalWords, in_edition
from generator.model.fields import Text
from generator.model.fingerprints import fingerprint
from generator.model.introspection import FieldPath, keys, model_at, walk_fields
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


def untranslated(edition: Briefing) -> dict[FieldPath, tuple[str, bool]]:
    """The texts that are the original's: the language of each, and whether the original changed."""
    return {
        path: (text.language, text.is_stale)
        for path, _, text in walk_fields(edition)
        if isinstance(text, OriginalWords)
    }


#: The texts that stay as they are in every language, and why.
UNTRANSLATED = {
    "Briefing.authors": "names of people",
    "Briefing.reviewers": "names of people",
    "Original.text": "the words as they were said",
    "ListedSource.carries": "the name of an agency, by which sources are counted once",
    "ListedSource.title": "as it is printed there, unless `title_by` says that it is a description",
    "ListedSource.author": "the name of a person, unless it is a note in brackets",
    "ListedSource.publisher": "the name of an outlet, unless it is a note in brackets",
    "Quotation.translator": "the name of a person or a body, unless it is a note in brackets",
    "Quotation.words_of": "can be translated, unless it is the id of an actor",
}


def test_each_text_that_readers_see_can_be_translated_except_names_and_quoted_words() -> None:
    """A key that joins the format with words is translatable, unless it is marked as a name."""
    assert HALDEN is not None
    translated = {text.path for text in original_texts(HALDEN.value, "nb")}
    others = {
        _key_at(path): text
        for path, role, text in walk_fields(HALDEN.value)
        if isinstance(role, Text) and path not in translated
    }
    assert others.keys() - UNTRANSLATED.keys() == set()
    assert others["Quotation.words_of"] == "upstream-works"
    assert {("sources", 4, "title"), ("related", 1, "title")} < translated
    assert ("positions", 0, "quotes", 1, "words_of") in translated


def test_only_names_and_quoted_words_are_never_translated() -> None:
    """The list above has all texts of the model that a translation can lack, not only those used
    in one file."""
    models, fixed = [Briefing], set()
    while models:
        model = models.pop()
        for key in keys(model):
            if key.model:
                models.append(key.model)
            elif isinstance(key.role, Text) and key.role.translated not in ("always", "optional"):
                fixed.add(f"{model.__name__}.{key.name}")
    assert fixed == UNTRANSLATED.keys()


def _key_at(path: FieldPath) -> str:
    """``Quotation.text`` for the path of a quotation's text."""
    names = [str(step) for step in path if isinstance(step, str)]
    holder = model_at(Briefing, tuple(names[:-1]))
    assert holder is not None
    return f"{holder.__name__}.{names[-1]}"


def test_a_line_in_brackets_is_a_note_of_the_editors_and_translated() -> None:
    source = {"id": "copy", "title": "Copy", "date": "2025"}
    names = {"publisher": "[Publisher not shown]", "author": "[A reader]", "carries": "[A wire]"}
    quote = {"text": "It falls.", "form": "translation", "translator": "[Machine translation]"}
    value = model(positions=[position(quotes=[quote])], sources=[source | names])
    written = {text.name for text in original_texts(value, "fr")}
    assert {"sources.copy.publisher", "sources.copy.author"} < written
    assert "positions.claim.quotes.0.translator" in written
    assert "sources.copy.carries" not in written
    plain = model(sources=[source | {"publisher": "Nordby Daily", "author": "Ida Vang"}])
    assert not any("sources" in text.name for text in original_texts(plain, "fr"))
    # Who leaves the brackets out doesn't make a name of it.
    given = translation(sources={"copy": {"publisher": "Éditeur non indiqué"}})
    shown = in_edition(value, given, "en").sources[0]
    assert shown.publisher == "[Éditeur non indiqué]"
    # What translates a name is shown nowhere, and reported.
    assert [text.name for text in compare(plain, given).unknown] == ["sources.copy.publisher"]


def test_a_related_page_is_written_as_its_note_or_with_its_title() -> None:
    page = {"url": "https://halden.example/", "title": "The commission", "note": "Its page."}
    value = model(related=[{"briefing": "flood", "note": "Before."}, page])
    texts = {text.name: text.keys for text in original_texts(value, "fr")}
    assert texts["related.0"] == ("related", "0")
    assert texts["related.1"] == ("related", "1", "note")
    assert texts["related.1.title"] == ("related", "1", "title")
    recorded = {text.name: text.fingerprint for text in original_texts(value, "fr")}
    for second in ("Sa page.", {"note": "Sa page."}):
        given = translation(related={"0": "Avant.", "1": second}, translated_from=recorded)
        shown = in_edition(value, given, "en")
        assert [related.note for related in shown.related] == ["Avant.", "Sa page."]
        # A page's own title needs no translation, so nothing is missing without one.
        assert shown.related[1].title == "The commission"
        assert ("related", 1, "title") not in untranslated(shown)
    given = translation(related={"1": {"title": "La commission"}}, translated_from=recorded)
    assert in_edition(value, given, "en").related[1].title == "La commission"


def test_notes_on_a_quotation_in_the_language_of_the_translation_are_translated() -> None:
    quote = {"text": "Elle baisse.", "language": "fr", "words_of": "A clerk"}
    texts = original_texts(model(positions=[position(quotes=[quote])]), "fr")
    needed = {text.name: not text.is_optional for text in texts if "quotes" in text.name}
    assert needed == {
        "positions.claim.quotes.0": False, "positions.claim.quotes.0.words_of": True,
    }  # fmt: skip


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
    ["date", "party", "against", "to", "stance", "url", "carries", "original", "based_on", "place",
     "as_of", "id"],
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
    edition = in_edition(original, given, "en")
    assert edition.language == "fr"
    assert edition.title == "Titre"
    assert edition.summary == original.summary
    assert edition.positions[0].text == "Mots"
    assert edition.positions[0].venue == "Parlement"
    first, rendering, second = edition.positions[0].quotes
    as_written = first.model_copy(update={"rendering_of": None})
    assert [as_written, second] == original.positions[0].quotes
    assert (rendering.text, rendering.language, rendering.form) == (
        "Ça baisse.", "fr", "translation"
    )  # fmt: skip
    assert rendering.is_own
    assert not first.is_own
    assert rendering.rendering_of == first.rendering_of == "quotation-1"
    assert edition.responses == original.responses
    # The language of each text that the translation lacks, and whether the original has changed.
    assert untranslated(edition) == {
        ("summary",): ("en", False),
        ("responses", 0, "text"): ("en", True),
    }
    assert edition.translation is not None
    assert (edition.translation.missing, edition.translation.stale) == (1, 1)
    assert original.title == "Norland accuses Esteria"
    # A translation of a quotation that is not of today's words is not shown.
    stale = {**given.translated_from, "positions.claim.quotes.0": "000000"}
    other = given.model_copy(update={"translated_from": stale})
    assert in_edition(original, other, "en").positions[0].quotes == original.positions[0].quotes


def test_an_own_translation_of_a_quotation_has_its_translators_but_not_its_sources() -> None:
    quotes = [
        {"text": "It falls.", "language": "en", "rendering_of": "fall", "words_of": "esteria",
         "translator": "The ministry", "sources": ["gauge"]},
        {"text": "It rises.", "language": "en"},
        {"text": "It stays.", "language": "en", "rendering_of": "quotation-2"},
    ]  # fmt: skip
    original = Briefing.model_validate(briefing(position(quotes=quotes)))
    given = translation(
        translators=["Lena Halm"],
        positions={"claim": {"quotes": {"0": "Ça baisse.", "1": "Ça monte."}}},
    )
    printed, own, other, second, last = in_edition(original, given, "en").positions[0].quotes
    assert printed.sources == ["gauge"]
    assert (own.sources, own.translator, own.words_of) == ([], "Lena Halm", "esteria")
    assert own.rendering_of == printed.rendering_of == "fall"
    assert second.rendering_of == other.rendering_of == "quotation-3" != last.rendering_of


def test_a_translation_without_texts_shows_the_original() -> None:
    assert HALDEN is not None
    edition = in_edition(HALDEN.value, translation(), "en")
    note = edition.translation
    assert note is not None
    assert edition == HALDEN.value.model_copy(update={"language": "fr"}).with_translation(note)
    assert not any(is_stale for _, is_stale in untranslated(edition).values())
    assert (note.missing, note.stale) == (len(untranslated(edition)), 0)
