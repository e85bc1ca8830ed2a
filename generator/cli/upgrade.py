"""``briefings upgrade``: what a newer version changes in a site's generated files."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
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
    recorded_version,
    scaffold,
)
from generator.authoring.site_upgrade import FileChange, file_changes
from generator.cli.invocation import PACKAGE, own_command
from generator.cli.project_options import write
from generator.configuration.config_file import CONFIG, ProjectError, read_settings
from generator.configuration.site_sections import left_out_of_menu


@click.command(short_help="Show or apply what a newer version changes in a site's own files.")
@click.option(
    "--apply",
    "applies",
    is_flag=True,
    help="Change the files. Without this option, the changes are only shown.",
)
def upgrade(applies: bool) -> None:
    """Show what this version changes in the files that `briefings init` wrote in this folder.

    Your own changes stay. If you changed the same lines, yours stay and the new ones are shown.
    Briefings and registries are never touched. Install the newer version first.
    """
    _upgrade(applies)
    _note_on_menu()


def _upgrade(applies: bool) -> None:
    record = _record()
    program = version(PACKAGE)
    new = {
        path: text
        for path, text in scaffold(record.answers, program).items()
        if not path.startswith(("briefings/", "data/"))
    }
    files = {path: file for path in (*record.texts, *new) if (file := _read(path)) is not None}
    current = {path: file.text for path, file in files.items()}
    changes = list(file_changes(record, current, new))
    for change in changes:
        _show(change)
    if not changes:
        click.echo(f"The files of this site are those of version {program}. Nothing to change.")
        return
    if not applies:
        click.echo(f"Nothing was changed. To apply this: {own_command()} upgrade --apply")
        return
    upgraded = Record(program, record.answers, {**record.texts, **new})
    _apply(changes, files, record_text(upgraded))
    click.echo(f"This site has the files of version {program} now.")
    if left_out := [change.path for change in changes if change.left_out]:
        click.echo(
            f"Lines that you had changed stay as they are in {', '.join(left_out)}. Look above for "
            "what the new version would have there."
        )
    command = own_command()
    click.echo(f"Run `{command} schema`, then `{command} build`.")


def _note_on_menu() -> None:
    """Name the sections that the site goes without, because earlier versions built all of them."""
    with suppress(ProjectError):  # `check` and `build` report it
        if Path(CONFIG).is_file() and (note := left_out_of_menu(read_settings(Path(CONFIG)))):
            click.echo(f"\n{note}")


@dataclass(frozen=True, slots=True)
class _File:
    """A file of the site; its text has the line ends of the program, `\\n`."""

    content: bytes
    text: str
    line_end: str


def _record() -> Record:
    file = _read(RECORD)
    if file is None:
        raise click.UsageError(
            f"There is no {RECORD} in this folder, so nobody knows what was generated. "
            "Only a site that `briefings init` created can be upgraded."
        )
    try:
        written_by = recorded_version(file.text)
        if Version(written_by) > Version(version(PACKAGE)):
            raise click.UsageError(
                f"The files of this site are of version {written_by}, and this is version "
                f"{version(PACKAGE)}. Install {PACKAGE}=={written_by} or newer."
            )
        return read_record(file.text)
    except (RecordError, InvalidVersion) as error:
        raise click.UsageError(f"{error}. Restore it from your version control.") from None


def _read(path: str) -> _File | None:
    """A file of the site; None if there is none by this name."""
    try:
        content = Path(path).read_bytes()
        text = content.decode()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except UnicodeDecodeError:
        raise click.ClickException(
            f"{path} is not UTF-8 text. Save it as UTF-8. Nothing was changed."
        ) from None
    except OSError as error:
        raise click.ClickException(
            f"{path} can't be read: {error.strerror}. Nothing was changed."
        ) from None
    # In a file with both, the line ends count as changes of the owner.
    is_dos = "\r\n" in text and text.count("\r\n") == text.count("\n")
    return _File(
        content, text.replace("\r\n", "\n") if is_dos else text, "\r\n" if is_dos else "\n"
    )


def _apply(changes: list[FileChange], files: dict[str, _File], record: str) -> None:
    """Write all changes and the record, or nothing."""
    written: list[str] = []
    try:
        for change in changes:
            if change.before != change.after:
                file = files.get(change.path)
                text = change.after.replace("\n", file.line_end) if file else change.after
                write(Path(change.path), text.encode(), is_new=file is None)
                written.append(change.path)
        write(Path(RECORD), record.encode(), is_new=False)
    except BaseException:
        for path in written:
            if path in files:
                write(Path(path), files[path].content, is_new=False)
            else:
                Path(path).unlink(missing_ok=True)
        raise


def _show(change: FileChange) -> None:
    click.echo(change.diff(), nl=False)
    for lines in change.left_out:
        click.echo(f"{change.path}: you changed these lines. The new version would have:")
        click.echo("".join(f"    {line}\n" for line in lines.splitlines()), nl=False)
    click.echo()
