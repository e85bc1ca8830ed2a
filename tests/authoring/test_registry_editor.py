"""New entries for registries: what is written, what is left alone, what is refused.

All names are fictional.
"""

from __future__ import annotations

import json
from contextlib import closing
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.authoring.registry_editor import (
    HEADERS,
    KeyTakenError,
    RegistryError,
    UnreadableError,
    add,
    added,
)
from generator.build.cache import Cache
from generator.build.pipeline import Pipeline
from generator.reading.problems import Problem, Severity
from generator.reading.yaml_parser import read
from generator.rules import ERRORS_ONLY
from tests.fiction import briefing, files, position

SUNDMARK = {"name": "Sundmark", "type": "state"}
WRITTEN = "sundmark:\n  name: Sundmark\n  type: state\n"
SEPARATED = "# All actors\n\nesteria:\n  name: Esteria\n\nnorland:\n  name: Norland\n"
ACTORS = {
    "data/actors.yml": b"esteria: {name: Esteria, type: state}\nnorland: {name: N, type: state}\n"
}
DENSE = "esteria: {name: Esteria}\nnorland:\n  name: Norland\n"


def _data(text: str) -> dict[str, Any]:
    document, problems = read("data/actors.yml", text.encode())
    assert document is not None, problems
    return document.data


@pytest.mark.parametrize(
    ("text", "new"),
    [
        pytest.param("", WRITTEN, id="empty"),
        pytest.param("# All\n", f"# All\n\n{WRITTEN}", id="a comment only"),
        pytest.param("# All\n\n", f"# All\n\n{WRITTEN}", id="a comment and a blank line"),
        pytest.param("{}\n", WRITTEN, id="empty brackets"),
        pytest.param("{}", WRITTEN, id="empty brackets without a line end"),
        pytest.param("# {a}\n{ } # none\n", f"# {{a}}\n # none\n{WRITTEN}", id="brackets, comment"),
        pytest.param("---\n{}\n", f"---\n{WRITTEN}", id="brackets after a marker"),
        pytest.param(SEPARATED, f"{SEPARATED}\n{WRITTEN}", id="blank lines between"),
        pytest.param(f"{SEPARATED}\n", f"{SEPARATED}\n{WRITTEN}", id="a blank line at the end"),
        pytest.param(f"{SEPARATED}# end\n", f"{SEPARATED}# end\n\n{WRITTEN}", id="a last comment"),
        pytest.param(DENSE, DENSE + WRITTEN, id="no blank lines between"),
        pytest.param(DENSE[:-1], DENSE + WRITTEN, id="no line end at the end"),
        pytest.param(f"{DENSE}\n# x\na: {{}}\n", f"{DENSE}\n# x\na: {{}}\n\n{WRITTEN}", id="both"),
        pytest.param(
            " a:\n  name: A\n",
            " a:\n  name: A\n sundmark:\n   name: Sundmark\n   type: state\n",
            id="all moved in",
        ),
        pytest.param("\ufeffa: {}\n", f"\ufeffa: {{}}\n{WRITTEN}", id="byte order mark"),
        pytest.param("\ufeff{}\n", f"\ufeff{WRITTEN}", id="byte order mark and brackets"),
        pytest.param("a: {}\r\n", f"a: {{}}\n{WRITTEN}".replace("\n", "\r\n"), id="CRLF"),
        pytest.param("a:\r\n n: x", f"a:\n n: x\n{WRITTEN}".replace("\n", "\r\n"), id="CRLF, cut"),
        pytest.param("a: {}\r", f"a: {{}}\n{WRITTEN}".replace("\n", "\r"), id="CR"),
        pytest.param("a: {}\r\nb: {}\n", f"a: {{}}\r\nb: {{}}\n{WRITTEN}", id="mixed line ends"),
        pytest.param(
            "\na: {}\n\nb:\n  d: |+\n    x\n", f"\na: {{}}\n\nb:\n  d: |+\n    x\n{WRITTEN}",
            id="a text that blank lines would lengthen",
        ),
    ],
)  # fmt: skip
def test_an_entry_is_written_after_all_that_is_there(text: str, new: str) -> None:
    assert add(text, "sundmark", SUNDMARK) == new
    assert _data(new)["sundmark"] == SUNDMARK


