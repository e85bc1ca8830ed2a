"""Whether an accused party has answered an allegation, worked out from what is on file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeVar

from generator.collection.answer_table import ReplyKey
from generator.model.briefing import NoResponse
from generator.model.edtf import EdtfDate, Order, order, starts_earlier

if TYPE_CHECKING:
    from generator.collection.entries import ActorEntry, BriefingEntry, StatementEntry

#: Stances that deny what is claimed.
DENIALS = ("denies", "disputes")


class Dated(Protocol):
    """An event or a statement, which has a date or none."""

    @property
    def date(self) -> EdtfDate | None: ...


_Dated = TypeVar("_Dated", bound=Dated)


class ReplyStatus(StrEnum):
    """The five reply statuses of the format."""

    ANSWERED = "answered"
    EARLIER = "earlier denial"
    UNDATED = "undated reply"
    NONE_FOUND = "no reply found"
    NOT_RECORDED = "not recorded"


@dataclass(slots=True, eq=False)
class Reply:
    """The reply status of one accused party for one allegation.

    ``responses`` are those that decide the status, oldest first. ``order_unclear`` is true if the
    answer may be older than the allegation: see ``answer_order``.
    """

    allegation: StatementEntry
    accused: ActorEntry
    status: ReplyStatus
    responses: list[StatementEntry]
    no_response: NoResponse | None = None
    order_unclear: bool = False

    @property
    def as_of(self) -> date | None:
        return self.no_response.as_of if self.no_response else None

    @property
    def label(self) -> str:
        """The words for the status. An earlier response that denies nothing is not a denial.

        Somebody whom a demand only addresses need not answer, so no reply of theirs is missing.
        """
        if self.status is ReplyStatus.NOT_RECORDED and self.accused not in self.allegation.against:
            return "addressed"
        denied = any(response.stance in DENIALS for response in self.responses)
        if self.status is ReplyStatus.EARLIER and not denied:
            return "earlier reply"
        return self.status.value


def count_replies(briefings: Iterable[BriefingEntry]) -> Counter[ReplyKey]:
    """The number of replies in ``briefings``, by who accuses, who is accused, and their label."""
    return Counter(
        (tuple(party.id for party in allegation.parties), reply.accused.id, reply.label)
        for briefing in briefings
        for allegation in briefing.allegations
        for reply in allegation.replies
    )


def reply(allegation: StatementEntry, accused: ActorEntry) -> Reply:
    """The reply status of ``accused`` for ``allegation``."""
    responses = [response for response in allegation.answered_by if accused in response.parties]
    absences = [none for none in allegation.no_responses if none.party == accused.id]
    absence = max(absences, key=lambda none: none.as_of, default=None)
    by_order: dict[Order, list[StatementEntry]] = {}
    for response in responses:
        by_order.setdefault(answer_order(response.date, allegation.date), []).append(response)
    later, unclear = by_order.get(Order.NOT_BEFORE, []), by_order.get(Order.UNCERTAIN, [])
    overlapping = [response for response in unclear if response.date is not None]
    if later:
        status, deciding, absence = ReplyStatus.ANSWERED, later, None
    elif overlapping:
        status, deciding = ReplyStatus.ANSWERED, overlapping
    elif unclear:
        status, deciding = ReplyStatus.UNDATED, unclear
    elif responses:
        status, deciding = ReplyStatus.EARLIER, responses
    else:
        status, deciding = ReplyStatus.NONE_FOUND if absence else ReplyStatus.NOT_RECORDED, []
    order_unclear = bool(overlapping) and not later
    return Reply(allegation, accused, status, oldest_first(deciding), absence, order_unclear)


def replies_to(claim: StatementEntry, actor: Callable[[str], ActorEntry]) -> list[Reply]:
    """The replies to a claim by everybody it accuses or addresses, and by others who answered it.

    Those who were looked for in vain are among them. ``actor`` returns the actor with an id.
    """
    statuses = {reply.accused: reply for reply in claim.replies}
    parties = [*claim.against, *claim.addressed_to]
    parties += [party for answer in claim.answered_by for party in answer.parties]
    parties += [actor(absence.party) for absence in claim.no_responses]
    return [statuses.get(party) or reply(claim, party) for party in dict.fromkeys(parties)]


def answer_order(answer: EdtfDate | None, claim: EdtfDate | None) -> Order:
    """The order of an answer and the claim that it answers.

    The answer came later, unless its date is earlier, or starts on an earlier day, month or year
    and ends after the claim's. UNCERTAIN if one of the two has no date.
    """
    if answer is None or claim is None:
        return Order.UNCERTAIN
    result = order(answer, claim)
    if result is Order.UNCERTAIN and not starts_earlier(answer, claim):
        return Order.NOT_BEFORE
    return result


def oldest_first(entries: Iterable[_Dated]) -> list[_Dated]:
    """``entries`` by date; undated ones last, in the order they are written."""
    return sorted(
        entries, key=lambda entry: (entry.date is None, entry.date.sort_key if entry.date else ())
    )
