"""``briefings translate``: write the file of a translation, or bring it up to date."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

import click

from generator.authoring.editor_schema import translation_schema_file
from generator.authoring.translation_file import (
    TranslationFileError,
    Update,
    new_translation,
    updated,
)
from generator.cli import schema
from generator.cli.invocation import own_command
from generator.cli.project_options import (
    folders,
    refuse,
    require_briefings,
    snapshot_of,
    write,
)
from generator.configuration.project import Project
from generator.model import languages
from generator.model.briefing import Briefing
from generator.model.translated_texts import Comparison, original_texts
from generator.reading.loader import DATA, LoadedProject, briefing_path
from generator.reading.problems import Severity, did_you_mean, listed, near
from generator.reading.translation_names import translation_name

_ALL = "all"
_NAMED_MOST = 10


@click.command(short_help="Write the file of a translation, or bring it up to date.")
@click.argument("briefing_id", metavar="ID")
@click.argument("language", metavar="LANGUAGE")
@click.option(
    "--accept",
    metavar="TEXT",
    multiple=True,
    help="Record that a text is a translation of what the original says now. TEXT is its name, as "
    "`briefings check` shows it, or `all`. You can repeat the option.",
)
@folders
def translate(project: Project, briefing_id: str, language: str, accept: tuple[str, ...]) -> None:
    """Write the file of a translation of the briefing ID into LANGUAGE, or bring it up to date.

    `briefings translate river/halden fr` creates briefings/river/halden.fr.yml, with each text of
    the original as a comment above the key for its translation. Run it again after the original has
    changed: it adds new texts and marks those that changed. It never changes what you wrote.
    """
    require_briefings(project)
    tag = _language(language)
    with snapshot_of(project) as snapshot:
        briefing = _original(briefing_id, snapshot.loaded, project)
    own = briefing.language or project.language
    if own.casefold() == tag.casefold():
        raise click.UsageError(f"`{briefing_id}` is in {languages.name(own)} (`{own}`) already.")
    name = translation_name(briefing_id, tag)
    path = project.briefings / f"{name}.yml"
    schema_path = _write_schema(project, briefing_id, briefing)
    if not os.path.lexists(path):
        _create(path, briefing_id, briefing, tag, schema_path, accept)
    else:
        _update(path, name, briefing, accept)


def _create(
    path: Path, briefing_id: str, briefing: Briefing, tag: str, schema_path: Path,
    accept: Collection[str],
) -> None:  # fmt: skip
    if accept:
        raise click.UsageError(f"There is no {path.as_posix()} yet, so nothing can be accepted.")
    relative = Path(os.path.relpath(schema_path, path.parent)).as_posix()
    content = new_translation(path.as_posix(), briefing_id, briefing, tag, relative)
    write(path, content.encode(), is_new=True)
    needed = [text for text in original_texts(briefing, tag) if not text.is_optional]
    click.echo(f"Created {path.as_posix()}, a draft with {_count(len(needed))} to translate.\n")
    click.echo(
        "Write each text after its key, then look for mistakes:\n"
        f"  {own_command()} check {path.as_posix()}\n"
        "When it is finished, write `status: published` in it."
    )


def _update(path: Path, name: str, briefing: Briefing, accept: tuple[str, ...]) -> None:
    shown = path.as_posix()
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise click.ClickException(f"{shown} is not text in UTF-8. Run `check`.") from None
    names = None if _ALL in accept else accept
    try:
        update = updated(shown, text, briefing, names)
    except TranslationFileError as error:
        refuse([error.problem] if error.problem else [], str(error))
    for accepted in accept:
        _check_accepted(accepted, update.comparison)
    if update.text != text:
        write(path, update.text.encode(), is_new=False)
    _report(shown, update, is_changed=update.text != text)


def _check_accepted(name: str, comparison: Comparison) -> None:
    """Refuse the name of a text that doesn't exist or isn't translated."""
    texts = {text.name: text for text in comparison.texts}
    if name == _ALL or (name in texts and texts[name].given):
        return
    if name in texts:
        raise click.UsageError(f"`{name}` is not translated yet, so it can't be accepted.")
    hint = did_you_mean(near(name, texts))
    raise click.UsageError(f"The original has no text `{name}`. {hint}".rstrip())


def _report(shown: str, update: Update, *, is_changed: bool) -> None:
    """Print what changed in the file, and what is left to do."""
    click.echo(f"Updated {shown}." if is_changed else f"{shown} needs no update.")
    lines = (
        (update.added, "added, to be translated"),
        (update.accepted, "recorded as translated from what the original says now"),
        (update.stale, "changed in the original since they were translated"),
        (tuple(text.name for text in update.comparison.unknown), "no longer in the original"),
        (update.in_brackets, "not added, because their entry is in braces or is one text"),
    )
    for names, meaning in lines:
        if names:
            more = f" and {len(names) - _NAMED_MOST} more" if len(names) > _NAMED_MOST else ""
            click.echo(f"  {len(names)} {meaning}: {', '.join(names[:_NAMED_MOST])}{more}")


def _language(value: str) -> str:
    try:
        return languages.canonical(value)
    except languages.LanguageError as error:
        raise click.UsageError(error.reason) from None


def _original(briefing_id: str, loaded: LoadedProject, project: Project) -> Briefing:
    """The briefing with this id. Refuses one that doesn't exist, or has mistakes."""
    reading = loaded.briefings.get(briefing_id)
    path = briefing_path(briefing_id)
    problems = [problem for problem in loaded.problems if problem.location.path == path]
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        refuse(errors, f"`{briefing_id}` has mistakes. Correct them first.")
    if reading is None:
        if present := loaded.aliases.get(briefing_id):
            message = f"`{briefing_id}` is a former id of {listed(present, ' and ')}."
            raise click.UsageError(f"{message} Write {listed(present, ' or ')}.")
        known = [*loaded.briefings, *loaded.broken]
        below = briefing_id.removeprefix("./").removeprefix(f"{project.briefings.as_posix()}/")
        named = below.removesuffix(".yml")  # a path in place of an id
        close = [named] if named in known else near(briefing_id, known)
        file = f"{project.briefings.as_posix()}/{named}.yml"
        hint = did_you_mean(close, f"There is no {file}.")
        raise click.UsageError(f"`{briefing_id}` is not the id of a briefing. {hint}")
    return reading.value


def _write_schema(project: Project, briefing_id: str, briefing: Briefing) -> Path:
    """Write the schema with which editors complete translations of this briefing."""
    name, text = translation_schema_file(briefing_id, briefing)
    path = project.data / name.removeprefix(DATA)
    if schema.is_outdated(path, text):
        schema.write(path, text)
    return path


def _count(texts: int) -> str:
    return "1 text" if texts == 1 else f"{texts} texts"
