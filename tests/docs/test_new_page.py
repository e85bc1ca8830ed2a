"""The example of CONTRIBUTING.md, "Add a kind of page", works as it is written."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.building import ENVIRONMENT, EVERY_KEY, MKDOCS, ROOT, parsed

_SECTION = re.compile(r"^## Add a kind of page\n(.*?)^## [A-Z]", re.MULTILINE | re.DOTALL)
_PATH = re.compile(r"`(generator/[^`]+)`")
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _apply(change: str, file: Path) -> None:
    """Change a file as a block of ``diff`` says."""
    lines = change.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] != "+")
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"{file} has no lines\n{old}"
    new = "".join(line[1:] for line in lines if line[0] != "-")
    file.write_text(text.replace(old, new), "utf-8")


def _follow(section: str, folder: Path) -> list[str]:
    """Apply every block to the file that the text names first in the paragraphs before it."""
    changed = []
    path, end = "", 0
    for block in _BLOCK.finditer(section):
        named = _PATH.search(section, end, block.start())
        path, end = named[1] if named else path, block.end()
        if block[1] == "diff":
            _apply(block[2], folder / path)
        else:
            (folder / path).write_text(block[2], "utf-8")
        changed.append(path)
    return changed


def test_the_example_of_a_new_kind_of_page_works(tmp_path: Path) -> None:
    section = _SECTION.search((ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert section
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "generator", tmp_path / "generator", ignore=ignored)
    shutil.copytree(EVERY_KEY, tmp_path / "project")
    assert set(_follow(section[1], tmp_path)) == {
        "generator/addresses/reserved.py",
        "generator/templates/events.md",
        "generator/build/targets/events.py",
        "generator/build/targets/__init__.py",
    }

    environment = ENVIRONMENT | {"PYTHONPATH": str(tmp_path), "BRIEFINGS_CACHE": "off"}
    done = subprocess.run(
        [*MKDOCS, "build", "--strict", "--site-dir", str(tmp_path / "site")],
        cwd=tmp_path / "project",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr

    page = parsed(tmp_path / "site" / "events" / "index.html")
    assert [heading.get_text() for heading in page.select("article h2")] == ["Orm"]
    event = page.select_one("article .entries a")
    assert event
    assert event["href"] == "../halden/#treaty"

    # The address is taken: a briefing with it is refused.
    briefings = tmp_path / "project" / "briefings"
    (briefings / "events.yml").write_bytes((briefings / "halden.yml").read_bytes())
    done = subprocess.run(
        [sys.executable, "-c", "from generator.cli.main import main; main()", "check"],
        cwd=tmp_path / "project",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "[address-taken]" in done.stdout
