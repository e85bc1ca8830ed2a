"""Backslashes in double quotes: those typed as such are reported, and codes that are meant are not.

All of it is fictional.
"""

from __future__ import annotations

import pytest

from generator.reading.problems import Problem, Severity
from generator.reading.source_text import SourceText
from generator.reading.yaml_parser import read
from generator.reading.yaml_quoting import quoted_if_needed
from tests.fiction import briefing, files
from tests.reference import load


def problems(text: str) -> list[Problem]:
    return read("x.yml", f"a: {text}\n".encode())[1]


def value_after_fix(text: str) -> object:
    (problem,) = problems(text)
    assert problem.fix is not None
    document, left = read("x.yml", problem.fix.applied(f"a: {text}\n").encode())
    assert left == []
    assert document is not None
    return document.data["a"]


@pytest.mark.parametrize(
    ("text", "column", "meant"),
    [
        (r'"see C:\temp\new"', 11, r"see C:\temp\new"),
        (r'"C:\new\table"', 7, r"C:\new\table"),
        (r'"C:\notes.pdf"', 7, r"C:\notes.pdf"),
        (r'"In (d:\root) it is"', 11, r"In (d:\root) it is"),
        (r'"C:\bin"', 7, r"C:\bin"),
        (r'"the file\bits of it"', 13, r"the file\bits of it"),
        (r'"C:\x41\u0041\to"', 7, r"C:\x41\u0041\to"),
        (r'"It\'s \"C:\temp\" here"'.replace("\\'", "'"), 14, 'It\'s "C:\\temp" here'),
        (r'"C:\temp and\nthen"', 7, "C:\\temp and\nthen"),
    ],
)
def test_what_can_only_be_a_path_is_an_error_at_its_first_backslash(
    text: str, column: int, meant: str
) -> None:
    (problem,) = problems(text)
    assert (problem.rule, problem.severity) == ("yaml-escape", Severity.ERROR)
    assert (problem.location.line, problem.location.column) == (1, column)
    if "and" in text:
        assert "write it twice: `" in problem.hint
    else:
        assert "single quotes, in which a backslash is one: `a: '" in problem.hint
    assert value_after_fix(text) == meant


@pytest.mark.parametrize(
    ("text", "column", "meant"),
    [
        (r'"C:\new"', 7, r"C:\new"),
        (r'"C:\\Users\new"', 14, r"C:\Users\new"),
        (r'"\\gauge\new"', 12, r"\gauge\new"),
        (r'"see folder\notes.pdf"', 15, r"see folder\notes.pdf"),
        (r'"the gauge\table"', 14, r"the gauge\table"),
        (r'"the \theta"', 9, r"the \theta"),
        (r'"Users\New"', 10, r"Users\New"),
        (r'"Users\Lind"', 10, r"Users\Lind"),
        (r'"snake\_case"', 10, r"snake\_case"),
        (r'"a \_name\_"', 7, r"a \_name\_"),
        (r'"folder\root"', 11, r"folder\root"),
        ('"the gauge\\\n  is high"', 14, "the gauge is high"),
    ],
)
def test_what_can_be_a_backslash_or_a_code_is_a_warning(text: str, column: int, meant: str) -> None:
    (problem,) = problems(text)
    assert (problem.rule, problem.severity) == ("yaml-escape", Severity.WARNING)
    assert (problem.location.line, problem.location.column) == (1, column)
    assert value_after_fix(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        r'"line one\nline two"',
        r'"one\n\ntwo\r\nthree"',
        r'"Plan B:\nThey agreed"',
        r'"Plan B:\nYes\nNo"',
        r'"\nwords"',
        r'"She said \"no\" to\n\"them\""',
        r'"C:\\temp\\new"',
        r'"\\\\gauge\\new\n\"words\""',
        r'"caf\u00e9, caf\xe9, \U0001F600 and\u2019s"',
        r'"Q:\u201cWhy?\u201d"',
        r'"10\_km, p.\_3 and M.\_Lind"',
        r'"and\/or"',
        r'"a \t b"',
        r'"end\n"',
        '"the gauge \\\n  is high"',
        '"the gauge\\\n  \\ is high"',
        r"'see C:\temp\new, it''s here'",
        r"see C:\temp\new",
        '">\\"\\\\"',
    ],
)
def test_a_code_that_is_meant_is_read_without_a_word(text: str) -> None:
    assert problems(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Q:\tWhy",
        "a\tb",
        "C:\\temp\\new\nx",
        "Plan B:\nthey",
        "see x\nreport.pdf \\n",
        "a\x85b",
        "a\rb",
    ],
)
def test_what_programs_write_for_authors_is_read_without_a_word(text: str) -> None:
    document, left = read("x.yml", f"a: {quoted_if_needed(text)}\n".encode())
    assert left == []
    assert document is not None
    assert document.data["a"] == text


def test_the_letter_that_would_be_lost_is_in_the_message() -> None:
    (problem,) = problems(r'"see C:\temp\new"')
    assert problem.message == (
        r"Inside double quotes a backslash starts a code, and `\t` is that of a tab."
    )
    assert problem.hint == (
        "If it belongs to the text, put the text in single quotes, in which a backslash is one: "
        r"`a: 'see C:\temp\new'`"
    )


def test_a_code_for_what_no_text_can_hold_stays_refused() -> None:
    (problem,) = problems(r'"words \e[0m"')
    assert problem.severity is Severity.ERROR
    assert problem.message.endswith(r"`\e` is that of an invisible control character.")
    assert problem.hint == (
        "If it belongs to the text, put the text in single quotes, in which a backslash is one: "
        r"`a: 'words \e[0m'`. If not, remove the code."
    )


@pytest.mark.parametrize("letter", "abefv0")
@pytest.mark.parametrize("after", ["", " b", ".", "x", r"\tin"])
def test_a_code_for_what_no_text_can_hold_is_one_problem_that_keeps_its_letter(
    letter: str, after: str
) -> None:
    text = f'"see C:\\\\x or \\{letter}{after}"'
    (problem,) = problems(text)
    assert problem.severity is Severity.ERROR
    assert value_after_fix(text) == f"see C:\\x or \\{letter}{after}"


def test_a_fix_is_for_the_whole_of_a_text_of_several_lines() -> None:
    text = '"see C:\\temp\n  and\\nthen D:\\new\\file"'
    assert value_after_fix(text) == "see C:\\temp and\nthen D:\\new\\file"
    assert SourceText("x.yml", text).at(7).line == 1


@pytest.mark.parametrize("typed", [r"C:\new", r"Esteria\Norland", r"a\tb"])
def test_a_backslash_that_breaks_a_text_of_one_line_is_one_error_that_keeps_its_letter(
    typed: str,
) -> None:
    content = files({"x": briefing()})["briefings/x.yml"].decode()
    content = content.replace('"Norland accuses Esteria"', f'"{typed}"', 1)
    read_files = files({}) | {"briefings/x.yml": content.encode()}
    (problem,) = load(read_files).problems
    assert (problem.rule, problem.severity) == ("yaml-escape", Severity.ERROR)
    assert problem.field == "title"
    assert problem.fix is not None
    fixed = load(files({}) | {"briefings/x.yml": problem.fix.applied(content).encode()})
    assert fixed.briefings["x"].value.title == typed
