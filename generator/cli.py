"""The command ``briefings``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator import report
from generator.problems import Severity
from generator.site import check_site
from generator.tree import read_tree

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Check briefings: YAML files on who claims what about whom, and who has answered."""


@main.command()
@click.option("--briefings", type=_FOLDER, default="briefings", help="The folder of the briefings.")
@click.option("--data", type=_FOLDER, default="data", help="The folder of the registries.")
def check(briefings: Path, data: Path) -> None:
    """List every problem of every file; exit with 1 where one is an error."""
    if not briefings.is_dir():
        raise click.UsageError(f"There is no folder {briefings}/ here.")
    files = read_tree(briefings, data)
    problems = check_site(files)
    for problem in problems:
        click.echo(report.line(problem))
    count = sum(path.startswith("briefings/") and path.endswith(".yml") for path in files)
    click.echo(f"{count} briefings: {report.summary(problems)}", err=True)
    sys.exit(any(one.severity is Severity.ERROR for one in problems))
