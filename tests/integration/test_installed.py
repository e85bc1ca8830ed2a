"""The program as its users have it: from a wheel, in an empty folder, without the repository."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import warm_start
from tests.building import ROOT, bytes_by_path
from tests.distribution import (
    TOOLS,
    Installed,
    built_distributions,
    index_of_needed,
    install_copy,
    installed_once,
    once,
    run,
    site_once,
    user_environment,
)
from tests.serving import Preview, soon

_SECTIONS = ("actors", "topics", "places", "timeline", "sources", "changes", "data", "method")


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return installed_once(tmp_path_factory)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site_once(tmp_path_factory)


@pytest.fixture
def own(site: Path, tmp_path: Path) -> Path:
    """A copy of the new site, to be changed."""
    return Path(shutil.copytree(site, tmp_path / "there"))


@contextmanager
def _serving(folder: Path, environment: dict[str, str], *command: str) -> Iterator[Preview]:
    """A preview that the command starts in a folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    log = folder.parent / "serve.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*command, "--address", address],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    preview = Preview(folder, f"http://{address}/", log)
    try:
        assert soon(lambda: server.poll() is not None or bool(preview.page("")), 60)
        assert server.poll() is None, preview.printed()
        yield preview
    finally:
        server.terminate()
        server.wait(20)


def test_the_program_is_that_of_the_wheel(installed: Installed) -> None:
    code = "import generator, sys; print(generator.__file__, *sys.path, sep='\\n')"
    printed = installed.run(installed.home, str(installed.bin / "python"), "-c", code)
    module, *path = printed.splitlines()
    assert Path(module).is_relative_to(installed.bin.parent)
    assert str(ROOT) not in path


def test_a_new_site_is_built_without_a_warning_and_is_complete(site: Path) -> None:
    created = (site.parent / "init.txt").read_text("utf-8")
    assert "Its name is 'There': `site_name` in mkdocs.yml." in created
    built = (site.parent / "build.txt").read_text("utf-8")
    assert "WARNING" not in built
    assert built.endswith(f"Built: {site / 'site'}\n")
    pages = {path.parent.name for path in (site / "site").rglob("index.html")}
    assert {"example", *_SECTIONS} <= pages
    assert "{ #" not in (site / "site" / "example" / "index.html").read_text("utf-8")
    text = (site / "site" / "index.html").read_text("utf-8")
    assert str(ROOT) not in text


@pytest.mark.torture
def test_the_preview_follows_a_briefing_that_is_added_broken_and_corrected(
    installed: Installed, own: Path
) -> None:
    with _serving(own, installed.environment, "briefings", "serve") as preview:
        assert preview.shows("example/", "Norland")
        printed = installed.run(own, "briefings", "new", "river/halden")
        assert "briefings/river/halden.yml" in printed
        assert preview.shows("river/halden/", "Halden", 30), preview.printed()
        text = (own / "briefings" / "example.yml").read_text("utf-8")
        added = own / "briefings" / "added.yml"
        added.write_text(text.replace("title: ", "title: Added. ", 1), "utf-8")
        assert preview.shows("added/", "Added.", 30), preview.printed()
        added.write_text(text.replace("party: norland", "party: norlnd", 1), "utf-8")
        assert preview.shows("added/", "norlnd", 30), preview.printed()
        assert "Did you mean" in preview.page("added/")
        added.write_text(text, "utf-8")
        assert soon(lambda: "norlnd" not in preview.page("added/"), 30), preview.printed()


@pytest.mark.parametrize("command", ["check", pytest.param("build", marks=pytest.mark.torture)])
def test_a_broken_briefing_is_reported_and_the_built_site_stays(
    installed: Installed, own: Path, command: str
) -> None:
    before = (own / "site" / "index.html").read_bytes()
    example = own / "briefings" / "example.yml"
    example.write_text(
        example.read_text("utf-8").replace("party: norland", "party: norlnd", 1), "utf-8"
    )
    printed = installed.run(own, "briefings", command, fails=True)
    assert re.search(r"briefings/example\.yml:\d+:\d+: error: `norlnd`", printed)
    assert "Did you mean `norland`?" in printed
    assert "Traceback" not in printed
    assert (own / "site" / "index.html").read_bytes() == before


def _next_version(installed: Installed, folder: Path) -> Installed:
    """The same program, installed as a later version."""
    (folder / "home").mkdir(parents=True)
    programs = install_copy(installed, folder / "venv")
    (metadata,) = (folder / "venv").rglob("briefing_site-*.dist-info/METADATA")
    text = re.sub(r"^Version: .*$", "Version: 99.0", metadata.read_text("utf-8"), flags=re.M)
    metadata.write_text(text, "utf-8")
    return Installed(programs, folder / "home")


