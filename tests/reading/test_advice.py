"""Advice followed to the letter makes the file right: for keys, shapes, words, ids and values.

All of it is fictional.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from generator.model.introspection import FieldPath, keys
from generator.reading.problems import Problem, Severity
from generator.reading.source_files import read_tree
from generator.reading.source_text import SourceText
from generator.reading.validation import BRIEFING, REGISTRIES, FileSchema
from generator.reading.yaml_document import Document
from generator.reading.yaml_parser import read
from generator.rules import ERRORS_ONLY
from tests.fixes import fixed, gone
from tests.reference import check_site

EVERY_KEY = Path(__file__).parents[1] / "cases" / "every-key"
FORMS: dict[str, FileSchema] = {
    "briefings/halden.yml": BRIEFING,
    **{f"data/{name}.yml": REGISTRIES[name] for name in ("actors", "places", "topics", "sources")},
}


@cache
def _files() -> dict[str, bytes]:
    return dict(read_tree(EVERY_KEY / "briefings", EVERY_KEY / "data"))


@cache
def _before() -> tuple[Problem, ...]:
    return tuple(check_site(_files()))


def _document(path: str) -> Document:
    document, _ = read(path, _files()[path])
    assert document
    return document


def _key_paths(path: str) -> Iterator[FieldPath]:
    """Each key that a file has, once for each kind of entry."""
    seen: set[tuple[str, ...]] = set()

    def below(held: object, here: FieldPath) -> Iterator[FieldPath]:
        if isinstance(held, dict):
            for name, value in held.items():
                inner = (*here, name)
                kind = tuple(step for step in inner if isinstance(step, str))
                if FORMS[path].registry:
                    kind = kind[1:]
                if kind and kind not in seen:
                    seen.add(kind)
                    yield inner
                yield from below(value, inner)
        elif isinstance(held, list):
            for index, value in enumerate(held):
                yield from below(value, (*here, index))

    return below(_document(path).data, ())


def _spellings(name: str) -> Iterator[str]:
    """Ways in which people mistype a key."""
    yield name[:-1] if name.endswith("s") else f"{name}s"
    yield name.capitalize()
    yield name.upper()
    if len(name) > 4:
        yield name[:2] + name[3:]
        yield name[:3] + name[2] + name[3:]
        yield name[:1] + name[2] + name[1] + name[3:]
    if "_" in name:
        yield name.replace("_", "-")
        yield name.replace("_", "")
        first, *rest = name.split("_")
        yield first + "".join(map(str.capitalize, rest))


def _mistyped(path: str, *, all_spellings: bool) -> Iterator[tuple[FieldPath, str]]:
    """Keys of a file, each mistyped in ``every`` way, or each in another than the one before."""
    document, form = _document(path), FORMS[path]
    for number, key in enumerate(_key_paths(path)):
        model = form.model_at(key[:-1])
        if model is None:
            continue  # a language of a name
        known = {key.name for key in keys(model)}
        beside = document.value(key[:-1])
        ways = [
            spelt
            for spelt in dict.fromkeys(_spellings(str(key[-1])))
            if spelt not in known and spelt not in beside
        ]
        for spelt in ways if all_spellings else ways[number % len(ways) :][:1]:
            yield key, spelt


@pytest.mark.parametrize("path", FORMS)
def test_a_mistyped_key_gives_one_problem_at_its_line_whose_advice_makes_the_file_right(
    path: str, request: pytest.FixtureRequest
) -> None:
    all_spellings = bool(request.config.getoption("--torture"))
    document = _document(path)
    source = SourceText(path, document.text)
    tried = 0
    for key, spelt in _mistyped(path, all_spellings=all_spellings):
        place = document.locate(key, key=True)
        start = source.offset(place)
        name = str(key[-1])
        assert document.text[start:].startswith(name)
        wrong = document.text[:start] + spelt + document.text[start + len(name) :]
        files = _files() | {path: wrong.encode()}
        problems = check_site(files)
        unknown = [problem for problem in problems if problem.rule == "unknown-key"]
        others = _new(problems, unknown)
        lines = [problem.location.line for problem in unknown]
        assert lines == [place.line], (key, spelt, unknown)
        assert not others, (key, spelt, others)
        (problem,) = unknown
        assert fixed(files, problem)[path] == _files()[path], (key, spelt, problem)
        tried += 1
    assert tried


def _new(after: list[Problem], beside: list[Problem]) -> list[Problem]:
    known = {(problem.rule, problem.field, problem.message) for problem in _before()}
    return [
        problem
        for problem in after
        if problem not in beside and (problem.rule, problem.field, problem.message) not in known
    ]


SOUND = """\
title: Norland accuses Esteria
summary: The two states differ over the Halden.
status: published
published: 2025-03-04
updated: 2025-03-05
language: en
topics: [water]
background:
  - id: low-water
    date: 2025-02-10
    text: The gauge falls.
    actors: [norland, esteria]
    sources: [gauge]
