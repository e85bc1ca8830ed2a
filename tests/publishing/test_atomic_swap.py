"""A site is replaced in one step, by one build at a time. The next one cleans up after a kill."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from generator.publishing import atomic_swap
from generator.publishing.atomic_swap import AtomicSwap, SiteMovedError, SwapError
from generator.publishing.foreign_files import LIST


def _write(folder: Path, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_text(text, encoding="utf-8")


def _write_site(folder: Path, text: str) -> None:
    """Write a site that looks as if MkDocs had built it."""
    _write(folder, text)
    for name in ("sitemap.xml", "sitemap.xml.gz"):
        (folder / name).touch()


def _read(site: Path) -> str:
    return (site / "index.html").read_text(encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    _write_site(tmp_path / "site", "old")
    return tmp_path / "site"


def _replace(site: Path) -> None:
    before = _read(site)
    with AtomicSwap(site) as swap:
        _write(swap.folder, "new")
        assert _read(site) == before
        swap.commit()


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".lock")


def test_the_new_site_replaces_the_old_one(site: Path) -> None:
    _replace(site)
    assert _read(site) == "new"
    assert _names(site.parent) == ["site"]


def test_the_first_site_can_be_published(tmp_path: Path) -> None:
    with AtomicSwap(tmp_path / "a" / "site") as swap:
        _write(swap.folder, "new")
        swap.commit()
    assert _read(tmp_path / "a" / "site") == "new"


def test_a_build_that_fails_leaves_the_old_site(site: Path) -> None:
    def fail() -> None:
        with AtomicSwap(site) as swap:
            _write(swap.folder, "new")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert _read(site) == "old"
    assert _names(site.parent) == ["site"]


def test_files_of_a_killed_build_are_deleted(site: Path) -> None:
    _write(site.with_name(".site.new"), "half")
    with AtomicSwap(site) as swap:
        assert list(swap.folder.iterdir()) == []
    assert _names(site.parent) == ["site"]


def test_a_link_to_a_site_stays_a_link(site: Path) -> None:
    link = site.with_name("public")
    link.symlink_to(site)
    _replace(link)
    assert link.is_symlink()
    assert (_read(link), _read(site)) == ("new", "new")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="the system has no /proc")
def test_a_folder_in_which_nothing_can_be_created_is_not_called_busy() -> None:
    with (
        pytest.raises(SwapError, match=r"/proc/site can't be built: no file can be created"),
        AtomicSwap(Path("/proc/site")),
    ):
        pass


def test_a_second_build_at_the_same_time_is_refused(site: Path) -> None:
    with AtomicSwap(site) as swap:
        _write(swap.folder, "first")
        with pytest.raises(SwapError, match=r"Another build into .*site is running"):
            AtomicSwap(site).__enter__()
        swap.commit()
    assert _read(site) == "first"


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOSYS, errno.ENOTSUP])
def test_without_a_system_call_for_swaps_two_renames_are_used(
    site: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr(atomic_swap.ctypes, "get_errno", lambda: code)
    monkeypatch.setattr(atomic_swap, "_EXCHANGE", 1 << 20)  # a flag that no system knows
    _replace(site)
    assert _read(site) == "new"
    assert _names(site.parent) == ["site"]


def test_after_a_kill_between_two_renames_the_next_build_restores_the_site(site: Path) -> None:
    site.rename(site.with_name(".site.old"))
    with AtomicSwap(site):
        assert _read(site) == "old"


def test_if_the_second_rename_fails_the_old_site_is_restored(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic_swap, "exchange", lambda first, second: False)
    rename = Path.rename

    def fail(path: Path, target: Path) -> Path:
        if path.name == ".site.new":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(SwapError, match=r"site can't be replaced: Input/output error"):
        _replace(site)
    assert _read(site) == "old"
    assert _names(site.parent) == ["site"]


def test_if_the_old_site_cannot_be_restored_the_message_names_its_folder(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic_swap, "exchange", lambda first, second: False)
    rename = Path.rename

    def fail(path: Path, target: Path) -> Path:
        if target == site:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(SiteMovedError) as caught:
        _replace(site)
    assert f"The old site is now {site.with_name('.site.old')}" in str(caught.value)
    assert "Rename it to site, or build again." in str(caught.value)
    assert _read(site.with_name(".site.old")) == "old"
    monkeypatch.undo()
    with AtomicSwap(site):
        assert _read(site) == "old"
    assert _names(site.parent) == ["site"]


def test_of_two_folders_that_could_be_the_site_neither_is_deleted(site: Path) -> None:
    site.rename(site.with_name(".site.old"))
    site.mkdir()
    with pytest.raises(SwapError, match=r"\.site\.old has the site, and .*site has no site"):
        AtomicSwap(site).__enter__()
    assert _read(site.with_name(".site.old")) == "old"


def test_files_of_somebody_else_are_kept(site: Path) -> None:
    _replace(site)  # which lists its files
    (site / ".git").write_text("gitdir: elsewhere", encoding="utf-8")
    (site / "CNAME").write_text("f.example", encoding="utf-8")
    (site / "reports").mkdir()
    (site / "reports" / "a.pdf").write_bytes(b"%PDF")
    (site / ".well-known").mkdir(mode=0o555)
    (site / "link").symlink_to("index.html")
    (site / "run.sh").touch(mode=0o750)
    with AtomicSwap(site) as swap:
        _write(swap.folder, "newer")
        swap.commit()
    assert sorted(swap.kept) == ["CNAME", "link", "reports/a.pdf", "run.sh"]
    assert _read(site) == "newer"
    assert (site / ".git").read_text("utf-8") == "gitdir: elsewhere"
    assert (site / "reports" / "a.pdf").read_bytes() == b"%PDF"
    assert stat.S_IMODE((site / ".well-known").stat().st_mode) == 0o555
    assert stat.S_IMODE((site / "run.sh").stat().st_mode) == 0o750
    assert (site / "link").readlink() == Path("index.html")
    assert _names(site.parent) == ["site"]


def test_pages_of_an_earlier_build_are_not_kept(site: Path) -> None:
    with AtomicSwap(site) as swap:
        _write(swap.folder, "first")
        _write(swap.folder / "withdrawn", "gone")
        swap.commit()
    (site / ".htaccess").touch()
    _replace(site)
    assert sorted(path.name for path in site.iterdir()) == [LIST, ".htaccess", "index.html"]


def test_without_a_list_hidden_files_and_the_host_name_are_kept(site: Path) -> None:
    for name in (".nojekyll", "CNAME", "stale.html"):
        (site / name).write_text("old", encoding="utf-8")
    _replace(site)
    assert {path.name for path in site.iterdir()} == {LIST, ".nojekyll", "CNAME", "index.html"}


def test_a_file_of_the_build_wins_over_one_of_somebody_else(site: Path) -> None:
    _replace(site)
    (site / "CNAME").write_text("old.example", encoding="utf-8")
    with AtomicSwap(site) as swap:
        _write(swap.folder, "newer")
        (swap.folder / "CNAME").write_text("new.example", encoding="utf-8")
        swap.commit()
    assert (site / "CNAME").read_text("utf-8") == "new.example"


def test_a_kept_file_with_the_name_of_a_new_folder_stops_the_swap(site: Path) -> None:
    _replace(site)
    (site / "reports").write_text("by hand", encoding="utf-8")
    with AtomicSwap(site) as swap:
        _write(swap.folder, "newer")
        _write(swap.folder / "reports", "newer")
        with pytest.raises(
            SwapError, match=r"reports was not written by a build, and the new site"
        ):
            swap.commit()
    assert (site / "reports").read_text("utf-8") == "by hand"


def test_without_hard_links_kept_files_are_copied(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    (site / ".htaccess").write_text("closed", encoding="utf-8")
    (site / ".htaccess").chmod(0o640)
    monkeypatch.setattr(os, "link", refuse)
    _replace(site)
    assert (site / ".htaccess").read_text("utf-8") == "closed"
    assert stat.S_IMODE((site / ".htaccess").stat().st_mode) == 0o640


def test_a_disk_that_is_mounted_in_a_site_stops_the_swap(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    _replace(site)
    (site / "media").mkdir()
    (site / "media" / "film.mp4").touch()
    monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(SwapError, match=r"media is a mounted disk"):
        _replace(site)
    assert (site / "media" / "film.mp4").exists()


def test_a_folder_with_other_files_is_refused_before_anything_changes(
    tmp_path: Path,
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "actors.yml").touch()
    with pytest.raises(SwapError, match=r"data isn't empty, and isn't a site that a build wrote"):
        AtomicSwap(tmp_path / "data")
    (tmp_path / "file").touch()
    with pytest.raises(SwapError, match=r"file is a file"):
        AtomicSwap(tmp_path / "file")
    assert {path.name for path in tmp_path.iterdir()} == {"data", "file"}


def test_a_site_never_replaces_its_sources_or_a_folder_that_contains_them(
    tmp_path: Path,
) -> None:
    source = tmp_path / "project" / "briefings"
    source.mkdir(parents=True)
    for site in (source, source.parent, tmp_path, Path("/"), Path.home()):
        with pytest.raises(SwapError, match=r"The site can't replace"):
            AtomicSwap(site, [source])
    with pytest.raises(
        SwapError, match=r"can't be published inside .*briefings, which the build reads"
    ):
        AtomicSwap(source / "site", [source])
    with pytest.raises(SwapError, match=r"is part of git's own files"):
        AtomicSwap(tmp_path / ".git" / "site", [source])


def test_an_empty_folder_or_one_with_only_hidden_files_becomes_the_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / ".git").touch()
    with AtomicSwap(site) as swap:
        _write(swap.folder, "new")
        swap.commit()
    assert _read(site) == "new"
    assert (site / ".git").exists()


def test_a_folder_that_cannot_be_renamed_is_reported(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(first: Path, second: Path) -> bool:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    monkeypatch.setattr(atomic_swap, "exchange", busy)
    with pytest.raises(SwapError, match=r"can't be replaced: .*not a mounted disk"):
        _replace(site)
    assert _read(site) == "old"
