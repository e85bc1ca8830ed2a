"""``briefings add``: add an entry to a registry, unless that would cause new errors."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from generator.authoring.editor_schema import FOLDER
from generator.authoring.registry_editor import (
    HEADERS,
    KeyTakenError,
    RegistryError,
    UnreadableError,
    added,
)
from generator.cli import schema
from generator.cli.model_options import ask_for_missing, fields, options
from generator.cli.project_options import (
    folders,
    pipeline_of,
    print_lines,
    refuse,
    source_files,
    write,
)
from generator.configuration.project import Project
from generator.reading.loader import DATA
from generator.reading.problems import Severity
from generator.reading.validation import REGISTRIES
from generator.rules import ERRORS_ONLY

_ABOUT = {
    "actor": "Register an actor: a state, organisation, person or outlet.\n\nThe options --role, "
    "--of, --from and --until describe one office of a person and when they held it. To add more "
    "offices, edit the file.",
    "topic": "Register a topic that briefings are about.",
    "place": "Register a place, where something was said or happened.",
    "source": "Register a source that several briefings cite.\n\nGive --url, or --publisher with "
    "--date. If only one briefing cites a source, write it in that briefing instead.",
}


@click.group(short_help="Register an actor, a topic, a place or a source.")
def add() -> None:
    """Register an actor, a topic, a place or a source, so that briefings can refer to its ID."""


def _command(kind: str) -> click.Command:
    model = REGISTRIES[f"{kind}s"].model

    @folders
    @click.pass_context
    def run(context: click.Context, /, project: Project, key: str, **values: Any) -> None:
        _run(kind, key, project, fields(model, ask_for_missing(context, model, values)))

    command = click.command(kind, help=_ABOUT[kind])(run)
    command.params[:0] = [click.Argument(["key"], metavar="ID"), *options(model)]
    return command


for _kind in HEADERS:
    add.add_command(_command(_kind))


def _run(kind: str, key: str, project: Project, values: Mapping[str, Any]) -> None:
    briefings, data = project.briefings, project.data
    if not briefings.is_dir() and not data.is_dir():
        raise click.UsageError(
            f"There is neither a folder {briefings.as_posix()}/ nor {data.as_posix()}/ here.\n"
            "Go to the project's folder first, or name the folders with --briefings and --data."
        )
    files = source_files(project)
    name = f"{DATA}{kind}s.yml"
    content = files.content(name)
    try:
        addition = added({} if content is None else {name: content}, kind, key, values)
    except KeyTakenError as error:
        raise click.UsageError(str(error)) from None
    except UnreadableError as error:
        refuse([error.problem], f"`{key}` was not added.")
    except RegistryError as error:
        raise click.ClickException(str(error)) from None
    with pipeline_of(project) as pipeline:
        before = pipeline.read(files.replaced({name: addition.before}))
        after = pipeline.read(files.replaced({name: addition.after}))
        problems = pipeline.new_problems(before, after, ERRORS_ONLY)
    if any(problem.severity is Severity.ERROR for problem in problems):
        refuse(problems, f"`{key}` was not added to {name}.")
    path = data / name.removeprefix(DATA)
    write(path, addition.after, is_new=content is None)
    print_lines(problems)
    click.echo(f"Added `{key}` at the end of {path.as_posix()}.")
    if (data / Path(FOLDER).name).is_dir():  # editors are to offer the new id
        for old, text in schema.outdated(project, after.loaded).items():
            schema.write(old, text)
