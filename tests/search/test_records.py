"""What the search is given: a record for everything that can be found, and what it is found by."""

from __future__ import annotations

from typing import Any

from generator.rendering.settings import Settings
from generator.search.index import index_files
from generator.search.records import SearchPage, SearchRecord, SearchText, texts_of
from tests.fiction import ACTORS, SOURCE, allegation, briefing, collected, position, response
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
    assert list(page.filters["kind"]) == ["briefing", "allegation", "response", "source"]
    assert page.filters["reply"] == {"answered": "Answered"}
    assert list(page.filters["year"]) == ["2024", "2025"]
    assert page.dates == ("2024-12-01", "2025-02-15")


def test_a_page_of_nothing_dated_has_no_days() -> None:
    last = _pages()[-1]
    assert (last.title, last.dates) == ("Orm", None)


def test_what_the_page_shows_is_as_the_author_wrote_it() -> None:
    record = SearchRecord("./x/#a", "T", tuple(texts_of("l’Orvane <b>", language="ar")), "event")
    assert SearchPage((record,)).as_json() == {
        "url": "x/#a",
        "title": "T",
        "parts": [
            {
                "id": "a",
                "kind": "event",
                "title": "T",
                "about": [],
                "texts": [{"text": "l’Orvane <b>", "lang": "ar", "dir": "rtl"}],
                "filters": {},
                "date": "",
            }
        ],
    }


def test_an_actor_is_proposed_by_all_its_names() -> None:
    names = {"norland": {"name": "Norland", "type": "state", "also_known_as": ["Норланд"]}}
    collection = collected({"river/x": briefing()}, actors=names)
    [norland] = [page for page in found_in(collection, SETTINGS) if page.title == "Norland"]
    assert norland.names == ("Norland", "Норланд")
    assert norland.parts[0].texts == (SearchText("Норланд", "name"),)
    assert norland.parts[0].about == ("Actor", "State")


def test_topics_and_places_have_other_names_too() -> None:
    collection = collected(
        {"river/x": briefing()},
        topics={"water": {"name": "Water", "also_known_as": ["Вода"]}},
        places={"orm": {"name": "Orm", "also_known_as": ["オルム"]}},
    )
    names = {page.title: page.names for page in found_in(collection, SETTINGS)}
    assert (names["Water"], names["Orm"]) == (("Water", "Вода"), ("Orm", "オルム"))


