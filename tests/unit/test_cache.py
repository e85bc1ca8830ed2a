"""The cache is only ever a help: whatever becomes of its file, a run goes on."""

from __future__ import annotations

import gc
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from generator import cache as cache_module
from generator.cache import VARIABLE, Cache, digest, packed, program, project_cache, unpacked


def test_what_was_kept_is_there_for_the_next_run(tmp_path: Path) -> None:
    with closing(Cache(tmp_path / "c.sqlite")) as cache:
        cache.put({b"a": b"1", b"b": b"2"})
    with closing(Cache(tmp_path / "c.sqlite")) as cache:
        assert cache.get(b"a") == b"1"
        assert cache.several([b"a", b"b", b"c"]) == {b"a": b"1", b"b": b"2"}
        assert cache.known([b"b", b"c"]) == {b"b"}
        assert cache.get(b"c") is None


def test_without_a_file_it_is_gone_afterwards() -> None:
    with closing(Cache()) as cache:
        cache.put({b"a": b"1"})
        assert cache.get(b"a") == b"1"
        folder = cache._path.parent
        assert folder.is_dir()
    assert not folder.exists()


def test_a_thousand_keys_can_be_asked_for_at_once() -> None:
    with closing(Cache()) as cache:
        cache.put({digest(str(n)): str(n).encode() for n in range(1200)})
        assert len(cache.several(digest(str(n)) for n in range(1300))) == 1200


@pytest.mark.parametrize("damage", ["garbage", "half", "empty", "a folder"])
def test_a_damaged_file_is_put_aside(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "c.sqlite"
    with closing(Cache(path)) as cache:
        cache.put({digest(str(n)): bytes(1000) for n in range(500)})
    for ending in ("-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
    whole = path.read_bytes()
    path.unlink()
    if damage == "a folder":
        path.mkdir()
    else:
        path.write_bytes(
            {"garbage": b"x" * 5000, "half": whole[: len(whole) // 2], "empty": b""}[damage]
        )
    with closing(Cache(path)) as cache:
        cache.several(digest(str(n)) for n in range(500))
        cache.put({b"a": b"1"})
        assert cache.get(b"a") == b"1"


def test_a_file_deleted_meanwhile_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    with closing(Cache(path)) as cache:
        cache.put({b"a": b"1"})
        for file in tmp_path.iterdir():
            file.unlink()
        cache.put({b"b": b"2"})
        assert cache.get(b"b") in (b"2", None)
    with closing(Cache(path)) as cache:
        cache.put({b"c": b"3"})
        assert cache.get(b"c") == b"3"


def test_two_processes_can_write_at_once(tmp_path: Path) -> None:
    write = (
        "import sys; from pathlib import Path; from generator.cache import Cache\n"
        "cache = Cache(Path(sys.argv[1]))\n"
        "for n in range(200): cache.put({f'{sys.argv[2]} {n}'.encode(): b'x' * 5000})\n"
        "cache.close()\n"
    )
    path = tmp_path / "c.sqlite"
    started = [subprocess.Popen([sys.executable, "-c", write, str(path), name]) for name in "abc"]
    assert [process.wait(60) for process in started] == [0, 0, 0]
    with closing(Cache(path)) as cache:
        keys = [f"{name} {n}".encode() for name in "abc" for n in range(200)]
        assert cache.known(keys) == set(keys)


def test_what_no_run_uses_is_forgotten_when_it_takes_much_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_module, "_ROOM", 0)
    with closing(Cache(tmp_path / "c.sqlite")) as cache:
        cache.put({b"old": b"1", b"new": b"2", b"seen": b"3"})
    with closing(Cache(tmp_path / "c.sqlite")) as cache:
        cache.get(b"new")
        cache.keep([b"seen"])
        cache.tidy()
        assert cache.several([b"old", b"new", b"seen"]) == {b"new": b"2", b"seen": b"3"}


def test_a_projects_cache_is_in_the_users_own_folder_for_caches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv(VARIABLE, raising=False)
    project = tmp_path / "project"
    project.mkdir()
    with closing(project_cache(project)) as cache:
        cache.put({b"a": b"1"})
        assert not list(project.iterdir())
        if sys.platform == "linux":
            assert cache._path.is_relative_to(tmp_path / "home" / "briefing-site")
            assert stat.S_IMODE(cache._path.parent.stat().st_mode) == 0o700
    monkeypatch.setenv(VARIABLE, str(tmp_path / "elsewhere"))
    with closing(project_cache(project)) as cache:
        assert cache._path.parent == tmp_path / "elsewhere"
    monkeypatch.setenv(VARIABLE, "off")
    with closing(project_cache(project)) as cache:
        assert not cache._path.is_relative_to(tmp_path / "elsewhere")


def test_a_value_comes_back_as_it_was_packed() -> None:
    value = {"a": ("b", 1, None, b"\x00")}
    assert unpacked(packed(value)) == value


@pytest.mark.parametrize("length", [1, 300, 3_000])
def test_texts_of_any_length_come_back_and_long_ones_take_less_room(length: int) -> None:
    content = packed("fiction" * length)
    assert unpacked(content) == "fiction" * length
    assert len(content) < 600


def test_unpacking_leaves_the_garbage_collector_as_it_was() -> None:
    assert gc.isenabled()
    unpacked(packed(["fiction"]))
    assert gc.isenabled()
    gc.disable()
    try:
        unpacked(packed(["fiction"]))
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_hashes_tell_where_one_text_ends() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("a") == digest(b"a")


def test_the_programs_hash_is_the_same_each_time_and_covers_its_templates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert program() == program()
    monkeypatch.setattr(cache_module.resources, "files", lambda package: tmp_path)
    (tmp_path / "x.md").write_text("one")
    before = program()
    (tmp_path / "x.md").write_text("two")
    assert program() != before
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "y").write_text("z")
    changed = program()
    (tmp_path / "__pycache__" / "y").write_text("zz")
    assert program() == changed
    assert sqlite3.threadsafety == 3
