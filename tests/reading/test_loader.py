"""The files of a site: which are read as what, and what is wrong with their names."""

from __future__ import annotations

import pytest

from generator.reading.file_names import DEVICE_NAMES, RESERVED_NAMES, briefing_name_problems
from tests.fiction import as_json, briefing, files, position
from tests.reference import load


def test_a_briefings_id_is_its_path_below_the_folder() -> None:
    loaded = load(files({"halden": briefing(), "river/flood": briefing()}))
    assert list(loaded.briefings) == ["halden", "river/flood"]
    assert loaded.briefings["river/flood"].document.path == "briefings/river/flood.yml"
    assert loaded.problems == ()


def test_registries_are_read_by_their_names() -> None:
    loaded = load(
        files(
            {},
            topics={"water": {"name": "Water"}},
            places={"orm": {"name": "Orm"}},
            sources={"gauge": {"title": "Gauge", "url": "https://e.example/"}},
            style={"en": {"loaded": [{"term": "regime"}]}},
        )
    )
    assert loaded.problems == ()
    assert set(loaded.actors) == {"esteria", "norland"}
    assert loaded.topics["water"].name == "Water"
    assert loaded.places["orm"].name == "Orm"
    assert loaded.sources["gauge"].title == "Gauge"
    assert loaded.style["en"].loaded[0].term == "regime"


def test_registries_that_are_not_there_are_empty() -> None:
    loaded = load({})
    assert (loaded.actors, loaded.topics, loaded.places, loaded.sources) == ({}, {}, {}, {})
    assert loaded.problems == ()


@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_an_empty_registry_is_no_mistake(content: bytes) -> None:
    loaded = load({"data/topics.yml": content})
    assert (loaded.topics, loaded.problems) == ({}, ())


def test_an_empty_briefing_is_a_mistake() -> None:
    loaded = load({"briefings/x.yml": b""})
    assert [problem.rule for problem in loaded.problems] == ["yaml-empty"]
    assert set(loaded.broken) == {"x"}


def test_pages_written_by_hand_are_known_by_name() -> None:
    loaded = load({"briefings/about.md": b"", "briefings/river/notes.md": b"# Notes"})
    assert loaded.addresses.files == {"about.md", "river/notes.md"}
    assert loaded.problems == ()


def test_a_file_that_cannot_be_read_counts_as_broken_and_its_id_as_taken() -> None:
    content = b"title: [open\n"
    loaded = load({"briefings/x.yml": content})
    assert loaded.briefings == {}
    assert (loaded.broken["x"].path, loaded.broken["x"].text) == ("briefings/x.yml", content)
    assert len(loaded.problems) == 1


def test_a_registry_that_cannot_be_read_is_distinguished_from_an_empty_one() -> None:
    loaded = load({"data/actors.yml": b"esteria: [open\n"})
    assert loaded.unread_registries == {"actors"}
    assert len(loaded.problems) == 1


def test_other_files_are_passed_over() -> None:
    loaded = load({"briefings/map.svg": b"<", "README.md": b"x", "mkdocs.yml": b"a: [b"})
    assert (loaded.briefings, loaded.problems) == ({}, ())
    assert loaded.addresses.files == {"map.svg"}


def test_the_ending_yaml_is_refused_with_the_name_to_use() -> None:
    (problem,) = load({"briefings/river/halden.yaml": b"title: x\n"}).problems
    assert str(problem.location) == "briefings/river/halden.yaml:1:1"
    assert problem.message == "A briefing's file name ends in `.yml`."
    assert problem.hint == "Rename it to `river/halden.yml`."


@pytest.mark.parametrize("name", sorted(RESERVED_NAMES))
def test_a_name_the_site_needs_is_refused_at_the_top(name: str) -> None:
    (problem,) = briefing_name_problems(f"briefings/{name}.yml", name)
    assert problem.message == f"The site itself needs the name `{name}`."


@pytest.mark.parametrize("name", sorted(DEVICE_NAMES))
def test_a_devices_name_is_refused_anywhere(name: str) -> None:
    (problem,) = briefing_name_problems(f"briefings/{name}/x.yml", f"{name}/x")
    assert problem.message == f"`{name}` is a device's name on Windows."


@pytest.mark.parametrize("name", ["Über", "a b", "a_b", "a--b", ".hidden", "a.b", "A"])
def test_a_name_that_is_no_id_is_refused(name: str) -> None:
    (problem,) = briefing_name_problems(f"briefings/river/{name}.yml", f"river/{name}")
    assert problem.message == f"The file's name becomes its address. `{name}` is not an id."


@pytest.mark.parametrize("name", ["halden", "river/halden", "2025/03/halden", "river/search"])
def test_valid_names_are_no_problem(name: str) -> None:
    assert list(briefing_name_problems(f"briefings/{name}.yml", name)) == []


def test_each_wrong_folder_of_a_path_is_reported() -> None:
    names = [problem.message for problem in briefing_name_problems("briefings/A/B/c.yml", "A/B/c")]
    assert len(names) == 2


def _prose_of(mark: str) -> dict[str, bytes]:
    """A sound briefing with long prose in two texts."""
    half = mark * min(300_000 // len(mark), 490_000 // len(as_json(mark)))
    return files({"x": briefing(position(text=f"A {half}"), summary=f"A {half}")})


@pytest.mark.parametrize("mark", ["*a* ", "_a_ ", "[a](b:c) ", "[@gauge] ", "a\n\n", "- a\n"])
def test_prose_of_more_marks_than_anybody_writes_is_refused_where_they_become_too_many(
    mark: str,
) -> None:
    loaded = load(_prose_of(mark))
    (problem,) = loaded.problems
    assert problem.rule == "too-many-marks"
    assert problem.message == "Here the prose comes to have more than 40,000 marks."
    assert problem.location.column > 1
    assert loaded.briefings == {}
    assert set(loaded.broken) == {"x"}


def test_long_prose_that_somebody_could_write_is_read() -> None:
    paragraph = (
        "The *Halden* falls by a third, [says the council](https://c.example/) [@gauge].\n\n"
    )
    assert load(_prose_of(paragraph * 4)).problems == ()


def test_a_registry_of_too_many_marks_is_refused() -> None:
    loaded = load(files({}, topics={"water": {"name": "Water", "description": "*a* " * 50_000}}))
    assert [problem.rule for problem in loaded.problems] == ["too-many-marks"]
    assert loaded.unread_registries == {"topics"}
