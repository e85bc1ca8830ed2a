"""In which languages of a site each page exists, and each briefing is translated."""

from __future__ import annotations

from collections.abc import Mapping

from generator.build.dependencies import PageLanguages
from generator.build.snapshot import Snapshot
from generator.build.targets import all_targets


def page_languages(editions: Mapping[str, Snapshot]) -> PageLanguages:
    """The languages of the generated pages of a site with these ``editions``, the main one first.

    An edition can lack a briefing, and so a year of the timeline, say.
    """
    paths = {language: _page_paths(snapshot) for language, snapshot in editions.items()}
    everywhere = frozenset.intersection(*paths.values())
    partial = frozenset.union(*paths.values()) - everywhere
    return PageLanguages(
        tuple(editions),
        {
            path: tuple(language for language in editions if path in paths[language])
            for path in partial
        },
        _translations(editions),
    )


def _page_paths(snapshot: Snapshot) -> frozenset[str]:
    return frozenset(path for target in all_targets(snapshot.graph) for path in target.page_paths)


def _translations(editions: Mapping[str, Snapshot]) -> dict[str, tuple[str, ...]]:
    (main_language, snapshot), *_ = editions.items()
    languages: dict[str, set[str]] = {}
    for translation in snapshot.translations.values():
        is_shown = translation.language in editions and translation.language != main_language
        if is_shown and not translation.draft and translation.original in snapshot.graph.briefings:
            languages.setdefault(translation.original, set()).add(translation.language)
    return {
        briefing: tuple(language for language in editions if language in own)
        for briefing, own in languages.items()
    }
