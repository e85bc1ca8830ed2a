"""The cache is only ever a help: whatever becomes of its file, a run goes on."""

from __future__ import annotations

import os
import pickle
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from generator.build import cache as cache_module
from generator.build import store
from generator.build.cache import (
    VARIABLE,
    Cache,
    digest,
    dumps,
    generator_digest,
    loads,
    project_cache,
)
from generator.build.store import Store


def test_what_was_kept_is_there_for_the_next_run(tmp_path: Path) -> None:
    with closing(Cache(tmp_path / "c.sqlite")) as cache:
        cache.put_many({b"a": b"1", b"b": b"2"})
    with closing(Cache(tmp_path / "c.sqlite")) as cache:
        assert cache.get(b"a") == b"1"
        assert cache.get_many([b"a", b"b", b"c"]) == {b"a": b"1", b"b": b"2"}
        assert cache.existing([b"b", b"c"]) == {b"b"}
        assert cache.get(b"c") is None


def test_without_a_file_it_is_gone_afterwards() -> None:
    with closing(Cache()) as cache:
        cache.put_many({b"a": b"1"})
        assert cache.get(b"a") == b"1"
        assert cache._temporary
        folder = cache._temporary.path.parent
        assert folder.is_dir()
    assert not folder.exists()


def test_a_thousand_keys_can_be_asked_for_at_once() -> None:
    with closing(Cache()) as cache:
        cache.put_many({digest(str(n)): str(n).encode() for n in range(1200)})
        assert len(cache.get_many(digest(str(n)) for n in range(1300))) == 1200


@pytest.mark.parametrize("damage", ["garbage", "half", "empty", "a folder"])
def test_a_damaged_file_makes_room_for_another(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "c.sqlite"
    with closing(Cache(path)) as cache:
        cache.put_many({digest(str(n)): bytes(1000) for n in range(500)})
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
        cache.get_many(digest(str(n)) for n in range(500))
        cache.put_many({b"a": b"1"})
        assert cache.get(b"a") == b"1"


def test_a_file_deleted_meanwhile_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    with closing(Cache(path)) as cache:
        cache.put_many({b"a": b"1"})
        for file in tmp_path.iterdir():
            file.unlink()
        cache.put_many({b"b": b"2"})
        assert cache.get(b"b") in (b"2", None)
    with closing(Cache(path)) as cache:
        cache.put_many({b"c": b"3"})
        assert cache.get(b"c") == b"3"


_HOLD = (
    "import sqlite3, sys\n"
    "database = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
    "database.execute(sys.argv[2])\n"
    "database.execute('BEGIN EXCLUSIVE')\n"
    "print('held', flush=True)\n"
    "sys.stdin.read()\n"
    "database.execute('COMMIT')\n"
)


@contextmanager
def _held(path: Path, first: str = "SELECT 1") -> Iterator[subprocess.Popen[bytes]]:
    """Another process has an exclusive lock meanwhile, until its input ends."""
    command = [sys.executable, "-c", _HOLD, str(path), first]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe) as process:
        assert process.stdout
        assert process.stdout.readline() == b"held\n"
        try:
            yield process
        finally:
            assert process.stdin
            process.stdin.close()


@pytest.mark.parametrize("begun", [False, True], ids=["from the start", "later"])
@pytest.mark.parametrize("mode", ["SELECT 1", "PRAGMA locking_mode = EXCLUSIVE"])
def test_a_file_that_stays_locked_is_gone_on_without_and_stays_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str, begun: bool
) -> None:
    monkeypatch.setattr(store, "WAIT", 0.2)
    path = tmp_path / "c.sqlite"
    if begun:
        with closing(Cache(path)) as cache:
            cache.put_many({b"old": b"0"})
    with _held(path, mode), closing(Cache(path)) as cache:
        assert cache.get(b"old") in (b"0", None)
        cache.put_many({b"a": b"1"})
        cache.put_many({b"b": b"2"})
        assert cache.get_many([b"a", b"b"]) == {b"a": b"1", b"b": b"2"}
        assert cache.existing([b"a", b"c"]) == {b"a"}
        cache.evict_unused()
    assert {file.name for file in tmp_path.iterdir()} <= {
        "c.sqlite",
        "c.sqlite-wal",
        "c.sqlite-shm",
    }
    with closing(Cache(path)) as cache:
        assert cache.get(b"old") == (b"0" if begun else None)
        cache.put_many({b"a": b"3"})
        assert cache.get(b"a") == b"3"


def test_a_lock_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    with _held(path) as holder, closing(Cache(path)) as cache:
        assert holder.stdin
        timer = threading.Timer(0.7, holder.stdin.close)
        timer.start()
        cache.put_many({b"a": b"1"})
        timer.join()
    with closing(Cache(path)) as cache:
        assert cache.get(b"a") == b"1"


