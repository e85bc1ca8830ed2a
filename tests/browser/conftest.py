"""What the tests in a browser share: the browser that `make test` found, one tab, two sites."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.install_browser import RECORD, launch_args, recorded
from tests.browser.pages import complaints, leave
from tests.building import Built, built_once, every_key_project, served, shipped_in_english
from tests.hostile import dress

_HERE = Path(__file__).parent
_VIEWPORT = {"width": 1280, "height": 720}
#: Text that looks like markup, in a title and a quotation of the fictional site.
MARKUP = "<img src=x onerror=document.title='hit'> hostileword <mark>a</mark> &lt;b&gt;"


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
def shared_tab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The tab of all tests that ask for no settings: a new one takes longer than most tests."""
    empty = tmp_path_factory.mktemp("empty")
    (empty / "index.html").write_text("<!doctype html><link rel=icon href=data:,>", "utf-8")
    with (
        served(empty) as address,
        browser.new_context(
            viewport=_VIEWPORT, reduced_motion="reduce", base_url=address
        ) as context,
    ):
        yield context.new_page()


@pytest.fixture
def page(shared_tab: Page) -> Iterator[Page]:
    """An empty tab of the usual size. What a site keeps in the browser is gone after the test.

    Listeners that a test adds stay, so a test removes them.
    """
    yield shared_tab
    shared_tab.unroute_all(behavior="ignoreErrors")
    leave(shared_tab)
    shared_tab.set_viewport_size(_VIEWPORT)
    shared_tab.emulate_media(media="null", color_scheme="null", forced_colors="null")
    shared_tab.mouse.move(0, 0)
    shared_tab.context.clear_permissions()


@pytest.fixture
def reader(page: Page, address: str) -> Iterator[Page]:
    """A tab whose console says nothing meanwhile, and that asks other hosts for nothing."""
    page.set_default_timeout(10_000)
    with complaints(page, address) as heard:
        yield page
    page.set_default_timeout(30_000)
    assert heard == []


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The repository's own site."""
    return shipped_in_english(tmp_path_factory)


@pytest.fixture(scope="session")
def address(real_site: Built) -> Iterator[str]:
    """The address of the repository's own site on this machine, `http://127.0.0.1:<port>/`."""
    with served(real_site.folder) as address:
        yield address


@pytest.fixture(scope="session")
def fictional_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A small site with every key of the format, and the configuration of the repository's own."""
    project = every_key_project(tmp_path_factory.mktemp("fictional") / "project")
    dress(project)
    quoted = f'    quotes: [{{text: "{MARKUP}", language: en}}]\n    sources: [wire-copy]'
    _replace(project / "briefings/river/flood.yml", "    sources: [wire-copy]", quoted)
    _replace(project / "briefings/river/flood.yml", "title: The Halden flood", f'title: "{MARKUP}"')
    # A link of two letters is narrower than a finger. Real numbers are longer.
    _replace(project / "data/actors.yml", "wikidata: Q0", "wikidata: Q4115189")
    built = built_once("fictional", project, tmp_path_factory)
    assert built.code == 0, built.output
    return built


@pytest.fixture(scope="session")
def fictional_address(fictional_site: Built) -> Iterator[str]:
    """The address of the fictional site on this machine."""
    with served(fictional_site.folder) as address:
        yield address


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
