"""How the person at the terminal started this program: the commands that it prints begin so."""

from __future__ import annotations

import json
import shlex
import shutil
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import unquote, urlsplit

PACKAGE = "briefing-site"
_NAME = "briefings"


def own_command(folder: Path | None = None) -> str:
    """The words before a subcommand that work in ``folder``, by default the current one.

    From a ``PATH`` that has the program this is ``briefings``. From an environment that is not
    activated it is the path of the program. ``pipx run`` and ``uvx`` install the program for one
    run only, so their own commands are given, with the file or address that it was installed from.
    """
    prefix = Path(sys.prefix).as_posix()
    if "/archive-v0/" in prefix or "/uv/environments" in prefix:
        return f"uvx --from {_requirement()} {_NAME}"
    if "/pipx/" in prefix and "/venvs/" not in prefix:
        return f"pipx run --spec {_requirement()} {_NAME}"
    started = Path(sys.argv[0])
    on_path = shutil.which(_NAME)
    if started.name != _NAME or not started.exists():
        return _NAME
    if on_path and Path(on_path).samefile(started):
        return _NAME
    # Not resolved: in an environment this is a link to a program that knows nothing of it.
    path = Path.cwd() / started
    start = Path.cwd() / (folder or "")
    shown = path.relative_to(start) if path.is_relative_to(start) else path
    return shlex.quote(str(shown))


def _requirement() -> str:
    """What to install: the address of a file if the program came from one (PEP 610)."""
    try:
        origin = distribution(PACKAGE).read_text("direct_url.json")
        url = json.loads(origin)["url"] if origin else ""
    except (PackageNotFoundError, ValueError, KeyError):
        url = ""
    path = unquote(urlsplit(url).path) if url.startswith("file:") else url
    return shlex.quote(path or PACKAGE)