positions:
  - id: claim
    party: norland
    speaker: per-holm
    kind: allegation
    against: [esteria]
    date: 2025-02-14
    text: The water falls.
    quotes:
      - text: They turned the tap.
        language: en
    based_on: [low-water]
    sources: [gauge, paper]
responses:
  - id: denial
    to: [claim]
    party: esteria
    date: 2025-02-15
    stance: denies
    text: It rises.
    sources: [paper]
related:
  - briefing: orm
changes:
  - date: 2025-03-05
    kind: correction
    text: It is at Orm.
sources:
  - id: gauge
    type: dataset
    title: Gauge
    url: https://gauge.example/
  - id: paper
    type: article-newspaper
    title: Paper
    url: https://paper.example/a
    accessed: 2025-03-01
"""
REGISTRIES_OF_IT = {
    "data/actors.yml": b"""\
norland:
  name: Norland
  type: state
  country: XN
esteria:
  name: Esteria
  type: state
  also_known_as: [Republic of Esteria]
per-holm:
  name: Per Albin Holm
  type: person
  also_known_as: [Per Holm]
  roles:
    - role: Foreign Minister
      of: norland
      from: 2021
""",
    "data/topics.yml": b"water:\n  name: Water\n",
    "briefings/orm.yml": b"""\
title: The gauge at Orm
summary: A gauge.
background: []
positions: [{id: claim, party: norland, text: It is low., sources: [shared]}]
responses: []
status: published
published: 2025-01-01
""",
    "data/sources.yml": b"shared:\n  title: Shared\n  url: https://shared.example/\n",
}

#: What is right, what is typed instead, and whether the advice is to write what is right again;
#: if not, what it is to write.
EDITS = [
    # keys: of other tools, of newsrooms
    ("title: Norland", "headline: Norland", ""),
    ("summary: The", "description: The", ""),
    ("published: 2025-03-04", "date: 2025-03-04", ""),
    ("updated: 2025-03-05", "lastmod: 2025-03-05", ""),
    ("language: en\ntopics", "lang: en\ntopics", ""),
    ("topics: [water]", "tags: [water]", ""),
    ("topics: [water]", "tag: water", ""),
    ("background:", "events:", ""),
    ("positions:", "claims:", ""),
    ("positions:", "position:", ""),
    ("responses:", "replies:", ""),
    ("changes:", "corrections:", ""),
    ("\nsources:\n", "\nreferences:\n", ""),
    ("    party: norland", "    who: norland", ""),
    ("    speaker: per-holm", "    said_by: per-holm", ""),
    ("    against: [esteria]", "    target: esteria", ""),
    ("    sources: [gauge, paper]", "    source: [gauge, paper]", ""),
    ("    to: [claim]", "    in_reply_to: [claim]", ""),
    ("    stance: denies", "    kind: denies", ""),
    ("    url: https://gauge.example/", "    link: https://gauge.example/", ""),
    ("    accessed: 2025-03-01", "    retrieved: 2025-03-01", ""),
    ("      - text: They", "      - quote: They", ""),
    # lists and texts
    ("topics: [water]", "topics: water", ""),
    ("    actors: [norland, esteria]", "    actors: norland, esteria", ""),
    ("    actors: [norland, esteria]", "    actors: norland and esteria", ""),
    ("    against: [esteria]", "    against: {esteria}", ""),
    ("    against: [esteria]", "    against: [esteria, esteria]", ""),
    ("status: published", "draft: false", ""),
    ("status: published", "status: published (required)", ""),
    ("related:\n  - briefing: orm", "related:\n  - orm", ""),
    ("related:\n  - briefing: orm", "related: orm", ""),
    (
        "    quotes:\n      - text: They turned the tap.\n        language: en\n",
        "    quotes: They turned the tap.\n",
        "    quotes:\n      - text: They turned the tap.\n",
    ),
    (
        "    quotes:\n      - text: They turned the tap.\n        language: en\n",
        "    quotes:\n      - They turned the tap.\n",
        "    quotes:\n      - text: They turned the tap.\n",
    ),
    (
        "    quotes:\n      - text: They turned the tap.\n        language: en\n",
        "    quotes:\n      text: They turned the tap.\n      language: en\n",
        "    quotes:\n      - text: They turned the tap.\n        language: en\n",
    ),
    ("related:\n  - briefing: orm", "related:\n  -\n  - briefing: orm", ""),
    ("topics: [water]", "topics: none", "topics: []"),
    ("    text: The water falls.", "    text: [The water falls.]", ""),
    # words
    ("    kind: allegation", "    kind: accusation", ""),
    ("    kind: allegation", "    kind: Allegation", ""),
    ("    stance: denies", "    stance: rejects", ""),
    ("    stance: denies", "    stance: denied", ""),
    ("status: published", "status: live", ""),
    ("    type: article-newspaper", "    type: newspaper", ""),
    ("    type: article-newspaper", "    type: article_newspaper", ""),
    ("    kind: correction", "    kind: erratum", ""),
    # dates
    ("    date: 2025-02-10", "    date: Feb. 10, 2025", ""),
    ("    date: 2025-02-10", "    date: 2025-2-10", ""),
    ("    date: 2025-02-10", "    date: 2025-02-10T10:00", ""),
    ("    date: 2025-02-10", "    date: 30–31 January 2025", "    date: 2025-01-30/2025-01-31"),
    ("    date: 2025-02-10", "    date: before 2019-12-24", "    date: ../2019-12-23"),
    ("    date: 2025-02-10", "    date: 1960s", "    date: 1960/1969"),
    ("published: 2025-03-04", "published: 4 March 2025", ""),
    # ids
    ("    speaker: per-holm", "    speaker: Per Albin Holm", ""),
    ("    speaker: per-holm", "    speaker: Per Holm", ""),
    ("    speaker: per-holm", "    speaker: Per_Holm", ""),
    ("    party: esteria", "    party: Republic of Esteria", ""),
    ("    party: esteria", "    party: Esteria", ""),
    ("    party: esteria", "    party: estera", ""),
    ("    party: esteria", "    party: est\u00aderia", ""),
    ("    party: esteria", "    party: \u0435steria", ""),
    ("    based_on: [low-water]", "    based_on: [low_water]", ""),
    ("topics: [water]", "topics: [Water]", ""),
    ("  - briefing: orm", "  - briefing: briefings/orm.yml", ""),
    ("  - id: low-water\n", "  - id: Low water\n", ""),
    # addresses, languages
    ("    url: https://gauge.example/", "    url: “https://gauge.example/”", ""),
    ("    url: https://gauge.example/", "    url: <https://gauge.example/>", ""),
    ("    url: https://paper.example/a", "    url: paper.example/a", ""),
    ("language: en\ntopics", "language: English\ntopics", ""),
    ("language: en\ntopics", "language: eng\ntopics", ""),
]


@pytest.mark.parametrize(
    ("right", "typed", "advised"), EDITS, ids=[typed.strip() for _, typed, _ in EDITS]
)
def test_advice_that_is_one_edit_makes_the_file_right(right: str, typed: str, advised: str) -> None:
    path = "briefings/halden.yml"
    assert SOUND.count(right) == 1
    sound = REGISTRIES_OF_IT | {path: SOUND.encode()}
    assert not check_site(sound, ERRORS_ONLY)
    files = REGISTRIES_OF_IT | {path: SOUND.replace(right, typed).encode()}
    problems = check_site(files, ERRORS_ONLY)
    assert len(problems) == 1, "one mistake, one problem"
    (problem,) = problems
    assert problem.severity is Severity.ERROR
    after = fixed(files, problem)
    assert after[path].decode() == SOUND.replace(right, advised or right)
    assert gone(problem, problems, check_site(after, ERRORS_ONLY))


#: The same in data/actors.yml.
REGISTRY_EDITS = [
    ("  country: XN", "  country: xn"),
    ("  type: state\n  country", "  type: country\n  country"),
    ("  also_known_as: [Republic of Esteria]", "  also_known_as: Republic of Esteria"),
    ("  also_known_as: [Republic of Esteria]", "  aliases: [Republic of Esteria]"),
    ("  roles:\n", "  positions:\n"),
    ("      from: 2021", "      since: 2021"),
    ("      of: norland", "      of: Norland"),
    ("norland:\n", "Norland:\n"),
]


@pytest.mark.parametrize(("right", "typed"), REGISTRY_EDITS)
def test_advice_in_a_registry_makes_the_file_right(right: str, typed: str) -> None:
    path = "data/actors.yml"
    registry = REGISTRIES_OF_IT[path].decode()
    assert registry.count(right) == 1
    files = REGISTRIES_OF_IT | {
        "briefings/halden.yml": SOUND.encode(),
        path: registry.replace(right, typed).encode(),
    }
    problem = next(
        problem for problem in check_site(files, ERRORS_ONLY) if problem.location.path == path
    )
    assert fixed(files, problem)[path].decode() == registry


#: What is typed for what, and the hint, where what to write can't be said in full.
HINTS = [
    (
        "        language: en\n    based",
        "        language: en\n        original: De vet det.\n    based",
        "Write `original:` and below it, indented, `text: De vet det.` and `language: en`.",
    ),
    (
        "    based_on: [low-water]",
        "    language: en",
        "`language` belongs under `quotes`.",
    ),
    (
        "    stance: denies",
        "    stance: refutes",
        "Write `denies` or `disputes`. Accepted: `denies`, `disputes`, `accepts_in_part`, "
        "`accepts`, `declines_to_comment`, `answers`.",
    ),
    (
        "    kind: allegation",
        "    kind: claim",
        "Write `allegation` or `statement`. Accepted: `allegation`, `demand`, `statement`.",
    ),
    ("updated: 2025-03-05", "verdict: false", 
     "A briefing judges nobody: remove it, and let the sources speak."),
    ("    based_on: [low-water]", "    withdrawn: 2025-03-01",
     "Write `withdrawn:` and below it, indented, `date: 2025-03-01` and `text: …`."),
    ("    based_on: [low-water]", "    no_response: esteria",
     "Write `no_response:` and below it, indented, `- party: esteria` and `as_of: YYYY-MM-DD`."),
    ("    based_on: [low-water]", "    archive_url: https://a.example/",
     "`archive_url` belongs under `sources`."),
    ("    based_on: [low-water]", "    stance: denies", "Add `to: [id]`, or remove `stance`."),
]  # fmt: skip


@pytest.mark.parametrize(("right", "typed", "hint"), HINTS)
def test_a_hint_shows_the_very_words_to_write(right: str, typed: str, hint: str) -> None:
    files = REGISTRIES_OF_IT | {"briefings/halden.yml": SOUND.replace(right, typed).encode()}
    (problem,) = check_site(files, ERRORS_ONLY)
    assert problem.hint == hint


@pytest.mark.parametrize(
    ("ids", "hint", "has_fix"),
    [
        (["un-security-council"],
         "If it is not `un-security-council`, declare it in data/actors.yml.", False),
        (["un-security-council", "council-of-orm"],
         "If it is not `council-of-orm`, `un-security-council`, declare it in data/actors.yml.",
         False),
        (["counsil"], "Did you mean `counsil`?", True),
        (["counsil", "councel"], "Did you mean `counsil` or `councel`?", False),
        (["sundmark"], "Declare it in data/actors.yml.", False),
    ],
)  # fmt: skip
def test_ids_are_offered_only_where_they_are_near(ids: list[str], hint: str, has_fix: bool) -> None:
    actors = REGISTRIES_OF_IT["data/actors.yml"].decode()
    actors += "".join(f"{id_}: {{name: Name of {id_}, type: organisation}}\n" for id_ in ids)
    files = REGISTRIES_OF_IT | {
        "data/actors.yml": actors.encode(),
        "briefings/halden.yml": SOUND.replace("party: esteria", "party: council").encode(),
    }
    problem = next(problem for problem in check_site(files) if problem.rule == "unknown-id")
    assert problem.hint == hint
    assert (problem.fix is not None) is has_fix


def test_no_message_uses_a_programmers_words() -> None:
    words = re.compile(r"\b(mapping|scalar|node|sequence|parser|string|boolean|integer|null)s?\b")
    package = Path(__file__).parents[2] / "generator"
    modules = [
        package / "reading" / f"{name}.py"
        for name in ("value_problems", "wrong_values", "unknown_keys", "key_locations")
    ]
    modules += [package / "model" / f"{name}.py" for name in ("fields", "dates", "languages")]
    for module in modules:
        tree = ast.parse(module.read_text("utf-8"))
        docstrings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                said = node not in docstrings and " " in node.value
                assert not (said and words.search(node.value)), (module.name, node.value)


def test_a_misspelt_list_is_read_so_that_its_own_mistakes_are_reported_too() -> None:
    text = SOUND.replace("positions:", "position:").replace("kind: allegation", "kind: claims")
    files = REGISTRIES_OF_IT | {"briefings/halden.yml": text.encode()}
    reported = [(problem.rule, problem.location.line) for problem in check_site(files, ERRORS_ONLY)]
    assert reported == [("unknown-key", 14), ("value", 18)]
