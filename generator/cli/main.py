"""The command ``briefings``."""

from __future__ import annotations

import codecs
import gc
import io
import json
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any, NoReturn

import click

#: The module of each command; it is read when it is asked for, as some need much.
_COMMANDS = {
    "new": "new",
    "add": "add",
    "check": "check",
    "rules": "rules",
    "explain": "rules",
    "links": "links",
    "schema": "schema",
    "build": "build",
    "export": "export",
    "import": "import_data",
}


#: How what an output's encoding can't hold is written: as in JSON, which may be what is written.
_ESCAPED = "as-in-json"


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


codecs.register_error(_ESCAPED, _escaped)


class _Commands(click.Group):
    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run a command; what the system refuses is an error in one sentence."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors=_ESCAPED)
        try:
            return super().main(*arguments, **options)
        except OSError as error:
            _stopped_by(error)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of their use."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None where there is none."""
        module = _COMMANDS.get(cmd_name)
        if module is None:
            return None
        name = module if cmd_name == "import" else cmd_name
        command: click.Command = getattr(import_module(f"{__package__}.{module}"), name)
        return command


def _stopped_by(error: OSError) -> NoReturn:
    """End with what the system said. What is still to be printed may be what it refuses."""
    where = f"{error.filename}: " if error.filename else ""
    with suppress(OSError, ValueError):
        click.echo(f"Error: {where}{error.strerror or error}.", err=True)
    with suppress(OSError, ValueError):
        sys.stdout.close()
    sys.exit(1)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="briefing-site")
def main() -> None:
    """Write and check briefings: YAML files on who claims what about whom, and who has answered.

    Begin with `briefings new ID`. See mistakes with `briefings check`, and pages with `make serve`.
    """
    # Of ten thousand files a command holds what it read till it ends: looking for garbage among
    # that again and again took it a quarter of its time.
    gc.set_threshold(1_000_000)
    _report_invalid_jobs()


def _report_invalid_jobs() -> None:
    jobs = os.environ.get("BRIEFINGS_JOBS", "")
    if jobs and not (jobs.isdecimal() and int(jobs)):
        message = f"BRIEFINGS_JOBS is ignored: `{jobs}` is not a number from 1 on."
        click.echo(f"Warning: {message}", err=True)
