"""The files of the search index, read as the search page reads them."""

from __future__ import annotations

import gzip
import json
from functools import cache
from itertools import accumulate
from typing import Any

from generator.search.index import FOLDER, index_files
from generator.search.records import SearchPage, SearchRecord, texts_of


def _page(number: int, *texts: str, **keys: Any) -> SearchPage:
    parts = [
        SearchRecord(
            f"./x/{number}/#{position}", f"Title {position}", tuple(texts_of(text)), **keys
        )
        for position, text in enumerate(texts)
    ]
    return SearchPage(tuple(parts))


class _Reader:
    def __init__(self, pages: list[SearchPage]) -> None:
        self.files = dict(index_files(pages))
        self.entry = json.loads(self.files[f"{FOLDER}/entry.json"])
        self.read = cache(self._read)

    def _read(self, folder: str, name: str) -> Any:
        return json.loads(gzip.decompress(self.files[f"{FOLDER}/{folder}/{name}.idx"]))

    def pages_with(self, key: str) -> dict[int, tuple[int, int]]:
        """Each page with a key, and the parts that have it in their text and title."""
        order = key.encode("utf-16-be")
        names = [name for first, name in self.entry["words"] if first.encode("utf-16-be") <= order]
        distances, texts, titles = self.read("words", names[-1]).get(key, ([], [], []))
        return {
            page: (texts[at], titles[at] if titles else 0)
            for at, page in enumerate(accumulate(distances))
        }


def test_a_key_leads_to_pages_and_their_parts() -> None:
    reader = _Reader([_page(0, "water"), _page(1, "gauge"), _page(2, "gauge", "water gauge")])
    assert reader.pages_with("water") == {0: (0b1, 0), 2: (0b10, 0)}
    assert reader.pages_with("gauge") == {1: (0b1, 0), 2: (0b11, 0)}
    assert reader.pages_with("title") == {0: (0, 0b1), 1: (0, 0b1), 2: (0, 0b11)}
    assert reader.pages_with("titanic") == {}


def test_compressed_files_have_the_same_bytes_by_each_version_of_python() -> None:
    files = dict(index_files([_page(0, "water")]))
    heads = {content[:10] for name, content in files.items() if name.endswith(".idx")}
    # RFC 1952: deflated, no flags, no date, no level, an unknown system.
    assert heads == {bytes([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF])}


def test_every_key_is_in_the_file_that_a_browser_looks_in() -> None:
    letters = ["\uff76\u3099", "\U00020000", "\ufe76", "a", "é", "水"]
    words = [f"w{number * 7919 % 100_003:x}" for number in range(9000)]
    reader = _Reader([_page(0, " ".join([*letters, *words])), _page(1, "constructor __proto__")])
    assert len(reader.entry["words"]) > 3
    assert all(0 in reader.pages_with(word) for word in words[::9])
    assert reader.pages_with("\U00020000") == {0: (1, 0)}
    assert reader.pages_with("constructor") == {1: (1, 0)}


def test_more_parts_than_a_number_has_bits_share_them() -> None:
    reader = _Reader([_page(0, *(["x"] * 31), "water")])
    assert reader.pages_with("water") == {0: (0b1, 0)}


def test_filters_lead_to_pages_and_pages_have_days() -> None:
    first = _page(
        0, "x", filters={"kind": {"event": "Event"}, "__proto__": {"x": "x"}}, date="2025-02-01"
    )
    reader = _Reader([first, _page(1, "x"), _page(2, "x", filters={"kind": {"event": "Event"}})])
    assert reader.read("lists", reader.entry["filters"]["kind"]) == {"event": ["Event", [0, 2]]}
    assert reader.read("lists", reader.entry["days"]) == [["2025-02-01", "2025-02-01"], None, None]


def test_records_are_named_after_their_content_and_an_edit_renames_only_its_own() -> None:
    before = _Reader([_page(0, "x"), _page(1, "y")])
    after = _Reader([_page(0, "x"), _page(1, "z")])
    [records, edited] = [
        index.read("lists", index.entry["pages"])["records"] for index in (before, after)
    ]
    assert records[0] == edited[0]
    assert records[1] != edited[1]
    assert before.read("records", records[1])["parts"][0]["texts"] == [{"text": "y"}]


def test_names_have_keys_that_no_text_has() -> None:
    actor = SearchPage(
        (SearchRecord("./actors/a/", "Deng Ge"),), ("Deng Ge", "\u9093\u9769", "Sana\u2019a")
    )
    reader = _Reader([actor, _page(1, "Deng Ge and Sanaa and \u9093\u9769")])
    names = ("deng ge ", "\u9093 \u9769 ", "sana a ", "sanaa ")
    assert [reader.pages_with(name) for name in names] == [{0: (1, 1)}] * 4
    assert reader.pages_with("deng ") == {0: (1, 0)}
    assert reader.pages_with("\u9093 ") == {}