def test_a_file_locked_while_it_is_in_use_is_waited_for_too(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    with closing(Cache(path)) as cache:
        cache.put_many({b"a": b"1"})
        with _held(path) as holder:
            assert holder.stdin
            timer = threading.Timer(0.7, holder.stdin.close)
            timer.start()
            cache.put_many({b"b": b"2"})
            timer.join()
    with closing(Cache(path)) as cache:
        assert cache.get_many([b"a", b"b"]) == {b"a": b"1", b"b": b"2"}


_USE = (
    "import sys; from pathlib import Path; from generator.build.cache import Cache\n"
    "cache = Cache(Path(sys.argv[1]))\n"
    "cache.put_many({b'%d' % n: bytes(1000) for n in range(200)})\n"
    "print('used', flush=True)\n"
    "sys.stdin.read()\n"
    "cache.put_many({b'last': b'1'})\n"
    "assert cache.get(b'last') == b'1'\n"
    "assert cache.get(b'7') in (bytes(1000), None)\n"
    "cache.close()\n"
)


def test_a_file_that_turns_out_damaged_is_left_to_who_uses_it(tmp_path: Path) -> None:
    path, pipe = tmp_path / "c.sqlite", subprocess.PIPE
    command = [sys.executable, "-c", _USE, str(path)]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe) as other:
        assert other.stdout
        assert other.stdout.readline() == b"used\n"
        number = path.stat().st_ino
        with path.open("r+b") as file:
            file.write(b"x" * 4096)
        # What SQLite has in the file beside is still whole.
        for ending in ("-wal", "-shm"):
            Path(f"{path}{ending}").replace(tmp_path / f"away{ending}")
        with closing(Cache(path)) as cache:
            assert cache.get(b"7") is None
            cache.put_many({b"a": b"1"})
            assert cache.get(b"a") == b"1"
        assert path.stat().st_ino == number
        other.communicate()
    assert other.returncode == 0
    with closing(Cache(path)) as cache:
        assert cache.get(b"a") == b"1"
    assert path.stat().st_ino == number
    assert (tmp_path / "c.1.sqlite").is_file()


def test_what_a_damaged_file_takes_is_given_back_after_a_week(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    path.write_bytes(b"x" * 5000)
    marker = tmp_path / "c.sqlite.damaged"
    for days, stays in ((0, True), (6, True), (8, False)):
        if days:
            os.utime(marker, (0, time.time() - days * 24 * 3600))
        with closing(Cache(path)) as cache:
            cache.put_many({b"a": b"1"})
            assert cache.get(b"a") == b"1"
        assert (path.exists(), marker.exists()) == (stays, True)
    assert (tmp_path / "c.1.sqlite").is_file()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="modes mean nothing here")
@pytest.mark.parametrize("begun", [False, True])
def test_a_read_only_folder_is_gone_on_without(
    tmp_path: Path, begun: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / "c.sqlite"
    if begun:
        with closing(Cache(path)) as cache:
            cache.put_many({b"old": b"0"})
    if os.geteuid() == 0:  # whom modes don't stop
        monkeypatch.setattr(Store, "_try_to_open", _refused)
    folder.chmod(0o500)
    try:
        with closing(Cache(path)) as cache:
            cache.put_many({b"a": b"1"})
            assert cache.get(b"a") == b"1"
    finally:
        folder.chmod(0o700)


def _refused(store: Store) -> sqlite3.Connection:
    if "briefings-cache-" in str(store.path):
        return _open(store)
    raise sqlite3.OperationalError("unable to open database file")


_open = Store._try_to_open


def _limited(store: Store) -> sqlite3.Connection:
    database = _open(store)
    if "briefings-cache-" not in str(store.path):
        database.execute("PRAGMA max_page_count = 4")  # the error of a full disk
    return database


def test_a_full_disk_is_gone_on_without_and_what_it_holds_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "c.sqlite"
    with monkeypatch.context() as patch, closing(Cache(path)) as cache:
        patch.setattr(Store, "_try_to_open", _limited)
        cache.put_many({b"old": b"0"})
        cache.put_many({b"large": bytes(200_000), b"small": b"1"})
        assert cache.get_many([b"old", b"small"]) == {b"old": b"0", b"small": b"1"}
        assert cache.get(b"large") == bytes(200_000)
    with closing(Cache(path)) as cache:
        assert cache.get_many([b"old", b"large", b"small"]) == {b"old": b"0"}


def test_where_nothing_can_be_written_at_all_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache_module, "TemporaryDirectory", full)
    monkeypatch.setattr(Store, "_try_to_open", full)
    for path in (None, tmp_path / "c.sqlite"):
        with closing(Cache(path)) as cache:
            cache.put_many({b"a": b"1"})
            assert cache.get_many([b"a"]) == {}
            assert cache.existing([b"a"]) == set()


