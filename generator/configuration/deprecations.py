"""Settings and commands that have another name now, or are to go in a later version.

Each works for at least one version more. Until then it is named in a warning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Deprecation:
    """A setting or command ``old``, its name from now on, and the version without ``old``.

    ``new`` is empty if nothing takes its place.
    """

    old: str
    new: str
    removed_in: str

    def warning(self, kind: str) -> str:
        """A sentence for the owner of a site; ``kind`` is "setting" or "command"."""
        if not self.new:
            return (
                f"The {kind} `{self.old}` will be removed in version {self.removed_in}. "
                "Stop using it."
            )
        return (
            f"The {kind} `{self.old}` is called `{self.new}` now. The old name works until version "
            f"{self.removed_in}. Write `{self.new}`."
        )


#: Settings of the plugin.
SETTINGS: tuple[Deprecation, ...] = ()
#: Subcommands of ``briefings``.
COMMANDS: tuple[Deprecation, ...] = ()


def renamed(
    values: Mapping[str, Any], deprecations: Iterable[Deprecation]
) -> tuple[dict[str, Any], list[Deprecation]]:
    """``values`` under the names of today, and the deprecations that apply to them.

    A value under the name of today wins over one under a former name.
    """
    applying = [deprecation for deprecation in deprecations if deprecation.old in values]
    former = {deprecation.old for deprecation in applying if deprecation.new}
    current = {name: value for name, value in values.items() if name not in former}
    for deprecation in applying:
        if deprecation.new:
            current.setdefault(deprecation.new, values[deprecation.old])
    return current, applying
