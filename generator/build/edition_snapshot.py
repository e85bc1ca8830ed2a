"""The snapshot of a site's edition in another language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from generator.build.cache import digest
from generator.build.dependencies import DependencyGraph
from generator.build.file_summary import TranslationSummary
from generator.build.lazy_readings import LazyReadings
from generator.build.registry_entries import ENTRY_KINDS
from generator.build.snapshot import Snapshot
from generator.collection.statistics import BriefingStats
from generator.model.briefing import Briefing
from generator.model.edition_texts import in_edition, with_marked_texts
from generator.model.fingerprints import fingerprint
from generator.model.languages import is_same, nearest
from generator.model.multilingual import entry_in_language
from generator.model.registries import Source
from generator.model.translation import TranslationFile
from generator.reading.loader import briefing_path
from generator.reading.validation import Parsed

_Value = TypeVar("_Value")


def with_names(snapshot: Snapshot, language: str, main_language: str = "") -> Snapshot:
    """``snapshot`` with the names, offices, descriptions and notes of the registries in
    ``language``.

    An entry that has none in this language keeps the first that was written. The same snapshot if
    no entry has texts by language. In an edition, ``main_language`` is that of texts without one.
    """
    registries: dict[str, Parsed[dict[str, Any]]] = dict(snapshot.loaded.registries)
    for registry in ENTRY_KINDS:
        reading = registries.get(registry)
        if reading is None:
            continue
        entries = {
            id_: _entry(entry, language, main_language) for id_, entry in reading.value.items()
        }
        if any(entry is not reading.value[id_] for id_, entry in entries.items()):
            registries[registry] = replace(reading, value=entries)
    if all(reading is snapshot.loaded.registries[name] for name, reading in registries.items()):
        return snapshot
    loaded = replace(snapshot.loaded, registries=registries)
    shown = {name: loaded.entries(name) for name in snapshot.graph.registries}
    graph = DependencyGraph(snapshot.graph.briefings, shown, snapshot.graph.sections)
    return replace(snapshot, loaded=loaded, graph=graph)


def _entry(entry: Any, language: str, main_language: str) -> Any:
    entry = entry_in_language(entry, language)
    is_marked = main_language and isinstance(entry, Source)
    return with_marked_texts(entry, main_language) if is_marked else entry


def in_language(
    snapshot: Snapshot, language: str, main_language: str, *, only_translated: bool = False
) -> Snapshot:
    """``snapshot`` with each briefing in the words of its translation into ``language``, and with
    names in that language.

    ``main_language`` is that of briefings that name none. With ``only_translated``, briefings in
    other languages that have no translation are left out.
    """
    snapshot = with_names(snapshot, language, main_language)
    names = _translations(snapshot, language)
    readings = TranslatedReadings(
        snapshot.loaded.briefings, snapshot.loaded.translations, names, main_language
    )
    summaries = dict(snapshot.graph.briefings)
    hashes = dict(snapshot.hashes)
    for original, name in names.items():
        if original not in summaries:
            continue
        summary, translation = summaries[original], snapshot.translations[name]
        summaries[original] = summary._replace(
            references=summary.references | translation.references,
            stats=_titled(summary.stats, translation),
        )
        path = briefing_path(original)
        hashes[path] = digest(hashes[path], snapshot.hash_of(name))
    left_out: set[str] = set()
    if only_translated:
        tags = {key: summary.language or main_language for key, summary in summaries.items()}
        own = {tag for tag in set(tags.values()) if is_same(tag, language)}
        left_out = {key for key, tag in tags.items() if key not in names and tag not in own}
    graph = DependencyGraph(summaries, snapshot.graph.registries, snapshot.graph.sections, left_out)
    loaded = replace(snapshot.loaded, briefings=readings)
    return replace(snapshot, loaded=loaded, graph=graph, hashes=hashes)


def _translations(snapshot: Snapshot, language: str) -> dict[str, str]:
    """The name of the translation that each briefing is shown in, by the briefing's id.

    That into ``language`` itself, or else for another country or in another script, as with names.
    """
    by_language: dict[str, dict[str, str]] = {}
    for name, summary in snapshot.translations.items():
        by_language.setdefault(summary.original, {})[summary.language] = name
    chosen = {original: nearest(language, names) for original, names in by_language.items()}
    return {original: by_language[original][tag] for original, tag in chosen.items() if tag}


def _titled(stats: BriefingStats, translation: TranslationSummary) -> BriefingStats:
    """The statistics of a briefing with the title of its translation, if that is of today's."""
    is_stale = translation.title_from not in ("", fingerprint(stats.title))
    if is_stale or not translation.title:
        return stats
    return stats._replace(title=translation.title, language=translation.language)


class TranslatedReadings(Mapping[str, Parsed[Briefing]]):
    """The readings of briefings, in the words of their translations where ``names`` has one."""

    def __init__(
        self,
        originals: Mapping[str, Parsed[Briefing]],
        translations: Mapping[str, Parsed[TranslationFile]],
        names: Mapping[str, str],
        main_language: str,
    ) -> None:
        self._originals, self._translations = originals, translations
        self._names, self._main_language = names, main_language

    def preloaded(self, keys: Iterable[str]) -> TranslatedReadings:
        """These readings with some of them in memory."""
        wanted = list(keys)
        names = [self._names[key] for key in wanted if key in self._names]
        return TranslatedReadings(
            _preloaded(self._originals, wanted),
            _preloaded(self._translations, names),
            self._names,
            self._main_language,
        )

    def __getitem__(self, key: str) -> Parsed[Briefing]:
        reading = self._originals[key]
        if key not in self._names:
            return reading
        original, translation = reading.value, self._translations[self._names[key]].value
        language = original.language or self._main_language
        return replace(reading, value=in_edition(original, translation, language))

    def __iter__(self) -> Iterator[str]:
        return iter(self._originals)

    def __len__(self) -> int:
        return len(self._originals)

    def __contains__(self, key: object) -> bool:
        return key in self._originals


def _preloaded(
    readings: Mapping[str, Parsed[_Value]], names: Iterable[str]
) -> Mapping[str, Parsed[_Value]]:
    return readings.preloaded(names) if isinstance(readings, LazyReadings) else readings
