"""``briefings upgrade``: what a newer version changes in a site's generated files."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import click
from packaging.version import InvalidVersion, Version

from generator.authoring.site_scaffold import (
    RECORD,
    Record,
    RecordError,
    read_record,
    record_text,
    scaffold,
)
from generator.authoring.site_upgrade import FileChange, file_changes
from generator.cli.own_command import PACKAGE, own_command
from generator.cli.project_options import write


@click.command(short_help="Show or apply what a newer version changes in a site's own files.")
@click.option("--apply", "applies", is_flag=True, help="Change the files, not only show it.")
def upgrade(applies: bool) -> None:
    """Show what this version changes in the files that `briefings init` wrote in this folder.

    Your own changes stay. If you changed the same lines, yours stay and the new ones are shown.
    Briefings and registries are never touched. Install the newer version first.
    """
    record = _record()
    program = version(PACKAGE)
    new = {
        path: text
        for path, text in scaffold(record.answers, program).items()
        if not path.startswith(("briefings/", "data/"))
    }
    paths = {*record.texts, *new}
    current = {path: text for path in paths if (text := _text(path)) is not None}
    changes = list(file_changes(record, current, new))
    for change in changes:
        _show(change)
    if not changes:
        click.echo(f"The files of this site are those of version {program}. Nothing to change.")
        return
    if not applies:
        click.echo(f"Nothing was changed. To apply this: {own_command()} upgrade --apply")
        return
    for change in changes:
        if change.before != change.after:
            write(Path(change.path), change.after.encode(), is_new=change.before is None)
    upgraded = Record(program, record.answers, {**record.texts, **new})
    write(Path(RECORD), record_text(upgraded).encode(), is_new=False)
    click.echo(f"This site has the files of version {program} now. Run {own_command()} build.")


def _record() -> Record:
    text = _text(RECORD)
    if text is None:
        raise click.UsageError(
            f"There is no {RECORD} in this folder, so nobody knows what was generated. "
            "Only a site that `briefings init` created can be upgraded."
        )
    try:
        record = read_record(text)
        is_newer = Version(record.version) > Version(version(PACKAGE))
    except (RecordError, InvalidVersion) as error:
        raise click.UsageError(f"{error}. Restore it from your version control.") from None
    if is_newer:
        raise click.UsageError(
            f"The files of this site are of version {record.version}, and this is version "
            f"{version(PACKAGE)}. Install {PACKAGE}=={record.version} or newer."
        )
    return record


def _text(path: str) -> str | None:
    """The text of a file of the site; None if there is none."""
    try:
        return Path(path).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise click.FileError(path, str(error)) from None


def _show(change: FileChange) -> None:
    click.echo(change.diff(), nl=False)
    for lines in change.left_out:
        click.echo(f"{change.path}: you changed these lines. The new version would have:")
        click.echo("".join(f"    {line}\n" for line in lines.splitlines()), nl=False)
    click.echo()
