"""Each command that publishes leaves one whole site, whichever call of the system fails or is the
last before a kill; `make torture` tries every one of them.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from mkdocs.__main__ import cli as mkdocs
from mkdocs.config.defaults import MkDocsConfig

from generator.build.cache import VARIABLE
from generator.cli.main import main as briefings
from tests.building import bytes_by_path, every_key_project
from tests.faults import Fault, Outcome, run

WORDS = ("turned the tap", "closed the tap")
KEPT = {".htaccess": b"Require valid-user", ".well-known/security.txt": b"Contact: nobody",
        "CNAME": b"f.example", ".git": b"gitdir: elsewhere"}  # fmt: skip
WHATS: tuple[Literal["fail", "broken"], ...] = ("fail", "broken")
COMMANDS: dict[str, Callable[[], object]] = {
    "mkdocs build": lambda: mkdocs(["build", "-q", "-d", "public/site"]),
    "briefings build": lambda: briefings(["build", "-d", "public/site"]),
}


class Project:
    """A project with a published edition, and what each command makes of the next."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = every_key_project(folder / "project")
        self.public, self.scratch = self.folder / "public", folder / "scratch"
        self.site = self.public / "site"
        self.scratch.mkdir()
        patch.setenv(VARIABLE, str(folder / "cache"))
        patch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        patch.setenv("BRIEFINGS_JOBS", "1")
        self.editions = {}
        for name, words in (("new", WORDS[1]), ("old", WORDS[0])):
            self._edit(words)
            done = self.build("briefings build", Fault())
            assert done.code == 0, done.said
            for path, content in KEPT.items():
                (self.site / path).parent.mkdir(exist_ok=True)
                (self.site / path).write_bytes(content)
            self.editions[self._hash(self.site)] = name
        self._edit(WORDS[1])
        self._copy = folder / "copy"
        shutil.copytree(self.public, self._copy, copy_function=os.link)

    def _edit(self, words: str) -> None:
        path = self.folder / "briefings" / "halden.yml"
        text = path.read_text("utf-8")
        for other in WORDS:
            text = text.replace(other, words)
        path.write_text(text, "utf-8")

    def renew(self) -> None:
        """Let the old edition be the one that is published, by the same files."""
        shutil.rmtree(self.public)
        shutil.copytree(self._copy, self.public, copy_function=os.link)

    def build(self, command: str, fault: Fault, *, exchanges: bool = True) -> Outcome:
        def work() -> None:
            os.chdir(self.folder)
            MkDocsConfig.plugins.plugin_cache.clear()
            COMMANDS[command]()

        return run(work, self.public, self.scratch, fault, exchanges=exchanges)

    def state(self) -> str:
        """Which edition is published: `old` or `new`, or `moved` where the old one was renamed."""
        if not self.site.exists():
            assert self.editions[self._hash(self.public / ".site.old")] == "old"
            return "moved"
        return self.editions[self._hash(self.site)]

    @staticmethod
    def _hash(folder: Path) -> str:
        whole = hashlib.sha256()
        for path, content in bytes_by_path(folder).items():
            whole.update(f"{path} {len(content)} ".encode() + content)
        return whole.hexdigest()

    def left_over(self) -> set[str]:
        return {path.name for path in self.public.iterdir()} - {"site", ".site.lock"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with pytest.MonkeyPatch.context() as patch:
        yield Project(tmp_path_factory.mktemp("faults"), patch)


def _numbers(project: Project, command: str, shares: list[float], torture: bool) -> list[int]:
    """The numbers of changes to try: all, or those at ``some`` shares of a build's way."""
    project.renew()
    done = project.build(command, Fault())
    assert (done.code, project.state()) == (0, "new"), done.said
    assert done.changes > 300
    if torture:
        return list(range(1, done.changes + 1))
    return [round(done.changes * share) for share in shares]


@pytest.mark.parametrize(
    ("command", "shares"),
    [("mkdocs build", [0.7, 0.98]), pytest.param("briefings build", [], marks=pytest.mark.torture)],
)
def test_a_command_killed_at_any_call_leaves_one_whole_site(
    project: Project, torture: bool, command: str, shares: list[float]
) -> None:
    for number in _numbers(project, command, shares, torture):
        for exchanges in (True, False) if torture else (number % 2 == 0,):
            project.renew()
            done = project.build(command, Fault(number, "kill"), exchanges=exchanges)
            assert done.code == -signal.SIGKILL, done.said
            project.state()
    assert project.build(command, Fault()).code == 0
    assert project.state() == "new"
    assert project.left_over() == set()


@pytest.mark.parametrize(
    ("command", "shares"),
    [pytest.param("mkdocs build", [], marks=pytest.mark.torture), ("briefings build", [0.02, 0.6])],
)
def test_where_any_call_of_a_command_fails_one_whole_site_is_left_and_the_user_is_informed(
    project: Project, torture: bool, command: str, shares: list[float]
) -> None:
    for number in _numbers(project, command, shares, torture):
        for exchanges in (True, False) if torture else (False,):
            for what in WHATS if torture else WHATS[-1:]:
                project.renew()
                fault = Fault(number, what, errno.ENOSPC)
                done = project.build(command, fault, exchanges=exchanges)
                state = project.state()
                if done.code == 0:
                    assert state == "new", done.said
                else:
                    assert state in ("old", "moved"), done.said
                    assert "No space left on device" in done.said
                if state == "moved":
                    assert f"is now {project.public / '.site.old'}" in done.said
                elif command == "briefings build" and state == "old":
                    assert "Nothing was published. The old site is unchanged." in done.said
