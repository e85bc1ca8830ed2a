"""Actors, topics and places of many briefings have several pages. All of it is fictional."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

from bs4 import BeautifulSoup

from generator.collection.subject_pages import MOST_BRIEFINGS, NEWEST, SubjectPages, period
from generator.rendering.settings import Settings
from tests.examples import ENGLISH
from tests.fiction import ACTORS, SOURCE, allegation, briefing, collected, position
from tests.published import pages_of

_START = date(2023, 11, 1)


def _briefing(number: int) -> dict[str, Any]:
    day = (_START + timedelta(days=4 * number)).isoformat()
    said = allegation(f"claim-{number}", date=day)
    return briefing(
        said if number % 2 else position(f"claim-{number}", place="orm", date=day),
        title=f"Matter {number:02}",
        published=day,
        topics=["water"],
        places=["orm"],
        sources=[SOURCE | {"id": "gauge", "publisher": "norland"}],
    )


@cache
def _pages(count: int) -> dict[str, BeautifulSoup]:
    collection = collected(
        {f"matter-{number:02}": _briefing(number) for number in range(count)},
        actors=ACTORS,
        topics={"water": {"name": "Water"}},
        places={"orm": {"name": "Orm"}},
    )
    made = pages_of(collection, Settings(name="Fiction"))
    assert len({page.path for page in made}) == len(made)
    return {page.path: BeautifulSoup(page.body, "html.parser") for page in made}


def _of(folder: str, count: int) -> dict[str, BeautifulSoup]:
    pages = _pages(count)
    return {path: tree for path, tree in pages.items() if path.startswith(f"{folder}/")}


def test_a_page_of_few_briefings_shows_all_of_them() -> None:
    pages = _of("actors/norland", MOST_BRIEFINGS)
    assert list(pages) == ["actors/norland/index.md"]
    assert len(pages["actors/norland/index.md"].select(".entry")) == MOST_BRIEFINGS


def test_a_long_page_shows_the_newest_and_the_pages_below_it_show_everything_once() -> None:
    count = MOST_BRIEFINGS + 10
    for folder, entries in (
        ("actors/norland", ".entry"),
        ("topics/water", ".card"),
        ("places/orm", ".card"),
    ):
        pages = _of(folder, count)
        first = pages.pop(f"{folder}/index.md")
        assert len(first.select(entries)) == NEWEST
        assert set(pages) >= {f"{folder}/year--2023/index.md", f"{folder}/year--2024/index.md"}
        links = [
            link["href"]
            for tree in pages.values()
            for link in tree.select(f"{entries} a[href*=matter-]")
        ]
        shown = set(map(str, links))
        assert all(f"../../../matter-{number:02}/" in str(shown) for number in range(count))
        assert sum(len(tree.select(entries)) for tree in pages.values()) == count
        assert all(len(tree.select(entries)) <= MOST_BRIEFINGS for tree in pages.values())


def test_the_pages_lead_to_each_other_without_script() -> None:
    pages = _of("actors/norland", MOST_BRIEFINGS + 10)
    links = pages["actors/norland/index.md"].select(".index--parts a")
    assert [(link["href"], link.get_text()) for link in links] == [
        ("year--2024/", "2024"),
        ("year--2023/", "2023"),
    ]
    beside = pages["actors/norland/year--2023/index.md"].select("nav.beside a")
    assert [(link["href"], link.get_text()) for link in beside] == [
        ("../", "Norland"),
        ("../year--2024/", "2024"),
    ]


def test_the_table_of_who_answers_whom_leads_to_the_accuser_and_on_to_the_first_accusation() -> (
    None
):
    collection = collected(
        {f"matter-{number:02}": _accusing(number) for number in range(MOST_BRIEFINGS + 10)},
        actors=ACTORS,
    )
    trees = {
        page.path: BeautifulSoup(page.body, "html.parser")
        for page in pages_of(collection, Settings(name="Fiction"))
    }
    assert trees["actors/index.md"].select('a[href="esteria/#by--norland"]')
    (named,) = trees["actors/esteria/index.md"].select("#by--norland a")
    assert named["href"] == "year--2023/#by--norland"
    (claim,) = trees["actors/esteria/year--2023/index.md"].select("#by--norland")
    assert claim["class"] == ["entry", "entry--allegation"]


def _accusing(number: int) -> dict[str, Any]:
    day = (_START + timedelta(days=4 * number)).isoformat()
    return briefing(allegation(date=day), title=f"Matter {number:02}", published=day)


def test_many_briefings_of_one_day_are_divided_by_the_letters_of_their_ids() -> None:
    days = dict.fromkeys([f"{letter}-{n}" for letter in "ab" for n in range(20)], _START)
    pages = SubjectPages(days)
    assert pages.page_of("a-3") == "year--2023-11-01--a"
    assert len(pages.briefings_on("year--2023-11-01--b")) == 20
    assert period("year--2023-11-01--b", ENGLISH) == "1 November 2023, B…"
    assert period(SubjectPages(dict.fromkeys(days)).page_of("b-1"), ENGLISH) == "Undated, B…"


def test_a_briefing_stays_on_its_page_when_another_is_added() -> None:
    days = {f"matter-{n}": _START + timedelta(days=9 * n) for n in range(60)}
    before = SubjectPages(days)
    after = SubjectPages(days | {"new": _START})
    assert [before.page_of(key) for key in days] == [after.page_of(key) for key in days]
