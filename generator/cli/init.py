"""``briefings init``: a new site that builds at once."""

from __future__ import annotations

import os
import re
import shlex
import unicodedata
from contextlib import closing
from datetime import datetime
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import click

from generator.authoring.editor_schema import schema_files
from generator.authoring.new_folder import create_folder
from generator.authoring.site_scaffold import (
    RECORD,
    Record,
    SiteAnswers,
    record_text,
    scaffold,
)
from generator.build.cache import Cache
from generator.build.pipeline import Pipeline
from generator.cli.invocation import PACKAGE, own_command
from generator.cli.model_options import at_a_terminal
from generator.configuration.config_file import ProjectError
from generator.configuration.project import check_address
from generator.configuration.theme_defaults import NO_THEME
from generator.locale.interface import is_translated
from generator.model import languages
from generator.model.field_errors import shown
from generator.model.licences import LICENCES
from generator.reading.loader import BRIEFINGS, DATA
from generator.reading.problems import did_you_mean, nearest

#: What a folder may hold before a site is created in it: other programs put it there.
_HARMLESS = {".git", ".venv", "venv", ".DS_Store", ".idea"}
_SHOWN = 3
_ENGLISH_TEXTS = (
    "The pages briefings/about.md and briefings/method.md are in English and marked as English. "
    "The menu in mkdocs.yml is in English too. Translate them before you publish."
)
_LONGEST_NAME = 200
#: Overrides and isolates of the reading direction, and what Unicode calls noncharacters.
_UNSAFE = re.compile(
    r"[\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef]|["
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)


@click.command(short_help="Create a new site that builds at once.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", help="The name of the site.")
@click.option(
    "--language",
    default="en",
    help="The language of the site, its pages and its example.",
)
@click.option("--url", default=None, help="Where readers will find it, if you know that already.")
@click.option(
    "--license",
    "licence",
    type=click.Choice(list(LICENCES), case_sensitive=False),
    metavar="LICENCE",
    help=f"The licence of its texts: {', '.join(LICENCES)}. Without one, nobody may reuse them.",
)
@click.option(
    "--example/--no-example",
    default=True,
    help="Whether to write a first briefing about two invented states.",
)
def init(
    folder: Path,
    name: str | None,
    language: str,
    url: str | None,
    licence: str | None,
    example: bool,
) -> None:
    """Create a new site in the folder DIR, with everything that it needs to be built.

    DIR must be new or empty. Without --name, you are asked for the name of the site at a terminal,
    and a script names the site after DIR.
    """
    _check_folder(folder)
    is_named = name is not None
    if name is None:
        name = _name_of(folder)
        if at_a_terminal():
            name = click.prompt("Name of the site", default=name or None)
        elif not name:
            raise click.UsageError("Give the site a name: --name 'Briefings on the Halden'.")
        if url is None and at_a_terminal():
            url = click.prompt("Its address, if you know it", default="", show_default=False)
    answers = SiteAnswers(
        name=_site_name(name),
        language=_theme_language(language),
        url=_address(url or ""),
        licence=licence or "",
        example=example,
        created=datetime.now().astimezone().date().isoformat(),
    )
    texts = site_texts(answers)
    _write(folder, texts)
    command = own_command(folder)
    click.echo(f"Created a site of {len(texts)} files in {folder.as_posix()}/.")
    if not is_named:
        click.echo(f"Its name is {answers.name!r}: `site_name` in mkdocs.yml.")
    click.echo()
    click.echo("What to do next:")
    if folder.resolve() != Path.cwd():
        click.echo(f"  cd {_as_argument(folder)}")
    steps = {
        f"{command} serve": "shows the site at http://127.0.0.1:8000",
        f"{command} new ID": "creates a briefing",
        f"{command} build": "builds what readers get, in site/",
    }
    for step, effect in steps.items():
        click.echo(f"  {step.ljust(max(map(len, steps)))}   {effect}")
    if not is_translated(answers.language):
        click.echo(f"\n{_ENGLISH_TEXTS}")


def _as_argument(folder: Path) -> str:
    path = folder.as_posix()
    return shlex.quote(f"./{path}" if path.startswith("-") else path)


