"""Build targets: the parts of a site that are built, cached and written independently.

Each kind of target is a class in a module of this package; ``base`` says what it can do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.build.dependencies import DependencyGraph
from generator.build.snapshot import Snapshot
from generator.build.targets.base import Target, TargetOutput
from generator.build.targets.briefing import BriefingTarget
from generator.build.targets.briefing_list import BriefingListTarget
from generator.build.targets.directory import DataPageTarget, DirectoryTarget
from generator.build.targets.listing import ChangesTarget, SourcesTarget, TimelineTarget
from generator.build.targets.site import SITE, SiteTarget
from generator.build.targets.subject import ActorTarget, PlaceTarget, TopicTarget

__all__ = ["SITE", "TARGET_KINDS", "BriefingTarget", "Target", "TargetOutput"]

#: All kinds of targets, in the order in which they are built and listed.
TARGET_KINDS: tuple[type[Target], ...] = (
    SiteTarget,
    BriefingListTarget,
    DirectoryTarget,
    DataPageTarget,
    TimelineTarget,
    SourcesTarget,
    ChangesTarget,
    BriefingTarget,
    ActorTarget,
    TopicTarget,
    PlaceTarget,
)


def all_targets(graph: DependencyGraph) -> list[Target]:
    """All targets of a site."""
    targets = (target for kind in TARGET_KINDS for target in kind.all(graph))
    return [target for target in targets if target.is_built(graph.sections)]


def section_targets(sections: Collection[str]) -> list[Target]:
    """The targets whose pages a site with these sections has, whatever its briefings are about."""
    targets = (target for kind in TARGET_KINDS for target in kind.sections())
    return [target for target in targets if target.is_built(sections)]


def targets_for_path(path: str, snapshot: Snapshot) -> Iterator[Target]:
    """The targets that may publish the file or the page at ``path``, the likeliest first."""
    for kind in reversed(TARGET_KINDS):
        target = kind.for_path(path, snapshot)
        if target and target.is_built(snapshot.graph.sections):
            yield target


def target_of_page(path: str, snapshot: Snapshot) -> Target | None:
    """The target that has a page with this path of its Markdown."""
    if not path.endswith(".md"):
        return None
    targets = targets_for_path(path, snapshot)
    return next((target for target in targets if path in target.page_paths), None)
