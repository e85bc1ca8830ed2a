"""The browser that `make test` found, for pytest-playwright; and the mark of these tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page

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


@pytest.fixture(scope="session")
def shared_context(browser: Browser) -> Iterator[BrowserContext]:
    """The context of all tests that ask for no settings: a new one takes a second of CPU."""
    with browser.new_context() as context:
        yield context


@pytest.fixture
def page(shared_context: BrowserContext) -> Iterator[Page]:
    """A new tab. What a site keeps in the browser is gone after the test."""
    page = shared_context.new_page()
    yield page
    # There is no storage where a test opened no site.
    with suppress(Error):
        page.evaluate("localStorage.clear()")
    page.close()
    shared_context.clear_cookies()
    shared_context.clear_permissions()
