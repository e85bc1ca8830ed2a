"""``briefings translations``: a table of all translations, and how much of each is up to date."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

import click

from generator.build.snapshot import Snapshot
from generator.cli.project_options import (
    folders,
    output_format,
    require_briefings,
    shown_path,
    snapshot_of,
)
from generator.configuration.project import Project
from generator.model.translated_texts import TextState, compare
from generator.reading.loader import BRIEFINGS

_UNREADABLE = "has mistakes"


@dataclass(frozen=True, slots=True)
class Row:
    """One translation. The numbers are of texts; None if the file or its original can't be read.

    ``translated`` are up to date, the original of ``changed`` ones is not what was translated, of
    ``unrecorded`` ones nobody knows what was. ``unknown`` ones are no texts of the original.
    """

    file: str
    original: str
    language: str
    status: str
    texts: int | None = None
    translated: int | None = None
    changed: int | None = None
    unrecorded: int | None = None
    missing: int | None = None
    unknown: int | None = None


#: The columns of the table: all fields but the file.
_HEADINGS = [field.name for field in fields(Row)][1:]


@click.command(short_help="List all translations, and how much of each is up to date.")
@output_format("text", "json", help="A table for people, or a JSON list.")
@folders
def translations(project: Project, form: str) -> None:
    """List all translations: of each, how many texts it has, and how many have changed since.

    `briefings check` says which texts these are.
    """
    require_briefings(project)
    with snapshot_of(project) as snapshot:
        files = sorted(snapshot.loaded.translation_files)
        rows = [_row(snapshot, file, shown_path(file, project)) for file in files]
    rows.sort(key=lambda row: (row.original, row.language))
    if form == "json":
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2))
    elif rows:
        _print([_HEADINGS, *(_cells(row) for row in rows)])
    else:
        click.echo("There are no translations. `briefings translate ID LANGUAGE` begins one.")


def _row(snapshot: Snapshot, path: str, shown: str) -> Row:
    loaded, name = snapshot.loaded, path.removeprefix(BRIEFINGS).removesuffix(".yml")
    if name not in loaded.translations:
        original, _, language = name.rpartition(".")
        return Row(shown, original, language, _UNREADABLE)
    translation = loaded.translations[name].value
    row = Row(shown, translation.translation_of, translation.language, translation.status)
    original_reading = loaded.briefings.get(translation.translation_of)
    if original_reading is None:
        return row
    comparison = compare(original_reading.value, translation)
    numbers = (len(comparison.having(state)) for state in TextState)
    translated, changed, unrecorded, missing = numbers
    return Row(
        row.file, row.original, row.language, row.status, len(comparison.counted),
        translated, changed, unrecorded, missing, len(comparison.unknown),
    )  # fmt: skip


def _cells(row: Row) -> Sequence[str]:
    values = (getattr(row, name) for name in _HEADINGS)
    return ["–" if value is None else str(value) for value in values]


def _print(rows: Sequence[Sequence[str]]) -> None:
    """Print a table: words from the left, numbers from the right."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.ljust(width) if number < 3 else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        click.echo("  ".join(cells).rstrip())
