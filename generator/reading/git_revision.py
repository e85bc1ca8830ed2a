"""A project's files as they were at an earlier git revision."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from generator.reading.loader import BRIEFINGS, DATA


class RevisionError(Exception):
    """Why a revision can't be read, as a sentence."""


_NO_REPOSITORY = (
    "This folder is not in a git repository, so there is no revision to compare with. Run "
    "`git init` and commit the files, or check without `--since`."
)
#: The variables with which git describes a repository to programs that it starts, such as hooks. It
#: can be another repository, or a commit in progress.
_GIT_VARIABLES = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_IMPLICIT_WORK_TREE",
)  # fmt: skip


def read_revision(revision: str, briefings: Path, data: Path) -> dict[str, bytes]:
    """The contents of the YAML files of both folders at ``revision``, by the path that authors see.

    A folder that did not exist at that revision has no files. Raises ``RevisionError``.
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
    """The git repository of a folder, even if the environment names another one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._environment = _environment(folder)

    def files(self, revision: str) -> dict[str, bytes]:
        """The YAML files of the folder at ``revision``, by their path from there."""
        self._require_repository()
        commit = self._git(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}",
            otherwise=f"git knows no revision `{revision}` here.",
        ).decode().strip()  # fmt: skip
        prefix = self._git("rev-parse", "--show-prefix").removesuffix(b"\n")
        listed = self._git("ls-tree", "-r", "-z", "--name-only", commit, "--", ".")
        names = [
            name for name in os.fsdecode(listed).split("\0")
            if PurePosixPath(name).suffix in (".yml", ".yaml") and "\n" not in name
        ]  # fmt: skip
        objects = b"".join(
            b"%s:%s%s\n" % (commit.encode(), prefix, os.fsencode(name)) for name in names
        )
        return _contents(names, self._git("cat-file", "--batch", given=objects))

    def _require_repository(self) -> None:
        """Refuse a folder outside of any repository. What else git says names the remedy."""
        parents = (self._folder.absolute(), *self._folder.absolute().parents)
        if "GIT_DIR" in self._environment or any((path / ".git").exists() for path in parents):
            return
        if _run(self._folder, self._environment, ("rev-parse", "--git-dir"), b"").returncode:
            raise RevisionError(_NO_REPOSITORY)

    def _git(self, *arguments: str, given: bytes = b"", otherwise: str = "") -> bytes:
        """What git prints. If it fails, its own message or, if that is empty, ``otherwise``."""
        process = _run(self._folder, self._environment, arguments, given)
        if process.returncode:
            raise RevisionError(process.stderr.decode("utf-8", "replace").strip() or otherwise)
        return process.stdout


def _environment(folder: Path) -> dict[str, str]:
    """The environment in which git finds the repository of ``folder``.

    The one that the environment names is used only if the folder is in none.
    """
    git = {name: os.environ[name] for name in _GIT_VARIABLES if name in os.environ}
    others = {name: value for name, value in os.environ.items() if name not in git}
    if "GIT_DIR" not in git:
        return others
    if _run(folder, others, ("rev-parse", "--git-dir"), b"").returncode == 0:
        return others
    paths = {"GIT_DIR": git["GIT_DIR"], "GIT_WORK_TREE": git.get("GIT_WORK_TREE", ".")}
    return others | {name: str(Path(path).absolute()) for name, path in paths.items()}


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
        raise RevisionError(
            "To compare with a revision, git must be installed. Install git, or check without "
            "`--since`."
        ) from None


def _contents(names: list[str], output: bytes) -> dict[str, bytes]:
    """The contents in the output of ``git cat-file --batch``: for each object a line that ends with
    its size, the object, and a line end.
    """
    files, at = {}, 0
    for name in names:
        end = output.index(b"\n", at)
        size = output[at:end].rpartition(b" ")[2]
        if not size.isdigit():
            raise RevisionError(f"git has no content of `{name}` as it was then.")
        files[name] = output[end + 1 : end + 1 + int(size)]
        at = end + 1 + int(size) + 1
    return files
