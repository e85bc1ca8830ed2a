"""``briefings check``: list every problem of every file, for people or programs."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

import click

from generator.build.pipeline import Pipeline
from generator.cli.project_options import (
    folders,
    inside,
    output_format,
    pipeline_of,
    require_briefings,
    shown_path,
    source_files,
)
from generator.configuration.project import Project, language_warnings
from generator.model.dates import DateError, parse_day
from generator.reading import problem_formats
from generator.reading.git_revision import RevisionError, read_revision
from generator.reading.loader import BRIEFINGS
from generator.reading.problems import Problem, Severity
from generator.reading.source_files import SourceFiles
from generator.rules.base import CheckSettings

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> date:
    if value is None:
        return datetime.now().astimezone().date()
    try:
        return parse_day(value)
    except DateError as error:
        raise click.BadParameter(str(error)) from None


@click.command(short_help="List every mistake, with its line and what to write.")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@output_format(
    "text",
    "json",
    "github",
    help="Text for people, a JSON list, or annotations for a pull request on GitHub.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    default="error",
    help="The lowest severity that makes the command fail.",
)
@click.option(
    "--today",
    callback=_day,
    metavar="YYYY-MM-DD",
    help="The day for rules about dates, such as an overdue review.  [default: today]",
)
@click.option(
    "--since",
    metavar="REVISION",
    help="Compare with a git revision: report changes to published briefings without an entry in "
    "`changes`, and ids that vanished.",
)
@folders
def check(
    project: Project, paths: tuple[Path, ...], form: str, fail_on: str, today: date, since: str
) -> None:
    """List every problem of every file, with its line and what to write instead.

    With PATHs, only the problems of these files or folders are listed. All other files are read
    too, because files refer to each other. A PATH outside the project's folders is checked as if it
    were a briefing of this project.

    Exits with 0 if there are no errors, with 1 if there are, and with 2 if an option or a PATH was
    wrong. With --fail-on warning, warnings about files count as errors.
    """
    require_briefings(project)
    options = CheckSettings(
        project.severities,
        project.language,
        today,
        leave_out_broken_translations=project.leave_out_broken_translations,
    )
    problems: list[Problem] = []
    texts: dict[str, bytes] = {}
    count = translations = 0
    with pipeline_of(project) as pipeline:
        if since is not None:
            options = _compared(options, since, project, pipeline)
        for files, wanted, names in _runs(paths, project):
            snapshot = pipeline.read(files)
            file_problems = pipeline.problems(snapshot, options, wanted)
            for path in {problem.location.path for problem in file_problems}:
                texts[names(path)] = snapshot.files.get(path) or b""
            problems += [_shown(problem, names(problem.location.path)) for problem in file_problems]
            listed = {path for path in (files if wanted is None else wanted) if _is_briefing(path)}
            of_translations = listed & snapshot.loaded.translation_files
            translations += len(of_translations)
            count += len(listed) - len(of_translations)
    _print(problems, form, texts)
    for notice in language_warnings(project.language):  # no author can change a file to end it
        click.echo(f"Note: {notice}", err=True)
    click.echo(
        f"{_checked(count, translations)} checked: {problem_formats.summary(problems)}", err=True
    )
    limit = {Severity.ERROR} if fail_on == "error" else set(Severity)
    sys.exit(any(problem.severity in limit for problem in problems))


def _compared(
    options: CheckSettings, since: str, project: Project, pipeline: Pipeline
) -> CheckSettings:
    try:
        files = read_revision(since, project.briefings, project.data)
        excludes = project.selection.excludes
        earlier = pipeline.read(
            {path: files[path] for path in files if not excludes(path.removeprefix(BRIEFINGS))}
        ).loaded
    except RevisionError as error:
        raise click.UsageError(str(error)) from None
    return replace(options, earlier=earlier, since=since)


def _shown(problem: Problem, path: str) -> Problem:
    return replace(problem, location=problem.location._replace(path=path))


_Run = tuple[SourceFiles, set[str] | None, Callable[[str], str]]
"""Files to read together, those of them to check (None for all), and how to display each path."""


def _runs(paths: Sequence[Path], project: Project) -> Iterator[_Run]:
    """The files to read together: the project, plus the files at ``paths`` outside of it.

    If a file outside has the name of one in the project, it replaces that one in a separate run.
    """
    files = source_files(project)
    if not paths:
        yield files, None, partial(shown_path, project=project)
        return
    own_files: set[str] = set()
    others: dict[Path, Path] = {}
    for path in paths:
        if in_project := inside(path, files, project):
            own_files |= in_project
        elif _has_settings(path, project):
            raise click.UsageError(
                f"{path.as_posix()} has settings, and no briefing. `briefings build` checks them."
            )
        elif yaml_files := _yaml_files(path):
            for file in yaml_files:
                others.setdefault(file.resolve(), file)
        else:
            raise click.UsageError(f"{path.as_posix()} has no YAML files.")
    runs: list[dict[str, Path]] = [{}]
    for file in others.values():
        name = f"{BRIEFINGS}{file.name}"
        possible = runs[1:] if name in files else runs
        run = next((run for run in possible if name not in run), None)
        if run is None:
            runs.append(run := {})
        run[name] = file
    for number, others_by_name in enumerate(runs):
        wanted = others_by_name.keys() | (own_files if number == 0 else set())
        if wanted:
            names = partial(_name, others_by_name, project)
            yield files.with_others(others_by_name), wanted, names


def _has_settings(path: Path, project: Project) -> bool:
    """Whether a file is the project's configuration, or has the settings of an edition."""
    is_named_so = re.fullmatch(r"mkdocs(\.[\w-]+)?\.yml", path.name) is not None
    return is_named_so and path.resolve().parent == project.folder.resolve()


def _name(others: Mapping[str, Path], project: Project, path: str) -> str:
    return others[path].as_posix() if path in others else shown_path(path, project)


def _yaml_files(path: Path) -> list[Path]:
    """The YAML files at or below ``path``, except hidden ones."""
    files = [path]
    if path.is_dir():
        below = ((file, file.relative_to(path).parts) for file in sorted(path.rglob("*")))
        files = [file for file, parts in below if not any(part.startswith(".") for part in parts)]
    return [file for file in files if file.suffix in (".yml", ".yaml") and file.is_file()]


def _is_briefing(path: str) -> bool:
    return path.endswith(".yml") and path.startswith(BRIEFINGS)


def _checked(briefings: int, translations: int) -> str:
    words = "1 briefing" if briefings == 1 else f"{briefings:,} briefings"
    if not translations:
        return words
    also = "1 translation" if translations == 1 else f"{translations:,} translations"
    return f"{words} and {also}" if briefings else also


def _print(problems: Iterable[Problem], form: str, texts: Mapping[str, bytes]) -> None:
    """Print ``problems``. ``texts`` has the contents of the files by displayed path."""
    if form == "json":
        click.echo(problem_formats.as_json(problems))
        return
    for problem in problems:
        if form == "github":
            click.echo(problem_formats.as_github(problem))
            continue
        location, severity, rest = problem_formats.headline(problem).partition(
            f" {problem.severity}: "
        )
        strong = click.style(location, bold=True)
        click.echo(strong + click.style(severity, fg=_COLOURS[problem.severity]) + rest)
        for line in (
            *problem_formats.excerpt(problem, texts.get(problem.location.path)),
            *problem_formats.details(problem),
        ):
            click.echo(line)
        click.echo()
