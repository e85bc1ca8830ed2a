"""What every test can use."""

from __future__ import annotations

import pytest
from hypothesis import settings

# A busy machine is no fault of the code: examples are counted, never timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden files be written anew: `pytest --regenerate`, then read the diff."""
    parser.addoption(
        "--regenerate", action="store_true", help="write the golden files anew from the code"
    )
