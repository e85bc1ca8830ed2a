"""Publishing is all or nothing: whatever happens to a build, readers have one whole site.

`make torture` tries many more moments.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests import warm_start
from tests.building import ENVIRONMENT, bytes_by_path, every_key_project
from tests.distribution import once

BUILD = [str(Path(sys.executable).with_name("briefings")), "build", "-d", "public/site"]
WORDS = ("turned the tap", "closed the tap")
#: A build whose disk is full after so many bytes.
FULL = """
import builtins, errno, io, os, sys
left, real = int(sys.argv.pop(1)), io.open

class Full:
    def __init__(self, file): self._file = file
    def write(self, data):
        global left
        left -= len(data)
        if left < 0: raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self._file.write(data)
    def __getattr__(self, name): return getattr(self._file, name)
    def __enter__(self): return self
    def __exit__(self, *told): self._file.close()
    def __iter__(self): return iter(self._file)

def opened(file, mode="r", *others, **more):
    made = real(file, mode, *others, **more)
    return Full(made) if "site" in str(file) and set(mode) & set("wxa") else made

builtins.open = io.open = opened
sys.argv[0] = "briefings"
from generator.cli.main import main
main()
"""


class Project:
    """A project that has published its second edition, and knows both editions to the byte."""

    def __init__(self, folder: Path, editions: Sequence[str] = ()) -> None:
        self.folder = folder
        self.site = self.folder / "public" / "site"
        self.environment = {
            **ENVIRONMENT,
            "SOURCE_DATE_EPOCH": "1700000000",
            "BRIEFINGS_CACHE": str(folder.parent / "cache"),
        }
        self.editions = list(editions)

    def publish_both(self) -> None:
        for number in (0, 1):
            self.edit(number)
            built = self.build()
            assert built.returncode == 0, built.stdout
            self.editions.append(self.published())
        assert self.editions[0] != self.editions[1]

    def edit(self, number: int) -> None:
        path = self.folder / "briefings" / "halden.yml"
        text = path.read_text("utf-8").replace(WORDS[1 - number], WORDS[number])
        assert WORDS[number] in text
        path.write_text(text, "utf-8")

    def build(self, command: list[str] = BUILD) -> subprocess.CompletedProcess[str]:
        return warm_start.run(command, cwd=self.folder, env=self.environment)

    def published(self) -> str:
        """A hash of every file of the site, names and bytes."""
        whole = hashlib.sha256()
        for path, content in sorted(bytes_by_path(self.site).items()):
            whole.update(f"{path} {len(content)} ".encode() + content)
        return whole.hexdigest()

    def left_over(self) -> list[str]:
        names = (path.name for path in self.site.parent.iterdir())
        return sorted(name for name in names if name not in ("site", ".site.lock"))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the project, which the first worker of this run to ask for it publishes."""

    def make(folder: Path) -> None:
        published = Project(every_key_project(folder / "project"))
        published.publish_both()
        (folder / "editions.json").write_text(json.dumps(published.editions), "utf-8")

    folder = once(tmp_path_factory, "publishing", make)
    own = shutil.copytree(folder, tmp_path_factory.mktemp("own") / "publishing")
    return Project(own / "project", json.loads((own / "editions.json").read_text("utf-8")))


def test_a_build_killed_at_any_moment_leaves_one_whole_site(
    project: Project, torture: bool
) -> None:
    chance = random.Random(7)
    project.edit(0)
    began = time.monotonic()
    assert project.build().returncode == 0
    lasts = time.monotonic() - began
    for number in range(50 if torture else 2):
        project.edit((number + 1) % 2)
        with (
            (project.folder / "printed").open("wb") as out,
            warm_start.start(
                BUILD, cwd=project.folder, env=project.environment, stdout=out
            ) as build,
        ):
            time.sleep(chance.uniform(0, lasts * 1.1))
            build.send_signal(signal.SIGKILL)
        assert project.published() in project.editions
    project.edit(1)
    built = project.build()
    assert built.returncode == 0, built.stdout
    assert project.published() == project.editions[1]
    assert project.left_over() == []


def test_a_full_disk_leaves_the_old_site(project: Project, torture: bool) -> None:
    project.edit(0)
    assert project.build().returncode == 0
    project.edit(1)
    for left in range(0, 600_000, 20_000) if torture else [300_000]:
        built = project.build([sys.executable, "-c", FULL, str(left), *BUILD[1:]])
        assert built.returncode == 1, built.stdout
        assert "No space left on device" in built.stdout
        assert "Traceback" not in built.stdout
        assert "Nothing was published. The old site is unchanged." in built.stdout
        assert project.published() == project.editions[0]
        assert project.left_over() == []


def test_a_site_with_a_fault_is_not_published(project: Project) -> None:
    project.edit(0)
    assert project.build().returncode == 0
    page = project.folder / "briefings" / "about.md"
    text = page.read_text("utf-8")
    page.write_text(f'{text}\n<img src="https://elsewhere.example/x.png" alt="">\n', "utf-8")
    try:
        built = project.build()
    finally:
        page.write_text(text, "utf-8")
    assert built.returncode == 1
    message = "about/index.html: fetches https://elsewhere.example/x.png from another host"
    assert message in built.stdout
    assert project.published() == project.editions[0]


def test_of_two_builds_at_once_one_publishes_and_one_is_refused(project: Project) -> None:
    project.edit(0)
    assert project.build().returncode == 0
    project.edit(1)
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(project.build, [BUILD, BUILD]))
    codes = sorted(done.returncode for done in both)
    # One can have ended before the other came so far.
    assert codes in ([0, 1], [0, 0]), both
    if codes == [0, 1]:
        assert any("Another build into" in done.stdout for done in both)
    assert project.published() == project.editions[1]


def test_no_process_outlives_a_build_that_was_killed(project: Project) -> None:
    marked = {**project.environment, "BRIEFINGS_JOBS": "2", "BRIEFINGS_CACHE": "off"}
    with subprocess.Popen(
        BUILD, cwd=project.folder, env=marked, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as build:  # fmt: skip
        time.sleep(2)
        build.send_signal(signal.SIGKILL)
    until = time.monotonic() + 20
    while _lives(build.pid) and time.monotonic() < until:
        time.sleep(0.1)
    assert not _lives(build.pid)


def _lives(group: int) -> bool:
    """Whether a process of that group is there."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
