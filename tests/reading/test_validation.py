"""Plain data into the model: what is left out, what is told, and where."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.model.briefing import Briefing
from generator.model.registries import Actor
from generator.reading.problems import Problem, Severity
from generator.reading.validation import BRIEFING, REGISTRIES, Parsed, read_as
from generator.reading.yaml_document import Document
from generator.reading.yaml_parser import read

SOUND = """\
title: Norland accuses Esteria
summary: The two states differ.
background: []
positions:
  - id: claim
    party: norland
    text: The water falls.
    sources: [gauge]
  - id: demand
    party: norland
    kind: demand
    text: Open the gates.
    sources: [gauge]
responses: []
"""


def _document(text: str, path: str = "briefings/x.yml") -> Document:
    document, problems = read(path, text.encode())
    assert problems == []
    assert document is not None
    return document


def _read(text: str) -> Parsed[Briefing]:
    return read_as(BRIEFING, _document(text))


def _description(problem: Problem) -> tuple[int, int, str, str]:
    return problem.location.line, problem.location.column, problem.field, problem.message


def test_a_valid_file_is_read_without_a_problem() -> None:
    reading = _read(SOUND)
    assert reading.problems == ()
    assert reading.kept_indexes == {}
    assert [position.id for position in reading.value.positions] == ["claim", "demand"]
    assert reading.value.status == "draft"


def test_a_key_without_a_value_counts_as_not_written() -> None:
    reading = _read(SOUND + "topics:\nupdated: null\nlanguage: ~\n")
    assert reading.problems == ()
    assert (reading.value.topics, reading.value.updated, reading.value.language) == ([], None, None)


def test_lists_that_may_be_empty_may_be_left_blank() -> None:
    reading = _read(SOUND.replace("[]", ""))
    assert reading.problems == ()
    assert (reading.value.background, reading.value.responses) == ([], [])


def test_a_missing_key_is_reported_where_its_mapping_begins() -> None:
    reading = _read(SOUND.replace("    party: norland\n    text", "    text"))
    assert [_description(problem) for problem in reading.problems] == [
        (5, 5, "positions[0].party", "The key `party` is missing.")
    ]
    assert reading.problems[0].hint.startswith("The actor whose position it is: a state")


def test_an_unknown_key_is_reported_at_the_key_with_the_nearest() -> None:
    reading = _read(SOUND.replace("kind: demand", "kinds: demand"))
    (problem,) = reading.problems
    assert _description(problem) == (
        11,
        5,
        "positions[1].kinds",
        "The key `kinds` is not known here.",
    )
    assert problem.hint == "Did you mean `kind`?"


def test_a_misspelt_key_is_one_problem_not_a_missing_one_too() -> None:
    reading = _read(SOUND.replace("summary:", "sumary:").replace("party:", "partie:"))
    assert [problem.rule for problem in reading.problems] == ["unknown-key"] * 3


def test_a_wrong_word_is_reported_with_what_is_accepted() -> None:
    (problem,) = _read(SOUND.replace("kind: demand", "kind: request")).problems
    assert _description(problem) == (11, 11, "positions[1].kind", "`kind` can't be `request`.")
    assert problem.hint == "Write `demand`. Accepted: `allegation`, `demand`, `statement`."


def test_a_text_where_a_list_belongs_is_reported_with_how_to_write_one() -> None:
    (problem,) = _read(SOUND + "topics: water\n").problems
    assert _description(problem) == (15, 9, "topics", "A list belongs here, not `water`.")
    assert problem.hint == "Write `topics: [water]`."


def test_every_mistake_of_a_file_is_reported_at_once() -> None:
    text = SOUND.replace("party: norland", "party: Norland").replace("kind: demand", "kind: ask")
    assert len(_read(text + "updated: 4 March 2025\nauthor: Ana\n").problems) == 5


def test_every_problem_of_reading_is_an_error() -> None:
    problems = _read("sumary: x\n").problems
    assert problems
    assert {problem.severity for problem in problems} == {Severity.ERROR}


def test_a_statement_without_what_it_needs_is_left_out_and_the_others_stay() -> None:
    reading = _read(SOUND.replace("    text: The water falls.\n", ""))
    assert [position.id for position in reading.value.positions] == ["demand"]
    assert len(reading.problems) == 1


def test_a_place_in_a_list_that_lost_an_item_is_still_that_of_the_file() -> None:
    reading = _read(SOUND.replace("    text: The water falls.\n", ""))
    assert reading.path_in_file(("positions", 0, "id")) == ("positions", 1, "id")
    assert reading.locate(("positions", 0, "kind")).line == 10
    assert reading.locate(("positions", 0, "kind"), key=True).column == 5


def test_what_was_read_can_be_sent_to_another_process() -> None:
    reading = _read(SOUND.replace("    text: The water falls.\n", ""))
    assert pickle.loads(pickle.dumps(reading)) == reading


def test_a_wrong_word_is_left_out_and_the_statement_stays() -> None:
    reading = _read(SOUND.replace("kind: demand", "kind: ask"))
    assert [position.id for position in reading.value.positions] == ["claim", "demand"]
    assert reading.value.positions[1].kind == "statement"


def test_a_file_of_which_little_is_valid_still_gives_a_briefing() -> None:
    reading = _read("title: [a]\npositions: {a: b}\nbackground: text\n")
    assert reading.value.positions == []
    assert {problem.field for problem in reading.problems} == {
        "title",
        "summary",
        "background",
        "positions",
        "responses",
    }


def test_a_registry_keeps_its_valid_entries() -> None:
    text = "esteria: {name: Esteria, type: state}\nnorland: {name: Norland, type: nation}\n"
    reading = read_as(REGISTRIES["actors"], _document(text, "data/actors.yml"))
    assert set(reading.value) == {"esteria"}
    assert isinstance(reading.value["esteria"], Actor)
    assert [problem.field for problem in reading.problems] == ["norland.type"]


def test_a_registrys_bad_id_is_reported_at_the_key() -> None:
    text = "esteria: {name: Esteria, type: state}\nNor Land: {name: Norland, type: state}\n"
    (problem,) = read_as(REGISTRIES["actors"], _document(text, "data/actors.yml")).problems
    assert _description(problem) == (2, 1, "Nor Land", "`Nor Land` is not an id.")


@pytest.mark.parametrize(("name", "key"), [("topics", "name"), ("places", "name"), ("style", "")])
def test_each_registry_has_a_form_of_its_own(name: str, key: str) -> None:
    reading = read_as(REGISTRIES[name], _document("en: {}\n", f"data/{name}.yml"))
    assert [problem.field for problem in reading.problems] == ([f"en.{key}"] if key else [])


_LEAVES = st.one_of(st.none(), st.text(max_size=4), st.sampled_from(["claim", "2025", "denies"]))
_KEYS = st.sampled_from(
    ["title", "summary", "positions", "responses", "background", "quotes", "id", "party", "to",
     "text", "date", "original", "sources", "stance", "kind", "withdrawn", "odd", "related"]
)  # fmt: skip
_DATA: st.SearchStrategy[Any] = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=25,
)


@given(st.dictionaries(_KEYS, _DATA, max_size=6))
@example({"quotes": {"title": None, "summary": None}})
@example({"quotes": {"quotes": None, "title": None, "summary": None}})
def test_any_data_gives_a_briefing_and_problems_with_a_message(data: dict[str, Any]) -> None:
    reading = read_as(BRIEFING, Document("briefings/x.yml", "", data))
    assert isinstance(reading.value, Briefing)
    assert all(problem.message and problem.field for problem in reading.problems)
    fields = [(problem.rule, problem.field) for problem in reading.problems]
    assert len(fields) == len(set(fields))


@pytest.mark.parametrize(
    ("name", "column", "message", "hint"),
    [
        ("{xx: Norland}", 10, "`xx` is not a known language tag", "{en: Egypt, fr: Égypte}"),
        ("{en: Norland, French: Norlande}", 23, "`French` is not a language tag: write `fr`", ""),
        ("{fr: A, FR: B}", 17, "`FR` and `fr` are the same language.", "Keep one."),
        ("{}", 9, "A text, or a text for each language, belongs here.", "Write the text alone"),
        (
            "{en: Norland, fr: }",
            27,
            "The text in French belongs here, not nothing",
            "remove `fr`",
        ),
        (
            "{en: [A, B]}",
            14,
            "The text in English belongs here, not a list",
            "Write one text after `en:`",
        ),
        (
            "[Norland, Norlande]",
            9,
            "One text, or texts by language, belong here, not a list",
            "after its",
        ),
        ("{Halden: a river}", 9, "belongs here, not an entry with keys", '`"Halden: a river"`'),
    ],
)
def test_a_mistake_in_names_by_language_is_reported_at_its_place(
    name: str, column: int, message: str, hint: str
) -> None:
    text = f"norland:\n  type: state\n  name: {name}\n"
    [problem] = read_as(REGISTRIES["actors"], _document(text, "data/actors.yml")).problems
    assert message in problem.message
    assert hint in problem.hint
    assert problem.location.line == 3
    assert problem.location.column == column


def test_a_mistake_in_one_language_leaves_the_names_in_the_others() -> None:
    text = "norland:\n  type: state\n  name: {en: Norland, xx: Bad, fr: Norlande}\n"
    parsed = read_as(REGISTRIES["actors"], _document(text, "data/actors.yml"))
    assert parsed.value["norland"].name.by_language == {"en": "Norland", "fr": "Norlande"}
