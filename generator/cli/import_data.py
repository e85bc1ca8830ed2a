"""``briefings import``: write YAML files from published data."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.authoring.json_import import ImportDataError, import_json, merged
from generator.authoring.registry_editor import RegistryError
from generator.cli.project_options import folders, pipeline_of, print_lines, source_files, write
from generator.configuration.project import Project
from generator.reading.loader import BRIEFINGS, DATA
from generator.reading.source_files import read_tree
from generator.rules import ERRORS_ONLY


@click.command("import", short_help="Write YAML files from published JSON data.")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--replace", "overwrite", is_flag=True, help="Overwrite briefings that differ.")
@folders
def import_data(project: Project, files: tuple[Path, ...], overwrite: bool) -> None:
    """Write the YAML files that published data came from.

    FILE is the index.json of a page, or data/briefings.json of a site. Registry entries that this
    project lacks are added. Existing entries stay unchanged. A briefing that is not in the language
    of this project gets the key `language`. If anything can't be imported, nothing is written.
    """
    files_before = source_files(project)
    before = read_tree(project.briefings, project.data)
    after = dict(before)
    messages: list[str] = []
    for file in files:
        try:
            imported = import_json(file.read_bytes(), project.language)
            after, new_messages = merged(after, imported)
        except OSError as error:
            raise click.FileError(file.as_posix(), error.strerror) from None
        except (ImportDataError, RegistryError) as error:
            raise click.ClickException(f"{file.as_posix()}: {error}") from None
        messages += new_messages
    changed = {path: content for path, content in after.items() if before.get(path) != content}
    differing = [path for path in changed if path in before and path.startswith(BRIEFINGS)]
    if differing and not overwrite:
        for path in differing:
            click.echo(f"{_place(project, path)} already exists, and differs.", err=True)
        click.echo("Nothing was written. To overwrite these files, add --replace.", err=True)
        sys.exit(1)
    with pipeline_of(project) as pipeline:
        snapshot = pipeline.read(files_before)
        new = pipeline.read(files_before.replaced(changed))
        problems = pipeline.new_problems(snapshot, new, ERRORS_ONLY)
    for path, content in changed.items():
        write(_place(project, path), content, is_new=path not in before)
    for message in messages:
        click.echo(message)
    print_lines(problems)
    click.echo(f"Wrote {len(changed)} of {len(after)} files. The others are unchanged.")


def _place(project: Project, path: str) -> Path:
    if path.startswith(BRIEFINGS):
        return project.briefings / path.removeprefix(BRIEFINGS)
    return project.data / path.removeprefix(DATA)
