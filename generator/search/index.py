"""The search index: files that a reader's browser fetches a few of for each query.

The words of all pages are keys in alphabetical order. A key's list says on which pages it is, and
in which parts of them. A file holds the lists of neighbouring keys, so that a query fetches one
small file for each word. `search-index.js` reads these files, all of them compressed JSON:

- `entry.json`: the first key and the name of each file of words, and the names of the other lists.
- `words/NAME.idx`: for each key, the pages with it (each as its distance from the one before), and
  for each of them the parts whose text holds it and the parts whose title does. A key that ends
  with a space is of names: of a complete name where it is in a title, otherwise of a word in one.
- `records/NAME.idx`: a page, with the text of its parts, as the search page shows it.
- `lists/NAME.idx`: each page's record and length; its days; the name of each value of a filter, and
  the pages with it.

Files are named after their content, so that browsers can keep them, except `entry.json`,
`letters.json` and `names.json`.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from gzip import compress
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from generator.search.records import SearchPage, SearchRecord
from generator.search.tokenizer import LETTERS, name_keys, search_keys

#: The folder of the index below the site's root.
FOLDER = "search-index"
#: The file that names all others. It is written last.
ENTRY = "entry.json"
_SUFFIX = ".idx"
_NAME_LENGTH = 7
# A query for one word fetches about a quarter of this, compressed.
_FILE_SIZE = 2**16
# Half the time of the highest level, for a twentieth more bytes.
_LEVEL = 6
#: Where gzip notes the system that a file is from, and its code for an unknown one (RFC 1952).
#: Python writes "Unix" up to 3.12, and "unknown" since 3.13.
_SYSTEM, _UNKNOWN_SYSTEM = 9, b"\xff"
#: A set of parts is a number with a bit for each: as many as JavaScript's bit operations take.
_BITS = 31
#: Lengths of pages are for the order of results only, and compress better when they are rounded.
_ROUNDED = 10


def write_index(pages: Iterable[SearchPage], site: Path) -> None:
    """Write the index of ``pages`` into the folder of a built site."""
    for name, content in index_files(pages):
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def index_files(pages: Iterable[SearchPage]) -> Iterator[tuple[str, bytes]]:
    """The files of the index of ``pages``, by their paths below the site's root."""
    index = _Index()
    for page in pages:
        yield index.add(page)
    yield from index.files()


class _Index:
    def __init__(self) -> None:
        self._records: list[str] = []
        self._lengths: list[int] = []
        self._days: list[tuple[str, str] | None] = []
        # For each key: page, parts by text, parts by title, and so on. An array takes a twentieth
        # of the memory that tuples take.
        self._postings: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        # For each filter: the name of each value, and the pages with it.
        self._filters: dict[str, dict[str, tuple[str, list[int]]]] = {}
        self._names: list[tuple[str, str, tuple[str, ...]]] = []
        self._file_names: set[str] = set()

    def add(self, page: SearchPage) -> tuple[str, bytes]:
        """Take a page into the index, and return the file of its record."""
        number = len(self._records)
        path, name, content = self._file("records", orjson.dumps(page.as_json()))
        self._records.append(name)
        self._lengths.append(self._add_keys(number, page.parts))
        self._days.append(page.dates)
        for key, names in page.filters.items():
            values = self._filters.setdefault(key, {})
            for value, name in names.items():
                values.setdefault(value, (name, []))[1].append(number)
        if page.names:
            first, *others = page.names
            self._names.append((first, page.url, tuple(others)))
            self._add_names(number, page.names)
        return path, content

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The files for all pages that were added."""
        entry: dict[str, Any] = {"words": [], "filters": {}}
        for first_key, lists in self._neighbouring_keys():
            path, name, content = self._file("words", lists)
            entry["words"].append([first_key, name])
            yield path, content
        for key, values in sorted(self._filters.items()):
            pages = {
                value: [name, _distances(numbers)]
                for value, (name, numbers) in sorted(values.items())
            }
            path, entry["filters"][key], content = self._file("lists", orjson.dumps(pages))
            yield path, content
        about = {"records": self._records, "lengths": self._lengths}
        path, entry["pages"], content = self._file("lists", orjson.dumps(about))
        yield path, content
        path, entry["days"], content = self._file("lists", orjson.dumps(self._days))
        yield path, content
        yield f"{FOLDER}/letters.json", LETTERS
        yield f"{FOLDER}/names.json", orjson.dumps(sorted(self._names))
        yield f"{FOLDER}/{ENTRY}", orjson.dumps(entry)

    def _add_keys(self, number: int, parts: tuple[SearchRecord, ...]) -> int:
        """Note the keys of a page's parts, and return the page's rounded length."""
        texts: defaultdict[str, int] = defaultdict(int)
        titles: defaultdict[str, int] = defaultdict(int)
        length = 0
        for position, part in enumerate(parts):
            bit = 1 << position % _BITS
            for holding, contents in (
                (texts, [text.text for text in part.texts]),
                (titles, [part.title]),
            ):
                keys = set().union(*map(search_keys, contents))
                length += len(keys)
                for key in keys:
                    holding[key] |= bit
        for key, bits in texts.items():
            self._postings[key].extend((number, bits, titles.pop(key, 0)))
        for key, bits in titles.items():
            self._postings[key].extend((number, 0, bits))
        return -(-length // _ROUNDED)

    def _add_names(self, number: int, names: tuple[str, ...]) -> None:
        """Note the keys of a page's names: of complete names as in a title, of words in a text."""
        complete, words = name_keys(names)
        for key in sorted(complete | words):
            self._postings[key].extend((number, 1, int(key in complete)))

    def _neighbouring_keys(self) -> Iterator[tuple[str, bytes]]:
        """The lists of neighbouring keys as JSON for a file, and the first of the keys."""
        lists: list[bytes] = []
        size, first_key = 0, ""
        for key in sorted(self._postings, key=_javascript_order):
            postings = self._postings[key]
            titles = postings[2::3].tolist()
            pages = [
                _distances(postings[::3]),
                postings[1::3].tolist(),
                titles if any(titles) else [],
            ]
            listed = orjson.dumps(key) + b":" + orjson.dumps(pages)
            if lists and size + len(listed) > _FILE_SIZE:
                yield first_key, b"{%b}" % b",".join(lists)
                lists, size = [], 0
            if not lists:
                first_key = key
            lists.append(listed)
            size += len(listed)
        if lists:
            yield first_key, b"{%b}" % b",".join(lists)

    def _file(self, folder: str, content: bytes) -> tuple[str, str, bytes]:
        """Path, name and content of a compressed file, named after what it holds."""
        digest = sha256(content).hexdigest()
        length = _NAME_LENGTH
        while digest[:length] in self._file_names:
            length += 1
        name = digest[:length]
        self._file_names.add(name)
        return f"{FOLDER}/{folder}/{name}{_SUFFIX}", name, _compressed(content)


def _compressed(content: bytes) -> bytes:
    """The content as gzip, with the same bytes by each version of Python."""
    packed = compress(content, _LEVEL, mtime=0)
    return packed[:_SYSTEM] + _UNKNOWN_SYSTEM + packed[_SYSTEM + 1 :]


def _distances(numbers: Iterable[int]) -> list[int]:
    """Each number less the one before: small numbers, which compress well."""
    distances = []
    before = 0
    for number in numbers:
        distances.append(number - before)
        before = number
    return distances


def _javascript_order(key: str) -> bytes:
    return key.encode("utf-16-be", "surrogatepass")
