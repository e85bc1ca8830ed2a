"""The same files give the same bytes, wherever and whenever a site is built.

`make torture` builds twelve times; here each thing that could differ does so once.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.building import ENVIRONMENT, EVERY_KEY, bytes_by_path

#: A build on another day: the clock goes on from there.
RUN = """
import sys
import time_machine
from generator.cli.main import main
with time_machine.travel(sys.argv.pop(1)):
    main()
"""
USUAL = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "BRIEFINGS_JOBS": "2"}
DAYS = ("2026-01-01T00:00:00Z", "2031-12-31T23:59:59Z", "1999-06-06T12:00:00Z")
ZONES = ("UTC", "Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu")
LOCALES = ("C", "C.UTF-8", "tr_TR.UTF-8", "de_DE.UTF-8")


def _project(folder: Path, chance: random.Random) -> Path:
    """A copy of the fictional site whose files were made in another order."""
    files = [path for path in EVERY_KEY.rglob("*") if path.is_file()]
    chance.shuffle(files)
    for path in files:
        copy = folder / path.relative_to(EVERY_KEY)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        moment = chance.randrange(2_000_000_000)
        os.utime(copy, (moment, moment))
    return folder


def _built(folder: Path, chance: random.Random, day: str, **variables: str) -> dict[str, bytes]:
    project = _project(folder / "project", chance)
    environment = {
        **ENVIRONMENT,
        **USUAL,
        **variables,
        "SOURCE_DATE_EPOCH": "1700000000",
        "BRIEFINGS_CACHE": "off",
        "SITE_URL": "https://fiction.example/",
        "PYTHONPATH": os.pathsep.join([str(Path.cwd()), os.environ.get("PYTHONPATH", "")]),
    }
    done = subprocess.run(
        [sys.executable, "-c", RUN, day, "build"], cwd=project, env=environment, text=True,
        check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    return bytes_by_path(project / "site")


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return _built(tmp_path_factory.mktemp("usual"), random.Random(0), DAYS[0])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A build in which everything differs from the usual one; with `--torture` twelve."""
    if "number" in metafunc.fixturenames:
        torture = metafunc.config.getoption("--torture")
        metafunc.parametrize("number", range(12) if torture else [2])


def test_zone_locale_hash_seed_path_date_order_and_workers_change_no_byte(
    usual: dict[str, bytes], tmp_path: Path, number: int
) -> None:
    chance = random.Random(number)
    folder = tmp_path / f"Ort mit Ümlaut {number}" / ("x" * chance.randrange(1, 90))
    built = _built(
        folder,
        chance,
        DAYS[(number + 1) % len(DAYS)],
        TZ=ZONES[(number + 1) % len(ZONES)],
        LC_ALL=LOCALES[(number + 2) % len(LOCALES)],
        PYTHONHASHSEED=str(number + 1),
        BRIEFINGS_JOBS=str(number % 3 + 1),
    )
    assert built.keys() == usual.keys()
    assert [path for path in usual if usual[path] != built[path]] == []
