"""Pagefind's files with the same bytes for the same pages.

Pagefind writes the values of a filter in an order that differs from run to run, and names files by
their content, so these names differ too. Here the values are put in order, and the files that name
others are written anew. What a reader's browser finds in them is the same.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import cbor2

_MARK = b"pagefind_dcd"
_ENTRY = "pagefind-entry.json"
_FILTER = ".pf_filter"
_META = ".pf_meta"
_NAME = 10


def ordered(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Pagefind's files, path to content, with everything in a lasting order."""
    made = {
        path: content
        for path, content in files.items()
        if not path.endswith((_FILTER, _META)) and path != _ENTRY
    }
    names: dict[str, str] = {}
    for path, content in files.items():
        if path.endswith(_FILTER):
            name, values = _read(content)
            packed = _written([name, sorted(values, key=lambda one: str(one[0]))])
            folder, _, file = path.rpartition("/")
            old = file.removesuffix(_FILTER)
            names[old] = _renamed(old, packed)
            made[f"{folder}/{names[old]}{_FILTER}"] = packed
    for path, content in files.items():
        if path.endswith(_META):
            packed = _written(_in_order(_read(content), names))
            old = path.removesuffix(_META).removeprefix("pagefind.")
            names[old] = _renamed(old, packed)
            made[f"pagefind.{names[old]}{_META}"] = packed
    entry = json.loads(files[_ENTRY])
    for language in entry["languages"].values():
        language["hash"] = names[language["hash"]]
    made[_ENTRY] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    return made


def _in_order(meta: list[Any], names: Mapping[str, str]) -> list[Any]:
    """What a meta file tells (Pagefind 1.5), with its filters' new names, in order."""
    version, pages, chunks, filters, sorts, fields = meta
    renamed = sorted([name, names[file]] for name, file in filters)
    return [version, pages, chunks, renamed, sorted(sorts), fields]


def _renamed(old: str, content: bytes) -> str:
    """A name of the old one's language and length."""
    language, _, code = old.rpartition("_")
    return f"{language}_{sha256(content).hexdigest()[: len(code) or _NAME]}"


def _read(content: bytes) -> Any:
    return cbor2.loads(gzip.decompress(content).removeprefix(_MARK))


def _written(value: Any) -> bytes:
    return gzip.compress(_MARK + cbor2.dumps(value), mtime=0)
