"""The installed software: if it is the same, the same input gives the same output."""

from __future__ import annotations

import os
import platform
import site
import sys
import sysconfig
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

_ENDINGS = (".dist-info", ".egg-info")
_OWN = str(Path(__file__).parents[1]) + os.sep


def software() -> list[str]:
    """Python, its Unicode data, and every installed package, each with its version.

    All packages count, because themes, plugins, extensions of Markdown and what they import affect
    pages too. The name of a package's metadata folder contains its version, so no file is opened.
    """
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return [python, f"Unicode {unicodedata.unidata_version}", *sorted(set(_packages()))]


def _packages() -> Iterator[str]:
    for folder in sys.path:
        try:
            with os.scandir(folder or ".") as entries:
                yield from (entry.name for entry in entries if entry.name.endswith(_ENDINGS))
        except OSError:  # it doesn't exist, or is a zip file
            continue


def project_code() -> list[str | bytes]:
    """Name and content of each loaded module that belongs to no installed package.

    These are hooks, and a project's extensions of Markdown. All files of a package count, because
    some are loaded later.
    """
    files = {path for module in list(sys.modules.values()) for path in _files(module)}
    return [part for path in sorted(files) for part in (str(path), _content(path))]


def _files(module: ModuleType) -> Iterator[Path]:
    name = getattr(module, "__file__", None)
    if not isinstance(name, str) or not name.endswith(".py"):
        return
    if name.startswith(_OWN) or is_installed(name):
        return
    path = Path(name)
    yield path
    if path.name == "__init__.py":
        yield from path.parent.rglob("*.py")


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


@cache
def is_installed(path: str) -> bool:
    """Whether a file came with Python or an installed package, whose version says what it holds."""
    return path.startswith(_folders()) or os.path.realpath(path).startswith(_folders())


@cache
def _folders() -> tuple[str, ...]:
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    folders = [sysconfig.get_path(name) for name in names]
    folders += [*site.getsitepackages(), site.getusersitepackages()]
    return tuple({real(folder) + os.sep for folder in folders for real in (str, os.path.realpath)})
