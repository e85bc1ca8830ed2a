"""``briefings new``: create the file of a new briefing, with explanations in it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import click

from generator.authoring.briefing_template import SCHEMA, skeleton
from generator.cli.invocation import own_command
from generator.cli.project_options import (
    create,
    folders,
    require_briefings,
    snapshot_of,
)
from generator.configuration.project import Project
from generator.model.field_errors import shown
from generator.model.ids import likely_briefing_id
from generator.reading.file_names import RESERVED_NAMES, briefing_name_problems
from generator.reading.loader import BRIEFINGS
from generator.reading.translation_names import is_translation

_NEXT = """\
What to do next:
  1. Register whom it is about, unless {actors} has them:
       {command} add actor esteria --name Esteria --type state
  2. Write. The lines that begin with ## explain what goes where. Then look for mistakes:
       {command} check
  3. See it as readers will:
       {command} serve"""


@click.command(short_help="Create a draft of a new briefing, with explanations.")
@click.argument("briefing_id", metavar="ID")
@folders
def new(project: Project, briefing_id: str) -> None:
    """Create the file of a new briefing: a draft, with comments that explain each key.

    ID is the file's path without `.yml`, and the page's address: `briefings new river/halden`
    creates briefings/river/halden.yml.
    """
    briefings, data = project.briefings, project.data
    _check_is_no_translation(briefing_id)
    _check_id(briefing_id)
    require_briefings(project)
    _check_folder(briefing_id, briefings)
    path = briefings / f"{briefing_id}.yml"
    for obstacle in _obstacles(briefing_id, project):
        raise click.UsageError(f"{obstacle}\nGive the new briefing another id.")
    schema = Path(os.path.relpath(data / Path(SCHEMA).relative_to("data"), briefings.parent))
    content = skeleton(briefing_id, schema=schema.as_posix()).encode()
    try:
        create(path, content)
    except FileExistsError as error:
        raise click.UsageError(f"{error.filename} already exists.") from None
    except OSError as error:
        raise click.FileError(path.as_posix(), error.strerror) from None
    click.echo(f"Created {path.as_posix()}, a draft.\n")
    click.echo(_NEXT.format(actors=(data / "actors.yml").as_posix(), command=own_command()))


def _check_is_no_translation(briefing_id: str) -> None:
    original, _, language = briefing_id.rpartition(".")
    # Codes of three letters are seldom meant: `yml` and `old` are languages too.
    if re.match(r"[a-z]{2}(-|$)", language) and is_translation(briefing_id):
        message = f"{shown(briefing_id)} is the name of a translation, not an id."
        raise click.UsageError(f"{message}\nRun `briefings translate {original} {language}`.")


def _check_folder(briefing_id: str, briefings: Path) -> None:
    """Refuse the path of a file instead of an id, such as `briefings/halden`."""
    folder, _, below = briefing_id.partition("/")
    if folder == briefings.name and not (briefings / folder).exists():
        message = f"An ID is a path below {briefings.as_posix()}/, without the name of this folder."
        raise click.UsageError(f"{message}\n{_instead(below)}".rstrip())


def _check_id(briefing_id: str) -> None:
    """Refuse an invalid id, and propose a valid one if possible."""
    if briefing_id.startswith("/"):
        message = "An ID is a path below the folder of the briefings: it can't begin with `/`."
        raise click.UsageError(f"{message}\n{_instead(briefing_id.lstrip('/'))}".rstrip())
    problems = list(briefing_name_problems(f"{BRIEFINGS}{briefing_id}.yml", briefing_id))
    first, *below = briefing_id.split("/")
    if not problems and below and first in RESERVED_NAMES:
        message = f"The site generates the pages under `{first}/`."
        raise click.UsageError(f"{message}\n{_instead('/'.join(below))}".rstrip())
    for problem in problems:
        raise click.UsageError(
            f"{problem.message}\n{_instead(briefing_id) or problem.hint}".rstrip()
        )


def _instead(briefing_id: str) -> str:
    likely = likely_briefing_id(briefing_id)
    first, *below = likely.split("/")
    if first in RESERVED_NAMES:
        likely = "/".join(below)
    if not likely or list(briefing_name_problems("", likely)):
        return ""
    return f"Use this id: `briefings new {likely}`."


def _obstacles(briefing_id: str, project: Project) -> Iterator[str]:
    """Sentences about everything that already has the new briefing's address."""
    briefings = project.briefings
    for ending in (".yml", ".yaml", ".md", "/index.md"):
        path = briefings / f"{briefing_id}{ending}"
        if os.path.lexists(path):
            same = "" if ending == ".yml" else ", which has the same address"
            yield f"{path.as_posix()} already exists{same}."
    with snapshot_of(project) as snapshot:
        loaded = snapshot.loaded
        for owner in loaded.aliases.get(briefing_id, ()):
            reading = loaded.briefings[owner]
            line = reading.locate(("aliases", reading.value.aliases.index(briefing_id))).line
            yield (
                f"`{briefing_id}` is a former id of the briefing `{owner}` "
                f"({(briefings / owner).as_posix()}.yml, line {line}): its address redirects there."
            )
