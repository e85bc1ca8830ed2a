"""Whatever stands in a field, it is a problem at its place, or a page; never a traceback.

Each place of the project that uses every key, with each of some hundred values: all of them with
`--torture`, otherwise each place with one of them. All of it is fictional.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.authoring.editor_schema import schema_files
from generator.authoring.json_import import ImportDataError, import_json
from generator.authoring.registry_editor import RegistryError, added
from generator.build.cache import Cache
from generator.build.pipeline import Pipeline
from generator.build.targets import BriefingTarget
from generator.cli.main import main
from generator.linkcheck.find_links import links as links_of
from generator.linkcheck.url_safety import LinkRefusedError, target
from generator.reading.file_names import briefing_name_problems
from generator.reading.problem_formats import as_github, as_json, excerpt, line
from generator.reading.problems import Severity
from generator.rendering.settings import Settings
from generator.rules import ERRORS_ONLY, RULES, check_briefing
from generator.rules.base import CheckSettings
from tests.odd_values import (
    TEXTS,
    VALUES,
    Project,
    Spot,
    changed,
    sound,
    spots,
    written,
)
from tests.reference import build_site, check_site, load

SETTINGS = Settings(name="Fiction", description="Who says what.")
TODAY = date(2031, 1, 1)
#: All rules, with what they compare with: the sound files, as if of an earlier revision.
EVERY_RULE = CheckSettings(today=TODAY, earlier=load(written(sound())), since="v1")
#: What the files give where nothing but their form can be wrong.
NO_RULE = CheckSettings({rule.id: None for rule in RULES})
FOLDERS = ("briefings/", "data/")


def test_the_project_itself_is_valid() -> None:
    assert check_site(written(sound()), ERRORS_ONLY) == []
    assert len(spots()) > 200


def test_each_place_with_one_value_is_a_problem_or_a_page() -> None:
    """Two places in a project, unless one is in the other: this takes half of the projects."""
    changes = list(_some_changes())
    half = -(-len(changes) // 2)
    for number in range(half):
        together = changes[number::half]
        spots_apart = len({spot for spot, _ in together if not _inside(spot, together)}) > 1
        for group in [together] if spots_apart else [[change] for change in together]:
            _try(*group, pages=number % 25 == 0, links=number % 4 == 0)


def _inside(spot: Spot, changes: list[tuple[Spot, Any]]) -> bool:
    """Whether a place is in another of those that are changed."""
    file, path = spot
    return any(
        other != spot and other[0] == file and path[: len(other[1])] == other[1]
        for other, _ in changes
    )


@pytest.mark.torture
@pytest.mark.parametrize("spot", spots(), ids=str)
def test_each_place_with_each_value_is_a_problem_or_a_page(spot: Spot) -> None:
    for value in VALUES:
        _try((spot, value), pages=True)


def _try(*changes: tuple[Spot, Any], pages: bool, links: bool = True) -> None:
    project = sound()
    for spot, value in changes:
        project = changed(project, spot, value)
    try:
        hold(project, pages=pages, links=links)
    except Exception as error:
        values = "; ".join(f"{value!r:.200} at {spot}" for spot, value in changes)
        pytest.fail(f"{values}: {type(error).__name__}: {error}")


_CHANGES = st.tuples(st.sampled_from(spots()), st.sampled_from(VALUES))


@given(_CHANGES, _CHANGES)
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=settings().max_examples // 2)
def test_two_of_them_together_are_problems_or_pages(
    first: tuple[Spot, Any], second: tuple[Spot, Any]
) -> None:
    hold(changed(changed(sound(), *first), *second), pages=False)


def _some_changes() -> Iterator[tuple[Spot, Any]]:
    """Each place with one value, and each value about once."""
    places, step = spots(), len(VALUES) / len(spots())
    for number in range(len(places)):
        yield places[number], VALUES[int(number * 5 % len(places) * step)]


def hold(project: Project, *, pages: bool = True, links: bool = True) -> None:
    """Fail unless the files of a project give problems, or pages and data that can be read back."""
    files = written(project)
    problems = check_site(files, EVERY_RULE)
    for problem in problems:
        content = files[problem.location.path]
        assert 1 <= problem.location.line <= content.count(b"\n") + 2
        assert problem.message
        assert line(problem)
        assert as_github(problem)
        assert excerpt(problem, content) is not None
    assert json.loads(as_json(problems)) is not None
    if links:
        _links(files)
    if not pages:
        return
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        preview = build_site(files, SETTINGS, EVERY_RULE, preview=True)
        assert {page.path for page in preview.pages} >= {"index.md", "actors/index.md"}
    # Where a rule alone refuses it, a site can turn the rule off.
    built = build_site(files, SETTINGS, NO_RULE)
    assert bool(built.errors) is not bool(built.pages)
    if built.pages:
        _read_back(files, built.assets)
    assert _schemas(frozenset(item for item in files.items() if item[0].startswith("data/")))


@lru_cache(maxsize=1)
def _schemas(registries: frozenset[tuple[str, bytes]]) -> Mapping[str, str]:
    """The schemas depend on the registries alone, and take a third of a project's time."""
    return schema_files(load(dict(registries)))


def _links(files: Mapping[str, bytes]) -> None:
    problems, _ = links_of(files)
    for link in problems:
        with suppress(LinkRefusedError):
            assert target(link.url)


def _read_back(files: Mapping[str, bytes], assets: Mapping[str, bytes]) -> None:
    before = load(files)
    back = load(import_json(assets["data/briefings.json"]).files())
    for key, reading in before.briefings.items():
        if reading.value.status != "draft":
            assert back.briefings[key].value == reading.value


