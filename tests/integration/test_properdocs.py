"""The plugin in ProperDocs, a continuation of MkDocs: the same pages and the same preview."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.building import ENVIRONMENT, ROOT, Built, bytes_by_path, every_key_project
from tests.serving import serving

(_PACKAGES,) = (ROOT / ".venv" / "builders" / "properdocs").glob("lib/python*/site-packages")
#: ProperDocs comes after the packages of this environment, which are the locked ones.
PROPERDOCS = [
    sys.executable,
    "-c",
    f"import sys; sys.path.append({str(_PACKAGES)!r}); from properdocs.__main__ import cli; cli()",
]
_BUILDER = re.compile(rb'<meta name="generator" content="mkdocs-(ProperDocs )?[\d.]+, ')


def test_each_file_of_a_site_is_byte_for_byte_that_of_mkdocs(
    every_key_site: Built, tmp_path: Path
) -> None:
    project = every_key_project(tmp_path / "project")
    done = subprocess.run(
        [*PROPERDOCS, "build", "--strict", "-f", "mkdocs.yml"],
        cwd=project,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    theirs, ours = bytes_by_path(project / "site"), bytes_by_path(every_key_site.folder)
    assert theirs.keys() == ours.keys()
    assert b"ProperDocs" in theirs["index.html"]
    differing = [
        path for path in ours if _BUILDER.sub(b"", ours[path]) != _BUILDER.sub(b"", theirs[path])
    ]
    assert differing == []
    assert len([path for path in ours if path.endswith(".html")]) > 15


@pytest.mark.slow
def test_its_preview_shows_a_mistake_and_the_corrected_page(tmp_path: Path) -> None:
    project = every_key_project(tmp_path / "project")
    with (
        serving(project, "-f", "mkdocs.yml", builder=PROPERDOCS) as preview,
        preview.changed("briefings/halden.yml", "party: norland", "party: norlnd"),
    ):
        assert preview.shows("halden/", "norlnd", 30), preview.printed()
        assert "Did you mean" in preview.page("halden/")
