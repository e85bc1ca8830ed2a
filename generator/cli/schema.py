"""``briefings schema``: write the JSON Schemas with which editors complete and check files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from generator.authoring.editor_schema import schema_files
from generator.cli import project_options
from generator.cli.project_options import folders, require_briefings, snapshot_of
from generator.configuration.project import Project
from generator.reading.loader import DATA, LoadedProject


@click.command(short_help="Write the schemas that editors use to complete and check files.")
@click.option(
    "--check",
    "only_check",
    is_flag=True,
    help="Write nothing. Exit with 1 if a schema is out of date.",
)
@folders
def schema(project: Project, only_check: bool) -> None:
    """Write the JSON Schemas (2020-12) of the briefing and the registries to data/schema/.

    Editors read them to complete keys, words and known ids, to explain keys, and to underline
    mistakes. Run this again after adding an actor, a topic, a place or a shared source.
    """
    require_briefings(project)
    with snapshot_of(project) as snapshot:
        old = outdated(project, snapshot.loaded)
    for path, text in old.items():
        if not only_check:
            write(path, text)
        click.echo(f"{'Out of date' if only_check else 'Wrote'}: {path.as_posix()}")
    if not old:
        click.echo("The schemas are up to date.")
    elif only_check:
        click.echo("Run `briefings schema` to update them.", err=True)
        sys.exit(1)


def outdated(project: Project, loaded: LoadedProject) -> dict[Path, str]:
    """The up-to-date texts of all schemas that are out of date, by path."""
    schemas = schema_files(loaded)
    paths = {project.data / name.removeprefix(DATA): text for name, text in schemas.items()}
    return {path: text for path, text in paths.items() if is_outdated(path, text)}


def is_outdated(path: Path, text: str) -> bool:
    """Whether there is no schema at ``path``, or another one than ``text``.

    Line ends don't matter: git can change them.
    """
    return not path.is_file() or path.read_bytes().replace(b"\r\n", b"\n") != text.encode()


def write(path: Path, text: str) -> None:
    """Write a schema, and create its folder. Errors of the system become errors of the command."""
    project_options.write(path, text.encode(), is_new=not os.path.lexists(path))
