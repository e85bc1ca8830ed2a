"""References to statements, read back by readers of each format that are not ours."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import bibtexparser
import pytest
import rispy
from bibtexparser.bparser import BibTexParser
from markupsafe import Markup

from generator.rendering import citations
from tests.examples import ENGLISH

WHOLE: dict[str, Any] = {
    "key": "river/halden.claim",
    "title": "Allegation by Norland against Esteria, 14 February 2025",
    "container": "Norland & the 50% {Halden} \\ ~river",
    "publisher": "Fictional briefings",
    "issued": date(2025, 3, 6),
    "language": "en",
    "url": "https://briefings.example/river/halden/#claim",
}


def test_csl_json_is_a_list_of_one_web_page() -> None:
    [read] = json.loads(citations.csl(citations.item(**WHOLE)))
    assert read == {
        "id": "river--halden.claim",
        "type": "webpage",
        "title": WHOLE["title"],
        "container-title": WHOLE["container"],
        "publisher": WHOLE["publisher"],
        "issued": {"date-parts": [[2025, 3, 6]]},
        "language": "en",
        "URL": WHOLE["url"],
    }


def test_a_bibtex_reader_finds_every_value() -> None:
    written = citations.bibtex(citations.item(**WHOLE))
    [entry] = bibtexparser.loads(written, BibTexParser(common_strings=True)).entries
    assert entry == {
        "ENTRYTYPE": "misc",
        "ID": "river--halden.claim",
        "title": f"{{{WHOLE['title']}}}",
        "howpublished": r"Norland \& the 50\% \textbraceleft{}Halden\textbraceright{} "
        r"\textbackslash{} \textasciitilde{}river",
        "organization": "Fictional briefings",
        "year": "2025",
        "month": "3",
        "day": "6",
        "language": "en",
        "url": WHOLE["url"],
    }


def test_a_ris_reader_finds_every_value() -> None:
    [entry] = rispy.loads(citations.ris(citations.item(**WHOLE)))
    assert entry["type_of_reference"] == "ELEC"
    assert entry["id"] == "river--halden.claim"
    assert entry["title"] == WHOLE["title"]
    assert entry["secondary_title"] == WHOLE["container"]
    assert entry["publisher"] == WHOLE["publisher"]
    assert (entry["year"], entry["date"]) == ("2025", "2025/03/06")
    assert entry["language"] == "en"
    assert entry["urls"] == [WHOLE["url"]]


def test_a_reference_names_the_statement_its_briefing_the_site_and_the_day() -> None:
    reference = citations.reference(
        citations.item(**WHOLE),
        ENGLISH,
        title=Markup("Allegation by Norland &amp; Sundmark, 14 February 2025"),
        publisher=Markup("Fictional briefings"),
    )
    assert reference == (
        "“Allegation by Norland &amp; Sundmark, 14 February 2025”, in "
        "“<bdi>Norland &amp; the 50% {Halden} \\ ~river</bdi>”, Fictional briefings, 6 March 2025."
    )


def test_the_title_of_a_briefing_is_in_its_language() -> None:
    item = citations.item(**(WHOLE | {"container": "نهر هالدن", "language": "ar"}))
    reference = citations.reference(
        item, ENGLISH, title=Markup("Allegation"), publisher=Markup("Fictional briefings")
    )
    assert 'in “<bdi lang="ar" dir="rtl">نهر هالدن</bdi>”' in reference


@pytest.mark.parametrize("write", [citations.bibtex, citations.ris, citations.csl])
def test_what_is_not_known_is_left_out(write: Any) -> None:
    written = write(citations.item(key="k", title="T"))
    assert "None" not in written
    assert "{}" not in written
    assert "UR  -" not in written
    assert "2025" not in written


@pytest.mark.parametrize("title", ["}, url = {x", "a\nER  - \nTY  - BOOK", "\\", '"]', "{{{", "%"])
def test_no_title_breaks_out_of_its_field(title: str) -> None:
    item = citations.item(key="k", title=title)
    parser = BibTexParser(common_strings=True)
    [entry] = bibtexparser.loads(citations.bibtex(item), parser).entries
    assert set(entry) == {"ENTRYTYPE", "ID", "title"}
    assert len(rispy.loads(citations.ris(item))) == 1
    assert json.loads(citations.csl(item))[0]["title"] == title
