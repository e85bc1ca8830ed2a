"""The index's files are whole when they are said to be written."""

from __future__ import annotations

import gzip
import json
import os
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.publishing.search_index import BackgroundIndexer
from generator.search.index import ENTRY, FOLDER, write_index
from generator.search.records import SearchPage, SearchRecord, texts_of

PAGES = [
    SearchPage(
        (SearchRecord(f"x/{n}/", f"Halden {n}", tuple(texts_of(f"The water of {n} falls. " * 50))),)
    )
    for n in range(20)
]


def _save(files: Iterable[tuple[str, bytes]], folder: Path) -> None:
    for name, content in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def _broken(folder: Path) -> list[str]:
    entry = json.loads((folder / FOLDER / "entry.json").read_text("utf-8"))
    pages = (folder / FOLDER / "lists" / f"{entry['pages']}.idx").read_bytes()
    assert len(json.loads(gzip.decompress(pages))["records"]) == len(PAGES)
    files = [path for path in (folder / FOLDER).rglob("*") if path.is_file()]
    for path in files:
        if path.suffix == ".idx":
            gzip.decompress(path.read_bytes())
    return [path.name for path in files if path.stat().st_size == 0]


def test_however_busy_the_machine_no_file_is_cut_short(tmp_path: Path) -> None:
    folders = [tmp_path / str(n) for n in range(16)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda folder: write_index(PAGES, folder), folders))
    assert [_broken(folder) for folder in folders] == [[]] * 16


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_same_pages_make_the_same_files_wherever_they_are_made(tmp_path: Path) -> None:
    pages = [
        SearchPage(
            (
                SearchRecord(
                    f"x/{n}/",
                    f"Halden {n}",
                    tuple(texts_of(f"The water of {n} falls.")),
                    filters={
                        "actor": {f"actor-{n % 7}": f"Actor {n % 7}"},
                        "kind": {f"kind-{n % 5}": f"Kind {n % 5}", "all": "All"},
                    },
                    date=f"2025-01-{n % 28 + 1:02}",
                ),
            )
        )
        for n in range(60)
    ]
    for name in ("a", "b", "c"):
        write_index(pages, tmp_path / name)
    for name, jobs in (("d", 1), ("e", 2)):
        _save(BackgroundIndexer(lambda: iter(pages), jobs).files(), tmp_path / name)
    made = [_files(tmp_path / name) for name in "abcde"]
    assert made[0] == made[1] == made[2] == made[3] == made[4]
    entry = json.loads(made[0][f"{FOLDER}/entry.json"])
    assert list(entry["filters"]) == ["actor", "kind"]


def test_an_index_that_could_not_be_made_says_why() -> None:
    def pages() -> Iterator[SearchPage]:
        raise OSError("the disk is full")
        yield from PAGES

    with pytest.raises(OSError, match="the disk is full"):
        next(BackgroundIndexer(pages, 2).files())


def test_an_index_whose_process_was_killed_is_made_once_more(tmp_path: Path) -> None:
    builder = os.getpid()

    def pages() -> Iterator[SearchPage]:
        if os.getpid() != builder:
            os.kill(os.getpid(), signal.SIGKILL)
        yield from PAGES

    _save(BackgroundIndexer(pages, 2).files(), tmp_path / "repaired")
    write_index(PAGES, tmp_path / "whole")
    assert _files(tmp_path / "repaired") == _files(tmp_path / "whole")


@pytest.mark.parametrize("jobs", [1, 2])
def test_another_process_makes_the_index_unless_one_is_to_do_all(tmp_path: Path, jobs: int) -> None:
    def pages() -> Iterator[SearchPage]:
        (tmp_path / "process").write_text(str(os.getpid()))
        yield from PAGES

    files = dict(BackgroundIndexer(pages, jobs).files())
    assert f"{FOLDER}/{ENTRY}" in files
    assert ((tmp_path / "process").read_text() == str(os.getpid())) is (jobs == 1)