def test_a_site_of_one_version_is_upgraded_by_the_next_and_built(
    installed: Installed, own: Path, tmp_path: Path, torture: bool
) -> None:
    later = _next_version(installed, tmp_path / "later")
    config = own / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("There", "Own name"), "utf-8")
    shown = later.run(own, "briefings", "upgrade")
    assert "+briefing-site==99.0\n" in shown
    command = shown.splitlines()[-1].partition("To apply this: ")[2]
    later.run(own, "sh", "-c", command)
    assert "briefing-site==99.0" in (own / "requirements.txt").read_text("utf-8")
    assert "Own name" in config.read_text("utf-8")
    # `tests/cli/test_upgrade.py` builds such a site too.
    if torture:
        assert "0 errors" in later.run(own, "briefings", "check")
        later.run(own, "briefings", "build")
        assert "Own name" in (own / "site" / "index.html").read_text("utf-8")


def _printed_commands(created: str) -> dict[str, list[str]]:
    """The commands that `init` proposes, by their subcommand."""
    lines = [line.strip() for line in created.partition("What to do next:\n")[2].splitlines()]
    commands = [shlex.split(re.split(r"\s{2,}", line)[0]) for line in lines]
    return {words[-1] if words[-1] != "ID" else words[-2]: words for words in commands}


def _work(folder: Path, environment: dict[str, str], created: str, *, served: bool = False) -> None:
    """Run each command that `init` printed, where it says to run it.

    The preview is started only if it is to be ``served``: it costs seconds. Its command begins as
    the others do.
    """
    commands = _printed_commands(created)
    assert commands.keys() == {"there", "serve", "new", "build"}
    assert commands["there"] == ["cd", "there"]
    site = folder / "there"
    run(site, environment, *commands["new"][:-1], "halden")
    assert (site / "briefings" / "halden.yml").is_file()
    if served:
        with _serving(site, environment, *commands["serve"]) as preview:
            assert preview.shows("example/", "Norland"), preview.printed()
    else:
        program = commands["new"][:-2]
        assert [commands[name] for name in ("serve", "build")] == [
            [*program, "serve"],
            [*program, "build"],
        ]


def test_a_site_is_made_shown_checked_and_built_without_git(
    installed: Installed, tmp_path: Path, torture: bool
) -> None:
    environment = {**installed.environment, "PATH": str(installed.bin)}
    assert not shutil.which("git", path=environment["PATH"])
    folder = tmp_path / "there"
    # An interpreter for each command costs more than all they do.
    program = str(Path(sys.executable).with_name("briefings"))
    for place, command in ((tmp_path, ["init", "there"]), (folder, ["check"])):
        done = warm_start.run([program, *command], cwd=place, env=environment)
        assert done.returncode == 0, done.stdout
    assert "0 errors" in done.stdout
    if torture:
        assert "git" not in run(folder, environment, "briefings", "build").replace(".git", "")
        with _serving(folder, environment, "briefings", "serve") as preview:
            assert preview.shows("example/", "Norland"), preview.printed()
            assert "Traceback" not in preview.printed()
    refused = run(folder, environment, "briefings", "check", "--since", "HEAD", fails=True)
    assert "git must be installed" in refused


def test_commands_printed_in_an_active_environment_are_short(site: Path) -> None:
    commands = _printed_commands((site.parent / "init.txt").read_text("utf-8"))
    assert commands["serve"] == ["briefings", "serve"]
    assert commands["new"] == ["briefings", "new", "ID"]


def test_commands_printed_in_an_environment_that_is_not_active_work(
    installed: Installed, tmp_path: Path, torture: bool
) -> None:
    environment = {**installed.environment, "PATH": "/usr/bin:/bin"}
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / ".venv").symlink_to(installed.bin.parent)
    created = run(tmp_path, environment, "there/.venv/bin/briefings", "init", "there")
    assert "  .venv/bin/briefings serve " in created
    _work(tmp_path, environment, created, served=torture)


