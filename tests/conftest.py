"""What every test can use."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from generator.cache import VARIABLE

# A busy machine is no fault of the code: examples are counted, never timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# What one test keeps is of no use to another, and nothing of it belongs in the user's own folder.
os.environ[VARIABLE] = "off"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden files be written anew: `pytest --regenerate`, then read the diff."""
    parser.addoption(
        "--regenerate", action="store_true", help="write the golden files anew from the code"
    )
