"""Those who accuse and those who are accused are given comparable room."""

import re
from collections import Counter

from generator.collection.entries import BriefingEntry
from generator.model.prose_markdown import plain
from generator.rules.base import Finding, Findings, RuleContext, warning

# Only the two parties with the most allegations between them are compared.
#: A party has much less room if the other has this many times its words …
TIMES = 3
#: … and at least this many words more.
WORDS = 50
# Chinese and Japanese are written without spaces, so each character counts as a word.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")
#: The same in texts of ASCII alone.
_PLAIN_WORD = re.compile(r"\w+", re.ASCII)


@warning(
    "Space gives weight: a side with a sentence against a page looks wrong before anyone reads it.",
    passing="""
responses:
  - {id: drought, to: [diversion], party: esteria, date: 2025-02-15, stance: denies,
     text: "No water was diverted, and rain was the lowest on record.", sources: [esteria-page]}
""",
    failing="""
positions:
  - id: diversion
    party: norland
    kind: allegation
    against: [esteria]
    date: 2025-02-14
    sources: [norland-page, paper]
    text: >
      Esteria takes water. It has done so at every lock along the upper river since the spring,
      at night and by day, as the ministry has told parliament, the press and the commission in
      letters of which it has published eleven, each with the readings of the gauge at Orm, the
      names of the lock keepers and the hours at which the locks stood open.
""",
)
def rule(context: RuleContext) -> Findings:
    if context.briefing is None or not context.briefing.allegations:
        return
    disputes = Counter(
        tuple(sorted((party.id, accused.id)))
        for allegation in context.briefing.allegations
        for party in allegation.parties
        for accused in allegation.against
        if accused is not party
    )
    for pair, count in disputes.items():
        if count < max(disputes.values()):
            continue
        room = {party: _room(party, context.briefing) for party in pair}
        less, more = sorted(pair, key=room.__getitem__)
        much = room[more] >= TIMES * room[less] and room[more] - room[less] >= WORDS
        if room[less] and much:
            yield Finding(
                ("positions",),
                f"`{more}` gets {room[more]} words and `{less}` {room[less]}: "
                f"{room[more] / room[less]:.1f} times as many.",
                "Look for more of what the other side says, or shorten. Unequal space may be "
                "right, but not by accident.",
                key=True,
            )


def _room(party: str, briefing: BriefingEntry) -> int:
    """How many words the statements of a party have."""
    statements = [
        statement.model
        for statement in briefing.statements
        if any(actor.id == party for actor in statement.parties)
    ]
    quotes = (quote.text for statement in statements for quote in statement.quotes)
    return sum(map(_words, (*(plain(statement.text) for statement in statements), *quotes)))


def _words(text: str) -> int:
    return len((_PLAIN_WORD if text.isascii() else _WORD).findall(text))
