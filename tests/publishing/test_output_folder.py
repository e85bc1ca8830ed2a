"""A new site reuses files of the previous one that are as the build left them, and no others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.build.cache import Cache
from generator.publishing.output_folder import FileStat, OutputFolder, load_manifest, save_manifest

KEY = b"a hash"
FILES = [("index.html", b"<p>one"), ("halden/index.json", b"{}")]


@pytest.fixture
def previous(tmp_path: Path) -> Path:
    return tmp_path / "previous"


@pytest.fixture
def group(previous: Path) -> tuple[FileStat, ...]:
    previous.mkdir()
    return OutputFolder(previous, ()).write(FILES)


def _new(tmp_path: Path, previous: Path, group: tuple[FileStat, ...]) -> OutputFolder:
    (tmp_path / "new").mkdir()
    return OutputFolder(tmp_path / "new", (), previous, {KEY: group})


def test_unchanged_files_are_linked(
    tmp_path: Path, previous: Path, group: tuple[FileStat, ...]
) -> None:
    assert _new(tmp_path, previous, group).reuse(KEY) == group
    for path, content in FILES:
        assert (tmp_path / "new" / path).read_bytes() == content
        assert (tmp_path / "new" / path).samefile(previous / path)


def test_a_group_with_another_digest_is_not_reused(
    tmp_path: Path, previous: Path, group: tuple[FileStat, ...]
) -> None:
    assert _new(tmp_path, previous, group).reuse(b"another hash") is None
    assert list((tmp_path / "new").iterdir()) == []


def _edited(path: Path) -> None:
    before = path.stat()
    path.write_bytes(b"<p>two")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))


def _exchanged(path: Path) -> None:
    """Another file of the same size and time."""
    before = path.stat()
    other = path.with_name("other")
    other.write_bytes(b"<p>two")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(path)


def _deleted(path: Path) -> None:
    path.unlink()


def _linked(path: Path) -> None:
    path.rename(path.with_name("moved"))
    path.symlink_to("moved")


@pytest.mark.parametrize("change", [_edited, _exchanged, _deleted, _linked])
def test_a_group_with_a_file_that_someone_changed_is_written_again(
    tmp_path: Path,
    previous: Path,
    group: tuple[FileStat, ...],
    change: object,
) -> None:
    assert callable(change)
    change(previous / "halden" / "index.json")
    folder = _new(tmp_path, previous, group)
    assert folder.reuse(KEY) is None
    folder.write(FILES)
    for path, content in FILES:
        assert (tmp_path / "new" / path).read_bytes() == content


def test_writing_to_a_reused_file_leaves_the_previous_site_unchanged(
    tmp_path: Path, previous: Path, group: tuple[FileStat, ...]
) -> None:
    folder = _new(tmp_path, previous, group)
    folder.reuse(KEY)
    folder.write([("index.html", b"<p>changed")])
    assert (previous / "index.html").read_bytes() == b"<p>one"
    assert (tmp_path / "new" / "index.html").read_bytes() == b"<p>changed"


def test_without_hard_links_nothing_is_reused(
    tmp_path: Path,
    previous: Path,
    group: tuple[FileStat, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    assert _new(tmp_path, previous, group).reuse(KEY) is None


def test_a_file_that_others_may_not_read_is_written_again_where_new_files_may_be_read(
    tmp_path: Path, previous: Path, group: tuple[FileStat, ...]
) -> None:
    for path, _ in FILES:
        (previous / path).chmod(0o600)
    stats = {path: (previous / path).stat() for path, _ in FILES}
    closed = tuple(
        FileStat(path, stats[path].st_size, stats[path].st_mtime_ns, stats[path].st_ino)
        for path, _ in FILES
    )
    for mode, reused in ((0o755, None), (0o700, closed)):
        new = tmp_path / oct(mode)
        new.mkdir()
        new.chmod(mode)  # as a `umask` of 022 and of 077 has it
        assert OutputFolder(new, (), previous, {KEY: closed}).reuse(KEY) == reused


def test_nothing_is_written_to_reserved_paths(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path, {"index.html"})
    assert [file.path for file in folder.write(FILES)] == ["halden/index.json"]
    assert not (tmp_path / "index.html").exists()


def test_a_manifest_is_loaded_for_the_same_site_and_the_same_reserved_paths(
    tmp_path: Path, previous: Path, group: tuple[FileStat, ...]
) -> None:
    cache = Cache(tmp_path / "cache")
    save_manifest(cache, previous, {"404.html"}, {KEY: group})
    assert load_manifest(cache, previous, {"404.html"}) == {KEY: group}
    assert load_manifest(cache, previous, {"404.html", "index.html"}) == {}
    assert load_manifest(cache, tmp_path / "other", {"404.html"}) == {}
    cache.close()
