"""Shared by the commands: options that name the project, its pipeline, and writing files."""

from __future__ import annotations

import functools
import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace as replace_fields
from pathlib import Path
from typing import Any

import click

from generator.build.cache import project_cache
from generator.build.errors import SourceChangedError
from generator.build.pipeline import Pipeline
from generator.cli.own_command import own_command
from generator.configuration.config_file import CONFIG, ProjectError
from generator.configuration.project import Project, read_project
from generator.reading.loader import BRIEFINGS, DATA

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)


class InvalidConfiguration(click.ClickException):  # click's names end otherwise
    """The configuration can't be used. The options of the command are not the cause."""

    exit_code = 2


def folders(command: Callable[..., Any]) -> Callable[..., Any]:
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

    options = (
        ("--config", _FILE, "The configuration file. It names the folders and sets the rules."),
        (
            "--briefings",
            _FOLDER,
            "The folder of the briefings, instead of the one in the configuration.",
        ),
        (
            "--data",
            _FOLDER,
            "The folder of the registries, instead of the one in the configuration.",
        ),
    )
    wrapped: Callable[..., Any] = run
    for name, kind, text in reversed(options):
        default = CONFIG if name == "--config" else None
        option = click.option(name, type=kind, default=default, show_default=True, help=text)
        wrapped = option(wrapped)
    return wrapped


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


def shown_path(path: str, project: Project) -> str:
    """The path of a file to display. Within the program, the folders have fixed names."""
    for prefix, folder in _prefixes(project):
        if path.startswith(prefix):
            return f"{folder.as_posix()}/{path.removeprefix(prefix)}"
    return path


def inside(path: Path, files: Iterable[str], project: Project) -> Iterator[str]:
    """The files of the project (``files``) at or below ``path``."""
    resolved = path.resolve()
    for prefix, folder in _prefixes(project):
        root = folder.resolve()
        if root.is_relative_to(resolved):
            yield from (name for name in files if name.startswith(prefix))
        elif resolved.is_relative_to(root):
            name = f"{prefix}{resolved.relative_to(root).as_posix()}"
            yield from (file for file in files if file == name or file.startswith(f"{name}/"))


def _prefixes(project: Project) -> tuple[tuple[str, Path], ...]:
    return (BRIEFINGS, project.briefings), (DATA, project.data)


def create(path: Path, content: bytes) -> None:
    """Write a new file, and create its folders. Raises ``FileExistsError`` if the file exists."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)


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
