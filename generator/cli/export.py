"""``briefings export``: write the site as plain Markdown, for other builders."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import click
from mkdocs.exceptions import Abort as BuildStopped
from mkdocs.exceptions import BuildError, ConfigurationError

from generator.build.errors import BuildStoppedError
from generator.cli.project_options import require_project
from generator.configuration.config_file import CONFIG
from generator.configuration.mkdocs_config import read_configuration
from generator.publishing import markdown_export


@click.command(short_help="Write the site as plain Markdown, for other builders.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def export(folder: Path) -> None:
    """Write the site of the mkdocs.yml in this folder into DIR, as Markdown and assets.

    DIR gets its own mkdocs.yml and needs none of this software: MkDocs, ProperDocs and Zensical can
    build it. Later exports to the same folder write only the files that changed.
    """
    require_project()
    logging.basicConfig(format="%(levelname)s - %(message)s", level=logging.WARNING, force=True)
    try:
        exported = _export(folder)
    except (markdown_export.ExportError, ConfigurationError) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.FileError(str(error.filename), error.strerror) from None
    except (BuildError, BuildStopped, BuildStoppedError) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)
    click.echo(
        f"Exported: {exported.files} files in {folder.as_posix()}, "
        f"{exported.written} written, {exported.removed} removed."
    )


def _export(folder: Path) -> markdown_export.Exported:
    config = read_configuration(CONFIG)
    plugin = config.plugins.get("briefings")
    if plugin is None:
        raise markdown_export.ExportError(f"The plugin `briefings` is not in {CONFIG}.")
    config.plugins.on_startup(command="build", dirty=False)
    try:
        exported: markdown_export.Exported = plugin.export(config, folder)
    finally:
        config.plugins.on_shutdown()
    return exported
