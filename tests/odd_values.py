"""Every field of a project with values that nobody would expect in it. All of it is fictional.

The project is the one in tests/cases/every-key, so a key that joins the format is tried too.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from generator.model.briefing import Briefing
from generator.model.introspection import FieldPath, keys
from generator.model.registries import Actor, Place, Source, Style, Topic
from generator.reading.loader import BRIEFINGS, DATA
from tests.building import EVERY_KEY, as_typed, briefing_files

REGISTRIES: dict[str, type[BaseModel]] = {
    "actors": Actor, "topics": Topic, "places": Place, "sources": Source, "style": Style,
}  # fmt: skip
Project = dict[str, Any]
"""The data of each file by its path."""
Spot = tuple[str, FieldPath]
"""A file and the path of a value in it."""

_IDS = (
    "nobody", "halden", "river/flood", "river/none", "river/flood#old-claim", "river/flood#none",
    "none#none", "#", "#x", "x#", "a#b#c", "x/", "/x", "..", "../x", "a--b", "-", "Norland",
    "albud\u00adaiwi", "constructor", "__proto__", "index", "actors", "event--1", "source--x",
    "nul", "a" * 64, "a" * 65, "a-" * 5000 + "a",
)  # fmt: skip
_TEXTS = (
    "", " ", "  norland", "norland  ", "\u00a0", "\u3000x", "a\nb", "a\r\nb", "a\tb", "a\u2028b",
    "Эстерия", "Est\u0435ria", "北京", "خبر عاجل", "שלום", "ﬀ", "İ", "e\u0301", "\u0301",
    "é" * 3000, "\u200b", "\u2060x", "\ufeff", "\u202eabc", "\u0007", "\x00", "\ud800", "😀",
    "👩\u200d👩\u200d👧",
    "word " * 2000, "x" * 20_000, "<script>alert(1)</script>", "&lt;", "{{ 6*7 }}", "{% raw %}",
    "# Heading", "```", "---", "===", "a\n===\nb", "\n\n===\n\n", "title: x", "- - - x", "1986. A",
    "> > x", "|a|b|\n|-|-|\n|c|d|", "[^1]: x", "![x](y)", "[x]", "[x](", "[x]()", "[x](<>)",
    "[@", "[@nobody]", "[@joint-gauge, p. 3", "[@joint-gauge, ]", "[@joint-gauge]" * 300,
    "[x](actor:nobody)", "[x](actor:)", "[x](briefing:none)", "[x](briefing:halden#none)",
    "[x](https://[ü)", "[x](https://[ü])", "[x](//[)", "[x](http://)", "[x](https://h:99999)",
    "[x](mailto:)", "[x](javascript:alert(1))", "[x](https://h.example/%)", "**", "__a", "`", "\\",
    "[" * 200, "*" * 200 + "a", "- " * 30 + "x", "&" * 50, "'", '"', "%", "@x", "!x", "*x", "? x",
)  # fmt: skip
_WORDS = (
    "null", "~", "true", "no", "0", "-1", "1e999", "nan", "inf", "0x1F", "1_000", "٣", "²", "½",
    "9" * 400, "91", "-180.0000000000001", "1." + "0" * 13, "draft", "Published", "claim", "denies",
    "allegation", "verbatim", "ZZ", "xx", "Q", "Q0", "Q" + "9" * 13, "state", "None", "[]", "{}",
)  # fmt: skip
_DATES = (
    "2024-02-30", "2024-13", "2024-1-1", "2024-00", "0000", "0000-01-01", "0001-01-01", "9999",
    "9999-12-31", "9999-12-31~", "10000-01-01", "-0001", "2024-01-01/2023-01-01", "../..", "/",
    "../", "..", "2024/", "../2024", "2024-06/..", "../9999-12-31", "0001/..", "2024?~", "2024-XX",
    "2024%/2025~", "Dec. 24, 2019", "٢٠٢٤", "2024-06-01T00:00:00Z", "12:30", "2999-01-01",
)  # fmt: skip
_LANGUAGES = (
    "en_US", "xx-yy-zz", "x-private", "i-klingon", "und", "qaa", "zz", "mul", "zh-Hans-CN-x-a",
    "en-", "-", "ar-Latn", "fr-fr-fr", "e", "english", "EN", "root",
)  # fmt: skip
ADDRESSES = (
    "https://[ü", "https://[", "https://]", "https://[]", "https://[::1]", "https://[::g]/",
    "https://[::1%25eth0]/", "http://", "https://", "https:///x", "https:x", "//h.example",
    "h.example",
    "https://a b", "https://h.example/a b", "https://h.example:99999/", "https://h.example:x/",
    "https://h.example:-1/", "https://h.example:/", "https://h.example:0/", "https://h.example:٣/",
    "https://u:p@h.example/", "https://@/", "https://@h.example", "https://u@:80/", "https://.",
    "https://..", "https://a..b/", "https://-.example", f"https://{'a' * 300}.example/",
    f"https://{'a.' * 200}example/", "https://bücher.example/ü?ü=ü#ü", "https://xn--/",
    "https://xn--99zzzz.example/", "https://xn--bcher-kva.example/", "https://xn--ü.example/",
    "https://\u0435xample.example/", "https://h\u2100.example/", "https://１.example/",
    "https://h\u00ad.example/", "https://例え.テスト/", "https://h.example/%", "https://h.example/%zz",
    "https://h.example/%00", "https://h.example/?", "https://h.example/#", "https://h.example?x#y",
    "https://h.example/\u202ex", "https://h.example/<x>", 'https://h.example/"', "https://h.example\\@x",
    "HTTPS://H.EXAMPLE/", "htt\u0440s://h.example/", "javascript:alert(1)", "mailto:", "ftp://h.example",
    "data:text/html,x", "https://0x7f.1/", "https://h.example/" + "a" * 9000, "“https://h.example/”",
)  # fmt: skip
_OTHER_TYPES: tuple[Any, ...] = (
    None, [], {}, [None], [""], [[]], [{}], [None, "x"], ["nobody"], ["diversion"],
    ["diversion", "diversion"], ["a", "b", "a"], [["diversion"]], [[["a"]]], ["diversion", ["x"]],
    ["diversion", {"id": "x"}], ["diversion", None], [{"id": "x"}], [{"id": ["x"]}],
    [{"id": {"x": "y"}}], [{"id": None}, {"id": None}], {"id": "x"}, {"id": ["x"]}, {"": ""},
    {"text": "a"}, {"text": "a", "language": "en"}, {"text": ["a"], "language": ["en"]},
    {"a": {"b": [{"c": ["d", {"e": None}]}]}}, {"nobody": None}, {"party": "norland"},
    [{"party": "nobody", "as_of": "2025-03-01"}], [{"party": ["norland"], "as_of": ["x"]}],
    [{"date": ["2025"], "sources": "x"}], [{"text": "x", "sources": [["x"]]}],
    [{"about": "x", "versions": "x"}], [{"about": "x", "versions": [{"text": "x"}]}],
    [{"briefing": ["x"]}, {"url": ["x"], "title": {}}, {"url": "https://[ü", "title": "x"}],
    [["a", "b"], ["c", "d"]], "a, b", "a b", ["x"] * 200,
)  # fmt: skip
TEXTS: tuple[str, ...] = tuple(
    dict.fromkeys((*_IDS, *_TEXTS, *_WORDS, *_DATES, *_LANGUAGES, *ADDRESSES))
)
VALUES: tuple[Any, ...] = (*_OTHER_TYPES, *TEXTS)
"""What stands in a field instead of what belongs there."""


@cache
def _sound() -> Project:
    briefings = {f"{BRIEFINGS}{key}.yml": as_typed(path) for key, path in briefing_files(EVERY_KEY)}
    return briefings | {
        f"{DATA}{name}.yml": as_typed(EVERY_KEY / "data" / f"{name}.yml") for name in REGISTRIES
    }


def sound() -> Project:
    """The data of the project's files, to be changed at will."""
    return copy.deepcopy(_sound())


