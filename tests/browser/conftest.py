"""The browser that `make test` found, for pytest-playwright; and the mark of these tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.install_browser import RECORD, launch_args, recorded

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder, so that `pytest -m "not browser"` leaves them out."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], pytestconfig: pytest.Config
) -> dict[str, Any]:
    """Start the browser that was found, quiet towards the network."""
    return {
        **browser_type_launch_args,
        "executable_path": recorded(pytestconfig.rootpath / RECORD),
        "args": launch_args(),
    }