def site_texts(answers: SiteAnswers) -> dict[str, str]:
    """All files of a new site, with the schemas for editors and the record of what was written."""
    program = version(PACKAGE)
    texts = scaffold(answers, program)
    sources = {
        path: text.encode() for path, text in texts.items() if path.startswith((BRIEFINGS, DATA))
    }
    with closing(Cache(None)) as cache:
        loaded = (
            Pipeline(cache, jobs=1)
            .read({path: content for path, content in sources.items() if path.endswith(".yml")})
            .loaded
        )
    record = record_text(Record(program, answers, texts))
    return {**texts, **schema_files(loaded), RECORD: record}


def _check_folder(folder: Path) -> None:
    """Refuse a folder that a site can't be created in, before anything is asked."""
    if folder.is_file() or (os.path.lexists(folder) and not folder.exists()):
        raise click.UsageError(f"{folder.as_posix()} is a file. Name a new folder.")
    for parent in folder.parents:
        if parent.is_file():
            raise click.UsageError(
                f"{parent.as_posix()} is a file, so no folder can be created in it. "
                "Name another folder."
            )
    if not folder.is_dir():
        return
    others = sorted({entry.name for entry in folder.iterdir()} - _HARMLESS)
    if (folder / "mkdocs.yml").exists():
        raise click.UsageError(
            f"{folder.as_posix()} has a site already: there is a mkdocs.yml in it. "
            "Name a new folder."
        )
    if others:
        names = ", ".join(others[:_SHOWN]) + (", …" if len(others) > _SHOWN else "")
        raise click.UsageError(
            f"{folder.as_posix()} is not empty: it has {names}. Name a new folder."
        )


def _name_of(folder: Path) -> str:
    """A name for a site in ``folder``: `river-news` gives "River news". Empty if there is none."""
    words = re.sub(r"[-_.\s]+", " ", folder.resolve().name).strip()
    name = words[:1].upper() + words[1:]
    try:
        return _site_name(name)
    except click.UsageError:
        return ""


def _site_name(name: str) -> str:
    words = " ".join(name.split())
    if all(unicodedata.category(character) in ("Cf", "Zs") for character in words):
        raise click.UsageError("The name of the site is empty. Give it one with --name.")
    if len(words) > _LONGEST_NAME:
        raise click.UsageError(f"The name of the site has more than {_LONGEST_NAME} characters.")
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in words):
        raise click.UsageError("The name of the site has a character that can't be shown.")
    if match := _UNSAFE.search(words):
        raise click.UsageError(
            f"The name of the site has an invisible character, U+{ord(match[0]):04X}, that can "
            "change the order of the text around it, or that no text may have. Type the name again."
        )
    return words


def _theme_language(language: str) -> str:
    try:
        folder = files("material") / "templates" / "partials" / "languages"
    except ModuleNotFoundError:
        raise click.ClickException(NO_THEME) from None
    known = sorted(entry.name.removesuffix(".html") for entry in folder.iterdir())
    for tag in known:
        if tag.casefold() == language.casefold().replace("_", "-"):
            return tag
    close = _named_language(language, known) or nearest(language, known)
    hint = did_you_mean(close, f"Write one of {', '.join(known)}.")
    raise click.UsageError(f"The theme has no texts in the language {shown(language)}. {hint}")


def _named_language(name: str, known: list[str]) -> str:
    """The tag in ``known`` of a language that is given by its name; empty if there is none."""
    try:
        tag = languages.canonical(name)
    except languages.LanguageError as error:
        tag = error.likely
    return tag if tag in known else ""


def _address(url: str) -> str:
    if not url:
        return ""
    address = url if url.endswith("/") else f"{url}/"
    try:
        check_address(address)
    except ProjectError as error:
        raise click.UsageError(f"--url: {error}") from None
    return address


def _write(folder: Path, texts: dict[str, str]) -> None:
    """Write all files, or none."""
    try:
        create_folder(folder, texts)
    except FileExistsError as error:
        raise click.UsageError(f"{error.filename} already exists.") from None
    except OSError as error:
        raise click.ClickException(
            f"The site can't be created in {folder.as_posix()}: {error.strerror}. "
            "Nothing was written."
        ) from None
