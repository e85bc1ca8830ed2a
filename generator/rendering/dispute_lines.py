"""A dispute in a few lines, for links that are shared elsewhere: who accuses whom, who answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.collection.entries import ActorEntry, BriefingEntry
from generator.collection.reply_status import Reply, reply
from generator.model import date_words
from generator.rendering.exchanges import claims_in_brief
from generator.rendering.translations import translations

#: So many pairs of parties are named in a text; the others are counted together.
_NAMED_IN_TEXT = 3


@dataclass(frozen=True, slots=True)
class PairLine:
    """The allegations of one party against another; ``text`` has the reply statuses too.

    "Norland against Esteria: 2 allegations, 1 answered, 1 no reply found".
    """

    text: str
    replies: tuple[Reply, ...]


def pair_lines(briefing: BriefingEntry, language: str) -> list[PairLine]:
    """A line for each pair of parties, those with most allegations first.

    ``language`` is that of the interface.
    """
    pairs: dict[tuple[ActorEntry, ActorEntry], list[Reply]] = {}
    for allegation in briefing.allegations:
        for status in allegation.replies:
            for party in allegation.parties:
                pairs.setdefault((party, status.accused), []).append(status)
    text = translations(language)["dispute"]["pair"]
    lines = [
        PairLine(
            text.format(
                by=accuser.name,
                against=accused.name,
                counts=_counts(replies, "allegation", language),
            ),
            tuple(replies),
        )
        for (accuser, accused), replies in pairs.items()
    ]
    return sorted(lines, key=lambda line: -len(line.replies))


def counted(briefing: BriefingEntry, named: Sequence[PairLine], language: str) -> list[str]:
    """The lines that count what the ``named`` pairs leave out.

    One is on the other allegations, once for each party accused. One is on demands, and on
    statements that were answered.
    """
    texts = translations(language)["dispute"]
    shown = {_key(status) for line in named for status in line.replies}
    allegations = [
        status
        for allegation in briefing.allegations
        for status in allegation.replies
        if _key(status) not in shown
    ]
    lines = []
    if allegations:
        counts = _counts(allegations, "allegation", language)
        lines.append(texts["others"].format(counts=counts) if named else counts)
    if claims := list(_replies_to_other_claims(briefing)):
        lines.append(texts["claims"].format(counts=_counts(claims, "claim", language)))
    return lines


def _key(status: Reply) -> tuple[str, str]:
    return status.allegation.id, status.accused.id


def _replies_to_other_claims(briefing: BriefingEntry) -> Iterator[Reply]:
    for claim in claims_in_brief(briefing):
        if claim.kind != "allegation":
            answering = [party for answer in claim.answered_by for party in answer.parties]
            for party in dict.fromkeys([*claim.addressed_to, *answering]):
                yield reply(claim, party)


def checked_line(briefing: BriefingEntry, language: str) -> str:
    """Up to which day replies were looked for; empty if that is unknown."""
    if not briefing.as_of:
        return ""
    text = translations(language)["dispute"]["checked"]
    return str(text.format(day=date_words.word_day(briefing.as_of)))


def dispute_text(briefing: BriefingEntry, language: str) -> str:
    """The dispute as one text, for the descriptions of a page."""
    named = pair_lines(briefing, language)[:_NAMED_IN_TEXT]
    sentences = [
        *(line.text for line in named),
        *counted(briefing, named, language),
        checked_line(briefing, language),
    ]
    return " ".join(f"{sentence}." for sentence in sentences if sentence)


def _counts(replies: Iterable[Reply], kind: str, language: str) -> str:
    """How many claims there are, and how many have each reply status: "2 claims, 2 answered"."""
    texts = translations(language)
    counted = Counter(status.label for status in replies)
    total = counted.total()
    number = texts["dispute"]["number"][kind][total != 1].format(number=total)
    statuses = [
        f"{counted[label]} {words}"
        for label, words in texts["reply_counted"].items()
        if counted[label]
    ]
    return ", ".join([number, *statuses])
