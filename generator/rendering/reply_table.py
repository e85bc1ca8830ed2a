"""The table of who accuses whom, and how many of the claims were answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.collection.entries import ActorEntry, StatementEntry
from generator.collection.reply_status import Reply

#: More columns than these are too narrow for names, so the table is shown as a list.
_MOST_COLUMNS = 5


@dataclass(frozen=True, slots=True)
class ReplyCell:
    """The allegations by one party against another: one reply for each, in the order given."""

    replies: tuple[Reply, ...]

    @property
    def counts(self) -> Counter[str]:
        """How many of the replies have each status."""
        return Counter(reply.label for reply in self.replies)


@dataclass(frozen=True, slots=True)
class ReplyTable:
    """Accusers are rows, the accused are columns; pairs without an allegation have no cell."""

    accusers: tuple[ActorEntry, ...]
    accused: tuple[ActorEntry, ...]
    cells: Mapping[tuple[ActorEntry, ActorEntry], ReplyCell]

    @property
    def is_wide(self) -> bool:
        """Whether the table has too many columns for a page."""
        return len(self.accused) > _MOST_COLUMNS


def reply_table(allegations: Iterable[StatementEntry]) -> ReplyTable | None:
    """The table of ``allegations``; None if nobody is accused.

    An allegation that several parties made together counts for each of them.
    """
    pairs: dict[tuple[ActorEntry, ActorEntry], list[Reply]] = {}
    for allegation in allegations:
        for reply in allegation.replies:
            for party in allegation.parties:
                pairs.setdefault((party, reply.accused), []).append(reply)
    if not pairs:
        return None
    accusers = tuple(dict.fromkeys(accuser for accuser, _ in pairs))
    accused = tuple(dict.fromkeys(party for _, party in pairs))
    return ReplyTable(
        accusers, accused, {pair: ReplyCell(tuple(replies)) for pair, replies in pairs.items()}
    )
