"""Pagefind's files, with the records of our pages in them, and the same bytes for the same pages.

Pagefind writes the values of a filter in an order that differs from run to run, and names files by
their content, so these names differ too. Here the values are put in order, and the files that name
others are written again. What Pagefind keeps of a page's text is replaced by our own record of it.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import cbor2

#: What Pagefind's files begin with.
MARK = b"pagefind_dcd"
_ENTRY = "pagefind-entry.json"
_FILTER = ".pf_filter"
_META = ".pf_meta"
_FRAGMENT = ".pf_fragment"
_NAME = 10


def completed(files: Mapping[str, bytes], records: Mapping[str, bytes]) -> dict[str, bytes]:
    """Pagefind's files, path to content, with everything in a lasting order.

    ``records`` holds a packed record for the address of each page.
    """
    made = {
        path: content
        for path, content in files.items()
        if not path.endswith((_FILTER, _META, _FRAGMENT)) and path != _ENTRY
    }
    names: dict[str, str] = {}
    taken: set[str] = set()
    for path, content in files.items():
        if path.endswith(_FILTER):
            name, values = _read(content)
            packed = _written([name, sorted(values, key=lambda one: str(one[0]))])
            old = _file(path)
            names[old] = _renamed(old, packed, taken)
            made[f"filter/{names[old]}{_FILTER}"] = packed
    addresses = {
        _file(path): json.loads(gzip.decompress(content).removeprefix(MARK))["url"]
        for path, content in files.items()
        if path.endswith(_FRAGMENT)
    }
    for path, content in files.items():
        if path.endswith(_META):
            for page, _ in _read(content)[1]:
                packed = records[addresses[page]]
                names[page] = _renamed(page, packed, taken)
                made[f"fragment/{names[page]}{_FRAGMENT}"] = packed
            packed = _written(_in_order(_read(content), names))
            old = path.removesuffix(_META).removeprefix("pagefind.")
            names[old] = _renamed(old, packed, taken)
            made[f"pagefind.{names[old]}{_META}"] = packed
    entry = json.loads(files[_ENTRY])
    for language in entry["languages"].values():
        language["hash"] = names[language["hash"]]
    made[_ENTRY] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    return made


def _in_order(meta: list[Any], names: Mapping[str, str]) -> list[Any]:
    """What a meta file says (Pagefind 1.5), with the new names of pages and filters, in order."""
    version, pages, chunks, filters, sorts, fields = meta
    pages = [[names[page], words] for page, words in pages]
    renamed = sorted([name, names[file]] for name, file in filters)
    return [version, pages, chunks, renamed, sorted(sorts), fields]


def _file(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _renamed(old: str, content: bytes, taken: set[str]) -> str:
    """A name of the old one's language and length, or longer where another has it."""
    language, _, code = old.rpartition("_")
    whole = sha256(content).hexdigest()
    length = len(code) or _NAME
    while (name := f"{language}_{whole[:length]}") in taken:
        length += 1
    taken.add(name)
    return name


def _read(content: bytes) -> Any:
    return cbor2.loads(gzip.decompress(content).removeprefix(MARK))


def _written(value: Any) -> bytes:
    return gzip.compress(MARK + cbor2.dumps(value), mtime=0)
