"""The command ``briefings``."""

from __future__ import annotations

import gc
from importlib import import_module

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


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of their use."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None where there is none."""
        module = _COMMANDS.get(cmd_name)
        if module is None:
            return None
        name = module if cmd_name == "import" else cmd_name
        command: click.Command = getattr(import_module(f"generator.commands.{module}"), name)
        return command


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="briefing-site")
def main() -> None:
    """Write and check briefings: YAML files on who claims what about whom, and who has answered.

    Begin with `briefings new ID`; see mistakes with `briefings check`, and pages with `make serve`.
    """
    # Of ten thousand files a command holds what it read till it ends: looking for garbage among
    # that again and again took it a quarter of its time.
    gc.set_threshold(1_000_000)
