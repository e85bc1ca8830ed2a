"""Work spread over processes comes back whole, or its failure does."""

from __future__ import annotations

import os
import signal
from concurrent.futures.process import BrokenProcessPool

import pytest

from generator.build import workers
from generator.build.progress import progress
from generator.build.workers import can_fork, parallel_map, processors


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_each_item_is_done_once(jobs: int) -> None:
    assert sorted(parallel_map(lambda number: number * 2, list(range(20)), jobs)) == list(
        range(0, 40, 2)
    )


def test_nothing_to_do_is_done_at_once() -> None:
    assert list(parallel_map(str, [], 4)) == []


def _fail(number: int) -> int:
    if number == 3:
        raise ValueError("no three")
    return number


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_failure_comes_back_as_it_was(jobs: int) -> None:
    with pytest.raises(ValueError, match="no three"):
        list(parallel_map(_fail, list(range(6)), jobs))


@pytest.mark.skipif(not can_fork(), reason="there are no other processes here")
def test_a_worker_that_is_killed_does_not_leave_the_others_waiting() -> None:
    def kill(number: int) -> int:
        os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(BrokenProcessPool):
        list(parallel_map(kill, [1, 2, 3, 4], 2))


@pytest.mark.skipif(not can_fork(), reason="there are no other processes here")
def test_only_many_items_are_worth_other_processes() -> None:
    processes = {
        count: set(parallel_map(lambda number: os.getpid(), list(range(count)), 2))
        for count in (1, 3, 4, 20)
    }
    assert processes[1] == processes[3] == {os.getpid()}
    assert os.getpid() not in processes[4] | processes[20]


def test_the_number_of_processes_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFINGS_JOBS", "3")
    assert processors() == 3
    monkeypatch.setenv("BRIEFINGS_JOBS", "many")
    assert processors() >= 1
    monkeypatch.setenv("BRIEFINGS_JOBS", "0")
    assert processors() >= 1


def test_where_no_process_can_be_forked_all_is_done_in_this_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers, "can_fork", lambda: False)
    assert set(parallel_map(lambda number: os.getpid(), list(range(20)), 3)) == {os.getpid()}


def test_long_work_shows_how_far_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.build.progress._PAUSE", -1.0)
    with progress("Making pages", 1000) as advance:
        advance(400)
        advance(600)
    assert [line.rpartition(",")[0] for line in capsys.readouterr().err.splitlines()] == [
        "Making pages: 400 of 1,000",
        "Making pages: 1,000 of 1,000",
    ]


def test_short_work_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("Making pages", 12) as advance:
        advance(12)
    assert capsys.readouterr().err == ""
