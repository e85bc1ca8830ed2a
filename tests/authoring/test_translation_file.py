"""Files of translations: what is written, what is updated, what is left alone. All is fictional."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.authoring.translation_file import (
    TranslationFileError,
    Update,
    new_translation,
    updated,
)
from generator.authoring.yaml_nodes import YamlNodes
from generator.model.briefing import Briefing
from generator.model.translated_texts import TextState, compare, given_texts, original_texts
from generator.reading.loader import read_file
from generator.reading.problems import Severity
from tests.building import EVERY_KEY as EVERY_KEY_SITE
from tests.fiction import as_json, briefing, files, position, response
from tests.reference import check_site

PATH = "briefings/halden.fr.yml"
EVERY_KEY = read_file(
    "briefings/halden.yml", (EVERY_KEY_SITE / "briefings" / "halden.yml").read_bytes()
)
#: Words in several scripts, and signs that mean something in YAML or Markdown.
WORDS = st.text(
    st.sampled_from("abc éß 水 نهر א 🌊 : # - ' \" { } [ ] , & * ! | > % @ ` ~ ? \\ = / 0 1"),
    min_size=1,
    max_size=40,
).filter(lambda text: text.strip() == text)


def model(**keys: Any) -> Briefing:
    """A briefing with two statements and one reply."""
    data = briefing(
        position(venue="Parliament", text="Esteria takes water."),
        position("second", text="Esteria knew."),
        responses=[response(text="It was a drought.")],
        **keys,
    )
    return Briefing.model_validate(data)


def new(original: Briefing) -> str:
    return new_translation(PATH, "halden", original, "fr")


def filled(text: str, words: dict[str, str] | None = None, original: Briefing | None = None) -> str:
    """``text`` with words after each key that waits for some: those of its name, or others."""
    nodes = YamlNodes(text)
    for given_text in reversed(original_texts(original or model(), "fr")):
        name = given_text.name
        field = nodes.fields.get(given_text.keys)
        if field and field.is_empty and (words is None or name in words):
            at = field.node.end_mark.index
            value = as_json(words[name] if words else f"Mots de {name}")
            text = f"{text[:at]} {value}{text[at:]}"
    return text


def states(original: Briefing, text: str) -> dict[str, TextState]:
    reading = read_file(PATH, text.encode()).reading
    assert reading is not None
    comparison = compare(original, reading.value)
    assert not comparison.unknown
    return {text.name: text.state for text in comparison.counted}


def test_a_new_file_shows_each_text_of_the_original_above_its_key() -> None:
    text = new(model(changes=[{"date": "2025-03-05", "kind": "update", "text": "New."}]))
    body = text[text.index("translation_of") : text.index("# What each")]
    assert body == (
        "translation_of: halden\n"
        "language: fr\n"
        "status: draft\n"
        "\n"
        "#: Norland accuses Esteria\n"
        "title:\n"
        "\n"
        "#: The two states differ over the Halden.\n"
        "summary:\n"
        "\n"
        "positions:\n"
        "  claim:\n"
        "    #: Parliament\n"
        "    venue:\n"
        "    #: Esteria takes water.\n"
        "    text:\n"
        "\n"
        "  second:\n"
        "    #: Esteria knew.\n"
        "    text:\n"
        "\n"
        "responses:\n"
        "  denial:\n"
        "    #: It was a drought.\n"
        "    text:\n"
        "\n"
        "changes:\n"
        "  #: New.\n"
        "  2025-03-05:\n"
        "\n"
    )


def test_a_new_file_has_no_problem_and_needs_no_update() -> None:
    assert EVERY_KEY.reading is not None
    for original in (model(), EVERY_KEY.reading.value):
        text = new(original)
        file = read_file(PATH, text.encode())
        assert (file.kind, file.problems) == ("translation", ())
        assert updated(PATH, text, original).text == text


def test_a_translation_that_is_filled_in_is_complete_and_without_problems() -> None:
    original = model()
    text = filled(new(original)).replace("status: draft", "status: published")
    assert set(states(original, text).values()) == {TextState.TRANSLATED}
    data = briefing(
        position(venue="Parliament", text="Esteria takes water."),
        position("second", text="Esteria knew."),
        responses=[response(text="It was a drought.")],
    )
    project = files({"halden": data}) | {PATH: text.encode()}
    assert [problem for problem in check_site(project) if problem.location.path == PATH] == []


@given(st.fixed_dictionaries({"title": WORDS, "positions.claim": WORDS, "responses.denial": WORDS}))
def test_any_words_of_an_author_are_kept_by_each_update(words: dict[str, str]) -> None:
    text = filled(new(model()), words)
    changed = model().model_copy(update={"summary": "They agree."})
    update = updated(PATH, text, changed, None)
    reading = read_file(PATH, update.text.encode()).reading
    assert reading is not None
    assert {text.name: text.text for text in given_texts(reading.value)} == words


@given(st.text(max_size=60))
def test_no_original_can_break_the_file(words: str) -> None:
    """Whatever is in a text, also line ends of all kinds, stays in its comment."""
    original = model().model_copy(update={"summary": words, "title": words})
    text = new(original)
    file = read_file(PATH, text.encode("utf-8", "surrogatepass"))
    assert not [problem for problem in file.problems if problem.severity is Severity.ERROR]
    assert updated(PATH, text, original).text == text


@given(st.sets(st.sampled_from(["title", "summary", "positions.claim", "positions.claim.venue"])))
def test_as_many_texts_are_stale_as_were_changed(names: set[str]) -> None:
    original = model()
    text = filled(new(original))
    changed = _changed(original, names)
    stale = {name for name, state in states(changed, text).items() if state is TextState.STALE}
    assert stale == names
    update = updated(PATH, text, changed)
    assert set(update.stale) == names
    assert states(changed, update.text) == states(changed, text)
    assert update.text.count("#-") == text.count("#-") + len(names)
    accepted = updated(PATH, update.text, changed, None)
    assert set(accepted.accepted) == names
    assert set(states(changed, accepted.text).values()) == {TextState.TRANSLATED}
    assert accepted.text == filled(new(changed))
    # If the original says again what it said, nothing is stale.
    assert updated(PATH, update.text, original).text == text


def _changed(original: Briefing, names: set[str]) -> Briefing:
    update: dict[str, Any] = {name: "Otherwise." for name in names if "." not in name}
    first, *others = original.positions
    keys = {"positions.claim": "text", "positions.claim.venue": "venue"}
    first = first.model_copy(update={keys[name]: "Otherwise." for name in names if name in keys})
    return original.model_copy(update={**update, "positions": [first, *others]})


def test_a_text_that_changed_is_marked_with_what_was_translated_and_what_it_says_now() -> None:
    text = filled(new(model()))
    once = updated(PATH, text, model(summary="They differ over *two* rivers.")).text
    twice = updated(PATH, once, model(summary="They differ over three rivers.")).text
    assert twice[twice.index("#- ") :].startswith("#- is what")
    marked = twice[twice.index("#- The two") :].splitlines()[:3]
    assert marked == [
        "#- The two states differ over the Halden.",
        "#+ They differ over three rivers.",
        'summary: "Mots de summary"',
    ]


def test_one_text_can_be_accepted_and_others_stay_stale() -> None:
    text = filled(new(model()))
    changed = _changed(model(), {"title", "summary"})
    update = updated(PATH, text, changed, ["title"])
    assert (update.accepted, update.stale) == (("title",), ("summary",))
    assert states(changed, update.text)["title"] is TextState.TRANSLATED
    assert states(changed, update.text)["summary"] is TextState.STALE


def test_a_text_that_is_not_translated_yet_follows_the_original() -> None:
    update = updated(PATH, new(model()), model(summary="They agree."))
    assert "#: They agree.\nsummary:\n" in update.text
    assert update.text == new(model(summary="They agree."))


HAND_WRITTEN = """\
# Notes of the translator
language: 'fr'   # as always
positions:
    second: # the second one
        text: >
            Des mots
            #: pas un commentaire

            encore
    claim:
        text: |+
            Un texte.

        # mine
        venue: "Parlement"
