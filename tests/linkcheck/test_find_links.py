"""Which links the files name, and where."""

from __future__ import annotations

from generator.linkcheck.find_links import Link, links
from generator.model.prose_markdown import addresses

BRIEFING = """\
title: Norland accuses Esteria (fictional)
summary: >
  See [the gauge](https://halden.example/gauge) and
  [again](https://halden.example/gauge), [@gauge], [x](briefing:y), [m](mailto:a@b.example).
background:
  - {date: 2025-01, text: "Read [this](https://halden.example/(a)?b=1&c=2)."}
positions: []
responses: []
related:
  - {url: "https://norland.example/", title: Norland, note: "or [there](ftp://old.example/)"}
  - briefing: y
sources:
  - id: gauge
    title: Gauge
    url: https://halden.example/gauge
    archive_url: "https://archive.example/gauge"
    accessed: 2025-03-04
    date: 2024
  - {id: bad, title: Bad, url: [], date: "../2024-05~"}
  - text
  - {id: late, title: Late, url: "https://late.example/", date: "../2024-05~", unknown: key}
"""
SOURCES = """\
shared:
  title: Shared
  url: https://norland.example/
  note: From [its page](https://norland.example/page).
"""


def links_by_url(files: dict[str, str]) -> dict[str, Link]:
    read, unread = links({path: text.encode() for path, text in files.items()})
    assert unread == []
    return {link.url: link for link in read}


def described(link: Link) -> list[str]:
    return [f"{place.location}: {place.field} ({place.kind})" for place in link.places]


def test_each_address_is_found_once_with_all_its_places() -> None:
    links = links_by_url({"briefings/x.yml": BRIEFING, "data/sources.yml": SOURCES})
    assert {url: described(link) for url, link in links.items()} == {
        "https://archive.example/gauge": [
            "briefings/x.yml:16:18: sources[0].archive_url (archive)",
        ],
        "https://halden.example/(a)?b=1&c=2": [
            "briefings/x.yml:6:40: background[0].text (prose)",
        ],
        "https://halden.example/gauge": [
            "briefings/x.yml:3:19: summary (prose)",
            "briefings/x.yml:4:11: summary (prose)",
            "briefings/x.yml:15:10: sources[0].url (source)",
        ],
        "https://late.example/": ["briefings/x.yml:21:34: sources[3].url (source)"],
        "https://norland.example/": [
            "briefings/x.yml:10:11: related[0].url (related)",
            "data/sources.yml:3:8: shared.url (source)",
        ],
        "https://norland.example/page": ["data/sources.yml:4:25: shared.note (prose)"],
    }


def test_sources_say_when_they_were_read_and_whether_there_is_a_copy() -> None:
    links = links_by_url({"briefings/x.yml": BRIEFING})
    gauge = links["https://halden.example/gauge"].places
    assert [(place.day, place.archived) for place in gauge] == [
        ("", False),
        ("", False),
        ("20250304", True),
    ]
    late = links["https://late.example/"].places
    assert [(place.day, place.archived) for place in late] == [("202405", False)]


def test_links_of_descriptions_in_registries_are_found() -> None:
    topics = 'water: {name: Water, description: "[Law](https://law.example/)"}'
    assert list(links_by_url({"data/topics.yml": topics, "data/other.yml": "a: {url: b}"})) == [
        "https://law.example/"
    ]


def test_files_that_cannot_be_read_are_named() -> None:
    assert links({"briefings/x.yml": b"a: [", "briefings/y.md": b"", "data/topics.yml": b""}) == (
        [],
        ["briefings/x.yml"],
    )


def test_addresses_of_prose_are_those_that_readers_get() -> None:
    text = (
        "[a](https://a.example/x_(y)?a=1&b=2 'title') [b](<https://b.example/ü>) "
        "![no image](https://c.example/) <https://d.example/> [e](javascript:x) \\[f](https://f.example/)"
    )
    assert list(addresses(text)) == ["https://a.example/x_(y)?a=1&b=2", "https://b.example/ü"]