def test_two_processes_can_write_at_once(tmp_path: Path) -> None:
    write = (
        "import sys; from pathlib import Path; from generator.build.cache import Cache\n"
        "cache = Cache(Path(sys.argv[1]))\n"
        "for n in range(200): cache.put_many({f'{sys.argv[2]} {n}'.encode(): b'x' * 5000})\n"
        "cache.close()\n"
    )
    path = tmp_path / "c.sqlite"
    started = [subprocess.Popen([sys.executable, "-c", write, str(path), name]) for name in "abc"]
    assert [process.wait(60) for process in started] == [0, 0, 0]
    with closing(Cache(path)) as cache:
        keys = [f"{name} {n}".encode() for name in "abc" for n in range(200)]
        assert cache.existing(keys) == set(keys)


def test_what_no_run_uses_is_forgotten_when_it_takes_much_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_module, "_EVICTED_FROM", 0)
    with closing(Cache(tmp_path / "c.sqlite")) as cache:
        cache.put_many({b"old": b"1", b"new": b"2", b"seen": b"3"})
    with closing(Cache(tmp_path / "c.sqlite")) as cache:
        cache.get(b"new")
        cache.mark_used([b"seen"])
        cache.evict_unused()
        assert cache.get_many([b"old", b"new", b"seen"]) == {b"new": b"2", b"seen": b"3"}


def test_what_another_run_wrote_meanwhile_is_not_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_module, "_EVICTED_FROM", 0)
    monkeypatch.setattr(store, "_ROWS", 7)
    path = tmp_path / "c.sqlite"
    with closing(Cache(path)) as cache:
        cache.put_many({f"old {n}".encode(): bytes(20_000) for n in range(100)})
    with closing(Cache(path)) as cache, closing(Cache(path)) as other:
        cache.get(b"old 5")
        other.put_many({b"other": b"1"})
        cache.evict_unused()
        assert other.get(b"other") == b"1"
        kept = cache.existing([b"other", *(f"old {n}".encode() for n in range(100))])
        assert kept == {b"other", b"old 5"}
    assert path.stat().st_size < 100_000  # the room is given back


def test_a_projects_cache_is_in_the_users_own_folder_for_caches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv(VARIABLE, raising=False)
    project = tmp_path / "project"
    project.mkdir()
    with closing(project_cache(project)) as cache:
        cache.put_many({b"a": b"1"})
        assert not list(project.iterdir())
        if sys.platform == "linux":
            (file,) = (tmp_path / "home" / "briefing-site").glob("*.sqlite")
            assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    monkeypatch.setenv(VARIABLE, str(tmp_path / "elsewhere"))
    with closing(project_cache(project)) as cache:
        cache.put_many({b"a": b"1"})
    (file,) = (tmp_path / "elsewhere").glob("*.sqlite")
    file.unlink()
    monkeypatch.setenv(VARIABLE, "off")
    with closing(project_cache(project)) as cache:
        cache.put_many({b"a": b"1"})
        assert cache.get(b"a") == b"1"
    assert not list((tmp_path / "elsewhere").glob("*.sqlite"))


def test_a_value_comes_back_as_it_was_packed() -> None:
    value = {"a": ("b", 1, None, b"\x00")}
    assert loads(dumps(value)) == value


@pytest.mark.parametrize("length", [1, 300, 3_000])
def test_texts_of_any_length_come_back_and_long_ones_take_less_room(length: int) -> None:
    content = dumps("fiction" * length)
    assert loads(content) == "fiction" * length
    assert len(content) < 600


def test_hashes_depend_on_where_a_text_ends() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("a") == digest(b"a")


def test_the_programs_hash_is_the_same_each_time_and_covers_its_templates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert generator_digest() == generator_digest()
    monkeypatch.setattr(cache_module, "_PACKAGE", tmp_path)
    (tmp_path / "x.md").write_text("one")
    before = generator_digest()
    (tmp_path / "x.md").write_text("two")
    assert generator_digest() != before
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "y").write_text("z")
    changed = generator_digest()
    (tmp_path / "__pycache__" / "y").write_text("zz")
    assert generator_digest() == changed
    assert sqlite3.threadsafety == 3


def test_a_closed_cache_can_be_sent_to_another_process() -> None:
    cache = Cache()
    cache.close()
    with closing(pickle.loads(pickle.dumps(cache))) as copy:
        copy.put_many({b"key": b"value"})
        assert copy.get(b"key") == b"value"
