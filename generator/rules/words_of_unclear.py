"""`words_of` names somebody else than the speaker, and an actor by a known id."""

import re

from generator.collection.entries import StatementEntry
from generator.model.ids import ID_PATTERN
from generator.reading.problems import near
from generator.rules.base import Finding, Findings, RuleContext, warning
from generator.rules.examples import quotation

_ID = re.compile(ID_PATTERN)


@warning(
    "Words must not be given to the wrong speaker: a quotation of another's words says whose they "
    "are.",
    passing=quotation("text: We open the gates., language: en, words_of: esteria"),
    failing=quotation("text: We open the gates., language: en, words_of: estria"),
)
def rule(context: RuleContext) -> Findings:
    for path, statement in context.statements():
        for index, quote in enumerate(statement.model.quotes):
            words_of, place = quote.words_of, (*path, "quotes", index, "words_of")
            if words_of is None:
                continue
            if words_of in _speakers(statement):
                yield Finding(
                    place,
                    f"`{words_of}` is who made the statement, so these words are taken as its own "
                    "anyway.",
                    "Remove `words_of`, or name whose words they are.",
                )
            elif _ID.fullmatch(words_of) and words_of not in context.registered("actors"):
                close = near(words_of, context.registered("actors"))
                if close or "-" in words_of:
                    yield Finding(
                        place,
                        f"`{words_of}` looks like an id, but is not the id of an actor.",
                        f"Did you mean {' or '.join(f'`{id_}`' for id_ in close)}?"
                        if close
                        else "Declare it in data/actors.yml, or write a name as readers see it.",
                        write=close[0] if len(close) == 1 else "",
                    )


def _speakers(statement: StatementEntry) -> list[str]:
    """The ids of who is taken for the author of a quotation without `words_of`."""
    model = statement.model
    return [model.speaker] if model.speaker else model.parties
