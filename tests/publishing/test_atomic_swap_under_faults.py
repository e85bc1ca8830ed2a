"""Whatever call of the system fails while a site is replaced, and whenever the process is killed,
the old site or the new one is there, whole, with what others had put into it.
"""

from __future__ import annotations

import errno
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

from generator.publishing.atomic_swap import AtomicSwap
from generator.publishing.foreign_files import LIST
from tests.faults import Fault, Outcome, run

OLD = {"index.html": b"old", "gone/index.html": b"old", "page/index.html": b"old"}
NEW = {"index.html": b"new", "added/index.html": b"new", "page/index.html": b"new"}
KEPT = {
    ".git/HEAD": b"ref: refs/heads/gh-pages",
    ".htaccess": b"Require valid-user",
    ".well-known/security.txt": b"Contact: nobody",
    "CNAME": b"briefings.example",
    "page/notes.pdf": b"by hand",
}
EMPTY = ".git/refs/heads"
EXCHANGES = pytest.mark.parametrize("exchanges", [True, False], ids=["exchange", "two renames"])


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != LIST
    }


class Place:
    """A folder with a site that a build made, to which others have added files."""

    def __init__(self, folder: Path) -> None:
        self.scratch, self.folder = folder / "scratch", folder / "public"
        self.site, self.old = self.folder / "site", self.folder / ".site.old"
        self.scratch.mkdir()
        with AtomicSwap(self.site) as replacement:
            _write(replacement.folder, OLD)
            replacement.commit()
        _write(self.site, KEPT)
        (self.site / EMPTY).mkdir(parents=True)
        self._copy = self.folder.rename(folder / "copy")
        self.renew()

    def renew(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self._copy, self.folder)

    def publish(self) -> None:
        with AtomicSwap(self.site) as replacement:
            _write(replacement.folder, NEW)
            replacement.commit()

    def run(self, fault: Fault, *, exchanges: bool) -> Outcome:
        return run(self.publish, self.folder, self.scratch, fault, exchanges=exchanges)

    def state(self, *, exchanges: bool) -> str:
        """Which site is there: `old`, `new`, or `moved`, the one that a build was to replace, under
        the name for that; after two builds it can be the new one.
        """
        folder = self.site
        if not exchanges and not self.site.exists():
            folder = self.old
        assert (folder / EMPTY).is_dir()
        files = _files(folder)
        assert files in (OLD | KEPT, NEW | KEPT)
        edition = "new" if files == NEW | KEPT else "old"
        if folder == self.old:
            return "moved" if edition == "old" else "moved again"
        return edition

    def left_over(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()} - {"site", ".site.lock"}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


#: Of a publication's changes, each of so many is tried by default.
STEP = 13


def _numbers(place: Place, step: int, *, exchanges: bool) -> Iterator[int]:
    """Every change that a publication makes, or each ``step``-th, by its number from 1 on; the site
    is as it was at each.
    """
    done = place.run(Fault(), exchanges=exchanges)
    assert (done.code, done.said) == (0, "")
    assert place.state(exchanges=exchanges) == "new"
    assert done.changes > 40
    for number in range(1, done.changes + 1, step):
        place.renew()
        yield number


def _killed(place: Place, number: int, what: Literal["kill", "half"], *, exchanges: bool) -> str:
    """Which site is there after a publication is killed at a change. The next one succeeds."""
    done = place.run(Fault(number, what), exchanges=exchanges)
    assert done.code in (-signal.SIGKILL, 77, 0)
    state = place.state(exchanges=exchanges)
    assert place.run(Fault(), exchanges=exchanges).code == 0
    assert place.state(exchanges=exchanges) == "new"
    assert place.left_over() == set()
    return state


@EXCHANGES
@pytest.mark.parametrize("what", ["kill", "half"])
def test_killed_at_any_call_it_leaves_one_whole_site(
    place: Place, torture: bool, exchanges: bool, what: Literal["kill", "half"]
) -> None:
    states = {
        number: _killed(place, number, what, exchanges=exchanges)
        for number in _numbers(place, 1 if torture else STEP, exchanges=exchanges)
    }
    assert {"old", "new"} <= set(states.values())
    if what == "kill":
        # The step in which the new site takes the old one's place.
        last_old = max(number for number, state in states.items() if state == "old")
        first_new = min(number for number, state in states.items() if state == "new")
        for number in range(last_old + 1, first_new):
            place.renew()
            states[number] = _killed(place, number, what, exchanges=exchanges)
        assert list(states.values()).count("moved") == (0 if exchanges else 1)


@EXCHANGES
@pytest.mark.parametrize(
    "code",
    [
        errno.EIO,
        pytest.param(errno.ENOSPC, marks=pytest.mark.torture),
        pytest.param(errno.EACCES, marks=pytest.mark.torture),
    ],
)
@pytest.mark.parametrize("what", ["fail", "broken"])
def test_where_any_call_fails_it_leaves_one_whole_site_and_says_which(
    place: Place, torture: bool, exchanges: bool, code: int, what: str
) -> None:
    states = []
    for number in _numbers(place, 1 if torture else STEP, exchanges=exchanges):
        fault = Fault(number, "fail" if what == "fail" else "broken", code)
        done = place.run(fault, exchanges=exchanges)
        state = place.state(exchanges=exchanges)
        if state == "new":
            assert done.code == 0, done.said
        elif state == "moved":
            assert done.code == 77, done.said
            assert f"is now {place.old}, and can't be renamed back" in done.said
        else:
            assert done.code in (1, 77), done.said  # 1: what writes the pages failed
            assert "is now" not in done.said
        states.append(state)
        assert place.run(Fault(), exchanges=exchanges).code == 0
        assert place.state(exchanges=exchanges) == "new"
        assert place.left_over() == set()
    assert {"old", "new"} <= set(states)
    if torture:
        assert ("moved" in states) == (what == "broken" and not exchanges)


@EXCHANGES
def test_killed_again_while_the_next_build_repairs_it_leaves_one_whole_site(
    place: Place, torture: bool, exchanges: bool
) -> None:
    for number in _numbers(place, 1 if torture else 23, exchanges=exchanges):
        again = 0
        while True:
            again += 1 if torture else 23
            place.renew()
            place.run(Fault(number, "kill"), exchanges=exchanges)
            done = place.run(Fault(again, "kill"), exchanges=exchanges)
            place.state(exchanges=exchanges)
            if done.code == 0:
                break
        assert place.left_over() == set()
