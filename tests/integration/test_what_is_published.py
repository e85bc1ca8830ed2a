"""What a build publishes, where to, and what of the folder that it publishes to stays."""

from __future__ import annotations

import json
import logging
import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, PluginError

from generator.build.cache import VARIABLE
from generator.cli.main import main
from generator.publishing.atomic_swap import AtomicSwap
from generator.publishing.foreign_files import LIST
from tests.building import Built, bytes_by_path, every_key_project
from tests.fiction import briefing

COPIES = [
    "secret.yml~", "secret.yml.orig", "#secret.yml#", "secret.yml.swp", "copy of secret.yml.bak",
    "secret.yml.txt", "notes.json", ".idea/secret.png", "inside/secret.yml.rej",
]  # fmt: skip
SECRET = "Sundmark will resign on Friday"
HOOK = """
import errno
import logging
import os
from pathlib import Path

def on_post_build(config):
    index = Path(config.site_dir, "halden", "index.html")
    text = index.read_text("utf-8").replace("<!-- seen -->", "") + "<!-- seen -->"
    with index.open("r+", encoding="utf-8") as file:
        file.write(text)
    Path(config.site_dir, "by-hook.txt").touch()
    if Path(config.docs_dir, "fail").exists():
        raise OSError("the hook fails")
    if Path(config.docs_dir, "full").exists():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if Path(config.docs_dir, "warn").exists():
        logging.getLogger("mkdocs.hook").warning("the hook warns")
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = every_key_project(tmp_path / "project")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setenv("BRIEFINGS_JOBS", "1")
    monkeypatch.chdir(made)
    return made


@pytest.fixture(autouse=True)
def unchanged_logging() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


def _build(project: Path, site_dir: str | None = None, *, strict: bool = False) -> MkDocsConfig:
    """What `mkdocs build` does; the configuration as it is when the command goes on."""
    MkDocsConfig.plugins.plugin_cache.clear()
    config = load_config(str(project / "mkdocs.yml"), site_dir=site_dir, strict=strict)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()
    return config


def _add(project: Path, lines: str) -> None:
    config = project / "mkdocs.yml"
    config.write_text(f"{config.read_text('utf-8')}\n{lines}\n", encoding="utf-8")


def _with(folder: Path, words: str) -> list[str]:
    """The files in which words stand, or in whose names."""
    return [
        path
        for path, content in bytes_by_path(folder).items()
        if words.encode() in content or words in path
    ]


def test_copies_and_other_files_next_to_briefings_are_named_and_never_published(
    project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for path in COPIES:
        (project / "briefings" / path).parent.mkdir(exist_ok=True)
        (project / "briefings" / path).write_text(SECRET, encoding="utf-8")
    (project / "briefings" / "photo.png").symlink_to("secret.yml~")
    (project / "briefings" / "map.png").write_bytes(b"a picture")
    _build(project)
    site = project / "site"
    assert _with(site, SECRET) == []
    assert (site / "map.png").read_bytes() == b"a picture"
    named = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    for path in COPIES:
        said = any(
            f"briefings/{path}:1:1: warning: Readers don't get this" in name for name in named
        )
        assert said is not path.startswith("."), path
    _build(project, strict=True)  # that they are there doesn't hold up a publication
    exported = CliRunner().invoke(main, ["export", "../exported"])
    assert exported.exit_code == 0, exported.output
    assert _with(project.parent / "exported", SECRET) == []
    assert (project.parent / "exported" / "docs" / "map.png").exists()
    checked = CliRunner().invoke(main, ["check"])
    assert "briefings/secret.yml~:1:1: warning: Readers don't get this file" in checked.output


def test_a_type_of_asset_that_the_site_names_is_published(project: Path) -> None:
    (project / "briefings" / "map.json").write_text("{}", encoding="utf-8")
    config = project / "mkdocs.yml"
    text = config.read_text("utf-8")
    named = text.replace("plugins: [briefings]", "plugins: [briefings: {asset_types: [json]}]")
    assert named != text
    config.write_text(named, encoding="utf-8")
    _build(project, strict=True)
    assert (project / "site" / "map.json").read_text("utf-8") == "{}"
    assert "not-published" not in CliRunner().invoke(main, ["check"]).output


@pytest.mark.parametrize("key", ["exclude_docs", "draft_docs"])
def test_what_mkdocs_has_to_leave_out_is_nowhere_in_the_site_not_even_by_a_link(
    project: Path, key: str
) -> None:
    inside = project / "briefings" / "inside"
    inside.mkdir()
    for name in ("hidden", "shown"):
        text = json.dumps({**briefing(), "title": f"The {name} one"})
        (inside / f"{name}.yml").write_text(text, encoding="utf-8")
    (inside / "page.md").write_text("# The hidden one", encoding="utf-8")
    # A link gives no other name to what is left out.
    secret = project / "briefings" / "secret"
    secret.mkdir()
    text = json.dumps({**briefing(), "title": SECRET})
    (secret / "hidden.yml").write_text(text, encoding="utf-8")
    (secret / "map.png").write_text(SECRET, encoding="utf-8")
    (secret.parent / "open.yml").symlink_to("secret/hidden.yml")
    (secret.parent / "open.png").symlink_to("secret/map.png")
    (secret.parent / "beside").symlink_to("secret")
    _add(project, f"{key}: |\n  /inside/hidden.yml\n  /inside/page.md\n  /secret/\n")
    _build(project)
    site = project / "site"
    assert _with(site, SECRET) == []
    assert _with(site, "The hidden one") == []
    assert _with(site, "inside/hidden") == []
    assert "data/briefings.json" in _with(site, "The shown one")
    assert "inside/shown/index.html" in bytes_by_path(site)
    titles = {part["title"] for part in Built(0, "", site).search_index}
    assert "The shown one" in titles
    assert "The hidden one" not in titles
    exported = CliRunner().invoke(main, ["export", "../exported"])
    assert exported.exit_code == 0, exported.output
    assert _with(project.parent / "exported", "The hidden one") == []


def test_hidden_files_are_published_where_mkdocs_has_to_include_them_again(
    project: Path,
) -> None:
    folder = project / "briefings"
    for path in (
        ".well-known/security.txt", ".well-known/assetlinks.json", ".well-known/secret.txt~",
        ".well-known/secret.yml", ".pictures/map.png", ".pictures/notes.txt", ".private/map.png",
    ):  # fmt: skip
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(SECRET, encoding="utf-8")
    _build(project)
    assert _with(project / "site", SECRET) == []
    _add(project, "exclude_docs: |\n  !.well-known\n  !.pictures\n")
    _build(project)
    published = [
        ".pictures/map.png", ".well-known/assetlinks.json", ".well-known/security.txt",
    ]  # fmt: skip
    assert sorted(_with(project / "site", SECRET)) == published
    exported = CliRunner().invoke(main, ["export", "../exported"])
    assert exported.exit_code == 0, exported.output
    assert sorted(_with(project.parent / "exported", SECRET)) == [
        f"docs/{path}" for path in published
    ]


def test_a_worktree_of_git_stays_one_and_so_do_files_of_others(project: Path) -> None:
    def git(*arguments: str, folder: Path = project) -> str:
        made = subprocess.run(
            ["git", "-c", "user.name=A", "-c", "user.email=a@b.example", *arguments],
            cwd=folder, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return made.stdout

    git("init", "-q", "-b", "main")
    git("commit", "-q", "--allow-empty", "-m", "main")
    git("branch", "gh-pages")
    git("worktree", "add", "-q", "site", "gh-pages")
    site = project / "site"
    (site / "CNAME").write_text("f.example", encoding="utf-8")
    for _ in range(2):
        config = _build(project)
        git("add", "-A", folder=site)
        git("commit", "-q", "--allow-empty", "-m", "site", folder=site)
        assert git("rev-parse", "--abbrev-ref", "HEAD", folder=site).strip() == "gh-pages"
        assert "index.html" in git("ls-tree", "--name-only", "gh-pages").splitlines()
    assert (site / "CNAME").read_text("utf-8") == "f.example"
    assert str(site) in git("worktree", "list")
    assert Path(config.site_dir) == site  # which `mkdocs gh-deploy` reads afterwards


def test_modes_are_those_of_a_fresh_build(project: Path) -> None:
    before = os.umask(0o077)
    try:
        _build(project)
        os.umask(0o022)
        _build(project)
    finally:
        os.umask(before)
    site = project / "site"
    files = [path for path in site.rglob("*") if path.is_file()]
    folders = [site, *(path for path in site.rglob("*") if path.is_dir())]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o644}
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o755}


def test_what_other_plugins_write_is_published_with_the_rest_and_never_before(
    project: Path,
) -> None:
    """Nor where they fail, warn in a strict build, or find the disk full, which is one line."""
    (project / "hook.py").write_text(HOOK, encoding="utf-8")
    _add(project, "hooks: [hook.py]")
    site = project / "site"
    _build(project)
    assert (site / "by-hook.txt").exists()
    old = bytes_by_path(site)
    assert old["halden/index.html"].endswith(b"<!-- seen -->")
    page = project / "briefings" / "about.md"
    page.write_text(f"{page.read_text('utf-8')}\nMore.\n", encoding="utf-8")
    for name, error, match in (
        ("fail", OSError, "the hook fails"),
        ("full", PluginError, "No space left on device"),
        ("warn", Abort, None),
    ):
        (project / "briefings" / name).touch()
        with pytest.raises(error, match=match):
            _build(project, strict=True)
        (project / "briefings" / name).unlink()
        assert bytes_by_path(site) == old
        assert {path.name for path in project.glob(".site*")} == {".site.lock"}
    _build(project, strict=True)
    assert bytes_by_path(site)["about/index.html"] != old["about/index.html"]


def test_a_build_that_is_interrupted_leaves_the_old_site(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _build(project)
    old = bytes_by_path(project / "site")
    (project / "briefings" / "about.md").write_text("# Another", encoding="utf-8")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("generator.publishing.build_folder.SwappedFolder.complete", interrupt)
    with pytest.raises(KeyboardInterrupt):
        _build(project)
    assert bytes_by_path(project / "site") == old


def test_a_second_build_at_the_same_time_is_refused_in_one_sentence(project: Path) -> None:
    with AtomicSwap(project / "site"), pytest.raises(Abort):
        _build(project)
    with AtomicSwap(project / "site"):
        refused = CliRunner().invoke(main, ["build"])
    assert refused.exit_code == 1
    _build(project)


def test_an_export_leaves_the_site_and_its_place_alone(project: Path) -> None:
    _build(project)
    (project / ".site.old").mkdir()  # whatever else is there
    (project / ".site.new").mkdir()
    before = {path: path.lstat() for path in (project, *project.rglob("*"))}
    assert CliRunner().invoke(main, ["export", "../exported"]).exit_code == 0
    assert {path: path.lstat() for path in (project, *project.rglob("*"))} == before


@pytest.mark.parametrize("name", ["data", ".git", "templates", "data/x", "papers"])
def test_a_folder_that_is_no_site_is_refused_and_not_touched(
    project: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    for folder in (".git", "templates", "papers"):
        (project / folder).mkdir()
        (project / folder / "file").write_text("mine", encoding="utf-8")
    config = project / "mkdocs.yml"
    text = config.read_text("utf-8")
    custom = text.replace("theme: {", "theme: {custom_dir: templates, ", 1)
    assert custom != text
    config.write_text(custom, encoding="utf-8")
    before = bytes_by_path(project)
    with pytest.raises((Abort, BuildError)):
        _build(project, name)
    assert bytes_by_path(project) == before
    (said,) = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert "`-d`" in said
    refused = CliRunner().invoke(main, ["build", "-d", name])
    assert refused.exit_code == 1
    assert bytes_by_path(project) == before


def test_a_site_that_mkdocs_made_before_is_replaced(project: Path) -> None:
    shutil.copytree(_built_elsewhere(project), project / "site")
    (project / "site" / LIST).unlink()
    _build(project)
    assert (project / "site" / LIST).exists()


def _built_elsewhere(project: Path) -> Path:
    _build(project, "../elsewhere")
    return project.parent / "elsewhere"


def test_a_hook_can_remove_the_folder_that_is_built_into(project: Path) -> None:
    (project / "hook.py").write_text(
        "import shutil\ndef on_pre_build(config):\n    shutil.rmtree(config.site_dir)\n",
        encoding="utf-8",
    )
    _add(project, "hooks: [hook.py]")
    _build(project)
    _build(project)
    assert (project / "site" / "index.html").exists()
