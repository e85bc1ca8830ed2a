"""``briefings export``: write the site as plain Markdown, for other builders."""

from __future__ import annotations

import logging
from pathlib import Path

import click
from mkdocs.exceptions import Abort as BuildStopped
from mkdocs.exceptions import BuildError, ConfigurationError

from generator.build.errors import BuildStoppedError
from generator.cli.project_options import require_project
from generator.configuration.config_file import CONFIG
from generator.configuration.mkdocs_config import read_configuration
from generator.model.field_errors import shown
from generator.publishing.markdown_export import Exported, ExportError
from generator.reading.problems import did_you_mean, listed, nearest


@click.command(short_help="Write the site as plain Markdown, for other builders.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--language",
    metavar="LANGUAGE",
    help="Write the edition in this language, one of the `languages` in mkdocs.yml. Without it, "
    "the main edition is written.",
)
def export(folder: Path, language: str | None) -> None:
    """Write the site of the mkdocs.yml in this folder into DIR, as Markdown and assets.

    DIR gets its own mkdocs.yml and needs none of this software: MkDocs, ProperDocs and Zensical can
    build it. Later exports to the same folder write only the files that changed.
    """
    require_project()
    logging.basicConfig(format="%(levelname)s - %(message)s", level=logging.WARNING, force=True)
    try:
        exported = _export(folder, language or "")
    except (ExportError, ConfigurationError, BuildError, BuildStopped, BuildStoppedError) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.FileError(str(error.filename), error.strerror) from None
    click.echo(
        f"Exported: {exported.files} files in {folder.as_posix()}, "
        f"{exported.written} written, {exported.removed} removed."
    )


def _export(folder: Path, language: str) -> Exported:
    config = read_configuration(CONFIG)
    plugin = config.plugins.get("briefings")
    if plugin is None:
        raise ExportError(f"The plugin `briefings` is not in {CONFIG}.")
    if language and language not in plugin.config.languages:
        raise ExportError(_no_edition(language, plugin.config.languages))
    config.plugins.on_startup(command="build", dirty=False)
    try:
        exported: Exported = plugin.export(config, folder, language)
    finally:
        config.plugins.on_shutdown()
    return exported


def _no_edition(language: str, languages: list[str]) -> str:
    if not languages:
        return f"The site has no edition in {shown(language)}: {CONFIG} has no `languages`."
    hint = did_you_mean(nearest(language, languages))
    own = f"Its languages are {listed(languages)}."
    return f"The site has no edition in {shown(language)}. {own} {hint}".rstrip()
