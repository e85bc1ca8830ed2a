"""Files that can't be read, or are gone when they are: a verdict at a place, never a traceback."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.build.cache import Cache
from generator.build.errors import SourceChangedError
from generator.build.pipeline import Pipeline
from generator.cli.main import main
from generator.reading import source_files as tree_module
from generator.reading.source_files import SourceFiles
from generator.rules.base import CheckSettings
from tests.fiction import briefing, files

FAILS = [PermissionError(13, "Permission denied"), OSError(5, "Input/output error")]


class _Failing(Mapping[str, bytes]):
    """Files of which some fail when they are read."""

    def __init__(self, held: Mapping[str, bytes], fails: Mapping[str, OSError]) -> None:
        self.held, self.fails = held, fails

    def __getitem__(self, path: str) -> bytes:
        if path in self.fails:
            raise self.fails[path]
        return self.held[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.held)

    def __len__(self) -> int:
        return len(self.held)


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _errors(read: Mapping[str, bytes]) -> list[tuple[str, str, str]]:
    with closing(Cache(None)) as cache:
        pipeline = Pipeline(cache, jobs=1)
        problems = pipeline.problems(pipeline.read(read), CheckSettings())
    return [
        (str(problem.location), problem.rule, problem.message)
        for problem in problems
        if problem.severity == "error"
    ]


@pytest.mark.parametrize("error", FAILS, ids=str)
@pytest.mark.parametrize("path", ["briefings/x.yml", "data/actors.yml", "briefings/river"])
def test_what_cannot_be_read_is_reported_and_nothing_else(path: str, error: OSError) -> None:
    held = files({"x": briefing(), "y": briefing()}) | {path: b""}
    message = f"This can't be read: {_small(str(error.strerror))}."
    assert _errors(_Failing(held, {path: error})) == [(f"{path}:1:1", "unreadable", message)]


def test_what_is_gone_when_it_is_read_never_existed() -> None:
    held = files({"x": briefing(), "y": briefing()})
    gone = FileNotFoundError(2, "No such file or directory")
    assert _errors(_Failing(held, {"briefings/x.yml": gone})) == []


def test_what_is_gone_after_it_was_read_is_reported_as_changed() -> None:
    held = files({"x": briefing(title="")})
    with closing(Cache(None)) as cache:
        fails: dict[str, OSError] = {}
        snapshot = Pipeline(cache, jobs=1).read(_Failing(held, fails))
        snapshot.files._contents.clear()  # type: ignore[attr-defined]  # as with very many files
        fails["briefings/x.yml"] = FileNotFoundError(2, "No such file or directory")
        with pytest.raises(SourceChangedError, match=r"briefings/x\.yml changed during the run"):
            snapshot.files["briefings/x.yml"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, content in files({"x": briefing(), "river/y": briefing()}).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _failing(name: str, error: OSError) -> Callable[[Path | str], bytes]:
    whole = tree_module.read_file

    def read(path: Path | str) -> bytes:
        if Path(path).name == name:
            raise error
        return whole(path)

    return read


@pytest.mark.parametrize("error", FAILS, ids=str)
def test_a_check_reports_what_cannot_be_read(
    project: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    monkeypatch.setattr(tree_module, "read_file", _failing("x.yml", error))
    result = CliRunner().invoke(main, ["check"])
    assert isinstance(result.exception, SystemExit)
    assert result.exit_code == 1
    assert result.stdout.startswith("briefings/x.yml:1:1: error: This can't be read: ")


def test_a_check_of_files_that_are_gone_ends_well(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = FileNotFoundError(2, "No such file or directory")
    monkeypatch.setattr(tree_module, "read_file", _failing("x.yml", gone))
    result = CliRunner().invoke(main, ["check"])
    assert (result.exit_code, result.stdout) == (0, "")


def test_a_folder_that_cannot_be_read_counts_for_what_is_in_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("river"):
            raise PermissionError(13, "Permission denied")
        return whole(path)

    monkeypatch.setattr(os, "scandir", scandir)
    tree = SourceFiles(Path("briefings"), Path("data"))
    assert set(tree) == {"briefings/river", "briefings/x.yml", "data/actors.yml"}
    (error,) = _errors(tree)
    assert error[:2] == ("briefings/river:1:1", "unreadable")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_links_to_pipes_devices_folders_and_themselves_are_passed_over(project: Path) -> None:
    os.mkfifo(project / "briefings" / "pipe")
    for name, target in (
        ("a.yml", "pipe"), ("b.yml", "."), ("c.yml", "/dev/zero"), ("d.yml", "d.yml"),
        ("e.yml", "../../.."), ("f.yml", "/etc/passwd"), ("g.yml", "/proc/self/mem"),
    ):  # fmt: skip
        (project / "briefings" / name).symlink_to(target)
    (project / "briefings" / "loop").symlink_to(".")
    assert set(SourceFiles(Path("briefings"), Path("data"))) == {
        "briefings/x.yml", "briefings/river/y.yml", "data/actors.yml",
    }  # fmt: skip
