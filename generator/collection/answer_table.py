"""Who accuses whom on the site or in a briefing, and how many of the claims were answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

#: The table of a site has at most so many accusers and accused, whatever the size of the site: more
#: don't fit a page. What the others say and are accused of is added up.
MOST_ACCUSERS, MOST_ACCUSED = 12, 5

ReplyKey = tuple[tuple[str, ...], str, str]
"""The ids of those who made an allegation together, the id of an accused party, and the label of
its reply status.
"""
Counts = tuple[tuple[str, int], ...]
"""Numbers of replies by their label."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """The claims of one accuser (by id): replies of each accused, then those of all others."""

    accuser: str
    cells: tuple[Counts, ...]
    others: Counts


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """Those with the most claims are first; ``more`` is the number of accusers without a row.

    In the table of one briefing, ``first_claims`` has the id of the first claim of each accuser
    against each of the accused.
    """

    accused: tuple[str, ...] = ()
    rows: tuple[AnswerRow, ...] = ()
    more: int = 0
    first_claims: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def is_wide(self) -> bool:
        """Whether it has too many columns for a page, and is shown as a list."""
        return len(self.accused) > MOST_ACCUSED

    @property
    def has_others(self) -> bool:
        return any(row.others for row in self.rows)


def by_label(replies: Mapping[ReplyKey, int]) -> dict[str, int]:
    """The number of replies with each label."""
    labels: Counter[str] = Counter()
    for (_, _, label), count in replies.items():
        labels[label] += count
    return dict(sorted(labels.items()))


def answer_table(
    replies: Mapping[ReplyKey, int],
    most_accusers: int | None = MOST_ACCUSERS,
    most_accused: int | None = MOST_ACCUSED,
    first_claims: Mapping[tuple[str, str], str] | None = None,
) -> AnswerTable:
    """The table of all ``replies``. A claim of several parties counts for each of them.

    It has all accusers and all accused if ``most_accusers`` and ``most_accused`` are None.
    """
    claims: dict[str, dict[str, Counter[str]]] = {}
    for (accusers, accused, label), count in replies.items():
        for accuser in accusers:
            claims.setdefault(accuser, {}).setdefault(accused, Counter())[label] += count
    totals = {
        accuser: sum(labels.total() for labels in by_accused.values())
        for accuser, by_accused in claims.items()
    }
    shown = _most_frequent(totals)[:most_accusers]
    accusations: Counter[str] = Counter()
    for accuser in shown:
        for accused, labels in claims[accuser].items():
            accusations[accused] += labels.total()
    columns = _most_frequent(accusations)[:most_accused]
    rows = tuple(_row(accuser, claims[accuser], columns) for accuser in shown)
    return AnswerTable(tuple(columns), rows, len(claims) - len(shown), first_claims or {})


def _row(accuser: str, by_accused: Mapping[str, Counter[str]], columns: list[str]) -> AnswerRow:
    others: Counter[str] = Counter()
    for accused, labels in by_accused.items():
        if accused not in columns:
            others += labels
    cells = tuple(_counts(by_accused.get(accused, Counter())) for accused in columns)
    return AnswerRow(accuser, cells, _counts(others))


def _counts(labels: Counter[str]) -> Counts:
    return tuple(sorted(labels.items()))


def _most_frequent(counts: Mapping[str, int]) -> list[str]:
    return sorted(counts, key=lambda key: (-counts[key], key))
