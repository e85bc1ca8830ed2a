"""The tutorial, followed to the letter in an empty folder without the repository."""

from __future__ import annotations

import os
import re
import shlex
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests import warm_start
from tests.building import ENVIRONMENT, ROOT
from tests.distribution import Installed, install_copy, installed_once
from tests.serving import Preview, soon

_BLOCK = re.compile(r"^```(\w+)(?: ([^\n]+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)


class Block(NamedTuple):
    """A block of code of a document: its language, what its first line says, its text."""

    language: str
    remark: str
    text: str


def blocks(page: Path) -> Iterator[Block]:
    for language, remark, text in _BLOCK.findall(page.read_text("utf-8")):
        yield Block(language, remark, text)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return installed_once(tmp_path_factory)


def test_the_tutorial_leads_to_a_built_site(tmp_path: Path, installed: Installed) -> None:
    folder, output = tmp_path / "my-briefings", ""
    environment = {**ENVIRONMENT, "PATH": f"{folder / '.venv' / 'bin'}:{os.environ['PATH']}"}
    for block in blocks(ROOT / "docs" / "tutorial.md"):
        if block.language == "yaml":
            path = re.fullmatch(r'title="([^"]+)"', block.remark)
            assert path, block
            (folder / path[1]).write_text(block.text, "utf-8")
        elif block.language == "text":
            assert block.text in output
        elif "pip install" in block.text:
            assert block.text.splitlines()[:2] == ["mkdir my-briefings", "cd my-briefings"]
            folder.mkdir()
            install_copy(installed, folder / ".venv")
        elif block.text == "briefings serve\n":
            _look_at_the_preview(folder, environment)
        else:
            failed, output = _followed(block.text, folder, environment)
            assert failed == (block.remark == "fails"), output
    page = (folder / "site" / "halden" / "index.html").read_text("utf-8")
    assert "Norland says that Esteria is taking water upstream" in page
    assert (folder / "site" / "search-index" / "entry.json").is_file()


def _followed(text: str, folder: Path, environment: dict[str, str]) -> tuple[bool, str]:
    """Whether a command of a block fails, and what they print.

    The commands run in forks, because an interpreter for each costs more than all they do. The
    preview is that of the installed program; `tests/integration/test_installed.py` runs the others.
    """
    output = ""
    for line in text.splitlines():
        command = ["sh", "-e", "-c", line]
        if line.startswith("briefings "):
            command = [str(Path(sys.executable).with_name("briefings")), *shlex.split(line)[1:]]
        done = warm_start.run(command, cwd=folder, env=environment, apart=True)
        output += done.stdout + done.stderr
        if done.returncode:
            return True, output
    return False, output


def _look_at_the_preview(folder: Path, environment: dict[str, str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder.parent / "serve.log"
    with (
        log.open("w", encoding="utf-8") as output,
        subprocess.Popen(
            ["briefings", "serve", "--address", f"127.0.0.1:{port}"],
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as server,
    ):
        try:
            preview = Preview(folder, f"http://127.0.0.1:{port}/", log)
            assert soon(lambda: "River briefings" in preview.page(""), 60), preview.printed()
        finally:
            server.terminate()