def written(project: Mapping[str, Any]) -> dict[str, bytes]:
    """The files of a project: JSON is YAML too, and has a line for each value."""
    return {
        path: json.dumps(data, ensure_ascii=True, indent=1).encode()
        for path, data in project.items()
    }


@cache
def spots() -> tuple[Spot, ...]:
    """The first place in the project of each key of the format, and of an item of each list.

    The whole file and an entry of a registry are such places too.
    """
    spots_by_kind: dict[tuple[str, ...], Spot] = {}
    for path, data in _sound().items():
        name = path.removeprefix(DATA).removesuffix(".yml")
        spots_by_kind.setdefault((name,) if name in REGISTRIES else ("briefing",), (path, ()))
        if name in REGISTRIES:
            for key, entry in data.items():
                spots_by_kind.setdefault((name, ""), (path, (key,)))
                _walk(REGISTRIES[name], entry, (path, (key,)), (name,), spots_by_kind)
        else:
            _walk(Briefing, data, (path, ()), ("briefing",), spots_by_kind)
    return tuple(spots_by_kind.values())


def _walk(
    model: type[BaseModel],
    data: Mapping[str, Any],
    at: Spot,
    names: tuple[str, ...],
    spots_by_kind: dict[tuple[str, ...], Spot],
) -> None:
    for key in keys(model):
        if key.name not in data:
            continue
        path, own = at[0], (*at[1], key.name)
        here = (*names, key.name)
        spots_by_kind.setdefault(here, (path, own))
        held: list[tuple[FieldPath, Any]] = [(own, data[key.name])]
        if key.many:
            held = [((*own, index), item) for index, item in enumerate(data[key.name])]
        for place, item in held:
            if key.many:
                spots_by_kind.setdefault((*here, "[]"), (path, place))
            if key.model:
                _walk(key.model, item, (path, place), here, spots_by_kind)


def changed(project: Project, spot: Spot, value: Any) -> Project:
    """``project`` with ``value`` in that place, if the place is still there."""
    path, steps = spot
    if not steps:
        return project | {path: copy.deepcopy(value)}
    held = project[path]
    for step in steps[:-1]:
        if not _holds(held, step):
            return project
        held = held[step]
    if _holds(held, steps[-1]):
        held[steps[-1]] = copy.deepcopy(value)
    return project


def _holds(held: Any, step: str | int) -> bool:
    """Whether a mapping or a list has something there; another change may have taken it out."""
    if isinstance(held, dict):
        return step in held
    return isinstance(held, list) and isinstance(step, int) and step < len(held)
