"""A briefing's claims with the answers to them, as its page shows them: each statement once."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.collection.answer_table import AnswerTable, answer_table
from generator.collection.entries import ActorEntry, BriefingEntry, StatementEntry
from generator.collection.reply_status import count_replies, oldest_first


@dataclass(slots=True, eq=False)
class Exchange:
    """A claim and what the page shows with it.

    ``answers`` are shown in full next to the claim, ``answers_elsewhere`` only as links: with an
    earlier claim that they answer too, as separate claims, or in another briefing.
    ``repetitions`` are later claims without words of their own, shown below the claim.
    """

    claim: StatementEntry
    answers: list[StatementEntry] = field(default_factory=list)
    answers_elsewhere: list[StatementEntry] = field(default_factory=list)
    repetitions: list[StatementEntry] = field(default_factory=list)

    @property
    def layout(self) -> str:
        """``two`` columns if an answer is shown; ``silent`` if there is only a line or two: a link
        to an answer, or that nobody answered who could be expected to; ``one`` column if nobody
        need answer.
        """
        claim = self.claim
        if self.answers:
            return "two"
        is_expected = claim.against or claim.no_responses
        return "silent" if self.answers_elsewhere or is_expected else "one"


def exchanges(briefing: BriefingEntry) -> list[Exchange]:
    """The claims of a briefing in order of time, and the answers that belong to no claim in it."""
    in_order: list[Exchange] = []
    shown_with: dict[StatementEntry, Exchange] = {}
    for statement in oldest_first(briefing.statements):
        if _is_only_an_answer(statement):
            continue
        repeated = _repeated(statement, shown_with)
        if repeated and all(answer in shown_with for answer in statement.answered_by):
            shown_with[statement] = repeated
            repeated.repetitions.append(statement)
            continue
        exchange = shown_with[statement] = Exchange(statement)
        in_order.append(exchange)
        for answer in statement.answered_by:
            is_first = answer not in shown_with and answer.briefing is briefing
            if is_first and _is_only_an_answer(answer):
                shown_with[answer] = exchange
                exchange.answers.append(answer)
            else:
                exchange.answers_elsewhere.append(answer)
    return in_order


def claims_in_brief(briefing: BriefingEntry) -> list[StatementEntry]:
    """The claims that head a briefing's page: those of its lead first, then in order of time.

    A statement that accuses and addresses nobody is among them if it was answered.
    """
    claims = [
        position
        for position in oldest_first(briefing.positions)
        if position.kind != "statement" or position.answered_by
    ]
    return list(dict.fromkeys([*briefing.lead, *claims]))


def answers_in(briefing: BriefingEntry) -> AnswerTable:
    """The table of who answers whom in a briefing, without a row if nobody is accused."""
    first_claims: dict[tuple[str, str], str] = {}
    for allegation in oldest_first(briefing.allegations):
        for party in allegation.parties:
            for accused in allegation.against:
                first_claims.setdefault((party.id, accused.id), allegation.id)
    return answer_table(count_replies([briefing]), None, None, first_claims)


def not_recorded(claim: StatementEntry) -> list[ActorEntry]:
    """Those whom a claim accuses and of whom no answer or silence is on file.

    Those whom it addresses need not answer, so nothing is missing if they don't.
    """
    recorded = {party.id for answer in claim.answered_by for party in answer.parties}
    recorded |= {absence.party for absence in claim.no_responses}
    return [party for party in claim.against if party.id not in recorded]


def _is_only_an_answer(statement: StatementEntry) -> bool:
    """Whether a statement is shown with the claim that it answers, and needs no separate place.

    That is so unless it is a claim as well: one that was answered, or that somebody could answer.
    """
    if not any(claim.briefing is statement.briefing for claim in statement.answers):
        return False
    is_claim = statement.answered_by or statement.against or statement.addressed_to
    return not (statement.position and is_claim)


def _repeated(
    statement: StatementEntry, shown_with: dict[StatementEntry, Exchange]
) -> Exchange | None:
    """What a claim only repeats; None if it has its own quotation or account."""
    model = statement.model
    if model.quotes or model.discrepancies or model.reported_dates or statement.withdrawn:
        return None
    return next((shown_with[other] for other in statement.echoes if other in shown_with), None)