@pytest.fixture(scope="session")
def without_network(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Variables for pip, pipx and uv: packages are those installed here, and nothing is fetched."""
    index = str(once(tmp_path_factory, "index", index_of_needed))
    python = str(ROOT / ".venv" / "bin" / "python")
    return {
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": index,
        "PIPX_DEFAULT_PYTHON": python,
        "PIPX_FETCH_PYTHON": "never",
        "UV_OFFLINE": "1",
        "UV_NO_INDEX": "1",
        "UV_FIND_LINKS": index,
        "UV_PYTHON": python,
        "PATH": f"{TOOLS}:/usr/bin:/bin",
    }


@pytest.mark.parametrize(
    "runner",
    [
        pytest.param(["uvx", "--from"], id="uvx"),
        pytest.param(["pipx", "run", "--spec"], id="pipx", marks=pytest.mark.torture),
    ],
)
def test_commands_printed_by_a_run_without_installing_work(
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
    without_network: dict[str, str],
    runner: list[str],
    torture: bool,
) -> None:
    (wheel, _), home = built_distributions(tmp_path_factory), tmp_path / "home"
    home.mkdir()
    environment = {**user_environment(home), **without_network}
    created = run(tmp_path, environment, *runner, str(wheel), "briefings", "init", "there")
    assert f"  {' '.join(runner)} {wheel} briefings serve " in created
    _work(tmp_path, environment, created, served=torture)


@pytest.mark.torture
@pytest.mark.parametrize("tool", [["uv", "tool", "install"], ["pipx", "install"]])
def test_commands_printed_by_a_tool_that_was_installed_work(
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
    without_network: dict[str, str],
    tool: list[str],
) -> None:
    (wheel, _), home = built_distributions(tmp_path_factory), tmp_path / "home"
    home.mkdir()
    environment = {**user_environment(home), **without_network}
    run(tmp_path, environment, *tool, str(wheel))
    environment["PATH"] = f"{home / '.local' / 'bin'}:/usr/bin:/bin"
    created = run(tmp_path, environment, "briefings", "init", "there")
    assert "  briefings serve " in created
    _work(tmp_path, environment, created, served=True)


def test_the_source_distribution_is_installed_with_an_isolated_build(
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
    without_network: dict[str, str],
    torture: bool,
) -> None:
    """As pip does where no wheel is to be had: it fetches the build backend that is named."""
    (wheel, sdist), home = built_distributions(tmp_path_factory), tmp_path / "home"
    home.mkdir()
    environment = {**user_environment(home), **without_network}
    pip = (str(ROOT / ".venv" / "bin" / "python"), "-m", "pip")
    run(tmp_path, environment, *pip, "wheel", "--no-deps", "--wheel-dir", "built", str(sdist))
    assert (tmp_path / "built" / wheel.name).read_bytes() == wheel.read_bytes()
    if torture:  # the backend that is installed here is not the one that builds
        without = {**environment, "PIP_FIND_LINKS": str(home)}
        refused = run(tmp_path, without, *pip, "wheel", "--no-deps", str(sdist), fails=True)
        assert "hatchling" in refused


@pytest.mark.torture
def test_the_source_distribution_is_installed_with_packages_from_the_index(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    """This fetches the newest packages that the requirements allow."""
    _, sdist = built_distributions(tmp_path_factory)
    (tmp_path / "home").mkdir()
    installed = Installed(tmp_path / "venv" / "bin", tmp_path / "home")
    run(tmp_path, dict(os.environ), _pythons()[0], "-m", "venv", "venv")
    pip = (str(installed.bin / "python"), "-m", "pip", "install", str(sdist))
    run(tmp_path, dict(os.environ), *pip, seconds=600)
    installed.run(tmp_path, "briefings", "init", "there")
    built = installed.run(tmp_path / "there", "briefings", "build")
    assert "Warning" not in built
    checked = installed.run(tmp_path / "there", "briefings", "check")
    assert checked.strip() == "1 briefing checked: 0 errors, 0 warnings"


def _pythons() -> list[str]:
    """The interpreters on this machine that the package is for, one of each version."""
    # pyenv's own commands start only the versions that are switched on.
    pyenv = map(str, (Path.home() / ".pyenv" / "versions").glob("*/bin"))
    listed = subprocess.run(
        [str(TOOLS / "uv"), "python", "list", "--only-installed", "--output-format", "json"],
        env={**os.environ, "PATH": os.pathsep.join([*pyenv, os.environ["PATH"]])},
        capture_output=True,
        text=True,
        check=True,
    )
    newest: dict[int, str] = {}
    for python in json.loads(listed.stdout):
        version = python["version_parts"]
        if (
            python["implementation"] == "cpython"
            and version["major"] == 3
            and version["minor"] > 10
        ):
            newest.setdefault(version["minor"], python["path"])
    return [newest[minor] for minor in sorted(newest)]


@pytest.mark.torture
def test_each_python_on_this_machine_builds_the_same_site_with_packages_from_the_index(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    """This fetches packages, at their locked versions."""
    wheel, _ = built_distributions(tmp_path_factory)
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    locked = tmp_path / "locked.txt"
    locked.write_text("\n".join(re.findall(r"^[\w.-]+==[^\\\n]+", lock, re.M)), "utf-8")
    sites = []
    for python in _pythons():
        folder = tmp_path / f"python-{len(sites)}"
        (folder / "home").mkdir(parents=True)
        installed = Installed(folder / "venv" / "bin", folder / "home")
        program = str(installed.bin / "python")
        run(folder, installed.environment, str(TOOLS / "uv"), "venv", "--python", python, "venv")
        fetch = ("pip", "install", "--python", program, "--constraint", str(locked), str(wheel))
        run(folder, dict(os.environ), str(TOOLS / "uv"), *fetch)
        installed.run(folder, "briefings", "init", "there")
        built = installed.run(folder / "there", "briefings", "build")
        assert "Warning" not in built
        checked = installed.run(folder / "there", "briefings", "check")
        assert checked.strip() == "1 briefing checked: 0 errors, 0 warnings"
        sites.append(bytes_by_path(folder / "there" / "site"))
    assert sites
    for site in sites[1:]:
        assert site.keys() == sites[0].keys()
        assert [path for path in site if site[path] != sites[0][path]] == []
