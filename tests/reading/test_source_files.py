"""Reading a project's files from the disk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.reading.selection import Selection
from generator.reading.source_files import SourceFiles, read_tree
from generator.reading.source_text import MAX_BYTES


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in ("briefings/river", "data"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path


def _read(project: Path) -> dict[str, bytes]:
    return read_tree(project / "briefings", project / "data")


def test_files_go_by_their_paths_as_authors_see_them(project: Path) -> None:
    (project / "briefings/river/halden.yml").write_bytes(b"title: x\r\n")
    (project / "data/actors.yml").write_bytes(b"\xef\xbb\xbfa: b")
    assert _read(project) == {
        "briefings/river/halden.yml": b"title: x\r\n",
        "data/actors.yml": b"\xef\xbb\xbfa: b",
    }


def test_the_paths_are_the_same_wherever_the_folders_are(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/x.yml").write_bytes(b"a: b")
    assert read_tree(tmp_path / "texts", tmp_path / "none") == {"briefings/x.yml": b"a: b"}


def test_pages_written_by_hand_are_named_without_their_content(project: Path) -> None:
    (project / "briefings/about.md").write_bytes(b"# About")
    assert _read(project) == {"briefings/about.md": b""}


def test_yaml_of_the_wrong_ending_is_read_so_that_it_can_be_reported(project: Path) -> None:
    (project / "briefings/x.yaml").write_bytes(b"a: b")
    assert list(_read(project)) == ["briefings/x.yaml"]


@pytest.mark.parametrize("name", [".hidden.yml", ".folder/x.yml"])
def test_hidden_files_are_passed_over(project: Path, name: str) -> None:
    path = project / "briefings" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"a: b")
    assert _read(project) == {}


@pytest.mark.parametrize("name", ["map.svg", "x.yml~", "x.YML.bak"])
def test_other_files_are_named_without_their_content(project: Path, name: str) -> None:
    for folder in ("briefings", "data"):
        (project / folder / name).write_bytes(b"a: b")
    assert _read(project) == {f"briefings/{name}": b""}


def test_folders_that_are_not_there_hold_nothing(tmp_path: Path) -> None:
    assert _read(tmp_path) == {}


def test_of_a_large_file_only_as_much_is_read_as_shows_that_it_is(project: Path) -> None:
    (project / "briefings/x.yml").write_bytes(b"a" * (MAX_BYTES + 1000))
    assert len(_read(project)["briefings/x.yml"]) == MAX_BYTES + 1


def test_a_folder_with_a_files_name_is_passed_over(project: Path) -> None:
    (project / "briefings/x.yml").mkdir()
    assert _read(project) == {}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_passed_over(project: Path) -> None:
    os.mkfifo(project / "briefings/x.yml")
    assert _read(project) == {}


def test_a_link_that_leads_out_is_passed_over(project: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.yml").write_bytes(b"a: b")
    link = project / "briefings/x.yml"
    try:
        link.symlink_to(tmp_path / "secret.yml")
    except OSError:
        pytest.skip("this system makes no symbolic links")
    (project / "briefings/dangling.yml").symlink_to(tmp_path / "nowhere.yml")
    (project / "briefings/loop.yml").symlink_to(project / "briefings/loop.yml")
    assert _read(project) == {}


def test_a_link_within_the_folder_is_followed(project: Path) -> None:
    (project / "briefings/river/x.yml").write_bytes(b"a: b")
    try:
        (project / "briefings/y.yml").symlink_to(project / "briefings/river/x.yml")
    except OSError:
        pytest.skip("this system makes no symbolic links")
    assert _read(project)["briefings/y.yml"] == b"a: b"


@pytest.mark.parametrize("name", ["x.yml~", "x.YML.bak", "notes.json"])
def test_a_file_that_is_not_published_is_named_and_not_read(project: Path, name: str) -> None:
    (project / "briefings" / name).write_bytes(b"a: b")
    assert _read(project) == {f"briefings/{name}": b""}


def test_what_a_site_excludes_is_passed_over(project: Path) -> None:
    for name in ("notes.json", "x.yml", "y.yml"):
        (project / "briefings" / name).write_bytes(b"a: b")
    chosen = Selection(frozenset(["json"]), excluded=lambda path: path in ("x.md", "z.yml"))
    tree = SourceFiles(project / "briefings", project / "data", chosen)
    assert set(tree) == {"briefings/notes.json", "briefings/y.yml"}
    assert tree["briefings/notes.json"] == b""
