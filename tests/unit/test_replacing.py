"""A site is replaced in one step, by one build at a time, and what a killed one left is removed."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from generator import replacing
from generator.replacing import Replacement, ReplacingError


def _write(folder: Path, words: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_text(words, encoding="utf-8")


def _read(site: Path) -> str:
    return (site / "index.html").read_text(encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    _write(tmp_path / "site", "old")
    return tmp_path / "site"


def _replace(site: Path) -> None:
    with Replacement(site) as replacement:
        _write(replacement.folder, "new")
        assert _read(site) == "old"
        replacement.put_in_place()


def _names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if not one.name.endswith(".lock"))


def test_the_new_site_takes_the_place_of_the_old(site: Path) -> None:
    _replace(site)
    assert _read(site) == "new"
    assert _names(site.parent) == ["site"]


def test_the_first_site_is_put_where_none_was(tmp_path: Path) -> None:
    with Replacement(tmp_path / "a" / "site") as replacement:
        _write(replacement.folder, "new")
        replacement.put_in_place()
    assert _read(tmp_path / "a" / "site") == "new"


def test_a_build_that_fails_leaves_the_old_site(site: Path) -> None:
    def fail() -> None:
        with Replacement(site) as replacement:
            _write(replacement.folder, "new")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert _read(site) == "old"
    assert _names(site.parent) == ["site"]


def test_what_a_killed_build_left_is_removed(site: Path) -> None:
    _write(site.with_name(".site.new"), "half")
    with Replacement(site) as replacement:
        assert not replacement.folder.exists()
    assert _names(site.parent) == ["site"]


def test_a_link_to_a_site_stays_a_link(site: Path) -> None:
    link = site.with_name("public")
    link.symlink_to(site)
    _replace(link)
    assert link.is_symlink()
    assert (_read(link), _read(site)) == ("new", "new")


def test_a_second_build_at_the_same_time_is_refused(site: Path) -> None:
    with Replacement(site) as replacement:
        _write(replacement.folder, "first")
        with pytest.raises(ReplacingError, match=r"Another build into .*site is running"):
            Replacement(site).__enter__()
        replacement.put_in_place()
    assert _read(site) == "first"


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOSYS, errno.ENOTSUP])
def test_without_the_systems_help_two_renames_do(
    site: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr(replacing.ctypes, "get_errno", lambda: code)
    monkeypatch.setattr(replacing, "_EXCHANGE", 1 << 20)  # a flag that no system knows
    _replace(site)
    assert _read(site) == "new"
    assert _names(site.parent) == ["site"]


def test_a_build_killed_between_two_renames_is_mended_by_the_next(site: Path) -> None:
    site.rename(site.with_name(".site.old"))
    with Replacement(site):
        assert _read(site) == "old"


def test_a_place_that_cannot_be_renamed_is_told(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(one: Path, other: Path) -> bool:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    monkeypatch.setattr(replacing, "exchange", busy)
    with pytest.raises(ReplacingError, match=r"can't be replaced: .*not a place where a disk"):
        _replace(site)
    assert _read(site) == "old"
