"""A forked command is what a new interpreter would be: to the test, and to itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import warm_start
from tests.building import ENVIRONMENT

BRIEFINGS = str(Path(sys.executable).with_name("briefings"))
MAIN = """
import atexit, os, signal, sys, time
atexit.register(print, "at the end")
print(__name__, sys.argv[1:], os.getcwd(), os.environ["FICTION"], len(sys.stdin.read()))
print("aside", file=sys.stderr)
if "wait" in sys.argv:
    print("ready", flush=True)
    time.sleep(60)
assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
sys.exit({"code": 7, "words": "No."}.get(sys.argv[1]) if sys.argv[1] != "raise" else 1 / 0)
"""
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "fiction.py").write_text(MAIN, "utf-8")
    return tmp_path


def _heed_interrupts() -> None:
    """A shell starts what runs in the background with interrupts ignored; forks never are."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _both(folder: Path, argument: str) -> list[subprocess.CompletedProcess[str]]:
    """What comes of a fork and of a new interpreter."""
    command = [sys.executable, "-m", "fiction", argument]
    environment = {**ENVIRONMENT, "FICTION": "set"}
    new = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True,
        stdin=subprocess.DEVNULL, check=False, preexec_fn=_heed_interrupts,
    )  # fmt: skip
    return [warm_start.run(command, cwd=folder, env=environment, apart=True), new]


@pytest.mark.parametrize("argument", ["well", "code", "words"])
def test_it_ends_and_prints_as_a_new_interpreter_does(folder: Path, argument: str) -> None:
    forked, new = _both(folder, argument)
    assert (forked.returncode, forked.stdout, forked.stderr) == (
        new.returncode, new.stdout, new.stderr,
    )  # fmt: skip
    assert forked.stdout.endswith("at the end\n")


def test_an_error_that_nobody_expected_is_a_traceback(folder: Path) -> None:
    forked, new = _both(folder, "raise")
    assert forked.returncode == new.returncode == 1
    for done in (forked, new):
        assert done.stderr.endswith("ZeroDivisionError: division by zero\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_signal_ends_it(folder: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-m", "fiction", "wait"]
    printed = folder / "printed"
    with printed.open("wb") as out:
        process = warm_start.start(
            command, cwd=folder, env={**ENVIRONMENT, "FICTION": "set"}, stdout=out
        )
        assert isinstance(process, warm_start.Forked)
        while "ready" not in printed.read_text("utf-8"):
            assert process.poll() is None
        process.send_signal(number)
        assert process.wait(30) == -number


def test_a_command_that_takes_too_long_is_killed(folder: Path) -> None:
    command = [sys.executable, "-m", "fiction", "wait"]
    with pytest.raises(subprocess.TimeoutExpired):
        warm_start.run(command, cwd=folder, env={**ENVIRONMENT, "FICTION": "set"}, timeout=0.5)


@pytest.mark.parametrize(
    ("name", "value"), [("PYTHONHASHSEED", "1"), ("LC_ALL", "C"), ("PYTHONPATH", "elsewhere")]
)
def test_what_python_reads_when_it_starts_takes_a_new_interpreter(
    tmp_path: Path, name: str, value: str
) -> None:
    with (tmp_path / "printed").open("wb") as out:
        environment = {**os.environ, name: value}
        command = [BRIEFINGS, "--version"]
        with warm_start.start(command, cwd=tmp_path, env=environment, stdout=out) as process:
            assert isinstance(process, subprocess.Popen)


def test_a_project_with_another_generator_takes_a_new_interpreter(tmp_path: Path) -> None:
    (tmp_path / "generator").mkdir()
    with (tmp_path / "printed").open("wb") as out:
        command = [BRIEFINGS, "--version"]
        with warm_start.start(command, cwd=tmp_path, env=ENVIRONMENT, stdout=out) as process:
            assert isinstance(process, subprocess.Popen)
