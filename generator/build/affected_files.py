"""Which files an edit can have a say in: of ten thousand, a new entry of a registry touches few."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from generator.build.file_summary import EntityKey
from generator.build.registry_entries import ENTRY_KINDS
from generator.build.snapshot import Snapshot
from generator.build.targets import BriefingTarget
from generator.reading.loader import BRIEFINGS, DATA


def affected_files(before: Snapshot, after: Snapshot) -> Set[str]:
    """The files whose problems an edit can change, by path: those that it changed, those that name
    what is in them or have its address, and the registries.
    """
    paths = before.hashes.keys() | after.hashes.keys()
    changed = {path for path in paths if before.hashes.get(path) != after.hashes.get(path)}
    entries = _changed_entries(before, after, changed)
    if entries is None or any(path.endswith(".md") for path in changed):
        return paths
    ids = {
        path.removeprefix(BRIEFINGS).removesuffix(".yml")
        for path in changed
        if path.startswith(BRIEFINGS)
    }
    addresses = ids | {f"{kind}s/{key}" for kind, key in entries}
    for snapshot in (before, after):
        briefings = snapshot.graph.briefings
        addresses.update(*(briefings[key].aliases for key in ids & briefings.keys()))
    found = {path for path in paths if path in changed or path.startswith(DATA)}
    for snapshot in (before, after):
        keys = snapshot.graph.referring_to_any(entries) | addresses
        keys.update(*(snapshot.graph.inputs(BriefingTarget(key)) for key in ids))
        keys.update(*(snapshot.loaded.aliases.get(address, ()) for address in addresses))
        found.update(f"{BRIEFINGS}{key}.yml" for key in keys)
        # What a file with mistakes names in the parts that can't be read, no outline says.
        found.update(problem.location.path for problem in snapshot.loaded.problems)
    return found & paths


def _changed_entries(before: Snapshot, after: Snapshot, changed: Set[str]) -> Set[EntityKey] | None:
    """The entries of registries that differ; None where that can't be said."""
    unread = before.loaded.unread_registries | after.loaded.unread_registries
    found: set[EntityKey] = set()
    for path in changed:
        if not path.startswith(DATA):
            continue
        name = path.removeprefix(DATA).removesuffix(".yml")
        if name not in ENTRY_KINDS or name in unread:
            return None
        old, new = _written(before, name), _written(after, name)
        keys = old.keys() | new.keys()
        found |= {(ENTRY_KINDS[name], key) for key in keys if old.get(key) != new.get(key)}
    return found


def _written(snapshot: Snapshot, registry: str) -> dict[str, Any]:
    reading = snapshot.loaded.registries.get(registry)
    data: dict[str, Any] = reading.document.data if reading else {}
    return data
