"""What the search finds and marks, by a table that an editor can read: tests/cases/search."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import Page, expect

from tests.building import ROOT, Built, build_here, served
from tests.fiction import SOURCE, briefing, files, position

TABLE = yaml.load(
    (ROOT / "tests/cases/search/queries.yml").read_text("utf-8"), Loader=yaml.CSafeLoader
)
ACTORS: dict[str, Any] = {
    name: {"name": name.title(), "type": "state"} for name in ("esteria", "norland")
} | {
    "holm": {"name": "Per Holm", "type": "person", "also_known_as": ["Пер Холм", "ペール・ホルム"]},
    "shariz": {
        "name": "Sharizan Water Authority",
        "type": "government",
        "also_known_as": ["SWA", "هیئت آب شاریز", "שריזן", "샤리잔", "Σαριζάν", "የሻሪዛን ቢሮ"],
    },
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
  // No test of this table looks at the address, which a browser takes long to change.
  history.replaceState = () => {}
  for (const { q, near } of rows) {
    place.querySelector("[name=q]").value = q
    status.textContent = ""
    place.querySelector("form").requestSubmit()
    while (!status.textContent) await rest(10)
    const end = performance.now() + (near ? 10_000 : 0)
    while (performance.now() < end && !place.querySelector(".search__near a")) await rest(10)
    const results = [...place.querySelectorAll("[data-results] li:has(> .search__title)")]
    answers.push({
      says: status.textContent,
      first: results[0]?.querySelector(".search__title").textContent ?? "",
      scattered: results.some((one) => "scattered" in one.dataset),
      shows: results.map((one) => one.textContent).join("\\n"),
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
    said = TABLE["statements"]
    claims = [said_so(own, keys) for own, keys in said.items() if "to" not in keys]
    answers = [said_so(own, keys) for own, keys in said.items() if "to" in keys]
    written = files(
        {
            "river/fiction": briefing(*statements, title="Fiction", sources=[SOURCE]),
            "river/claims": briefing(
                *claims, responses=answers, title="Fictional claims", summary="Of no interest."
            ),
        },
        actors=ACTORS,
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
    own["plugins"] = {"briefings": {"sections": ["actors", "topics", "places"]}}
    own["docs_dir"] = str(project / "briefings")
    own["theme"] = {"custom_dir": str(project / "site_overrides")}
    (project / "mkdocs.yml").write_text(yaml.safe_dump(own), encoding="utf-8")
    with served(build_here(project, project / "site").folder) as url:
        yield url


def said_so(own: str, keys: dict[str, Any]) -> dict[str, Any]:
    return {"id": own, "sources": ["gauge"]} | keys


def _answers(page: Page, address: str, table: list[dict[str, Any]]) -> list[dict[str, Any]]:
    page.goto(f"{address}search/")
    expect(page.locator("[data-status]")).to_contain_text("result")
    answers: list[dict[str, Any]] = page.evaluate(ASK, table)
    return answers


def _faults(row: dict[str, Any], answer: dict[str, Any]) -> Iterator[str]:
    parts = {url.partition("#")[2] for url in answer["finds"] if "#" in url}
    pages = {urlsplit(url).path.strip("/") for url in answer["finds"] if "#" not in url}
    subjects = {page for page in pages if not page.startswith("river/")}
    ids = parts | subjects
    if "finds" in row and ids != set(row["finds"]):
        yield f"found {sorted(ids)}"
    if bool(row.get("apart")) != answer["scattered"]:
        yield f"in different places: {answer['scattered']}"
    if row.get("first", answer["first"]) != answer["first"]:
        yield f"first is {answer['first']}"
    yield from (
        f"does not show {text}" for text in row.get("shows", []) if text not in answer["shows"]
    )
    if "marks" in row and set(answer["marks"]) != set(row["marks"]):
        yield f"marked {sorted(set(answer['marks']))}"
    if row.get("says", "") not in answer["says"]:
        yield f"said {answer['says']}"
    if "near" in row and row["near"] not in answer["near"]:
        yield f"near are {answer['near']}"
    counted = answer["says"].partition(" ")[0]
    if "finds" in row and counted.isdigit() and int(counted) != (row.get("apart") or len(ids)):
        yield f"counted {counted}"


def test_every_query_of_the_table_finds_and_marks_what_it_says(reader: Page, address: str) -> None:
    reader.set_default_timeout(60_000)
    table = TABLE["queries"]
    assert len(table) >= 150
    wrong = {
        row["q"]: faults
        for row, answer in zip(table, _answers(reader, address, table), strict=True)
        if (faults := list(_faults(row, answer)))
    }
    assert wrong == {}


def test_every_query_on_the_shipped_briefings_finds_what_it_says(
    page: Page, real_site: Built
) -> None:
    table = TABLE["shipped"]
    with served(real_site.folder) as address:
        answers = _answers(page, address, table)
    wrong = {
        row["q"]: answer
        for row, answer in zip(table, answers, strict=True)
        if row.get("says", "") not in answer["says"]
        or row.get("first", answer["first"]) != answer["first"]
        or ("marked" in row and row["marked"] not in answer["marks"])
        or ("near" in row and row["near"] not in answer["near"])
    }
    assert wrong == {}
