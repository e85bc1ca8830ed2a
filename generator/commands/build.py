"""``briefings build``: the whole site, strictly, with a PDF file of each briefing if asked."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import click
from mkdocs.commands.build import build as build_pages
from mkdocs.config import load_config
from mkdocs.exceptions import Abort as BuildStopped
from mkdocs.exceptions import BuildError, ConfigurationError

from generator.printing import PrintingError, require
from generator.project import CONFIG


@click.command(short_help="Build the site, with PDF files if asked.")
@click.option("--pdf", is_flag=True, help="Make a PDF file of each briefing, linked from its page.")
@click.option("-d", "--site-dir", metavar="DIR", help="Where to, in place of what mkdocs.yml says.")
def build(pdf: bool, site_dir: str | None) -> None:
    """Build the site of the mkdocs.yml in this folder. Every warning is an error.

    PDF files carry tags for screen readers (PDF/UA). They need the extra `pdf`, and Pango.
    """
    if not Path(CONFIG).is_file():
        raise click.ClickException(f"There is no {CONFIG} in this folder.")
    logging.basicConfig(format="%(levelname)s - %(message)s", level=logging.INFO, force=True)
    try:
        if pdf:
            require()
        config = load_config(CONFIG, strict=True, site_dir=site_dir)
        if pdf:
            config.plugins["briefings"].config.pdf = True
        config.plugins.on_startup(command="build", dirty=False)
        build_pages(config)
        config.plugins.on_shutdown()
    except (PrintingError, ConfigurationError) as error:
        raise click.ClickException(str(error)) from None
    except KeyError:
        raise click.ClickException(f"The plugin `briefings` is not in {CONFIG}.") from None
    except (BuildError, BuildStopped) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)
    click.echo(f"Built: {config.site_dir}")
