"""What every test can use."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile

# The tests start hundreds of interpreters. Without bytecode each compiles every package that it
# imports, and pytest every test, which takes longer than the tests. This comes before the imports:
# pytest rewrites the 90 modules of hypothesis too, for 3 seconds of CPU in each worker.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

import pytest  # noqa: E402
from hypothesis import settings  # noqa: E402

from generator.build.cache import VARIABLE  # noqa: E402

# A busy machine is no fault of the code: examples are counted, never timed.
settings.register_profile("untimed", deadline=None, max_examples=40)
settings.register_profile("torture", deadline=None, max_examples=10_000)

# The tests already keep all processors busy.
os.environ.setdefault("BRIEFINGS_JOBS", "1")

# What one test keeps is of no use to another, and nothing of it belongs in the user's own folder.
os.environ[VARIABLE] = "off"


# Builds share compiled templates. The processes that xdist starts inherit the variable.
if "TESTS_COMPILED_TEMPLATES" not in os.environ:
    os.environ["TESTS_COMPILED_TEMPLATES"] = tempfile.mkdtemp(prefix="compiled-templates-")
    atexit.register(shutil.rmtree, os.environ["TESTS_COMPILED_TEMPLATES"], ignore_errors=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `pytest --regenerate` write the golden files again. Then read the difference."""
    parser.addoption(
        "--regenerate", action="store_true", help="write the golden files again from the code"
    )
    parser.addoption(
        "--torture",
        action="store_true",
        help="try every hostile text in every field, and far more random ones: this takes hours",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Say how many random examples are tried."""
    settings.load_profile("torture" if config.getoption("--torture") else "untimed")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One worker and a half for each core, because many tests wait for a server or a browser."""
    return (os.cpu_count() or 1) * 3 // 2


@pytest.fixture(scope="session")
def torture(pytestconfig: pytest.Config) -> bool:
    """Whether everything is to be tried with everything."""
    return bool(pytestconfig.getoption("--torture"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only the long run tries."""
    if not config.getoption("--torture"):
        left_out = [item for item in items if item.get_closest_marker("torture")]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)
