"""A new site takes over from the one that stands what is as it was left, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.build.cache import Cache
from generator.publishing.output_folder import FileStat, OutputFolder, load_manifest, save_manifest

KEY = b"a hash"
FILES = [("index.html", b"<p>one"), ("halden/index.json", b"{}")]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return tmp_path / "old"


@pytest.fixture
def group(old: Path) -> tuple[FileStat, ...]:
    old.mkdir()
    return OutputFolder(old, ()).write(FILES)


def _new(tmp_path: Path, old: Path, group: tuple[FileStat, ...]) -> OutputFolder:
    (tmp_path / "new").mkdir()
    return OutputFolder(tmp_path / "new", (), old, {KEY: group})


def test_files_as_they_were_left_get_a_second_name(
    tmp_path: Path, old: Path, group: tuple[FileStat, ...]
) -> None:
    assert _new(tmp_path, old, group).reuse(KEY) == group
    for path, content in FILES:
        assert (tmp_path / "new" / path).read_bytes() == content
        assert (tmp_path / "new" / path).samefile(old / path)


def test_what_is_made_of_something_else_is_not_taken_over(
    tmp_path: Path, old: Path, group: tuple[FileStat, ...]
) -> None:
    assert _new(tmp_path, old, group).reuse(b"another hash") is None
    assert list((tmp_path / "new").iterdir()) == []


def _edited(path: Path) -> None:
    told = path.stat()
    path.write_bytes(b"<p>two")
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns + 1))


def _exchanged(path: Path) -> None:
    """Another file of the same size and time."""
    told = path.stat()
    other = path.with_name("other")
    other.write_bytes(b"<p>two")
    os.utime(other, ns=(told.st_atime_ns, told.st_mtime_ns))
    other.replace(path)


def _deleted(path: Path) -> None:
    path.unlink()


def _linked(path: Path) -> None:
    path.rename(path.with_name("moved"))
    path.symlink_to("moved")


@pytest.mark.parametrize("change", [_edited, _exchanged, _deleted, _linked])
def test_a_group_with_a_file_that_someone_changed_is_written_anew(
    tmp_path: Path,
    old: Path,
    group: tuple[FileStat, ...],
    change: object,
) -> None:
    assert callable(change)
    change(old / "halden" / "index.json")
    folder = _new(tmp_path, old, group)
    assert folder.reuse(KEY) is None
    folder.write(FILES)
    for path, content in FILES:
        assert (tmp_path / "new" / path).read_bytes() == content


def test_writing_to_a_file_taken_over_leaves_the_old_site_as_it_is(
    tmp_path: Path, old: Path, group: tuple[FileStat, ...]
) -> None:
    folder = _new(tmp_path, old, group)
    folder.reuse(KEY)
    folder.write([("index.html", b"<p>changed")])
    assert (old / "index.html").read_bytes() == b"<p>one"
    assert (tmp_path / "new" / "index.html").read_bytes() == b"<p>changed"


def test_a_file_system_without_second_names_gets_files_of_its_own(
    tmp_path: Path,
    old: Path,
    group: tuple[FileStat, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    assert _new(tmp_path, old, group).reuse(KEY) is None


def test_a_file_that_others_may_not_read_is_written_again_where_new_files_may_be_read(
    tmp_path: Path, old: Path, group: tuple[FileStat, ...]
) -> None:
    for path, _ in FILES:
        (old / path).chmod(0o600)
    about = {path: (old / path).stat() for path, _ in FILES}
    closed = tuple(
        FileStat(path, about[path].st_size, about[path].st_mtime_ns, about[path].st_ino)
        for path, _ in FILES
    )
    for mode, taken_over in ((0o755, None), (0o700, closed)):
        new = tmp_path / oct(mode)
        new.mkdir()
        new.chmod(mode)  # as a `umask` of 022 and of 077 has it
        assert OutputFolder(new, (), old, {KEY: closed}).reuse(KEY) == taken_over


def test_paths_that_are_taken_are_left_alone(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path, {"index.html"})
    assert [one.path for one in folder.write(FILES)] == ["halden/index.json"]
    assert not (tmp_path / "index.html").exists()


def test_what_a_site_is_made_of_is_known_to_the_next_build_while_the_same_paths_are_taken(
    tmp_path: Path, old: Path, group: tuple[FileStat, ...]
) -> None:
    cache = Cache(tmp_path / "cache")
    save_manifest(cache, old, {"404.html"}, {KEY: group})
    assert load_manifest(cache, old, {"404.html"}) == {KEY: group}
    assert load_manifest(cache, old, {"404.html", "index.html"}) == {}
    assert load_manifest(cache, tmp_path / "other", {"404.html"}) == {}
    cache.close()
