"""Reading YAML: what stays as typed, what is refused, and how mistakes are worded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from generator.model.introspection import FieldPath
from generator.reading import yaml_events
from generator.reading.problems import Problem, Severity
from generator.reading.source_text import MAX_BYTES, MAX_PROBLEMS
from generator.reading.yaml_document import Document
from generator.reading.yaml_parser import read

PATH = "briefings/x.yml"


def _document(text: str) -> Document:
    document, problems = read(PATH, text.encode())
    assert problems == []
    assert document is not None
    return document


def _problems(content: str | bytes) -> list[Problem]:
    content = content.encode() if isinstance(content, str) else content
    document, problems = read(PATH, content)
    assert document is None
    return problems


def _problem(content: str | bytes) -> Problem:
    problems = _problems(content)
    assert len(problems) == 1, problems
    return problems[0]


def _place(problem: Problem) -> tuple[str, int, int]:
    return problem.rule, problem.location.line, problem.location.column


def _paths(value: Any, path: FieldPath = ()) -> Iterator[tuple[FieldPath, Any]]:
    yield path, value
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _paths(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _paths(item, (*path, index))


# What stays as typed


@pytest.mark.parametrize(
    "typed",
    [
        "no",
        "NO",
        "on",
        "yes",
        "true",
        "False",
        "12:30",
        "0123",
        "1.10",
        "0x1F",
        "1e3",
        ".inf",
        "2024-08-05",
        "2024-08",
        "-1",
        "=",
        "1_000",
    ],
)
def test_plain_value_stays_the_text_that_was_typed(typed: str) -> None:
    assert _document(f"a: {typed}\nb: [{typed}]\n").data == {"a": typed, "b": [typed]}


@pytest.mark.parametrize("typed", ["", "~", "null", "Null", "NULL"])
def test_plain_null_is_none_and_quoted_null_is_text(typed: str) -> None:
    data = _document(f"a: {typed}\nb: '{typed}'\n").data
    assert data == {"a": None, "b": typed}


def test_words_that_yaml_1_1_read_as_booleans_are_keys() -> None:
    assert _document("no: Norwegian\non: x\ny: z\n").data == {
        "no": "Norwegian",
        "on": "x",
        "y": "z",
    }


def test_byte_order_mark_is_skipped_and_counts_no_column() -> None:
    document = _document("\ufefftitle: x\n")
    assert document.data == {"title": "x"}
    assert document.locate(("title",)).column == 8


def test_crlf_ends_lines_and_values_hold_lf() -> None:
    document = _document("a: |\r\n  x\r\n  y\r\nb: z\r\n")
    assert document.data == {"a": "x\ny\n", "b": "z"}
    assert document.locate(("b",)).line == 4


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029"])
def test_line_ends_of_yaml_1_1_are_characters_of_the_text(character: str) -> None:
    document = _document(f"a: x{character}y\nk{character}: '{character}'\nb: \"\\ufdd0\"\n")
    assert document.data == {"a": f"x{character}y", f"k{character}": character, "b": "\ufdd0"}
    assert document.locate(("b",), key=True).line == 3


def test_document_markers_and_a_yaml_directive_are_accepted() -> None:
    assert _document("%YAML 1.2\n---\na: b\n...\n").data == {"a": "b"}


def test_merge_sign_in_quotes_is_an_ordinary_key() -> None:
    assert _document('"<<": x\n').data == {"<<": "x"}


def test_file_of_exactly_one_mebibyte_is_accepted() -> None:
    text = "a: b\n#"
    assert read(PATH, text.encode() + b"x" * (MAX_BYTES - len(text)))[1] == []


def test_32_levels_are_accepted() -> None:
    assert _document("a: " + "[" * 31 + "]" * 31).data


# Where things stand


def test_locate_finds_keys_values_and_items() -> None:
    document = _document(
        "title: x\npositions:\n  - id: a\n    text: 'é😀'\n  - {id: b, text: \"y\"}\n"
    )

    def at(*path: str | int, key: bool = False) -> tuple[int, int]:
        location = document.locate(path, key=key)
        assert location.path == PATH
        return location.line, location.column

    assert at() == (1, 1)
    assert at("title") == (1, 8)
    assert at("title", key=True) == (1, 1)
    assert at("positions") == (3, 3)
    assert at("positions", key=True) == (2, 1)
    assert at("positions", 0) == (3, 5)
    assert at("positions", 0, "text", key=True) == (4, 5)
    assert at("positions", 1, "text") == (5, 19)


def test_columns_count_characters() -> None:
    assert _document("'é😀': x\n").locate(("é😀",)).column == 7


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("background",), (1, 1)),
        (("positions", 0, "party"), (2, 5)),
        (("positions", 0, "id", "deeper", 3), (2, 9)),
        (("positions", 7), (2, 3)),
        (("positions", -1), (2, 3)),
        (("positions", "id"), (2, 3)),
        ((0,), (1, 1)),
    ],
)
def test_locate_of_a_missing_field_is_its_nearest_ancestor(
    path: FieldPath, place: tuple[int, int]
) -> None:
    location = _document("positions:\n  - id: a\n").locate(path)
    assert (location.line, location.column) == place


def test_locate_of_a_missing_field_with_key_is_the_ancestors_key() -> None:
    location = _document("a: b\noriginal:\n  text: x\n").locate(("original", "no"), key=True)
    assert (location.line, location.column) == (2, 1)


# What the format refuses


def test_duplicate_key_names_both_places_and_its_field() -> None:
    problem = _problem("positions:\n  - id: a\n    text: x\n    id: b\n")
    assert _place(problem) == ("yaml-duplicate-key", 4, 5)
    assert '"id"' in problem.message
    assert "line 2, column 5" in problem.message
    assert "line 4, column 5" in problem.message
    assert problem.field == "positions[0].id"
    assert problem.severity is Severity.ERROR


def test_quoted_and_plain_spelling_of_a_key_are_the_same_key() -> None:
    assert _place(_problem("a: 1\n'a': 2\n")) == ("yaml-duplicate-key", 2, 1)


@pytest.mark.parametrize(
    "key",
    [
        "12",
        "-3",
        "+7",
        "0o17",
        "0x1F",
        "1.5",
        ".5",
        "1e3",
        "-.inf",
        ".NaN",
        "true",
        "FALSE",
        "null",
        "~",
        "2024",
    ],
)
def test_key_that_is_not_text_is_refused_unless_quoted(key: str) -> None:
    problem = _problem(f"a: b\n{key}: x\n")
    assert _place(problem) == ("yaml-key-not-text", 2, 1)
    assert f'"{key}":' in problem.hint
    assert _document(f'"{key}": x\n').data == {key: "x"}


@pytest.mark.parametrize("key", ["2024-08", "12:30", "1.2.3", "tRue", "nULL", "0b1", "1_000"])
def test_key_that_only_resembles_a_number_or_constant_is_text(key: str) -> None:
    assert _document(f"{key}: x\n").data == {key: "x"}


def test_empty_key_is_refused() -> None:
    problem = _problem("? \n: b\n")
    assert problem.rule == "yaml-key-not-text"
    assert "empty" in problem.message


@pytest.mark.parametrize(("key", "what"), [("[a, b]", "list"), ("{a: b}", "braces")])
def test_collection_as_key_is_refused(key: str, what: str) -> None:
    problem = _problem(f"x: y\n{key}: c\n")
    assert _place(problem) == ("yaml-key-is-collection", 2, 1)
    assert what in problem.message


CASES = [
    ("a: &x b\n", "yaml-anchor", 1, 4, "`&x`"),
    ("a: b\nc: &x\n  - d\n", "yaml-anchor", 2, 4, "`&x`"),
    ("a: *x\n", "yaml-alias", 1, 4, "`*x`"),
    ("*x : y\n", "yaml-alias", 1, 1, "`*x`"),
    ("a: b\n<<: {c: d}\n", "yaml-merge-key", 2, 1, "`<<`"),
    ("<<: *x\n", "yaml-merge-key", 1, 1, "`<<`"),
    ("a: !!str b\n", "yaml-tag", 1, 4, "`!!str`"),
    ("a: !!python/object/apply:os.system [ls]\n", "yaml-tag", 1, 4, "!!python/object/apply"),
    ("a: ! b\n", "yaml-tag", 1, 4, "`!`"),
    ("!x\na: b\n", "yaml-tag", 1, 1, "`!x`"),
    ("%TAG !e! tag:e.org,2000:\n---\na: b\n", "yaml-tag-directive", 1, 1, "%TAG"),
    ("a: b\n---\nc: d\n", "yaml-several-documents", 2, 1, "second document"),
    ("a: b\n...\nc: d\n", "yaml-several-documents", 3, 1, "second document"),
    ("a: b\nc: x\x07y\n", "yaml-control-character", 2, 5, "U+0007"),
    ("a: b\r\nc: \x00\r\n", "yaml-control-character", 2, 4, "U+0000"),
    ("# \x9f\na: b\n", "yaml-control-character", 1, 3, "U+009F"),
    ("a: \uffff\n", "yaml-control-character", 1, 4, "U+FFFF"),
    ('a: "x\\0"\n', "yaml-escape", 1, 6, "\\0"),
    ('a: "\\x1b"\n', "yaml-control-character", 1, 5, "U+001B"),
    ("a: b\n\ufeffc: d\n", "yaml-control-character", 2, 1, "byte order mark"),
    ("a: x\u202ey\n", "yaml-bidi-control", 1, 5, "U+202E"),
    ("a: b # \u2066\n", "yaml-bidi-control", 1, 8, "U+2066"),
    ("\u200fa: b\n", "yaml-odd-character", 1, 1, "right-to-left mark"),
    ('a: "\\\\ \\u2067"\n', "yaml-bidi-control", 1, 8, "right-to-left isolate"),
    ('"\\u202a": b\n', "yaml-bidi-control", 1, 2, "written \\u202a"),
    ('a: "x\\ud800"\n', "yaml-lone-surrogate", 1, 6, "\\ud800"),
    ('a: "\\U0000DFFF"\n', "yaml-lone-surrogate", 1, 5, "\\U0000DFFF"),
    ("", "yaml-empty", 1, 1, "empty"),
    ("# only a comment\n", "yaml-empty", 1, 1, "empty"),
    ("---\n...\n", "yaml-empty", 1, 1, "empty"),
    ("- a\n- b\n", "yaml-not-a-mapping", 1, 1, "list"),
    ("just words\n", "yaml-not-a-mapping", 1, 1, '"just words"'),
]


@pytest.mark.parametrize(("text", "rule", "line", "column", "part"), CASES)
def test_refusal_is_one_problem_at_its_place(
    text: str, rule: str, line: int, column: int, part: str
) -> None:
    problem = _problem(text)
    assert _place(problem) == (rule, line, column)
    assert part in problem.message
    assert problem.hint


@pytest.mark.parametrize("escape", ["\\t", "\\n", "\\u00a0", "\\U0001F600", "\\\\u202e", "\\\\0"])
def test_harmless_escape_is_accepted(escape: str) -> None:
    assert _document(f'a: "{escape}"\n').data


def test_escape_of_a_refused_character_is_plain_text_outside_double_quotes() -> None:
    data = _document("a: \\u202e\nb: '\\ud800'\n").data
    assert data == {"a": "\\u202e", "b": "\\ud800"}


@pytest.mark.parametrize("sign", ["&", "!"])
@pytest.mark.parametrize("text", ["{k}: x", "x: {k}", "x: [a,{k}]", "x: {{a: {k}}}", '{{"a":{k}}}'])
def test_anchor_or_tag_is_refused_wherever_it_is(text: str, sign: str) -> None:
    text = text.format(k=f"{sign}k v")
    assert _problem(text).rule == ("yaml-anchor" if sign == "&" else "yaml-tag")


def test_too_large_file_is_refused_unread() -> None:
    problem = _problem(b"\xff" * (MAX_BYTES + 1))
    assert _place(problem) == ("yaml-too-large", 1, 1)
    assert "1,048,577" in problem.message


@pytest.mark.parametrize("depth", [32, 900, 100_000])
@pytest.mark.parametrize(("opening", "column"), [("[", 35), ("{a: ", 128)])
def test_too_deep_nesting_ends_the_reading(depth: int, opening: str, column: int) -> None:
    problem = _problem(f"a: {opening * depth}"[:MAX_BYTES])
    assert _place(problem) == ("yaml-too-deep", 1, column)
    assert "32" in problem.message


def test_all_refusals_are_reported_in_order_those_below_a_syntax_error_too() -> None:
    text = "a: \x01\na: *x\nb: &y c\n'b': !t d\n1: \u202e\nc: d: e\nf: &g h\n"
    assert [_place(problem) for problem in _problems(text)] == [
        ("yaml-control-character", 1, 4),
        ("yaml-duplicate-key", 2, 1),
        ("yaml-alias", 2, 4),
        ("yaml-anchor", 3, 4),
        ("yaml-duplicate-key", 4, 1),
        ("yaml-tag", 4, 6),
        ("yaml-key-not-text", 5, 1),
        ("yaml-bidi-control", 5, 4),
        ("yaml-colon-in-text", 6, 5),
        ("yaml-anchor", 7, 4),
    ]


def test_anchor_tag_and_alias_key_have_their_own_problems() -> None:
    problems = _problems("a: !t &x b\n? *x\n: [c, *x]\n")
    assert [_place(problem) for problem in problems] == [
        ("yaml-tag", 1, 4),
        ("yaml-anchor", 1, 7),
        ("yaml-alias", 2, 3),
        ("yaml-alias", 3, 7),
    ]


@pytest.mark.parametrize("line", ["a: *x\n", "- \x07\n", '- "\\u202e"\n'])
def test_hopeless_file_is_cut_short(line: str) -> None:
    problems = _problems(line * 5000)
    assert len(problems) == MAX_PROBLEMS + 1
    assert problems[-1].rule == "yaml-too-many-problems"
    assert problems[-1].location.line == problems[-2].location.line


# How the file was saved


@pytest.mark.parametrize(
    ("codec", "rule"),
    [
        ("utf-16", "yaml-utf-16"),
        ("utf-16-le", "yaml-utf-16"),
        ("utf-16-be", "yaml-utf-16"),
        ("utf-32", "yaml-utf-32"),
        ("utf-32-le", "yaml-utf-32"),
        ("utf-32-be", "yaml-utf-32"),
    ],
)
def test_wide_encoding_is_named(codec: str, rule: str) -> None:
    problem = _problem("title: é\n".encode(codec))
    assert _place(problem) == (rule, 1, 1)
    assert rule.removeprefix("yaml-").upper() in problem.message
    assert "UTF-8" in problem.hint


def test_windows_1252_byte_is_named_and_read() -> None:
    problem = _problem("é: x\n".encode() + "b: La Société dit\n".encode("cp1252"))
    assert _place(problem) == ("yaml-not-utf-8", 2, 11)
    assert "byte E9" in problem.message
    assert '"é", in "Société"' in problem.message
    assert "UTF-8" in problem.hint


def test_byte_without_meaning_in_windows_1252_is_named_too() -> None:
    problem = _problem(b"a: \x81\n")
    assert _place(problem) == ("yaml-not-utf-8", 1, 4)
    assert "no meaning in Windows-1252" in problem.message


def test_surrogate_saved_as_bytes_is_named() -> None:
    problem = _problem("a: x\ud800\n".encode("utf-8", "surrogatepass"))
    assert _place(problem) == ("yaml-lone-surrogate", 1, 5)
    assert "ED A0 80" in problem.message


@pytest.mark.parametrize(
    "text",
    [
        '{\n "title": "\\ud800",\n "sources": [\n  {"id": 1}\n ]\n}\n',
        '{\n"sources": [\n"\\ud800",\n"a"\n],\n"title": 1\n}\n',
        '{"sources":\n "\\ud83d\\ude00",\n"title": {"id": 1}\n}\n',
        'a:\n  b: "\\ud800"\n  c: 1\nd: 2\n',
    ],
)
def test_half_a_character_is_the_only_mistake_of_its_file(text: str) -> None:
    problem = _problem(text)
    assert problem.rule == "yaml-lone-surrogate"
    assert "There may be more" not in problem.hint


def test_mistakes_below_half_a_character_are_found() -> None:
    problems = _problems('a: "\\ud800"\nb:\n  c: 1\n\td: 2\n')
    assert [(problem.rule, problem.location.line) for problem in problems] == [
        ("yaml-lone-surrogate", 1),
        ("yaml-tab", 4),
    ]


# Syntax errors in plain words

MISTAKES = [
    ("title: Norland: the river\n", "yaml-colon-in-text", 1, 15, '"Norland: the river"'),
    ('a: say: "no"\n', "yaml-colon-in-text", 1, 7, "'say: \"no\"'"),
    ("- {a: b, t: Norland: c}\n", "yaml-colon-in-text", 1, 20, '"Norland: c"'),
    ("a: one\n  two words: three\n", "yaml-colon-in-text", 2, 12, "quotes"),
    ("a:\n\tb: c\n", "yaml-tab", 2, 1, "spaces"),
    ("a:\n  b: c\n  \td: e\n", "yaml-tab", 3, 3, "spaces"),
    ("a: |\n  x\n\ty\n", "yaml-tab", 3, 1, "spaces"),
    ('a: "x\nb: c\n', "yaml-quote-not-closed", 1, 4, 'Put a "'),
    ("a: b\nc: 'x\nd: e\n", "yaml-quote-not-closed", 2, 4, "Put a '"),
    ('a: "x\nb: "y"\nc: d\n', "yaml-quote-not-closed", 1, 4, 'Put a "'),
    ("a: 'Norland's river'\n", "yaml-text-after-quote", 1, 13, '`a: "Norland\'s river"`'),
    ('a: "No" is no\n', "yaml-text-after-quote", 1, 9, "`a: '\"No\" is no'`"),
    ('a: "\\q"\n', "yaml-escape", 1, 5, "`a: '\\q'`"),
    ('a: "C:\\xyz"\n', "yaml-escape", 1, 7, "single quotes"),
    ("a:\n  b: c\n d: e\n", "yaml-indentation", 3, 2, "Indent it by 2 spaces,"),
    ("a: x\n b: c\n", "yaml-indentation", 2, 2, "to the beginning of the line."),
    ("a:\n  - b: c\n   d: e\n", "yaml-indentation", 3, 4, "Indent it by 4 spaces,"),
    ("  a: b\nc: d\n", "yaml-indentation", 2, 1, "2 spaces"),
    ("a: |\n   x\n  y\n", "yaml-indentation", 3, 3, "`|`"),
    ("a: - b\n", "yaml-indentation", 1, 4, "its own line"),
    ("a: @x\n", "yaml-special-character", 1, 4, '"@x"'),
    ("a: `x\n", "yaml-special-character", 1, 4, '"`x"'),
    ("a: %x\n", "yaml-special-character", 1, 4, '"%x"'),
    ("a: *Norland* says\n", "yaml-special-character", 1, 4, '"*Norland* says"'),
    ("a: &x& y\n", "yaml-special-character", 1, 4, '"&x& y"'),
    ("a: [words](url) say\n", "yaml-special-character", 1, 4, '"[words](url) say"'),
    ("a: [@x] says\n", "yaml-special-character", 1, 4, '"[@x] says"'),
    ("a: [@x, @y]\n", "yaml-special-character", 1, 4, "`a: [x, y]`"),
    ("a: {b} c\n", "yaml-special-character", 1, 4, '"{b} c"'),
    ("a: {b: - c, d: e}\n", "yaml-special-character", 1, 8, '"- c"'),
    ("a: |x\n", "yaml-special-character", 1, 4, '"|x"'),
    ("a: !e!x y\n", "yaml-special-character", 1, 4, '"!e!x y"'),
    ("a:\n  - b\n  -c\n", "yaml-missing-space", 3, 4, "`- c`"),
    ("- {a: b, c:[d]}\n", "yaml-missing-space", 1, 12, "`- {a: b, c: [d]}`"),
    ("a:\n  - b: c\n    d:\n      -e: f\n        g: h\n", "yaml-missing-space", 4, 8, "`- e: f`"),
    ("-a\n", "yaml-missing-space", 1, 2, "`- a`"),
    ("a: b\nc:d\n", "yaml-missing-space", 2, 3, "`c: d`"),
    ("title:Norland\nstatus: draft\n", "yaml-missing-space", 1, 7, "`title: Norland`"),
    ("a:\n  - b\n  c\n", "yaml-missing-dash", 3, 3, "`- c`"),
    ("a:\n  - b\n  c: d\n", "yaml-indentation", 3, 3, "to the beginning of the line."),
    ("a: b\nc\nd: e\n", "yaml-missing-colon", 2, 1, "`c:`"),
    ("a: b\nmore words\n", "yaml-missing-colon", 2, 1, "indent"),
    ("a\nb: c\n", "yaml-missing-colon", 1, 1, "`a:`"),
    ("a: b\n: c\n", "yaml-missing-key", 2, 1, "name"),
    ("a:\n  - {b: c}, d: e\n", "yaml-text-after-bracket", 2, 11, "Move the }"),
    ("a: [x\nb: c\n", "yaml-bracket-not-closed", 1, 4, "]"),
    ("a: {x: y\nb: c\n", "yaml-bracket-not-closed", 1, 4, "}"),
    ("%YAML 3.0\n---\na: b\n", "yaml-directive", 1, 1, "Delete"),
    ("{: b}\n", "yaml-syntax", 1, 2, "quotes and brackets"),
]


@pytest.mark.parametrize(("text", "rule", "line", "column", "part"), MISTAKES)
def test_mistake_is_one_problem_with_what_to_write_instead(
    text: str, rule: str, line: int, column: int, part: str
) -> None:
    problem = _problem(text)
    assert _place(problem) == (rule, line, column)
    assert part in problem.hint
    for jargon in ("scalar", "token", "simple key", "block collection", "context"):
        assert jargon not in problem.message + problem.hint


def test_what_a_refusal_causes_is_not_reported_again() -> None:
    assert _problem("a: *x y\n").rule == "yaml-alias"
    assert _problem("\x0c\na: b\n").rule == "yaml-control-character"


# Comments that cut a text short


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("a: b #c\n  d\n", 1, 6), ("a: b # c\n  d e\nf: g\n", 1, 6), ("a: b\n# c\n  d\n", 2, 1)],
)
def test_text_that_goes_on_below_a_comment_is_explained_by_it(
    text: str, line: int, column: int
) -> None:
    problem = _problem(text)
    assert _place(problem) == ("yaml-comment-cuts-text", line, column)
    assert problem.severity is Severity.ERROR


@pytest.mark.parametrize(("text", "line"), [("a:\n  -b\n  - c\n", 2), ("a: b\nc:\n  -d\n", 3)])
def test_dash_without_a_space_that_yaml_reads_as_text_is_a_warning(text: str, line: int) -> None:
    document, problems = read(PATH, text.encode())
    assert document is not None
    assert [_place(problem) for problem in problems] == [("yaml-missing-space", line, 4)]
    assert problems[0].severity is Severity.WARNING
    assert "`- " in problems[0].hint


@pytest.mark.parametrize("text", ["a:\n  -5\n", "a: |\n  -b\n", "a: '\n  -b'\n", "a: b -c\n"])
def test_dash_that_belongs_to_a_text_is_no_problem(text: str) -> None:
    assert _document(text).data


# For any input


@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_make_reading_fail(content: bytes) -> None:
    document, problems = read(PATH, content)
    assert (document is None) == any(problem.severity is Severity.ERROR for problem in problems)
    assert all(problem.location.line >= 1 <= problem.location.column for problem in problems)


YAML_LIKE = st.lists(
    st.sampled_from([*"\n\t :-#'\"[]{},&*!|>%@`?<~\\ab1\x85\u202e\x00", "\n  ", ": ", "- ", "\\u"])
).map("".join)


@given(YAML_LIKE)
def test_no_pile_of_yaml_signs_makes_reading_fail(text: str) -> None:
    document, problems = read(PATH, text.encode())
    assert (document is None) == any(problem.severity is Severity.ERROR for problem in problems)


@given(YAML_LIKE)
def test_pure_python_parser_never_fails_either(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_events, "LOADER", yaml.SafeLoader)
        document, problems = read(PATH, text.encode())
    assert (document is None) == any(problem.severity is Severity.ERROR for problem in problems)


#: With a code after it, this would be the beginning of a path: an error.
_LIKE_A_DRIVE = re.compile(r"(?<!\w)[A-Za-z]:[^ -~]")
TEXT = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc", "Cn"],
        exclude_characters="\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
        "\u2066\u2067\u2068\u2069\ufeff",
        include_characters="\x85\n\t",
    ),
    max_size=80,
).filter(lambda text: not _LIKE_A_DRIVE.search(text))


def _dumped(text: str) -> Document:
    """What a program wrote: a tab amid letters, say, is read, though no author would type it."""
    document, problems = read(PATH, text.encode())
    assert {(problem.rule, problem.severity) for problem in problems} <= {
        ("yaml-escape", Severity.WARNING)
    }
    assert document is not None
    return document


DATA = st.dictionaries(
    TEXT,
    st.recursive(TEXT, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=12),
)


@given(DATA, st.booleans(), st.sampled_from([None, "'", '"', "|"]))
def test_every_text_of_a_dumped_mapping_comes_back_as_text(
    data: dict[str, Any], flow: bool, style: str | None
) -> None:
    dumped = yaml.safe_dump(data, allow_unicode=style is None, default_style=style or '"')
    if flow:
        dumped = yaml.safe_dump(data, default_flow_style=True, default_style="'")
    # PyYAML writes YAML 1.1: what it breaks lines at isn't a line end here.
    if not any(character in dumped for character in "\x85\u2028\u2029") and "!!" not in dumped:
        assert _dumped(dumped).data == data


@given(DATA)
@example({"": "\n:\x85"})  # not a Windows drive: the letter is part of the code before it
def test_locate_points_at_the_text_that_is_there(data: dict[str, Any]) -> None:
    document = _dumped(yaml.safe_dump(data, default_style='"', width=10**9))
    lines = document.text.split("\n")

    for path, value in _paths(document.data):
        if isinstance(value, str):
            location = document.locate(path)
            rest = lines[location.line - 1][location.column - 1 :]
            assert yaml.safe_load(rest) == value
        if path and isinstance(path[-1], str):
            location = document.locate(path, key=True)
            assert lines[location.line - 1][location.column - 1] == '"'


def test_pure_python_parser_reads_the_same_data(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: b\nc:\n  - {d: 'e', f: \"g\"}\n  - |\n    h\ni:\n"
    expected = _document(text)
    monkeypatch.setattr(yaml_events, "LOADER", yaml.SafeLoader)
    document = _document(text)
    assert document.data == expected.data
    assert document.offsets == expected.offsets


def test_problems_between_lines_of_code_fences_keep_their_lines() -> None:
    _, problems = read(PATH, b"```yaml\ntitle: Norland\ntitle: Esteria\n```\n")
    assert [(problem.rule, problem.location.line) for problem in problems] == [
        ("yaml-special-character", 1),
        ("yaml-duplicate-key", 3),
    ]
    _, problems = read(PATH, b"```yaml\ntitle: Norland\ntext: @norland\n```\n")
    assert [problem.location.line for problem in problems] == [1, 3, 4]


@pytest.mark.parametrize("sign", ["=", "：", "=>", ":="])
def test_another_sign_for_a_colon_in_braces_is_one_problem(sign: str) -> None:
    text = f"sources:\n  - {{id: gauge, title {sign} The gauge, url: x}}\n"
    _, problems = read(PATH, text.encode(), {"id": True, "title": True, "sources": False})
    assert [(problem.rule, problem.location.column) for problem in problems] == [
        ("yaml-missing-colon", 17)
    ]


@pytest.mark.parametrize(
    ("first", "lines"),
    [
        ("- norland:\n    name: Norland\n", ["norland:", "  name: Norland"]),
        ("- norland:\n  name: Norland\n", ["norland:", "  name: Norland"]),
        ("- id: norland\n  name: Norland\n", ["norland:", "  name: Norland"]),
    ],
)
def test_a_dash_before_the_first_entry_only_is_one_problem(first: str, lines: list[str]) -> None:
    text = f"{first}esteria:\n  name: Esteria\n"
    _, problems = read("data/actors.yml", text.encode())
    assert [(problem.rule, problem.location.line) for problem in problems] == [
        ("yaml-not-a-mapping", 1)
    ]
    assert problems[0].fix is not None
    assert problems[0].fix.applied(text).splitlines()[:2] == lines


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("topics: [water]]", "topics: [water]"),
        ("- {id: gauge}}", "- {id: gauge}"),
        ("topics: [, water]", "topics: [water]"),
        ("topics: [water,, rivers]", "topics: [water, rivers]"),
    ],
)
def test_a_bracket_or_comma_too_many_is_taken_out(typed: str, meant: str) -> None:
    text = f"title: Norland\n{'sources:' if typed[0] == '-' else ''}\n{typed}\nsummary: Esteria\n"
    _, (problem,) = read(PATH, text.encode())
    assert problem.fix is not None
    assert problem.fix.lines == (meant,)
