"""The hooks that this repository offers, and those it runs itself."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests import warm_start
from tests.building import ENVIRONMENT, ROOT, every_key_project

BIN = Path(sys.executable).parent
OFFERED = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    program, *arguments = command
    return warm_start.run([str(BIN / program), *arguments], cwd=folder, env=ENVIRONMENT, apart=True)


@pytest.mark.parametrize(
    ("command", "file"),
    [
        ("validate-manifest", ".pre-commit-hooks.yaml"),
        ("validate-config", ".pre-commit-config.yaml"),
    ],
)
def test_pre_commit_reads_the_files(command: str, file: str) -> None:
    done = _run(["pre-commit", command, file], ROOT)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_check_stops_a_commit_with_a_mistake_and_no_other(tmp_path: Path) -> None:
    (check,) = [hook for hook in OFFERED if hook["id"] == "briefings-check"]
    project = every_key_project(tmp_path / "project")
    assert _run(shlex.split(check["entry"]), project).returncode == 0
    path = project / "briefings" / "river" / "flood.yml"
    path.write_text(path.read_text("utf-8").replace("party: norland", "party: norlnd"), "utf-8")
    done = _run(shlex.split(check["entry"]), project)
    assert done.returncode == 1
    assert "Did you mean `norland`?" in done.stdout


def test_every_offered_hook_is_a_command_there_is() -> None:
    for hook in OFFERED:
        done = _run([*shlex.split(hook["entry"]), "--help"], ROOT)
        assert done.returncode == 0
