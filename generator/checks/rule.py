"""What a rule is, what it is given, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.collection import Collection
from generator.entries import BriefingEntry
from generator.fields import Reference, Text
from generator.loading import Loaded
from generator.problems import Problem, Severity, field_name
from generator.reading import Reading
from generator.shape import marked
from generator.yaml_source import FieldPath


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule found: the value (or, with ``key``, the key) at ``path`` of the file."""

    path: FieldPath
    message: str
    hint: str = ""
    key: bool = False
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One file to check, with everything around it: a briefing, or the registry of that name."""

    reading: Reading[Any]
    loaded: Loaded
    collection: Collection
    briefing: BriefingEntry | None = None
    registry: str = ""

    def marked(self) -> Iterator[tuple[FieldPath, Reference | Text, str]]:
        """Every reference and text of the file, with its path."""
        if self.briefing:
            yield from marked(self.briefing.model)
            return
        for key, entry in self.reading.value.items():
            yield from marked(entry, (key,))


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its id, how much it matters, why there is such a rule, and how it looks."""

    id: str
    severity: Severity
    reason: str
    check: Callable[[Case], Iterator[Finding]]

    def problem(self, case: Case, finding: Finding) -> Problem:
        """A finding as a problem at its place in the file."""
        return Problem(
            self.id,
            finding.severity or self.severity,
            case.reading.locate(finding.path, key=finding.key),
            finding.message,
            finding.hint,
            field_name(case.reading.written(finding.path)),
        )