translation_of: halden
title: Un titre
"""


def test_an_update_changes_no_byte_that_an_author_wrote() -> None:
    update = updated(PATH, HAND_WRITTEN, model(), None)
    own = [line for line in update.text.splitlines() if not re.match(r" *#[:+-]", line)]
    added = ["summary:", "responses:", "    denial:", "        text:", "  denial:", "    text:"]
    record = own.index("# What each text was translated from. `briefings translate` writes this.")
    kept = [line for line in own[:record] if line not in added and line.strip()]
    lines = [line for line in HAND_WRITTEN.splitlines() if line.strip()]
    marked = [line for line in lines if not re.match(r" *#:", line)]
    assert kept == marked
    assert "            #: pas un commentaire\n\n            encore\n" in update.text
    assert "            Un texte.\n\n        # mine\n" in update.text
    assert set(update.added) == {"summary", "responses.denial"}
    assert set(update.accepted) == {
        "title", "positions.claim", "positions.second", "positions.claim.venue",
    }  # fmt: skip
    assert updated(PATH, update.text, model()).text == update.text


def test_the_last_line_of_a_text_is_no_comment_of_the_next_key() -> None:
    text = (
        "translation_of: halden\nlanguage: fr\npositions:\n  claim:\n"
        "    text: |\n      Un texte.\n      #: fin\n    venue: Parlement\n"
    )
    update = updated(PATH, text, model())
    assert "      #: fin\n    #: Parliament\n    venue: Parlement\n" in update.text


@given(st.sets(st.integers(0, 60)), st.booleans(), st.integers(0, 3))
def test_any_texts_that_join_the_original_are_added_where_they_belong(
    numbers: set[int], is_filled: bool, empty_lines: int
) -> None:
    """From a file that lacks some lines to one that has all, in the order of the original."""
    assert EVERY_KEY.reading is not None
    original = EVERY_KEY.reading.value
    whole = new(original)
    data: dict[str, Any] = {"translation_of": "halden", "language": "fr"}
    texts = original_texts(original, "fr")
    for number, text in enumerate(texts):
        if number in numbers:
            place = data
            for key in text.keys[:-1]:
                place = place.setdefault(key, {})
            place[text.keys[-1]] = "Mots." if is_filled else None
    start = yaml.safe_dump(data, sort_keys=False, allow_unicode=True).replace(" null\n", "\n")
    update = updated(PATH, start.rstrip("\n") + "\n" * empty_lines, original, None)
    assert update.in_brackets == ()
    names = {text.name for number, text in enumerate(texts) if number in numbers}
    assert set(update.added) == {text.name for text in texts} - names
    nodes, wanted = YamlNodes(update.text), YamlNodes(whole)
    assert set(nodes.fields) - {("status",)} == set(wanted.fields) - {("status",)}
    assert updated(PATH, update.text, original).text == update.text


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("begin", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["", "\n", "\n\n\n"])
def test_line_ends_and_a_byte_order_mark_stay(line_end: str, begin: str, end: str) -> None:
    text = f"{begin}{HAND_WRITTEN.rstrip()}{end}".replace("\n", line_end)
    update = updated(PATH, text, model())
    assert update.text.startswith(begin)
    assert update.text.replace("\r\n", "\n").count("\r") == 0
    if line_end == "\r\n":
        assert not re.search(r"(?<!\r)\n", update.text)
    assert updated(PATH, update.text, model()).text == update.text


def test_new_texts_come_after_those_before_them_in_the_original() -> None:
    text = filled(new(model()))
    data = briefing(
        position(venue="Parliament", text="Esteria takes water.", claim="that it takes water"),
        position("between", text="A third one."),
        position("second", text="Esteria knew."),
        responses=[response(text="It was a drought.")],
    )
    update = updated(PATH, text, Briefing.model_validate(data))
    assert update.added == ("positions.claim.claim", "positions.between")
    inserted = update.text[update.text.index("    text:") : update.text.index("  second:")]
    assert inserted == (
        '    text: "Mots de positions.claim"\n'
        "    #: that it takes water\n"
        "    claim:\n"
        "\n"
        "  between:\n"
        "    #: A third one.\n"
        "    text:\n"
        "\n"
    )


def test_an_entry_in_braces_is_left_alone_and_named() -> None:
    text = "translation_of: halden\nlanguage: fr\npositions: {second: {text: Mots}}\n"
    update = updated(PATH, text, model(), None)
    assert update.in_brackets == ("positions.claim.venue", "positions.claim")
    assert "positions: {second: {text: Mots}}\n" in update.text
    assert states(model(), update.text)["positions.second"] is TextState.TRANSLATED
    assert "positions.claim:" not in update.text


def test_quotations_can_be_given_and_are_not_missed() -> None:
    quotes = [
        {"text": "They have turned the tap.", "language": "en"},
        {"text": "Ils ont tourné le robinet.", "language": "fr"},
    ]
    original = Briefing.model_validate(briefing(position(quotes=quotes)))
    text = new(original)
    assert "    quotes:\n      #: They have turned the tap.\n      0:\n" in text
    assert "robinet" not in text
    assert "positions.claim.quotes.0" not in states(original, text)
    given_quote = filled(text, {"positions.claim.quotes.0": "Ils l'ont fermé."}, original)
    assert states(original, given_quote)["positions.claim.quotes.0"] is TextState.TRANSLATED


def test_a_text_that_left_the_original_stays_in_the_file_and_is_named() -> None:
    text = filled(new(model()))
    without = Briefing.model_validate(
        briefing(position(venue="Parliament", text="Esteria takes water."))
    )
    update = updated(PATH, text, without)
    assert [text.name for text in update.comparison.unknown] == [
        "positions.second", "responses.denial",
    ]  # fmt: skip
    assert 'text: "Mots de positions.second"' in update.text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("translation_of: [halden\n", "has mistakes"),
        ("translation_of: halden\nlanguage: fr\npublished: 2025\n", "has mistakes"),
        ("{translation_of: halden, language: fr, title: Un titre}\n", "can't add to"),
    ],
)
def test_a_file_that_cannot_be_added_to_is_refused(text: str, message: str) -> None:
    with pytest.raises(TranslationFileError, match=message):
        updated(PATH, text, model(), None)


def test_a_fingerprint_that_other_readers_take_for_a_number_is_in_quotes() -> None:
    for number in range(300):
        update: Update = updated(PATH, new(model(title=f"Title {number}")), model())
        for value in re.findall(r"^  [\w.]+: (\S+)$", update.text, re.M):
            assert value.startswith('"') == bool(re.fullmatch(r'"?[0-9]+(e[0-9]+)?"?', value))
            assert json.loads(value) if value.startswith('"') else len(value) == 6
