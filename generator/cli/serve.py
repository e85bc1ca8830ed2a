"""``briefings serve``: the live preview."""

from __future__ import annotations

import errno
import logging
import re
from typing import Any

import click
from mkdocs.commands.serve import serve as serve_pages
from mkdocs.exceptions import Abort, BuildError, ConfigurationError

from generator.cli.project_options import require_project
from generator.configuration.config_file import CONFIG
from generator.configuration.mkdocs_config import read_configuration
from generator.model.field_errors import shown

_HIGHEST_PORT = 65_535
#: Why nothing can be served at an address.
_NO_ADDRESS = (errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES)


def _check_address(
    _ctx: click.Context, _option: click.Parameter, address: str | None
) -> str | None:
    match = re.fullmatch(r"(?:\[[0-9a-fA-F:]+\]|[^\s:/]+):([0-9]{1,5})", address or "")
    if address and not (match and int(match[1]) <= _HIGHEST_PORT):
        raise click.BadParameter(
            f"{shown(address)} is not a host and a port. Write, for example, `127.0.0.1:8001`."
        )
    return address


@click.command(short_help="Show the site while you write, at an address of this computer.")
@click.option(
    "-a",
    "--address",
    metavar="HOST:PORT",
    callback=_check_address,
    help="The address of the preview. [default: 127.0.0.1:8000]",
)
@click.option("-o", "--open", "opens", is_flag=True, help="Open the preview in a browser.")
def serve(address: str | None, opens: bool) -> None:
    """Show the site of the mkdocs.yml in this folder while you write.

    The preview follows each change of a file. A briefing with mistakes shows them, each with its
    line and what to write instead. Drafts are shown too. Stop with Ctrl+C.
    """
    require_project()
    logging.basicConfig(format="%(levelname)s - %(message)s", level=logging.INFO, force=True)
    try:
        config = read_configuration(CONFIG)
        # Only what is given here takes the place of what mkdocs.yml says.
        given: dict[str, Any] = {"dev_addr": address} if address else {}
        serve_pages(config_file=CONFIG, open_in_browser=opens, **given)
    except (ConfigurationError, BuildError) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        if error.errno not in _NO_ADDRESS or error.filename is not None:
            raise
        raise click.ClickException(_unusable(address or str(config.dev_addr), error)) from None
    except Abort as error:
        raise SystemExit(1) from error


def _unusable(address: str, error: OSError) -> str:
    """Why the preview can't be at ``address``, and what to write instead."""
    if error.errno == errno.EADDRINUSE:
        reason = f"Another program, such as another preview, is at {address} already."
    elif error.errno == errno.EACCES:
        reason = f"The system doesn't let you use {address}."
    else:
        reason = f"{address} is not an address of this computer."
    return f"{reason} Name another address, for example `--address 127.0.0.1:8001`."
