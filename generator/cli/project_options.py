"""Shared by the commands: options that name the project, its pipeline, and writing files."""

from __future__ import annotations

import functools
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace as replace_fields
from pathlib import Path
from typing import Any, NoReturn

import click

from generator.build.cache import project_cache
from generator.build.errors import SourceChangedError
from generator.build.pipeline import Pipeline
from generator.build.snapshot import Snapshot
from generator.cli.invocation import own_command
from generator.configuration.config_file import CONFIG, ProjectError
from generator.configuration.project import Project, read_project
from generator.reading import problem_formats
from generator.reading.loader import BRIEFINGS, DATA
from generator.reading.problems import Problem
from generator.reading.source_files import SourceFiles

_Command = Callable[..., Any]
_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)


class InvalidConfiguration(click.ClickException):  # click's names end otherwise
    """The configuration can't be used. The options of the command are not the cause."""

    exit_code = 2


def folders(command: _Command) -> _Command:
    """Add the options that name a project to ``command``, which is called with ``project``."""

    @functools.wraps(command)
    def run(
        *arguments: Any, config: Path, briefings: Path | None, data: Path | None, **values: Any
    ) -> Any:
        if not config.is_file() and config != Path(CONFIG):
            raise click.UsageError(f"There is no file {config.as_posix()}.")
        try:
            project = read_project(config)
        except ProjectError as error:
            raise InvalidConfiguration(str(error)) from None
        for warning in project.warnings:
            click.echo(f"Warning: {warning}", err=True)
        project = replace_fields(
            project, briefings=briefings or project.briefings, data=data or project.data
        )
        return command(*arguments, project=project, **values)

    for name, content in (("--data", "registries"), ("--briefings", "briefings")):
        text = f"The folder of the {content}, instead of the one in the configuration."
        run = click.option(name, type=_FOLDER, help=text)(run)
    text = "The configuration file. It names the folders and sets the rules."
    return click.option("--config", type=_FILE, default=CONFIG, help=text)(run)


def source_files(project: Project) -> SourceFiles:
    """The files of a project that its site is made of."""
    return SourceFiles(project.briefings, project.data, project.selection)


def output_format(*names: str, help: str) -> Callable[[_Command], _Command]:
    """The option for the format of the output: the first of ``names`` unless another is given."""
    return click.option("--format", "form", type=click.Choice(names), default=names[0], help=help)


def refuse(problems: Iterable[Problem], outcome: str) -> NoReturn:
    """Print ``problems`` and the ``outcome``, and exit with 1."""
    print_lines(problems)
    click.echo(outcome, err=True)
    sys.exit(1)


def print_lines(problems: Iterable[Problem]) -> None:
    """Print each problem on one line."""
    for problem in problems:
        click.echo(problem_formats.line(problem))


def require_briefings(project: Project) -> None:
    """Refuse a project without a folder of briefings."""
    if not project.briefings.is_dir():
        raise click.UsageError(
            f"There is no folder {project.briefings.as_posix()}/ here.\n"
            "Go to the project's folder first, or name the folder with `docs_dir` in mkdocs.yml "
            "or with --briefings."
        )


@contextmanager
def pipeline_of(project: Project) -> Iterator[Pipeline]:
    """The project's pipeline, with the cache of earlier commands and builds."""
    pipeline = Pipeline(project_cache(project.folder))
    try:
        yield pipeline
    except SourceChangedError as error:
        raise click.ClickException(str(error)) from None
    finally:
        pipeline.close()


@contextmanager
def snapshot_of(project: Project) -> Iterator[Snapshot]:
    """All files of the project, read."""
    with pipeline_of(project) as pipeline:
        yield pipeline.read(source_files(project))


def shown_path(path: str, project: Project) -> str:
    """The path of a file to display. Within the program, the folders have fixed names."""
    for prefix, folder in _prefixes(project):
        if path.startswith(prefix):
            return f"{folder.as_posix()}/{path.removeprefix(prefix)}"
    return path


def inside(path: Path, files: Iterable[str], project: Project) -> set[str]:
    """The files of the project (``files``) at or below ``path``. Refuses one that doesn't exist."""
    if not path.exists():
        named = project.briefings / f"{path.as_posix()}.yml"  # an id in place of a path
        hint = f" Did you mean {named.as_posix()}?" if named.is_file() else ""
        raise click.UsageError(f"There is no file or folder {path.as_posix()}.{hint}")
    resolved = path.resolve()
    names: set[str] = set()
    for prefix, folder in _prefixes(project):
        root = folder.resolve()
        if root.is_relative_to(resolved):
            names |= {file for file in files if file.startswith(prefix)}
        elif resolved.is_relative_to(root):
            name = f"{prefix}{resolved.relative_to(root).as_posix()}"
            names |= {file for file in files if file == name or file.startswith(f"{name}/")}
    return names


def _prefixes(project: Project) -> tuple[tuple[str, Path], ...]:
    return (BRIEFINGS, project.briefings), (DATA, project.data)


def create(path: Path, content: bytes) -> None:
    """Write a new file, and create its folders. Raises ``FileExistsError`` if the file exists.

    A file that can't be written to its end, because the disk is full, is removed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("xb")
    try:
        with file:
            file.write(content)
    except BaseException:
        path.unlink()
        raise


def replace(path: Path, content: bytes) -> None:
    """Replace a file atomically, so that no program reads an incomplete one. Its mode stays."""
    target = path.resolve()  # replaces the target of a symbolic link, not the link
    mode = stat.S_IMODE(target.stat().st_mode)
    # The name is hidden so that the live preview ignores the file.
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write(path: Path, content: bytes, *, is_new: bool) -> None:
    """Create or replace a file. Errors of the system become errors of the command."""
    if is_new and os.path.lexists(path):
        # A link out of the folder, or an unreadable file, must not be replaced.
        raise click.FileError(path.as_posix(), "it can't be read")
    try:
        (create if is_new else replace)(path, content)
    except OSError as error:
        raise click.FileError(path.as_posix(), error.strerror) from None


def require_project() -> None:
    """Refuse a folder without a ``mkdocs.yml``, and say how to start a site."""
    if not Path(CONFIG).is_file():
        raise click.ClickException(
            f"There is no {CONFIG} in this folder. Go to the folder of your site, or start a site "
            f"with `{own_command()} init FOLDER`."
        )
