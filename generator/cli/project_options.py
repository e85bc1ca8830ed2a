"""What subcommands share: where a project's files are, how they are read, how one is written."""

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
from generator.build.pipeline import Pipeline
from generator.build.snapshot import SourceChangedError
from generator.configuration.project import CONFIG, Project, ProjectError, read_project
from generator.reading.loader import BRIEFINGS, DATA

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)


def folders(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give ``command`` the options that say where a project is; it gets the ``project``."""

    @functools.wraps(command)
    def run(
        *arguments: Any, config: Path, briefings: Path | None, data: Path | None, **values: Any
    ) -> Any:
        try:
            project = read_project(config)
        except ProjectError as error:
            raise click.UsageError(str(error)) from None
        project = replace_fields(
            project, briefings=briefings or project.briefings, data=data or project.data
        )
        return command(*arguments, project=project, **values)

    options = (
        ("--config", _FILE, "The configuration, which names the folders and sets the rules."),
        (
            "--briefings",
            _FOLDER,
            "The folder of the briefings, if not the one in the configuration.",
        ),
        ("--data", _FOLDER, "The folder of the registries, if not the one in the configuration."),
    )
    wrapped: Callable[..., Any] = run
    for name, kind, text in reversed(options):
        default = CONFIG if name == "--config" else None
        option = click.option(name, type=kind, default=default, show_default=True, help=text)
        wrapped = option(wrapped)
    return wrapped


@contextmanager
def pipeline_of(project: Project) -> Iterator[Pipeline]:
    """The project's pipeline, with what earlier commands and builds kept."""
    pipeline = Pipeline(project_cache(project.folder))
    try:
        yield pipeline
    except SourceChangedError as error:
        raise click.ClickException(str(error)) from None
    finally:
        pipeline.close()


def shown_path(path: str, project: Project) -> str:
    """A file's path as its author sees it: the core's paths have fixed names for the folders."""
    for prefix, folder in _prefixes(project):
        if path.startswith(prefix):
            return f"{folder.as_posix()}/{path.removeprefix(prefix)}"
    return path


def inside(path: Path, files: Iterable[str], project: Project) -> Iterator[str]:
    """The project's own files at or below ``path``."""
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
    """Write a new file and the folders it is in; ``FileExistsError`` if the file is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)


def replace(path: Path, content: bytes) -> None:
    """Write a file anew in one step, so that nobody ever reads half of it; its mode is kept."""
    target = path.resolve()  # what a link leads to changes, the link stays
    mode = stat.S_IMODE(target.stat().st_mode)
    # Hidden, for a moment as it is: the live preview must not take it for one more file.
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
    """Write a file that is new, or anew; what stands in the way is told as the command's error."""
    if is_new and os.path.lexists(path):
        # A link that leads out of the folder, or a file that may not be read: not to be replaced.
        raise click.FileError(path.as_posix(), "it can't be read")
    try:
        (create if is_new else replace)(path, content)
    except OSError as error:
        raise click.FileError(path.as_posix(), error.strerror) from None
