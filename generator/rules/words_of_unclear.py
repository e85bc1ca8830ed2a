"""`words_of` names somebody else than the speaker, and an actor by a known id."""

import re

from generator.model.ids import ID_PATTERN
from generator.reading.problems import did_you_mean, near
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
    actors = context.registered("actors")
    for path, statement, quote in context.quotations():
        words_of, place = quote.words_of, (*path, "words_of")
        speaker = statement.model.speaker
        # Those who are taken for the author of a quotation without `words_of`.
        speakers = [speaker] if speaker else statement.model.parties
        if words_of in speakers:
            yield Finding(
                place,
                f"`{words_of}` is who made the statement, so these words are taken as its own "
                "anyway.",
                "Remove `words_of`, or name whose words they are.",
            )
        elif words_of and _ID.fullmatch(words_of) and words_of not in actors:
            close = near(words_of, actors)
            otherwise = "Declare it in data/actors.yml, or write a name as readers see it."
            if close or "-" in words_of:
                yield Finding(
                    place,
                    f"`{words_of}` looks like an id, but is not the id of an actor.",
                    did_you_mean(close, otherwise),
                    write=close[0] if len(close) == 1 else "",
                )
