"""The command ``briefings``."""

from __future__ import annotations

import click

from generator.commands.add import add
from generator.commands.build import build
from generator.commands.check import check
from generator.commands.export import export
from generator.commands.import_data import import_data
from generator.commands.new import new
from generator.commands.rules import explain, rules
from generator.commands.schema import schema


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="briefing-site")
def main() -> None:
    """Write and check briefings: YAML files on who claims what about whom, and who has answered.

    Begin with `briefings new ID`; see mistakes with `briefings check`, and pages with `make serve`.
    """


for _command in (new, add, check, rules, explain, schema, build, export, import_data):
    main.add_command(_command)