UNDECLARED = [
    (("briefings/halden.yml", ("positions", 0, "no_response", 0, "party")), "nobody"),
    (("briefings/halden.yml", ("positions", 0, "against", 0)), "nobody"),
    (("briefings/halden.yml", ("positions", 0, "speaker")), "nobody"),
    (("briefings/halden.yml", ("positions", 0, "party")), "nobody"),
    (("briefings/halden.yml", ("positions", 0, "place")), "nobody"),
    (("briefings/halden.yml", ("topics", 0)), "nobody"),
    (("briefings/halden.yml", ("sources", 2, "controlled_by")), "nobody"),
    (("briefings/halden.yml", ("summary",)), "See [it](actor:nobody)."),
    (("data/actors.yml", ("per-holm", "roles", 0, "of")), "nobody"),
    (("data/sources.yml", ("wire-copy", "controlled_by")), "nobody"),
]


@pytest.mark.parametrize(("spot", "value"), UNDECLARED, ids=[str(spot) for spot, _ in UNDECLARED])
def test_an_undeclared_id_gives_the_same_problems_together_apart_and_from_the_cache(
    spot: Spot, value: str
) -> None:
    project = changed(sound(), spot, value)
    # Its address is that of the page which an entry of that name would have.
    page = project["briefings/unfinished.yml"]
    for folder in ("actors", "places", "topics"):
        project[f"briefings/{folder}/nobody.yml"] = page
    files = written(project)
    options = CheckSettings(today=TODAY)
    expected = check_site(files, options)
    assert [problem.rule for problem in expected].count("unknown-id") == 1
    assert "address-taken" not in {problem.rule for problem in expected}

    with closing(Cache()) as cache:
        pipeline = Pipeline(cache, jobs=1)
        known = pipeline.read(files)
        assert pipeline.problems(known, options) == expected
        assert pipeline.problems(pipeline.read(files), options) == expected
    for key in known.loaded.briefings:
        collection = known.linked(known.graph.inputs(BriefingTarget(key))).collection
        problems = check_briefing(key, known.loaded, collection, options)
        own = (*known.loaded.problems, *problems)
        path = f"briefings/{key}.yml"
        assert sorted(problem for problem in own if problem.location.path == path) == [
            problem for problem in expected if problem.location.path == path
        ]


@pytest.mark.parametrize("kind", ["actor", "topic", "place", "source"])
def test_any_text_in_any_field_of_a_new_entry_is_written_or_refused(
    kind: str, torture: bool
) -> None:
    files = written(sound())
    sample = {
        "actor": {"name": "Zed", "type": "state"},
        "topic": {"name": "Zed"},
        "place": {"name": "Zed"},
        "source": {"title": "Zed", "url": "https://zed.example/"},
    }[kind]
    fields = [*sample, {"topic": "parent", "place": "latitude"}.get(kind, "country")]
    for text in TEXTS if torture else islice(TEXTS, 0, None, 12):
        for field in fields:
            with suppress(RegistryError):
                path, content, problems = added(files, kind, "zed", sample | {field: text})
                assert all(line(problem) for problem in problems)
                assert check_site({**files, path: content}, ERRORS_ONLY) is not None
        with suppress(RegistryError):
            assert added(files, kind, text, sample)


def test_any_text_as_a_new_briefings_id_is_taken_or_refused() -> None:
    for text in TEXTS:
        for problem in briefing_name_problems(f"briefings/{text}.yml", text):
            assert problem.message
            assert line(problem)


def test_any_data_in_place_of_published_data_are_read_or_refused(torture: bool) -> None:
    data = json.loads(build_site(written(sound()), SETTINGS).assets["data/briefings.json"])
    places = list(_places(data, ()))
    all_cases = ((place, value) for value in VALUES for place in places)
    cases = ((places[n * 331 % len(places)], value) for n, value in enumerate(VALUES[::3]))
    for place, value in all_cases if torture else cases:
        with suppress(ImportDataError):
            content = json.dumps(_laid(data, place, value)).encode()
            for path in import_json(content).files():
                assert path.startswith(FOLDERS)


def _places(data: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    yield path
    items: Any = ()
    if isinstance(data, dict | list):
        items = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in items:
        yield from _places(value, (*path, key))


def _laid(data: Any, place: tuple[Any, ...], value: Any) -> Any:
    if not place:
        return value
    copied = dict(data) if isinstance(data, dict) else list(data)
    copied[place[0]] = _laid(data[place[0]], place[1:], value)
    return copied


def test_any_text_on_the_command_line_is_taken_or_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, torture: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    for path, content in written(sound()).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    commands = (
        ["new", "{}"], ["add", "topic", "{}", "--name", "Zed"], ["add", "actor", "zed", "--type",
        "state", "--name", "{}"], ["add", "place", "zed", "--name", "Zed", "--latitude", "{}"],
        ["add", "source", "zed", "--title", "Zed", "--url", "{}"], ["explain", "{}"],
        ["check", "--today", "{}"], ["check", "{}"], ["check", "--since", "{}"],
        ["import", "{}"], ["schema", "--config", "{}", "--check"],
    )  # fmt: skip
    # What a command line can hold; a byte that is no text comes as such a sign.
    texts = [text for text in TEXTS if not set(text) & {"\0", "\ud800"}] + ["\udcff"]
    for number, text in enumerate(texts if torture else texts[::-3]):
        for command in commands if torture else [commands[number % len(commands)]]:
            words = [word.replace("{}", text) for word in command]
            result = CliRunner().invoke(main, words)
            assert isinstance(result.exception, SystemExit | None), (words, result.exc_info)
            assert result.output or result.exit_code == 0, words
