"""``briefings build``: build the site, validate it, and publish it in one step."""

from __future__ import annotations

import logging
from pathlib import Path

import click
from mkdocs.commands.build import build as build_pages
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort as BuildStopped
from mkdocs.exceptions import BuildError, ConfigurationError

from generator.build.workers import processors
from generator.cli.project_options import require_project
from generator.configuration.config_file import CONFIG
from generator.configuration.mkdocs_config import read_configuration
from generator.publishing.build_folder import PublicationError
from generator.publishing.pdf import PdfError, require
from generator.publishing.site_checker import check_site, summary


@click.command(short_help="Build and validate the site, and publish it in one step.")
@click.option(
    "--pdf", is_flag=True, help="Also make a PDF file of each briefing, linked from its page."
)
@click.option(
    "-d",
    "--site-dir",
    metavar="DIR",
    help="The folder to publish into, instead of the one in mkdocs.yml.",
)
def build(pdf: bool, site_dir: str | None) -> None:
    """Build the site of the mkdocs.yml in this folder. Warnings of MkDocs count as errors.

    The new site is built next to the published one. It must have a target for every link, and fetch
    nothing from other hosts. Then it replaces the old site in one step. If anything goes wrong, the
    old site stays unchanged.

    PDF files are tagged for screen readers (PDF/UA). To make them, install the extra `pdf` and
    Pango.
    """
    require_project()
    logging.basicConfig(format="%(levelname)s - %(message)s", level=logging.INFO, force=True)
    try:
        if pdf:
            require()
        config = read_configuration(CONFIG, strict=True, site_dir=site_dir)
        site = config.site_dir
        _build(config, pdf=pdf)
    except (PdfError, ConfigurationError) as error:
        raise click.ClickException(str(error)) from None
    except (BuildError, BuildStopped, OSError) as error:
        is_moved = isinstance(error, PublicationError) and error.is_moved
        outcome = "" if is_moved else "\nNothing was published. The old site is unchanged."
        raise click.ClickException(f"{error}{outcome}") from None
    click.echo(f"Built: {site}")


def _build(config: MkDocsConfig, *, pdf: bool) -> None:
    plugin = config.plugins.get("briefings")
    if plugin is None:
        raise BuildError(f"The plugin `briefings` is not in {CONFIG}.")
    if pdf:
        plugin.require_pdf()
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build_pages(config)
        # The plugin builds into a folder next to the site, and swaps the two on shutdown.
        if faults := check_site(Path(config.site_dir), config.site_url or "", processors()):
            raise BuildError(f"The new site has errors:\n{summary(faults)}")
    finally:
        config.plugins.on_shutdown()
