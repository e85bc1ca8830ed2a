"""What the search is given: a record for everything that can be found, and what it is found by."""

from __future__ import annotations

import json
from typing import Any

from generator.rendering.settings import Settings
from generator.search.index import record
from generator.search.records import SearchPage, SearchRecord, text_of
from tests.fiction import SOURCE, allegation, briefing, collected, position, response
from tests.published import found_in

SETTINGS = Settings(name="Fictional briefings")


def _pages(**keys: Any) -> list[SearchPage]:
    collection = collected(
        {"river/x": briefing(**keys)},
        topics={"water": {"name": "Water"}},
        places={"orm": {"name": "Orm"}},
    )
    return found_in(collection, SETTINGS)


def _records(**keys: Any) -> dict[str, SearchRecord]:
    parts = [part for page in _pages(**keys) for part in page.parts]
    return {part.url.removeprefix("./"): part for part in parts}


def test_a_briefing_is_one_page_with_its_parts_and_all_they_are_filtered_by() -> None:
    claim = allegation(date="2024-12/2025-01")
    [page, *_] = _pages(positions=[claim], responses=[response()])
    assert (page.url, page.title) == ("river/x/", "Norland accuses Esteria")
    assert [part.fragment for part in page.parts] == ["", "claim", "denial", "source--gauge"]
    assert page.filters["kind"] == ["Briefing", "Allegation", "Response", "Source"]
    assert page.filters["reply"] == ["Answered"]
    assert page.dates == ("2024-12-01", "2025-03-04")


def test_a_page_of_nothing_dated_has_no_days() -> None:
    last = _pages()[-1]
    assert (last.title, last.dates) == ("Orm", None)


def test_what_the_page_shows_is_as_the_author_wrote_it() -> None:
    page = SearchPage((SearchRecord("./x/#a", "T", "l’Orvane <b>", "2 May"),))
    shown = json.loads(record(page))
    assert shown["url"] == "x/#a"
    assert shown["parts"] == [
        {
            "id": "a",
            "title": "T",
            "text": "l’Orvane <b>",
            "about": "2 May",
            "filters": {},
            "date": "",
        }
    ]


def test_an_actor_is_proposed_by_all_its_names() -> None:
    names = {"norland": {"name": "Norland", "type": "state", "also_known_as": ["Норланд"]}}
    collection = collected({"river/x": briefing()}, actors=names)
    [norland] = [page for page in found_in(collection, SETTINGS) if page.title == "Norland"]
    assert norland.names == ("Norland", "Норланд")


def test_everything_with_an_address_of_its_own_has_a_record() -> None:
    event = {"id": "low", "date": "2025-02", "text": "The gauge falls.", "sources": ["gauge"]}
    found = _records(positions=[allegation()], responses=[response()], background=[event])
    assert set(found) == {
        "river/x/",
        "river/x/#claim",
        "river/x/#denial",
        "river/x/#low",
        "river/x/#source--gauge",
        "actors/esteria/",
        "actors/norland/",
        "topics/water/",
        "places/orm/",
    }


def test_a_statement_is_found_by_who_where_when_and_whether_it_was_answered() -> None:
    quote = {
        "text": "Le robinet.",
        "language": "fr",
        "original": {"text": "川の水", "language": "ja"},
    }
    claim = allegation(quotes=[quote], place="orm", venue="Parliament", date="2024-12/2025-01")
    one = _records(positions=[claim], responses=[response()], topics=["water"])["river/x/#claim"]
    assert one.title == "Allegation by Norland against Esteria"
    assert one.about == "December 2024 – January 2025"
    assert one.date == "2024-12-01"
    assert one.filters == {
        "kind": ["Allegation"],
        "actor": ["Norland", "Esteria"],
        "topic": ["Water"],
        "place": ["Orm"],
        "reply": ["Answered"],
        "year": ["2024", "2025"],
        "language": ["English", "French", "Japanese"],
    }
    for words in ("Le robinet.", "川の水", "Parliament", "Orm", "The water falls."):
        assert words in one.content


def test_an_undated_statement_has_no_day_to_sort_by() -> None:
    one = _records(positions=[position()])["river/x/#claim"]
    assert (one.date, one.about) == ("", "undated")
    assert "year" not in one.filters
    assert "reply" not in one.filters


def test_points_on_which_accounts_differ_are_found() -> None:
    versions = [
        {"text": "Three ships.", "sources": ["gauge"]},
        {"text": "Four.", "sources": ["gauge"]},
    ]
    claim = position(discrepancies=[{"about": "Number", "versions": versions}])
    content = _records(positions=[claim])["river/x/#claim"].content
    assert "Number · Three ships. · Four." in content


def test_a_source_is_found_by_its_title_and_publisher() -> None:
    source = SOURCE | {"publisher": "Halden Commission", "date": "2025-02", "language": "nb"}
    one = _records(sources=[source])["river/x/#source--gauge"]
    assert (one.title, one.about) == ("Gauge", "Halden Commission, February 2025")
    assert one.filters == {"kind": ["Source"], "year": ["2025"], "language": ["Norwegian Bokmål"]}


def test_texts_of_one_record_are_parted() -> None:
    assert text_of("a\n b", "", "c") == "a b · c"
