"""The exported tree, built by MkDocs, ProperDocs and Zensical, and compared page by page."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup

from generator.publishing.site_checker import check_site
from tests import warm_start
from tests.building import ENVIRONMENT, EVERY_KEY, MKDOCS, ROOT, Built, every_key_project, squeezed
from tests.distribution import once

BUILDERS = ROOT / ".venv" / "builders"
COMMANDS = {
    "mkdocs": [*MKDOCS, "build", "--strict"],
    "properdocs": [str(BUILDERS / "properdocs" / "bin" / "properdocs"), "build", "--strict",
                   "-f", "mkdocs.yml"],
    "zensical": [str(BUILDERS / "zensical" / "bin" / "zensical"), "build", "--strict"],
}  # fmt: skip
URL = "https://briefings.example/fiction/"


@dataclass(frozen=True)
class Facts:
    """What two builders must agree on of a page."""

    title: str
    headings: list[tuple[str, Any, str]]
    anchors: list[Any]
    links: list[Any]
    text: str
    head: list[tuple[str, ...]]
    data: list[Any]


def export(project: Path, target: Path, url: str = URL) -> str:
    """Export a project; what the command says last."""
    command = [str(Path(sys.executable).with_name("briefings")), "export", str(target)]
    done = warm_start.run(command, cwd=project, env={**ENVIRONMENT, "SITE_URL": url}, apart=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()[-1]


def _build(tree: Path, builder: str) -> Built:
    done = warm_start.run(COMMANDS[builder], cwd=tree, env=ENVIRONMENT)
    made = tree.with_name(builder)
    (tree / "site").rename(made)
    return Built(done.returncode, done.stdout, made)


@pytest.fixture(
    scope="module", params=[pytest.param("shipped", marks=pytest.mark.torture), "every-key"]
)
def sites(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One exported tree as each builder built it, once for all workers of this run."""

    def make(folder: Path) -> None:
        project = ROOT
        if request.param == "every-key":
            project = every_key_project(folder / "project")
            config = (project / "mkdocs.yml").read_text("utf-8")
            assert "font: false, " in config  # most projects don't say so
            config = config.replace("font: false, ", "")
            (project / "mkdocs.yml").write_text(f"{config}\nsite_url: {URL}\n", "utf-8")
        export(project, folder / "tree")
        ends = {}
        for builder in COMMANDS:
            built = _build(folder / "tree", builder)
            ends[builder] = built.code, built.output
        (folder / "ends.json").write_text(json.dumps(ends), "utf-8")

    folder = once(tmp_path_factory, f"exported-{request.param}", make)
    ends = json.loads((folder / "ends.json").read_text("utf-8"))
    return {builder: Built(*ends[builder], folder / builder) for builder in COMMANDS}


@cache
def _facts(built: Built, path: str) -> Facts:
    page = BeautifulSoup((built.folder / path).read_bytes(), "lxml")
    body = page.find("article") or page
    data = [json.loads(str(element.string)) for element in page.select("script[type*=ld]")]
    for extra in body.select("script, .headerlink, #__skip"):
        extra.extract()
    assert page.title
    return Facts(
        squeezed(page.title.get_text()),
        [
            (element.name, element.get("id"), squeezed(element.get_text()))
            for element in body.select("h1,h2,h3,h4")
        ],
        [element["id"] for element in body.select("[id]")],
        [element["href"] for element in body.select("a[href]")],
        squeezed(body.get_text()),
        [
            (
                element.name,
                *(f"{key}={value}".replace("=./", "=") for key, value in element.attrs.items()),
            )
            for element in page.select(
                "meta[property], meta[name=description], link[rel=canonical]"
            )
        ],
        data,
    )


def _pages(built: Built) -> list[str]:
    paths = (path.relative_to(built.folder).as_posix() for path in built.folder.rglob("*.html"))
    return sorted(paths)


@pytest.mark.parametrize("builder", ["properdocs", "zensical"])
def test_each_page_is_the_same_as_by_mkdocs(sites: dict[str, Built], builder: str) -> None:
    ours, theirs = sites["mkdocs"], sites[builder]
    assert (ours.code, theirs.code) == (0, 0), theirs.output
    assert _pages(theirs) == _pages(ours)
    assert len(_pages(ours)) > 15
    for path in _pages(ours):
        if path != "404.html":
            assert _facts(theirs, path) == _facts(ours, path), path


