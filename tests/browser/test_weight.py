"""A first visit costs a reader on a poor line little, however many briefings there are."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Response

from tests.browser.pages import pages_of
from tests.building import Built

FIRST_VISIT_BYTES = 150_000


def _compressed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes()))


def test_a_first_visit_to_a_briefing_is_light(
    browser: Browser, address: str, real_site: Built
) -> None:
    """One is visited, with an empty cache. The others bring the same files, but for the page."""
    first, *others = pages_of(real_site.folder, "briefing")
    answers: list[Response] = []
    page = browser.new_page()
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address + first)
    page.wait_for_load_state("networkidle")
    paths = [urlsplit(answer.url).path.lstrip("/") for answer in answers]
    page.close()
    assert first in paths
    files = [real_site.folder / path for path in paths if path != first]
    assert all(file.is_file() for file in files)
    common = sum(map(_compressed, files))
    for briefing in (first, *others):
        size = common + _compressed(real_site.folder / briefing / "index.html")
        assert size <= FIRST_VISIT_BYTES, briefing