def test_lists_and_offices_look_as_authors_write_them() -> None:
    fields = {
        "name": "Ana Lind",
        "also_known_as": ["A. Lind", "آنا ليند"],
        "country": None,
        "roles": [{"role": "Foreign Minister, acting", "of": "esteria", "from": "2023-05"}],
    }
    assert add("", "ana-lind", fields) == (
        "ana-lind:\n"
        "  name: Ana Lind\n"
        "  also_known_as: [A. Lind, آنا ليند]\n"
        "  roles:\n"
        "    - role: Foreign Minister, acting\n"
        "      of: esteria\n"
        "      from: 2023-05\n"
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Ana Lind", "Ana Lind"),
        ("2025-02-14", "2025-02-14"),
        ("-8.0", "-8.0"),
        ("https://e.example/a#b?c=d,e", "https://e.example/a#b?c=d,e"),
        ("12:30 talks", "12:30 talks"),
        ("آنا", "آنا"),
        ("no", '"no"'),
        ("NULL", '"NULL"'),
        ("~", '"~"'),
        ("12:30", '"12:30"'),
        ("# one", '"# one"'),
        ("Orm #1", '"Orm #1"'),
        ("Norland: a history", '"Norland: a history"'),
        ("Norland:", '"Norland:"'),
        (" two ", '" two "'),
        ("@orm", '"@orm"'),
        ("- orm", '"- orm"'),
        ("---", '"---"'),
        ("*orm", '"*orm"'),
        ("[orm]", '"[orm]"'),
        ("'orm'", "\"'orm'\""),
        ('the "tap"', 'the "tap"'),
        ('"tap" \\ x', '"\\"tap\\" \\\\ x"'),
        ("one\ntwo\t", '"one\\ntwo\\u0009"'),
        ("a\u2028b\x85", '"a\\u2028b\\u0085"'),
        ("", '""'),
    ],
)
def test_text_is_quoted_where_yaml_would_read_it_otherwise(text: str, written: str) -> None:
    new = add("", "orm", {"name": text})
    assert new == f"orm:\n  name: {written}\n"
    assert _data(new) == {"orm": {"name": text}}


@pytest.mark.parametrize("key", ["2024", "0x1f", "1e3", "null", "no", "true", "12"])
def test_an_id_that_yaml_takes_for_something_else_is_quoted(key: str) -> None:
    assert add("", key, {"name": "Orm"}) == f'"{key}":\n  name: Orm\n'


_ids = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,2}", fullmatch=True)
_words = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff"),
    max_size=30,
).filter(lambda text: not set(text) & set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e"))
_signs = st.text("ab1 .:-#,[]{}\"'\\@&*!|>%?~=\t\n\r\x85\u2028", max_size=12)
_texts = (_words | _signs).filter(lambda text: not set(text) & set("\u2066\u2067\u2068\u2069"))
_names = st.sampled_from(["name", "type", "note", "of", "from"])
_fields = st.dictionaries(
    _names, _texts | st.lists(_texts, min_size=1, max_size=3), min_size=1, max_size=4
) | st.fixed_dictionaries(
    {"roles": st.lists(st.dictionaries(_names, _texts, min_size=1), min_size=1, max_size=2)}
)


@st.composite
def _registries(draw: st.DrawFn) -> str:
    """A registry as somebody might have written it."""
    entries = draw(st.dictionaries(_ids, st.dictionaries(_names, _texts, min_size=1), max_size=3))
    gap = draw(st.sampled_from(["", "\n", "# note\n", "\n# note: {x}\n"]))
    write = draw(
        st.sampled_from(
            [
                lambda value: yaml.safe_dump(value, allow_unicode=True, width=30),
                lambda value: yaml.safe_dump(value, default_style='"'),
                lambda value: "".join(f'"{key}": {json.dumps(value[key])}\n' for key in value),
            ]
        )
    )
    text = gap.join(write({key: entry}) for key, entry in entries.items())
    text = draw(st.sampled_from(["", "# All\n", "\n", "---\n"])) + text
    text += draw(st.sampled_from(["", "\n", "# end", "\n\n# end\n"]))
    if draw(st.booleans()):
        text = text.rstrip("\n")
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


@given(_registries(), _ids, _fields)
def test_what_was_there_is_left_alone_and_the_entry_reads_back(
    text: str, key: str, fields: dict[str, Any]
) -> None:
    document, problems = read("data/actors.yml", text.encode())
    assume(document is not None or [problem.rule for problem in problems] == ["yaml-empty"])
    before = document.data if document else {}
    assume(key not in before)
    new = add(text, key, fields)
    assert new.startswith(text)
    after = _data(new)
    assert after.pop(key) == fields
    assert after == before
    assert list(_data(new))[-1] == key


def test_a_key_that_is_there_is_refused_with_its_line() -> None:
    with pytest.raises(KeyTakenError) as refused:
        add(SEPARATED, "norland", SUNDMARK, path="data/actors.yml")
    assert str(refused.value) == "data/actors.yml has `norland` already, in line 6."


@pytest.mark.parametrize(
    "text", ["{a: {}}\n", "{a: {},\n}\n", "{ # none\n}\n", "a: {}\n...\n", "~\n", "--- null\n"]
)
def test_a_file_that_cannot_be_added_to_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(RegistryError) as refused:
        add(text, "sundmark", SUNDMARK, path="data/actors.yml")
    message = str(refused.value)
    assert message.startswith("Nothing can be added at the end of data/actors.yml. Its entries")
    assert message.endswith(f"by hand:\n{WRITTEN.rstrip()}")


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("a: {}\nb: [open\n", "yaml-bracket-not-closed", 2),
        ("a: {}\na: {}\n", "yaml-duplicate-key", 2),
        ("- a\n", "yaml-not-a-mapping", 1),
    ],
)
def test_a_file_with_mistakes_is_refused_with_the_first(text: str, rule: str, line: int) -> None:
    with pytest.raises(UnreadableError) as refused:
        add(text, "sundmark", SUNDMARK, path="data/actors.yml")
    problem = refused.value.problem
    assert (problem.location.path, problem.location.line) == ("data/actors.yml", line)
    assert problem.rule == rule


