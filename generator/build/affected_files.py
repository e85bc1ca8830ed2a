"""Which files an edit can affect: a new entry of a registry concerns few of ten thousand."""

from __future__ import annotations

from collections.abc import Set
from itertools import chain
from typing import Any

from generator.build.dependencies import TO_BRIEFINGS
from generator.build.file_summary import EntityKey
from generator.build.registry_entries import ENTRY_KINDS
from generator.build.snapshot import Snapshot
from generator.reading.loader import BRIEFINGS, DATA, briefing_path


def affected_files(before: Snapshot, after: Snapshot) -> Set[str]:
    """The paths of the files whose problems can differ between two snapshots.

    These are the registries, the changed files, and those that refer to something in the changed
    files or have its address.
    """
    paths = before.hashes.keys() | after.hashes.keys()
    changed = {path for path in paths if before.hashes.get(path) != after.hashes.get(path)}
    entries = _changed_entries(before, after, changed)
    if entries is None or any(path.endswith(".md") for path in changed):
        return paths
    names = {
        path.removeprefix(BRIEFINGS).removesuffix(".yml")
        for path in changed
        if path.startswith(BRIEFINGS)
    }
    translations = {**before.translations, **after.translations}
    ids = {translations[name].original if name in translations else name for name in names}
    addresses = ids | {f"{kind}s/{key}" for kind, key in entries}
    for snapshot in (before, after):
        briefings = snapshot.graph.briefings
        addresses.update(*(briefings[key].aliases for key in ids & briefings.keys()))
    affected = {path for path in paths if path in changed or path.startswith(DATA)}
    for snapshot in (before, after):
        keys = snapshot.graph.referring_to_any(entries) | addresses
        keys.update(*(snapshot.graph.neighbours(key) for key in ids))
        keys.update(*(snapshot.loaded.aliases.get(address, ()) for address in addresses))
        affected.update(map(briefing_path, keys))
        translated = (snapshot.loaded.translations_of.get(key, ()) for key in keys | ids)
        affected.update(map(briefing_path, chain.from_iterable(translated)))
        targets = {*entries, *((kind, key) for key in ids for kind in TO_BRIEFINGS)}
        affected.update(
            briefing_path(name)
            for name, translation in snapshot.translations.items()
            if translation.references & targets
        )
        # The summary of a file with mistakes lacks the references in parts that can't be read.
        affected.update(problem.location.path for problem in snapshot.loaded.problems)
    return affected & paths


def _changed_entries(before: Snapshot, after: Snapshot, changed: Set[str]) -> Set[EntityKey] | None:
    """The entries of registries that differ; None if that is unknown."""
    unread = before.loaded.unread_registries | after.loaded.unread_registries
    entries: set[EntityKey] = set()
    for path in changed:
        if not path.startswith(DATA):
            continue
        name = path.removeprefix(DATA).removesuffix(".yml")
        if name not in ENTRY_KINDS or name in unread:
            return None
        old, new = _entries(before, name), _entries(after, name)
        keys = old.keys() | new.keys()
        entries |= {(ENTRY_KINDS[name], key) for key in keys if old.get(key) != new.get(key)}
    return entries


def _entries(snapshot: Snapshot, registry: str) -> dict[str, Any]:
    reading = snapshot.loaded.registries.get(registry)
    data: dict[str, Any] = reading.document.data if reading else {}
    return data
