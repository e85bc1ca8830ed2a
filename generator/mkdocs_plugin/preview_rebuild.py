"""Rebuilds of the live preview. One that fails leaves the pages of the last good build.

MkDocs' server keeps all readers waiting after a rebuild that raised, and prints a traceback.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from mkdocs.plugins import get_plugin_logger

from generator.configuration.config_file import ProjectError, why_unread
from generator.configuration.project import read_project

_log = get_plugin_logger("briefings")

STILL_SHOWN = "The preview still shows the last good version. Correct the mistake and save."


def surviving(
    builder: Callable[..., Any], config_file: Path, on_failure: Callable[[], None]
) -> Callable[..., None]:
    """A ``builder`` of MkDocs' server that logs why a rebuild failed, and returns.

    ``config_file`` is read first, so that a mistake in it is reported as the commands report it.
    ``on_failure`` is called after a rebuild that failed.
    """

    def rebuild(*arguments: Any, **options: Any) -> None:
        try:
            read_project(config_file)
            builder(*arguments, **options)
        except Exception as error:
            _report(error)
            on_failure()

    return rebuild


def _report(error: Exception) -> None:
    if isinstance(error, SystemExit):  # MkDocs' `Abort`: the reason is logged already
        _log.error(STILL_SHOWN)
    elif isinstance(error, (ProjectError, click.ClickException)):
        _log.error(f"{error}\n{STILL_SHOWN}")
    elif isinstance(error, OSError):
        _log.error(f"{why_unread(error)}.\n{STILL_SHOWN}")
    else:
        _log.exception(f"The site could not be built again. {STILL_SHOWN}")
