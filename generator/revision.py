"""A project's files as they were at an earlier git revision."""

from __future__ import annotations

import subprocess
from pathlib import Path, PurePosixPath

from generator.loading import BRIEFINGS, DATA
from generator.tree import ENDINGS


class RevisionError(Exception):
    """Why a revision can't be read, as a sentence."""


def read_revision(revision: str, briefings: Path, data: Path) -> dict[str, bytes]:
    """The YAML files of both folders at ``revision``: path as authors see it, to content.

    A folder that was not there then has no files.
    """
    return {
        f"{prefix}{name}": content
        for prefix, folder in ((BRIEFINGS, briefings), (DATA, data))
        if folder.is_dir()
        for name, content in _files(revision, folder).items()
    }


def _files(revision: str, folder: Path) -> dict[str, bytes]:
    commit = _git(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}",
        otherwise=f"git knows no revision `{revision}` here.",
    ).decode().strip()  # fmt: skip
    prefix = _git(folder, "rev-parse", "--show-prefix").decode().strip()
    listed = _git(folder, "ls-tree", "-r", "-z", "--name-only", commit, "--", ".")
    names = [
        name for name in listed.decode("utf-8", "replace").split("\0")
        if PurePosixPath(name).suffix in ENDINGS
    ]  # fmt: skip
    wanted = "".join(f"{commit}:{prefix}{name}\n" for name in names if "\n" not in name)
    answer = _git(folder, "cat-file", "--batch", given=wanted.encode())
    return dict(_batch(names, answer))


def _batch(names: list[str], answer: bytes) -> list[tuple[str, bytes]]:
    """What ``git cat-file --batch`` answers: for each object a line ending in its size, then it."""
    files, at = [], 0
    for name in names:
        if "\n" in name:
            continue
        end = answer.index(b"\n", at)
        size = int(answer[at:end].split()[-1])
        files.append((name, answer[end + 1 : end + 1 + size]))
        at = end + 1 + size + 1
    return files


def _git(folder: Path, *arguments: str, given: bytes = b"", otherwise: str = "") -> bytes:
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=folder, input=given, capture_output=True, check=True
        )
    except FileNotFoundError:
        raise RevisionError("To compare with a revision, git must be installed.") from None
    except subprocess.CalledProcessError as error:
        told = error.stderr.decode("utf-8", "replace").strip()
        raise RevisionError(otherwise if otherwise and not told else told) from None
    return done.stdout