@pytest.mark.parametrize("text", ["a\u202eb", "a\x07b", "a\udc80b"])
def test_an_entry_no_registry_can_hold_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        add(DENSE, "sundmark", {"name": text})
    assert refused.value.problem.location.line == 5


def test_an_entry_too_many_for_the_file_is_refused() -> None:
    text = f"a:\n  name: {'x' * (1024 * 1024 - 20)}\n"
    with pytest.raises(UnreadableError) as refused:
        add(text, "sundmark", SUNDMARK)
    assert refused.value.problem.rule == "yaml-too-large"


def _new_problems(
    project: dict[str, bytes], kind: str, key: str, fields: dict[str, Any]
) -> list[Problem]:
    path, before, after = added(project, kind, key, fields)
    with closing(Pipeline(Cache(), jobs=1)) as pipeline:
        snapshot, new = (pipeline.read(project | {path: content}) for content in (before, after))
        return pipeline.new_problems(snapshot, new, ERRORS_ONLY)


@pytest.mark.parametrize("kind", HEADERS)
@pytest.mark.parametrize("content", [None, b"", b"\n"])
def test_a_new_registry_begins_with_what_it_is(kind: str, content: bytes | None) -> None:
    project = {} if content is None else {f"data/{kind}s.yml": content}
    fields = {"actor": SUNDMARK, "source": {"title": "T", "url": "https://e.example/"}}
    path, _, new = added(project, kind, "x", fields.get(kind, {"name": "X"}))
    assert path == f"data/{kind}s.yml"
    assert new.decode().startswith(f"{HEADERS[kind]}\nx:\n  ")
    assert _new_problems(project, kind, "x", fields.get(kind, {"name": "X"})) == []
    _, _, newer = added({path: new}, kind, "z", fields.get(kind, {"name": "Z"}))
    assert newer.decode().startswith(f"{new.decode()}\nz:\n  ")


def test_the_byte_order_mark_is_kept() -> None:
    _, _, new = added({"data/topics.yml": b"\xef\xbb\xbf# T\r\n"}, "topic", "x", {"name": "X"})
    assert new == b"\xef\xbb\xbf# T\r\n\r\nx:\r\n  name: X\r\n"


def test_a_file_that_is_not_utf_8_is_refused() -> None:
    with pytest.raises(UnreadableError) as refused:
        added({"data/topics.yml": b"a: {name: \xe9}\n"}, "topic", "x", {"name": "X"})
    assert refused.value.problem.rule == "yaml-not-utf-8"


@pytest.mark.parametrize(
    ("kind", "key", "fields", "message"),
    [
        ("actor", "x", {"name": "X", "type": "king"}, "`type` can't be `king`."),
        ("actor", "x", {"name": "X"}, "The key `type` is missing."),
        ("actor", "X Y", SUNDMARK, "`X Y` is not an id."),
        ("place", "x", {"name": "X", "latitude": "99"}, "`99` is not between -90 and 90."),
        ("topic", "x", {"name": "X", "parent": "y"}, "`y` is not the id of a topic."),
        (
            "source", "x", {"title": "X"},
            "A source needs `url`, or `publisher` together with `date`.",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_entry_is_reported(
    kind: str, key: str, fields: dict[str, Any], message: str
) -> None:
    problems = _new_problems(ACTORS, kind, key, fields)
    assert [problem.message for problem in problems] == [message]
    assert problems[0].severity is Severity.ERROR
    assert problems[0].location.path == f"data/{kind}s.yml"


def test_what_was_wrong_before_is_not_reported_again() -> None:
    project = files({"x": briefing(position(party="sundmrak"))}) | ACTORS
    assert _new_problems(project, "actor", "sundmark", SUNDMARK) == []


def test_what_an_unreadable_registry_hid_is_not_reported_as_new() -> None:
    project = files({"x": briefing()}) | {"data/actors.yml": b"# none yet\n"}
    _, _, new = added(project, "actor", "sundmark", SUNDMARK)
    assert new.decode() == f"# none yet\n\n{WRITTEN}"
    assert _new_problems(project, "actor", "sundmark", SUNDMARK) == []
