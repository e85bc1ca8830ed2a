"""The program as its users have it: a wheel in a separate environment and folder.

Nothing is fetched. The packages that it needs are those of the environment that runs the tests, at
their locked versions: ``.pth`` files name its folder. The repository itself is not on the path,
because it is in a ``.pth`` file too, and Python reads these only in an environment's own folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

import pytest
from filelock import FileLock

from tests.building import ENVIRONMENT, ROOT

NAME = "briefing-site"
TOOLS = ROOT / ".venv" / "tools" / "bin"
#: What must not reach an installed program from the environment of the tests.
_OWN = {"VIRTUAL_ENV", "PYTHONPATH", "SITE_URL", "BRIEFINGS_CACHE", "SOURCE_DATE_EPOCH"}


@dataclass(frozen=True)
class Installed:
    """An environment with the program, and an empty folder as the home of its user."""

    bin: Path
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        """The variables of a terminal in which the environment is active."""
        return {**user_environment(self.home), "PATH": f"{self.bin}:/usr/bin:/bin"}

    def run(self, folder: Path, *command: str, fails: bool = False) -> str:
        """Run a command in a folder; all that it prints."""
        return run(folder, self.environment, *command, fails=fails)


def user_environment(home: Path) -> dict[str, str]:
    """The variables of somebody without settings of their own."""
    kept = {name: value for name, value in ENVIRONMENT.items() if name not in _OWN}
    return {**kept, "HOME": str(home), "XDG_CACHE_HOME": str(home / ".cache")}


def run(
    folder: Path,
    environment: Mapping[str, str],
    *command: str,
    fails: bool = False,
    seconds: int = 120,
) -> str:
    """Run a command, which must end well unless it ``fails``; all that it prints."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert (done.returncode != 0) == fails, done.stdout
    return done.stdout


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that the first worker of this run to ask for it makes, and the others use."""
    base = factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        base = base.parent
    folder = base / name
    with FileLock(base / f"{name}.lock", timeout=300):
        if not folder.exists():
            folder.mkdir()
            make(folder)
            (folder / ".made").touch()
    assert (folder / ".made").exists(), f"another worker failed to make {folder}"
    return folder


def build_distributions(folder: Path, source: Path = ROOT) -> tuple[Path, Path]:
    """A wheel and a source distribution of ``source``, by default this repository."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--directory", str(folder)],
        cwd=source,
        check=True,
        capture_output=True,
        timeout=120,
    )
    return next(folder.glob("*.whl")), next(folder.glob("*.tar.gz"))


def built_distributions(factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The wheel and the source distribution of this repository, built once in a run."""
    folder = once(factory, "distributions", build_distributions)
    return next(folder.glob("*.whl")), next(folder.glob("*.tar.gz"))


def install(distribution: Path, environment: Path) -> Path:
    """Create an environment with a distribution and what it needs; the folder of its programs."""
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True, timeout=60
    )
    python = environment / "bin" / "python"
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = environment / "lib" / version / "site-packages"
    (packages / "needed.pth").write_text(f"{sysconfig.get_path('purelib')}\n", "utf-8")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"),
            *("install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation"),
            *("--ignore-installed", str(distribution)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return environment / "bin"


def installed_once(factory: pytest.TempPathFactory) -> Installed:
    """The program, installed from its wheel once in a run."""
    wheel, _ = built_distributions(factory)

    def make(folder: Path) -> None:
        (folder / "home").mkdir()
        install(wheel, folder / "venv")

    folder = once(factory, "installed", make)
    return Installed(folder / "venv" / "bin", folder / "home")


def install_copy(installed: Installed, environment: Path) -> Path:
    """Copy an environment with the program; the folder of the copy's programs."""
    original = installed.bin.parent
    shutil.copytree(original, environment, symlinks=True)
    for script in (environment / "bin").iterdir():
        if not script.is_symlink():
            text = script.read_text("utf-8").replace(str(original), str(environment))
            script.write_text(text, "utf-8")
    return environment / "bin"


def site_once(factory: pytest.TempPathFactory) -> Path:
    """A new site with its example, built by the installed program once in a run.

    What the commands printed is next to it, in ``init.txt`` and ``build.txt``.
    """
    installed = installed_once(factory)

    def make(folder: Path) -> None:
        created = installed.run(folder, "briefings", "init", "there")
        (folder / "init.txt").write_text(created, "utf-8")
        built = installed.run(folder / "there", "briefings", "build")
        (folder / "build.txt").write_text(built, "utf-8")

    return once(factory, "own-site", make) / "there"


def index_of_needed(folder: Path) -> None:
    """Wheels of all packages that are installed here, to be found in place of an index.

    Each has the true name, version, requirements and entry points, so that an installer resolves as
    it does with the index. Only the modules are left out: a ``.pth`` file leads to those here.
    """
    packages = sysconfig.get_path("purelib")
    for package in distributions(path=[packages]):
        if package.metadata["Name"] != NAME:
            _stub(package, folder, f"{packages}\n")


def _stub(package: Distribution, folder: Path, needed: str) -> None:
    name = package.metadata["Name"].replace("-", "_").replace(".", "_").lower()
    stem = f"{name}-{package.version}"
    required = "".join(f"Requires-Dist: {text}\n" for text in package.requires or ())
    texts = {
        f"{stem}.dist-info/METADATA": (
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {package.version}\n{required}"
        ),
        f"{stem}.dist-info/WHEEL": (
            "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        ),
        f"{stem}.dist-info/entry_points.txt": package.read_text("entry_points.txt") or "",
        f"{stem}.dist-info/RECORD": "",
    }
    if name in ("mkdocs", "hatchling"):
        texts[f"{name}.pth"] = needed
    with zipfile.ZipFile(folder / f"{stem}-py3-none-any.whl", "w") as wheel:
        for path, text in texts.items():
            wheel.writestr(path, text)
