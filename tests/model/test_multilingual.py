"""Names, offices and descriptions of the registries in several languages."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.multilingual import Multilingual, all_names, entry_in_language
from generator.model.references import references_of
from generator.model.registries import Actor, Place, Topic

TAGS = ["en", "fr", "fr-CA", "ar", "zh-Hans", "zh-Hant", "pt-BR", "ru", "uk", "de", "sr-Latn"]
NAMES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)
MAPPINGS = st.dictionaries(st.sampled_from(TAGS), NAMES, min_size=1)


@given(MAPPINGS)
def test_each_name_survives_reading_and_is_the_name_in_its_language(names: dict[str, str]) -> None:
    topic = Topic.model_validate({"name": names})
    assert isinstance(topic.name, Multilingual)
    assert topic.name == next(iter(names.values()))
    for copy in (topic, pickle.loads(pickle.dumps(topic))):
        assert copy.name.by_language == names
        assert list(copy.name.by_language) == list(names)
        for tag, name in names.items():
            shown = entry_in_language(copy, tag).name
            assert (shown, shown.language) == (name, tag)


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("fr", "fr"),
        ("fr-CH", "fr"),
        ("zh-CN", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-TW", "zh-Hans"),
        ("ar", "en"),
    ],
)
def test_a_missing_language_is_replaced_by_the_nearest_or_the_first(
    wanted: str, language: str
) -> None:
    name = Multilingual({"en": "Norland", "fr": "Norlande", "zh-Hans": "诺兰"})
    assert name.in_language(wanted).language == language


def test_a_tag_in_another_case_is_read_as_the_same_language() -> None:
    topic = Topic.model_validate({"name": {"EN": "Water", "zh-hans": "水"}})
    assert topic.name.by_language == {"en": "Water", "zh-Hans": "水"}  # type: ignore[attr-defined]


def test_offices_and_descriptions_are_shown_in_a_language_too() -> None:
    actor = Actor.model_validate(
        {"name": "Ana Lind", "type": "person", "roles": [{"role": {"en": "Judge", "fr": "Juge"}}]}
    )
    place = Place.model_validate({"name": "Orm", "description": {"en": "A town", "fr": "Ville"}})
    assert entry_in_language(actor, "fr").roles[0].role == "Juge"
    assert entry_in_language(place, "fr").description == "Ville"
    assert actor.roles[0].role == "Judge"


def test_an_entry_without_texts_by_language_stays_the_same_object() -> None:
    topic = Topic.model_validate({"name": "Water"})
    assert entry_in_language(topic, "fr") is topic


def test_a_change_in_any_language_changes_what_keys_are_made_of() -> None:
    first, second = (
        Topic.model_validate({"name": {"en": "Water", "fr": name}}) for name in ("Eau", "Eaux")
    )
    assert repr(first) != repr(second)


def test_all_names_have_each_name_once_and_begin_with_the_one_shown() -> None:
    actor = Actor.model_validate(
        {
            "name": {"en": "Norland", "fr": "Norlande", "de": "Norland"},
            "type": "state",
            "also_known_as": ["Norlande", "NL"],
        }
    )
    assert all_names(actor) == {"Norland": "en", "Norlande": "fr", "NL": ""}
    assert list(all_names(entry_in_language(actor, "fr"))) == ["Norlande", "Norland", "NL"]


def test_references_in_descriptions_of_each_language_count() -> None:
    place = Place.model_validate(
        {"name": "Orm", "description": {"en": "A town", "fr": "Ville [@gauge]"}}
    )
    assert "gauge" in repr(references_of(place))
