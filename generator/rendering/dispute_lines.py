"""A dispute in a few lines, for links that are shared elsewhere: who accuses whom, who answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.collection.entries import ActorEntry, BriefingEntry
from generator.collection.reply_status import Reply, reply
from generator.locale.interface import Interface
from generator.locale.terms import counted_reply
from generator.rendering.exchanges import claims_in_brief
from generator.rendering.template_functions import sort_replies

#: So many pairs of parties are named in a text; the others are counted together.
_NAMED_IN_TEXT = 3


@dataclass(frozen=True, slots=True)
class PairLine:
    """The allegations of one party against another; ``text`` has the reply statuses too.

    "Norland against Esteria: 2 allegations, 1 answered, 1 no reply found".
    """

    text: str
    replies: tuple[Reply, ...]


def pair_lines(briefing: BriefingEntry, interface: Interface) -> list[PairLine]:
    """A line for each pair of parties, those with most allegations first."""
    pairs: dict[tuple[ActorEntry, ActorEntry], list[Reply]] = {}
    for allegation in briefing.allegations:
        for status in allegation.replies:
            for party in allegation.parties:
                pairs.setdefault((party, status.accused), []).append(status)
    lines = [
        PairLine(
            interface.gettext(
                "%(accuser)s against %(accused)s: %(counts)s",
                accuser=accuser.name,
                accused=accused.name,
                counts=_allegations(statuses, interface),
            ),
            tuple(statuses),
        )
        for (accuser, accused), statuses in pairs.items()
    ]
    return sorted(lines, key=lambda line: -len(line.replies))


def counted(briefing: BriefingEntry, named: Sequence[PairLine], interface: Interface) -> list[str]:
    """The lines that count what the ``named`` pairs leave out.

    One is on the other allegations. One is on demands, and on statements that were answered.
    """
    shown = {_key(status) for line in named for status in line.replies}
    allegations = [
        status
        for allegation in briefing.allegations
        for status in allegation.replies
        if _key(status) not in shown
    ]
    lines = []
    if allegations:
        counts = _allegations(allegations, interface)
        lines.append(interface.gettext("Others: %(counts)s", counts=counts) if named else counts)
    if claims := list(_replies_to_other_claims(briefing)):
        total = len({claim.allegation for claim in claims})
        number = interface.ngettext("%(count)s claim", "%(count)s claims", total)
        counts = _counts(number, total, claims, interface)
        lines.append(interface.gettext("Demands and statements: %(counts)s", counts=counts))
    return lines


def _key(status: Reply) -> tuple[str, str]:
    return status.allegation.id, status.accused.id


def _replies_to_other_claims(briefing: BriefingEntry) -> Iterator[Reply]:
    for claim in claims_in_brief(briefing):
        if claim.kind != "allegation":
            answering = [party for answer in claim.answered_by for party in answer.parties]
            for party in dict.fromkeys([*claim.addressed_to, *answering]):
                yield reply(claim, party)


def checked_line(briefing: BriefingEntry, interface: Interface) -> str:
    """Up to which day replies were looked for; empty if that is unknown."""
    if not briefing.as_of:
        return ""
    return interface.gettext("Replies checked to %(day)s", day=interface.day(briefing.as_of))


def dispute_text(briefing: BriefingEntry, interface: Interface) -> str:
    """The dispute as one text, for the descriptions of a page."""
    named = pair_lines(briefing, interface)[:_NAMED_IN_TEXT]
    sentences = [
        *(line.text for line in named),
        *counted(briefing, named, interface),
        checked_line(briefing, interface),
    ]
    return " ".join(
        interface.pgettext("end of a sentence", "%(sentence)s.", sentence=sentence)
        for sentence in sentences
        if sentence
    )


def _allegations(statuses: Sequence[Reply], interface: Interface) -> str:
    """How many allegations there are, with the statuses of the replies."""
    total = len({status.allegation for status in statuses})
    number = interface.ngettext("%(count)s allegation", "%(count)s allegations", total)
    return _counts(number, total, statuses, interface)


def _counts(number: str, total: int, statuses: Sequence[Reply], interface: Interface) -> str:
    """How many claims there are (``number`` is the ``total`` in words), and how many replies have
    each status: "2 claims, 2 answered". The replies are named as such if there are not as many of
    them, because a claim can accuse or address several parties: "1 claim; replies: 2 answered".
    """
    labels = sort_replies(Counter(status.label for status in statuses), interface)
    counts = [counted_reply(interface, *label) for label in labels]
    if total == len(statuses):
        return interface.join([number, *counts])
    return interface.gettext(
        "%(claims)s; replies: %(counts)s", claims=number, counts=interface.join(counts)
    )
