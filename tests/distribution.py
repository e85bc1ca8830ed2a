"""The program as its users have it: a wheel in a separate environment."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

from tests.building import ROOT


def build_distributions(folder: Path) -> tuple[Path, Path]:
    """A wheel and a source distribution of this repository, in ``folder``."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--directory", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    return next(folder.glob("*.whl")), next(folder.glob("*.tar.gz"))


def install(distribution: Path, environment: Path) -> Path:
    """Create an environment with a distribution and what it needs; the folder of its programs.

    The packages that it needs are those of the environment that runs the tests, at their locked
    versions. The repository itself is not on the path: ``.pth`` files name it, and Python reads
    these only in an environment's own folder.
    """
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True, timeout=60
    )
    python = environment / "bin" / "python"
    needed = sysconfig.get_path("purelib")
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = environment / "lib" / version / "site-packages"
    (packages / "needed.pth").write_text(f"{needed}\n", "utf-8")
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
