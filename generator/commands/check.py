"""``briefings check``: every problem of every file, as a person or a machine reads it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import click

from generator import report
from generator.cache import project_cache
from generator.checks.rule import Options
from generator.commands.folders import folders, inside, shown_path
from generator.dates import DateError, parse_day
from generator.known import ChangedMeanwhileError
from generator.loading import BRIEFINGS, load
from generator.pipeline import Pipeline
from generator.problems import Problem, Severity
from generator.project import Project
from generator.revision import RevisionError, read_revision
from generator.tree import Tree

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
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For people, as a JSON list, or as annotations of a pull request on GitHub.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    default="error",
    show_default=True,
    help="The least severity that counts as a failure.",
)
@click.option(
    "--today",
    callback=_day,
    metavar="YYYY-MM-DD",
    help="The day by which to judge whether a review is due.  [default: today]",
)
@click.option(
    "--since",
    metavar="REVISION",
    help="Compare with a git revision: tell what was changed in published briefings without an "
    "entry in `changes`, and which ids vanished.",
)
@folders
def check(
    project: Project, paths: tuple[Path, ...], form: str, fail_on: str, today: date, since: str
) -> None:
    """List every problem of every file, with its line and what to write instead.

    With PATHs, only the problems of these files or folders are listed; all others are read too, as
    files refer to each other. A PATH outside the project's folders is checked as if it were a
    briefing of this project.

    Exits with 0 where nothing is wrong, with 1 where something is, and with 2 where the command
    itself was wrong.
    """
    if not project.briefings.is_dir():
        raise click.UsageError(
            f"There is no folder {project.briefings}/ here.\n"
            "Go to the project's folder first, or name the folder with --briefings."
        )
    files = Tree(project.briefings, project.data, project.selection)
    names = {path: shown_path(path, project) for path in files}
    wanted = _wanted(paths, files, names, project)
    options = Options(project.severities, project.language, today)
    if since:
        options = _compared(options, since, project)
    pipeline = Pipeline(project_cache(Path()))
    try:
        known = pipeline.read(files)
        found = pipeline.problems(known, options, wanted if paths else None)
        texts = {one.location.path: known.files.get(one.location.path) for one in found}
    except ChangedMeanwhileError as error:
        raise click.ClickException(str(error)) from None
    pipeline.cache.close()
    problems = [
        _shown(one, names.get(one.location.path) or shown_path(one.location.path, project))
        for one in found
    ]
    count = sum(path.endswith(".yml") and path.startswith(BRIEFINGS) for path in wanted or files)
    _print(problems, form, {names[path]: text for path, text in texts.items() if text})
    click.echo(f"{_briefings(count)} checked: {report.summary(problems)}", err=True)
    limit = {Severity.ERROR} if fail_on == "error" else set(Severity)
    sys.exit(any(one.severity in limit for one in problems))


def _compared(options: Options, since: str, project: Project) -> Options:
    try:
        files = read_revision(since, project.briefings, project.data)
        excludes = project.selection.excludes
        earlier = load(
            {path: files[path] for path in files if not excludes(path.removeprefix(BRIEFINGS))}
        )
    except RevisionError as error:
        raise click.UsageError(str(error)) from None
    return replace(options, earlier=earlier, since=since)


def _shown(problem: Problem, path: str) -> Problem:
    return replace(problem, location=replace(problem.location, path=path))


def _wanted(
    paths: Iterable[Path], files: Tree, names: dict[str, str], project: Project
) -> set[str]:
    """The files that ``paths`` name; those from elsewhere join ``files`` as briefings."""
    wanted: set[str] = set()
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"There is no file {path.as_posix()}.")
        own = set(inside(path, files, project))
        for outside in () if own else _yaml_files(path):
            name = f"{BRIEFINGS}{outside.name}"
            files.add(name, outside)
            names[name] = outside.as_posix()
            own.add(name)
        if not own:
            raise click.UsageError(f"{path.as_posix()} holds no YAML file.")
        wanted |= own
    return wanted


def _yaml_files(path: Path) -> list[Path]:
    found = sorted(path.rglob("*")) if path.is_dir() else [path]
    return [one for one in found if one.suffix in (".yml", ".yaml") and one.is_file()]


def _briefings(count: int) -> str:
    return "1 briefing" if count == 1 else f"{count:,} briefings"


def _print(problems: Iterable[Problem], form: str, texts: Mapping[str, bytes]) -> None:
    """Print ``problems``; ``texts`` has the files by the paths that are shown."""
    if form == "json":
        click.echo(report.as_json(problems))
        return
    for one in problems:
        if form == "github":
            click.echo(report.as_github(one))
            continue
        place, severity, rest = report.headline(one).partition(f" {one.severity}: ")
        strong = click.style(place, bold=True)
        click.echo(strong + click.style(severity, fg=_COLOURS[one.severity]) + rest)
        for line in (*report.excerpt(one, texts.get(one.location.path)), *report.details(one)):
            click.echo(line)
        click.echo()
