"""It is known of what words each text is a translation."""

from generator.model.translated_texts import TextState
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
    command = f"briefings translate {context.translated.translation_of} {context.language}"
    named = ", ".join(f"`{text.name}`" for text in texts[:_NAMED_MOST])
    more = len(texts) - _NAMED_MOST
    yield Finding(
        ("translated_from",),
        f"Nothing says what {_number(len(texts))} translated from: "
        f"{named}{f' and {more} more' if more > 0 else ''}.",
        f"Compare with the original, then run `{command} --accept all`.",
        key=True,
    )


def _number(count: int) -> str:
    return "1 text was" if count == 1 else f"{count} texts were"
