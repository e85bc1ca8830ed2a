"""The wheel and the source distribution: what is in them, what they say, the same bytes twice."""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
import tomllib
import zipfile
from email.parser import HeaderParser
from pathlib import Path

import pytest
import yaml

from tests.building import ROOT
from tests.distribution import TOOLS, build_distributions, built_distributions

#: What packages may hold beside modules: by the ending of the file's name.
_DATA = {
    ".md",
    ".html",
    ".xml",
    ".css",
    ".js",
    ".po",
    ".pot",
    ".yml",
    ".yaml",
    ".json",
    ".ttf",
    ".txt",
    ".typed",
    "",
}


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return built_distributions(tmp_path_factory)


@pytest.fixture(scope="module")
def in_wheel(distributions: tuple[Path, Path]) -> set[str]:
    with zipfile.ZipFile(distributions[0]) as wheel:
        return set(wheel.namelist())


@pytest.fixture(scope="module")
def in_sdist(distributions: tuple[Path, Path]) -> set[str]:
    with tarfile.open(distributions[1]) as sdist:
        return {name.partition("/")[2] for name in sdist.getnames()}


def _tracked(folder: str) -> set[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return {name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()}


def test_the_wheel_has_the_package_and_nothing_else(in_wheel: set[str]) -> None:
    package = {name for name in in_wheel if not name.startswith("briefing_site-")}
    assert package == _tracked("generator") - {"generator/README.md"}
    assert {"generator/theme/main.html", "generator/theme/partials/header.html"} <= package
    assert {"generator/locale/fr/LC_MESSAGES/messages.po", "generator/fonts/LICENSE.txt"} <= package
    assert {Path(name).suffix for name in package} - {".py"} <= _DATA
    metadata = {name.partition("/")[2] for name in in_wheel - package}
    licences = {"licenses/LICENSE", "licenses/generator/fonts/LICENSE.txt"}
    assert metadata == {"METADATA", "WHEEL", "RECORD", "entry_points.txt", *licences}


def test_the_source_distribution_has_what_the_wheel_is_built_from_and_the_documents(
    in_sdist: set[str],
) -> None:
    files = {".gitignore", "CHANGELOG.md", "LICENSE", "README.md", "SECURITY.md", "pyproject.toml"}
    assert in_sdist == _tracked("generator") | _tracked("docs") | files | {"PKG-INFO"}


def test_the_same_sources_give_the_same_bytes_elsewhere_and_later(
    distributions: tuple[Path, Path], tmp_path: Path
) -> None:
    """A wheel built from the source distribution is the one built from the repository."""
    with tarfile.open(distributions[1]) as sdist:
        sdist.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    for path in source.rglob("*.py"):
        path.touch()
        path.chmod(0o600)
    shutil.copytree(source / "generator", source / "generator" / "__pycache__")
    again = build_distributions(tmp_path / "again", source)
    assert [path.name for path in again] == [path.name for path in distributions]
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in distributions]


def test_the_package_index_will_show_what_the_package_says(
    distributions: tuple[Path, Path],
) -> None:
    done = subprocess.run(
        [str(TOOLS / "twine"), "--no-color", "check", "--strict", *map(str, distributions)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("PASSED") == 2


def test_the_package_says_only_what_is_so(distributions: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(distributions[0]) as wheel:
        (name,) = [name for name in wheel.namelist() if name.endswith("/METADATA")]
        metadata = HeaderParser().parsestr(wheel.read(name).decode("utf-8"))
    assert metadata["License-Expression"] == "MIT AND Bitstream-Vera"
    addresses = metadata.get_all("Project-URL") or []
    assert [address for address in addresses if ".example" in address] == []
    text = metadata.get_payload()
    assert isinstance(text, str)
    # An index of packages has no files that a relative link could lead to.
    assert re.findall(r"\]\((?!https://)[^)]*\)|<img", text) == []
    for command in ("pip install briefing-site", "briefings init", "briefings serve"):
        assert command in text


def test_each_version_of_python_that_the_package_names_is_tested_before_a_release() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    prefix = "Programming Language :: Python :: 3."
    named = [
        classifier.removeprefix(prefix)
        for classifier in project["classifiers"]
        if classifier.startswith(prefix)
    ]
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text("utf-8"))
    tested = workflow["jobs"]["try"]["strategy"]["matrix"]["python"]
    assert tested == [f"3.{minor}" for minor in named]
    assert project["requires-python"] == f">={tested[0]}"
    assert "try" in workflow["jobs"]["publish"]["needs"]
