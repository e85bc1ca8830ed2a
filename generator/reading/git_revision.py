"""A project's files as they were at an earlier git revision."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from generator.reading.loader import BRIEFINGS, DATA
from generator.reading.source_files import ENDINGS


class RevisionError(Exception):
    """Why a revision can't be read, as a sentence."""


#: What git tells programs that it starts, in a hook above all, of a repository: of another folder,
#: or of a state that is being made.
_OF_A_REPOSITORY = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_IMPLICIT_WORK_TREE",
)  # fmt: skip


def read_revision(revision: str, briefings: Path, data: Path) -> dict[str, bytes]:
    """The YAML files of both folders at ``revision``: path as authors see it, to content.

    A folder that was not there then has no files. Raises ``RevisionError``.
    """
    if not revision.strip():
        raise RevisionError("A revision has no name: write for example `--since HEAD`.")
    return {
        f"{prefix}{name}": content
        for prefix, folder in ((BRIEFINGS, briefings), (DATA, data))
        if folder.is_dir()
        for name, content in _Repository(folder).files(revision).items()
    }


class _Repository:
    """What git knows of a folder, whatever repository the environment names."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._environment = _environment(folder)

    def files(self, revision: str) -> dict[str, bytes]:
        """The YAML files of the folder at ``revision``, by their path from there."""
        commit = self._git(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}",
            otherwise=f"git knows no revision `{revision}` here.",
        ).decode().strip()  # fmt: skip
        prefix = self._git("rev-parse", "--show-prefix").removesuffix(b"\n")
        listed = self._git("ls-tree", "-r", "-z", "--name-only", commit, "--", ".")
        names = [
            name for name in os.fsdecode(listed).split("\0")
            if PurePosixPath(name).suffix in ENDINGS
            and not name.endswith(".md")
            and "\n" not in name
        ]  # fmt: skip
        wanted = b"".join(
            b"%s:%s%s\n" % (commit.encode(), prefix, os.fsencode(name)) for name in names
        )
        return _contents(names, self._git("cat-file", "--batch", given=wanted))

    def _git(self, *arguments: str, given: bytes = b"", otherwise: str = "") -> bytes:
        done = _run(self._folder, self._environment, arguments, given)
        if done.returncode:
            told = done.stderr.decode("utf-8", "replace").strip()
            raise RevisionError(otherwise if otherwise and not told else told)
        return done.stdout


def _environment(folder: Path) -> dict[str, str]:
    """The environment in which git finds the repository of ``folder``.

    Only where none is around it, one that the environment names is meant.
    """
    named = {name: os.environ[name] for name in _OF_A_REPOSITORY if name in os.environ}
    apart = {name: value for name, value in os.environ.items() if name not in named}
    if "GIT_DIR" not in named:
        return apart
    if _run(folder, apart, ("rev-parse", "--git-dir"), b"").returncode == 0:
        return apart
    places = {"GIT_DIR": named["GIT_DIR"], "GIT_WORK_TREE": named.get("GIT_WORK_TREE", ".")}
    return apart | {name: str(Path(place).absolute()) for name, place in places.items()}


def _run(
    folder: Path, environment: Mapping[str, str], arguments: tuple[str, ...], given: bytes
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", *arguments],
            cwd=folder,
            env=environment,
            input=given,
            capture_output=True,
            check=False,
        )
    except OSError:
        raise RevisionError("To compare with a revision, git must be installed.") from None


def _contents(names: list[str], answer: bytes) -> dict[str, bytes]:
    """What ``git cat-file --batch`` answers: for each object a line ending in its size, then it."""
    files, at = {}, 0
    for name in names:
        end = answer.index(b"\n", at)
        size = answer[at:end].rpartition(b" ")[2]
        if not size.isdigit():
            raise RevisionError(f"git has no content of `{name}` as it was then.")
        files[name] = answer[end + 1 : end + 1 + int(size)]
        at = end + 1 + int(size) + 1
    return files
