"""It is known of what words each text is a translation."""

from generator.model.translated_texts import TextState
from generator.reading.problems import listed
from generator.rules.base import Finding, Findings, RuleContext, warning

_NAMED_MOST = 5


@warning(
    "Without a record of the words that were translated, nobody learns that the original changed.",
    passing="translation: {translators: [Rédaction]}",
    failing='translation: {translated_from: {summary: ""}}',
)
def rule(context: RuleContext) -> Findings:
    comparison = context.comparison
    texts = comparison.having(TextState.UNRECORDED) if comparison else []
    if not texts:
        return
    number = "1 text was" if len(texts) == 1 else f"{len(texts)} texts were"
    named = listed((text.name for text in texts), most=_NAMED_MOST)
    yield Finding(
        ("translated_from",),
        f"Nothing says what {number} translated from: {named}.",
        f"Compare with the original, then run `{context.translate_command} --accept all`.",
        key=True,
    )
