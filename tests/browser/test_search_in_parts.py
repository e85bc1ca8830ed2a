"""A site built in parts, each by itself, is searched as one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
import yaml
from playwright.sync_api import Page, expect

from tests.building import ROOT, build_here, english_configuration, served
from tests.fiction import briefing, files

PARTS = ("north", "south")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two parts of a site below one address, by a configuration each."""
    project = tmp_path_factory.mktemp("parts")
    briefings = {
        "north/river": briefing(title="The fictional gauge of the north", topics=["water"]),
        "south/river": briefing(title="The fictional gauge of the south"),
    }
    for path, content in files(briefings, topics={"water": {"name": "Water"}}).items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_bytes(content)
    shutil.copytree(ROOT / "site_overrides", project / "site_overrides")
    (project / "mkdocs.yml").write_text(english_configuration(), encoding="utf-8")
    for part, other in zip(PARTS, reversed(PARTS), strict=True):
        own = {
            "INHERIT": "mkdocs.yml",
            "site_name": f"Fiction, {part}",
            "docs_dir": f"briefings/{part}",
            "extra": {"search_also": [f"/{other}/"]},
            "nav": [{"Home": "index.md"}, {"Search": "search/index.md"}],
            "plugins": {"briefings": {"sections": ["topics"]}},
        }
        (project / f"{part}.yml").write_text(yaml.safe_dump(own), encoding="utf-8")
        build_here(project, project / "whole" / part, f"{part}.yml")
    with served(project / "whole") as url:
        yield url


@pytest.mark.parametrize("part", PARTS)
def test_each_part_finds_what_is_in_the_others(reader: Page, address: str, part: str) -> None:
    reader.goto(f"{address}{part}/search/?q=fictional+gauge")
    results = reader.locator("[data-results] > li > .search__title a")
    expect(results).to_have_count(2)
    links = {result.get_attribute("href") for result in results.all()}
    assert links == {"/north/river/", "/south/river/"}
    reader.get_by_label("Topic").select_option("Water")
    expect(results).to_have_count(1)


def test_a_result_of_another_part_leads_there(reader: Page, address: str) -> None:
    reader.goto(f"{address}south/")
    reader.keyboard.press("/")
    reader.keyboard.type("gauge north")
    reader.locator("[data-suggestions] a").first.click()
    reader.wait_for_url("**/north/river/**")
    expect(reader.locator("h1")).to_contain_text("north")