def test_everything_with_an_address_of_its_own_has_a_record() -> None:
    event = {"id": "low", "date": "2025-02", "text": "The gauge falls.", "sources": ["gauge"]}
    records = _records(positions=[allegation()], responses=[response()], background=[event])
    assert set(records) == {
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
    record = _records(positions=[claim], responses=[response()], topics=["water"])["river/x/#claim"]
    assert record.title == "Allegation by Norland against Esteria"
    assert record.about == ("December 2024 – January 2025",)
    assert record.date == "2024-12-01"
    assert record.filters == {
        "kind": {"allegation": "Allegation"},
        "actor": {"norland": "Norland", "esteria": "Esteria"},
        "topic": {"water": "Water"},
        "place": {"orm": "Orm"},
        "reply": {"answered": "Answered"},
        "year": {"2024": "2024", "2025": "2025"},
        "language": {"en": "English", "fr": "French", "ja": "Japanese"},
    }
    for words in ("Le robinet.", "川の水", "Parliament", "Orm", "The water falls."):
        assert words in [text.text for text in record.texts]
    assert [text.language for text in record.texts if text.role == "quote"] == ["fr", "ja"]


def test_an_undated_statement_has_no_day_to_sort_by() -> None:
    record = _records(positions=[position()])["river/x/#claim"]
    assert (record.date, record.about) == ("", ("undated",))
    assert "year" not in record.filters
    assert "reply" not in record.filters


def test_points_on_which_accounts_differ_are_found() -> None:
    versions = [
        {"text": "Three ships.", "sources": ["gauge"]},
        {"text": "Four.", "sources": ["gauge"]},
    ]
    claim = position(discrepancies=[{"about": "Number", "versions": versions}])
    texts = [text.text for text in _records(positions=[claim])["river/x/#claim"].texts]
    assert texts[-3:] == ["Number", "Three ships.", "Four."]


def test_a_source_is_found_by_its_title_and_publisher_but_not_by_the_year_of_publication() -> None:
    source = SOURCE | {"publisher": "Halden Commission", "date": "2025-02", "language": "nb"}
    record = _records(sources=[source])["river/x/#source--gauge"]
    assert (record.title, record.language) == ("Gauge", "nb")
    assert record.about == ("Source", "Halden Commission", "February 2025")
    assert [text.text for text in record.texts] == ["Halden Commission"]
    assert record.filters == {"kind": {"source": "Source"}, "language": {"nb": "Norwegian Bokmål"}}
    assert record.date == ""


def test_years_are_those_of_what_happened_and_was_said() -> None:
    event = {"id": "low", "date": "2019-02", "text": "The gauge falls.", "sources": ["gauge"]}
    pages = _pages(
        positions=[allegation(date="2021")],
        background=[event],
        sources=[SOURCE | {"date": "1999"}],
        updated="2025-04-01",
    )
    assert list(pages[0].filters["year"]) == ["2019", "2021"]


def test_the_claim_is_the_first_sentence_of_the_text() -> None:
    claim = position(text="Dr. Holm says \U0001f30a the water falls. It fell before.")
    [text] = _records(positions=[claim])["river/x/#claim"].texts
    written = text.text.encode("utf-16-le")[: text.claim_length * 2].decode("utf-16-le")
    assert written == "Dr. Holm says \U0001f30a the water falls."


def test_a_claim_that_the_author_wrote_comes_before_the_text() -> None:
    claim = allegation(claim="that Esteria takes water", text="Norland accuses. It explains.")
    first, second = _records(positions=[claim])["river/x/#claim"].texts
    assert (first.text, first.role) == ("that Esteria takes water", "claim")
    assert (second.text, second.claim_length) == ("Norland accuses. It explains.", 0)


def test_words_of_somebody_else_are_said_to_be_theirs() -> None:
    quotes = [{"text": "Le robinet.", "language": "fr", "words_of": "esteria"}]
    texts = _records(positions=[position(quotes=quotes)])["river/x/#claim"].texts
    assert [text.as_json() for text in texts[-2:]] == [
        {"text": "Esteria", "role": "name"},
        {"text": "Le robinet.", "role": "quote", "lang": "fr", "of": "Esteria"},
    ]


def test_who_said_it_is_named_once_with_role_and_party() -> None:
    people = {
        "holm": {"name": "Per Holm", "type": "person"},
        "ministry": {"name": "Ministry of Water of Norland", "type": "government"},
    }
    claims = [
        position("a", speaker="holm", speaker_role="Minister"),
        position("b", speaker="ministry"),
        position("c"),
    ]
    collection = collected({"river/x": briefing(*claims)}, actors=ACTORS | people)
    parts = found_in(collection, SETTINGS)[0].parts
    speakers = [[text.text for text in part.texts if text.role == "speaker"] for part in parts]
    assert speakers[1:4] == [
        ["Per Holm", "Minister", "Norland"],
        ["Ministry of Water of Norland"],
        [],
    ]


def test_a_party_whose_name_is_a_part_of_the_speakers_is_named() -> None:
    people = {
        "mal": {"name": "Mali", "type": "state"},
        "malik": {"name": "Ana Malik", "type": "person"},
    }
    claims = [
        position("a", party="mal", speaker="malik"),
        position("b", party="mal", speaker="malik", speaker_role="Prime Minister of Mali"),
    ]
    collection = collected({"river/x": briefing(*claims)}, actors=ACTORS | people)
    parts = found_in(collection, SETTINGS)[0].parts
    speakers = [[text.text for text in part.texts if text.role == "speaker"] for part in parts]
    assert speakers[1:3] == [["Ana Malik", "Mali"], ["Ana Malik", "Prime Minister of Mali"]]


def test_a_statement_is_found_by_those_whose_words_it_quotes() -> None:
    quotes = [{"text": "Le robinet.", "language": "fr", "words_of": "esteria"}]
    record = _records(positions=[position(quotes=quotes)])["river/x/#claim"]
    assert list(record.filters["actor"]) == ["norland", "esteria"]


def test_a_title_by_the_editors_is_in_brackets() -> None:
    records = _records(sources=[SOURCE | {"title_by": "editors"}])
    assert records["river/x/#source--gauge"].title == "[Gauge]"


def test_an_allegation_comes_with_the_reply_status_of_each_accused_party() -> None:
    absence = {"party": "orm", "as_of": "2025-03-01"}
    claim = allegation(against=["esteria", "orm"], no_response=[absence])
    later = response("later", date=None, stance="disputes")
    collection = collected(
        {"river/x": briefing(claim, responses=[response(), later])},
        actors=ACTORS | {"orm": {"name": "Orm", "type": "organisation"}},
    )
    page, statement, *_ = found_in(collection, SETTINGS)[0].parts
    assert statement.replies == (
        ("answered", "Esteria: Answered (denies, 15 February 2025)"),
        ("no reply found", "Orm: No reply found as of 1 March 2025"),
    )
    assert page.replies == (
        ("", "Replies to its allegations:"),
        ("answered", "Answered: 1"),
        ("no reply found", "No reply found: 1"),
    )


def test_an_answer_that_may_be_older_and_a_withdrawal_are_said() -> None:
    withdrawn = {"date": "2025-04", "text": "Taken back."}
    claim = allegation(
        withdrawn=withdrawn, no_response=[{"party": "esteria", "as_of": "2025-03-01"}]
    )
    records = _records(positions=[claim], responses=[response(date=None)])
    assert records["river/x/#claim"].replies == (
        (
            "undated reply",
            "Esteria: Undated reply (denies, undated); no later reply found as of 1 March 2025",
        ),
        ("withdrawn", "Withdrawn, April 2025"),
    )


def test_texts_are_on_one_line_each() -> None:
    assert [text.text for text in texts_of("a\n b", "", "c")] == ["a b", "c"]


def test_a_text_that_consists_of_a_citation_leaves_no_text_without_words() -> None:
    claim = allegation(text="[@gauge]", sources=[])
    record = _records(positions=[claim], sources=[SOURCE])["river/x/#claim"].as_json()
    assert all(text["text"] for text in record["texts"])


def test_an_entry_is_found_by_its_names_in_all_languages_and_shown_once() -> None:
    places = {
        "orm": {
            "name": {"en": "Orm", "ar": "أورم", "fr": "Orme"},
            "also_known_as": ["Orme", "Ormen"],
            "description": {"fr": "Une ville", "en": "A town"},
        }
    }
    [page] = [
        page
        for page in found_in(collected({"river/x": briefing()}, places=places), SETTINGS)
        if page.url == "places/orm/"
    ]
    assert page.names == ("Orm", "أورم", "Orme", "Ormen")
    texts = [(text.text, text.language) for text in page.parts[0].texts]
    assert texts == [("أورم", "ar"), ("Orme", "fr"), ("Ormen", ""), ("Une ville", "fr")]


def test_pages_with_names_by_language_can_be_indexed() -> None:
    actors = {**ACTORS, "norland": {"name": {"en": "Norland", "fr": "Norlande"}, "type": "state"}}
    collection = collected({"river/x": briefing()}, actors=actors)
    files = dict(index_files(found_in(collection, SETTINGS)))
    [names] = [content.decode() for path, content in files.items() if path.endswith("names.json")]
    assert '["Norland","actors/norland/",["Norlande"]]' in names
