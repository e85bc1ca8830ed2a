"""What keeps a file from being read: each rule with its reason and examples.

The modules of ``reading`` report these, so a site can't turn them off. They are in the data file
``syntax_rules.yml``.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.reading.data_files import data_file
from generator.reading.problems import Severity


@dataclass(frozen=True, slots=True)
class SyntaxRule:
    """A rule's id and reason, and YAML that passes and fails, if an example of it is possible."""

    id: str
    reason: str
    passing: str = ""
    failing: str = ""
    severity: Severity = Severity.ERROR


def _rule(id_: str, *, severity: str = Severity.ERROR, **texts: str) -> SyntaxRule:
    return SyntaxRule(id_, severity=Severity(severity), **texts)


SYNTAX_RULES = tuple(_rule(id_, **rule) for id_, rule in data_file("syntax_rules.yml").items())