@pytest.mark.parametrize("builder", ["mkdocs", "properdocs", "zensical"])
def test_every_file_of_the_tree_is_served(sites: dict[str, Built], builder: str) -> None:
    built = sites[builder].folder
    docs = built.parent / "tree" / "docs"
    for path in sorted(docs.rglob("*")):
        if path.is_file() and path.suffix != ".md":
            name = path.relative_to(docs)
            assert (built / name).read_bytes() == path.read_bytes(), name
    assert (built / "search-index" / "entry.json").is_file()


@pytest.mark.parametrize("builder", ["mkdocs", "properdocs", "zensical"])
def test_no_page_fetches_anything_from_another_host(sites: dict[str, Built], builder: str) -> None:
    errors = check_site(sites[builder].folder, URL)
    assert [error for error in errors if error.message.startswith("fetches")] == []


def test_the_tree_needs_none_of_this_software(sites: dict[str, Built]) -> None:
    tree = sites["mkdocs"].folder.with_name("tree")
    config = (tree / "mkdocs.yml").read_text("utf-8")
    assert yaml.safe_load(config)["plugins"] == []
    assert "briefings:" not in config
    assert str(ROOT) not in config


@pytest.mark.torture
def test_an_export_with_the_plugins_own_project_is_built_as_the_project_is(
    tmp_path: Path, real_site: Built
) -> None:
    export(ROOT, tmp_path / "tree", url="")
    built = _build(tmp_path / "tree", "mkdocs")
    assert built.code == 0, built.output
    assert _pages(built) == _pages(real_site)
    for path in _pages(built):
        assert _facts(built, path) == _facts(real_site, path), path


def test_only_what_changed_is_written_again(tmp_path: Path) -> None:
    project, tree = every_key_project(tmp_path / "project"), tmp_path / "tree"
    assert EVERY_KEY.is_dir()
    export(project, tree)
    assert export(project, tree).endswith(" 0 written, 0 removed.")
    (tree / "docs" / "mine.md").write_text("# Mine\n", "utf-8")
    before = {path: path.stat().st_mtime_ns for path in tree.rglob("*") if path.is_file()}
    flood = project / "briefings" / "river" / "flood.yml"
    flood.write_text(flood.read_text("utf-8").replace("too late", "much too late"), "utf-8")
    export(project, tree)
    written = {
        path.relative_to(tree).as_posix()
        for path, time in before.items()
        if not path.exists() or path.stat().st_mtime_ns != time
    }
    assert "docs/river/flood/index.md" in written
    assert "docs/halden/index.json" not in written
    assert "mkdocs.yml" not in written
    assert (tree / "docs" / "mine.md").is_file()


def test_what_is_gone_from_the_project_goes_from_the_tree(tmp_path: Path) -> None:
    project, tree = every_key_project(tmp_path / "project"), tmp_path / "tree"
    export(project, tree)
    halden = project / "briefings" / "halden.yml"
    halden.write_text(halden.read_text("utf-8").replace("aliases: [halden-river]\n", ""), "utf-8")
    (project / "briefings" / "about.md").unlink()
    (tree / "docs" / "halden-river" / "mine.txt").write_text("mine", "utf-8")
    export(project, tree)
    assert not (tree / "docs" / "about.md").exists()
    assert not (tree / "docs" / "halden-river" / "index.html").exists()
    assert (tree / "docs" / "halden-river" / "mine.txt").is_file()


def test_what_a_link_fetches_from_elsewhere_is_not_in_the_tree(tmp_path: Path) -> None:
    project = every_key_project(tmp_path / ".hidden" / "project")
    secret = tmp_path / "secret.txt"
    secret.write_text("fictional secret", "utf-8")
    (project / "briefings" / "linked.txt").symlink_to(secret)
    (project / "briefings" / "own.csv").write_text("fictional", "utf-8")
    export(project, tmp_path / "tree")
    written = {path.name for path in (tmp_path / "tree" / "docs").iterdir() if path.is_file()}
    assert "own.csv" in written
    assert "linked.txt" not in written


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    project, tree = every_key_project(tmp_path / "project"), tmp_path / "tree"
    tree.mkdir()
    (tree / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(AssertionError, match=r"has other files in it\. Name an empty folder"):
        export(project, tree)
    assert [path.name for path in tree.iterdir()] == ["notes.txt"]
