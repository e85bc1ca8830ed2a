"""The command ``briefings``."""

from __future__ import annotations

import codecs
import io
import json
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any, NoReturn

import click

from generator.build.workers import relax_gc
from generator.configuration.deprecations import COMMANDS
from generator.model.field_errors import shown
from generator.reading.problems import did_you_mean, nearest

#: The commands in the order in which authors use them. The module of a command, which has its
#: name, is imported when needed, because some imports are slow.
_COMMANDS = (
    "init", "serve", "new", "add", "translate", "translations", "check", "rules", "explain",
    "links", "schema", "build", "upgrade", "export", "import",
)  # fmt: skip
#: The module and the function of commands with which they don't share the name.
_ELSEWHERE = {"explain": ("rules", "explain"), "import": ("import_data", "import_data")}


#: Error handler for characters that the output can't encode: it escapes them as in JSON.
_ESCAPED = "as-in-json"


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


codecs.register_error(_ESCAPED, _escaped)


class _Commands(click.Group):
    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run a command. Errors of the system are reported in one sentence."""
        relax_gc()  # before the command's modules are loaded
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors=_ESCAPED)
        try:
            return super().main(*arguments, **options)
        except OSError as error:
            _stopped_by(error)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with this name, or None."""
        for deprecation in COMMANDS:
            if deprecation.old == cmd_name:
                click.echo(f"Warning: {deprecation.warning('command')}", err=True)
                cmd_name = deprecation.new or cmd_name
        if cmd_name not in _COMMANDS:
            return None
        module, name = _ELSEWHERE.get(cmd_name, (cmd_name, cmd_name))
        command: click.Command = getattr(import_module(f"{__package__}.{module}"), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that `args` begin with. An unknown one is refused with the nearest."""
        known = [*_COMMANDS, *(deprecation.old for deprecation in COMMANDS)]
        name = args[0]
        if name in known or name.startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        hint = did_you_mean(nearest(name, _COMMANDS), "`briefings --help` lists the commands.")
        raise click.UsageError(f"There is no command {shown(name)}. {hint}", ctx)


def _stopped_by(error: OSError) -> NoReturn:
    """Print the error of the system and exit with 1. Printing can itself be the cause."""
    path = f"{error.filename}: " if error.filename else ""
    with suppress(OSError, ValueError):
        click.echo(f"Error: {path}{error.strerror or error}.", err=True)
    with suppress(OSError, ValueError):
        sys.stdout.close()
    sys.exit(1)


@click.group(
    cls=_Commands,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "max_content_width": 100,
        "show_default": True,
    },
)
@click.version_option(package_name="briefing-site")
def main() -> None:
    """Write and check briefings: YAML files on who claims what about whom, and who has answered.

    `briefings init DIR` creates a site. In its folder, `briefings new ID` creates a briefing,
    `briefings serve` shows the pages while you write, `briefings check` lists mistakes, and
    `briefings build` builds what readers get.
    """
    _report_invalid_jobs()


def _report_invalid_jobs() -> None:
    jobs = os.environ.get("BRIEFINGS_JOBS", "")
    if jobs and not (jobs.isdecimal() and int(jobs)):
        message = f"BRIEFINGS_JOBS is ignored: `{jobs}` is not a number from 1 on."
        click.echo(f"Warning: {message}", err=True)
