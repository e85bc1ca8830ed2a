"""What the search finds and marks, by a table that an editor can read: tests/cases/search."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page, expect

from tests.browser.test_reading import reader, real_site
from tests.building import ROOT, Built, build, served
from tests.fiction import SOURCE, briefing, files, position

__all__ = ["reader", "real_site"]  # fixtures
TABLE = yaml.safe_load((ROOT / "tests/cases/search/queries.yml").read_text("utf-8"))
ACTORS = {
    "qvarandia": {
        "name": "Qvarandia",
        "type": "state",
        "also_known_as": ["Kvarandia", "كوارانديه", "夸兰迪亚"],
    },
    "dibi": {"name": "Mohasin El-Dibi", "type": "person"},
}
# Types a query into the search page, and returns what it shows. Near names come a moment later.
ASK = """async (rows) => {
  const place = document.querySelector("[data-search]")
  const status = place.querySelector("[data-status]")
  const rest = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds))
  const answers = []
  for (const { q, near } of rows) {
    place.querySelector("[name=q]").value = q
    status.textContent = ""
    place.querySelector("form").requestSubmit()
    while (!status.textContent) await rest(10)
    const end = performance.now() + (near ? 10_000 : 0)
    while (performance.now() < end && !place.querySelector(".search__near a")) await rest(10)
    const results = [...place.querySelectorAll("[data-results] li")]
    answers.push({
      says: status.textContent,
      finds: results.map((one) => one.querySelector(":scope > .search__title a").href),
      marks: [...place.querySelectorAll("[data-results] mark")].map((one) => one.textContent),
      near: [...place.querySelectorAll(".search__near a")].map((one) => one.textContent),
    })
  }
  return answers
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site whose one briefing quotes each text of the table in a statement of its own."""
    project = tmp_path_factory.mktemp("scripts")
    statements = [
        position(own, text="A statement.", quotes=[quote], date="2025-02-14")
        for own, quote in TABLE["texts"].items()
    ]
    written = files(
        {"river/fiction": briefing(*statements, title="Fiction", sources=[SOURCE])},
        actors=ACTORS
        | {name: {"name": name.title(), "type": "state"} for name in ("esteria", "norland")},
        topics={
            "hydrology": {"name": "Hydrology and levees"},
            "spring": {"name": "عين النبعة"},
        },
        places={"haldan": {"name": "Haldan"}},
    )
    for path, content in written.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_bytes(content)
    shutil.copytree(ROOT / "site_overrides", project / "site_overrides")
    own = {"INHERIT": str(ROOT / "mkdocs.yml"), "nav": [{"Search": "search/index.md"}]}
    own["docs_dir"] = str(project / "briefings")
    own["theme"] = {"custom_dir": str(project / "site_overrides")}
    (project / "mkdocs.yml").write_text(yaml.safe_dump(own), encoding="utf-8")
    built = build(project, project / "site")
    assert built.code == 0, built.output
    with served(project / "site") as there:
        yield there


def _answers(page: Page, address: str, table: list[dict[str, Any]]) -> list[dict[str, Any]]:
    page.goto(f"{address}search/")
    expect(page.locator("[data-status]")).to_contain_text("result")
    found: list[dict[str, Any]] = page.evaluate(ASK, table)
    return found


def _faults(row: dict[str, Any], answer: dict[str, Any]) -> Iterator[str]:
    parts = {url.partition("#")[2] for url in answer["finds"] if "#" in url}
    pages = [url for url in answer["finds"] if "#" not in url]
    if parts != set(row.get("finds", [])):
        yield f"found {sorted(parts)}"
    if bool(row.get("page")) != bool(pages and not parts):
        yield f"pages {pages}"
    if "marks" in row and set(answer["marks"]) != set(row["marks"]):
        yield f"marked {sorted(set(answer['marks']))}"
    if row.get("says", "") not in answer["says"]:
        yield f"said {answer['says']}"
    if "near" in row and row["near"] not in answer["near"]:
        yield f"near are {answer['near']}"
    counted = answer["says"].partition(" ")[0]
    if counted.isdigit() and int(counted) != len(parts) + (not parts):
        yield f"counted {counted}"


def test_every_query_of_the_table_finds_and_marks_what_it_says(reader: Page, address: str) -> None:
    reader.set_default_timeout(60_000)
    table = TABLE["queries"]
    assert len(table) >= 100
    wrong = {
        row["q"]: faults
        for row, answer in zip(table, _answers(reader, address, table), strict=True)
        if (faults := list(_faults(row, answer)))
    }
    assert wrong == {}


def test_every_query_on_the_shipped_briefings_finds_what_it_says(
    page: Page, real_site: Built
) -> None:
    page.set_default_timeout(60_000)
    table = TABLE["shipped"]
    with served(real_site.folder) as address:
        answers = _answers(page, address, table)
    wrong = {
        row["q"]: answer
        for row, answer in zip(table, answers, strict=True)
        if row.get("says", "") not in answer["says"]
        or ("marked" in row and row["marked"] not in answer["marks"])
        or ("near" in row and row["near"] not in answer["near"])
    }
    assert wrong == {}
