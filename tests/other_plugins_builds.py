"""Builds one project with one configuration after another, in one process: run with the Python of
the environment that has the other plugins, see `tests/builders/other_plugins.in`.

    python tests/other_plugins_builds.py PROJECT < cases.json > outcomes.json

A case is a name and what is laid over the project's `mkdocs.yml`; an outcome is the sentence that
refused it, or "", the warnings, and for each watched file its text, or null where there is none.
"""

from __future__ import annotations

import io
import json
import logging
import sys
import traceback
from pathlib import Path
from typing import Any

import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def outcome(project: Path, name: str, over: dict[str, Any], watched: list[str]) -> dict[str, Any]:
    """What comes of a build of ``project`` with ``over`` laid over its configuration."""
    base = yaml.safe_load((project / "mkdocs.yml").read_text("utf-8"))
    theme = {**base["theme"], **over.get("theme", {})}
    file = project / f"{name}.yml"
    file.write_text(yaml.safe_dump({**base, **over, "theme": theme}, sort_keys=False), "utf-8")
    site = project / "sites" / name
    heard = _Warnings()
    logging.getLogger("mkdocs").addHandler(heard)
    refused = ""
    try:
        config = load_config(str(file), site_dir=str(site))
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    except MkDocsException as error:
        refused = str(error)
    except Exception:
        refused = f"Traceback: {traceback.format_exc()}"
    finally:
        logging.getLogger("mkdocs").removeHandler(heard)
    files = {
        path: (site / path).read_text("utf-8") if (site / path).is_file() else None
        for path in watched
    }
    return {"refused": refused, "warnings": heard.messages, "files": files}


def main() -> None:
    out, sys.stdout = sys.stdout, io.StringIO()
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    cases = json.load(sys.stdin)
    made = {
        name: outcome(Path(sys.argv[1]), name, case["over"], case["watched"])
        for name, case in cases.items()
    }
    json.dump(made, out)


if __name__ == "__main__":
    main()
