"""A published translation has every text of its original."""

from generator.model.translated_texts import ComparedText, TextState
from generator.rules.base import Finding, Findings, RuleContext, warning

_NAMED_MOST = 5
_REPORTED_ELSEWHERE = ("title", "summary")


@warning(
    "A page in two languages is hard to read.",
    passing="translation: {status: draft, responses: {}}",
    failing="translation: {responses: {}}",
)
def rule(context: RuleContext) -> Findings:
    comparison = context.comparison
    if comparison is None or context.is_draft:
        return
    missing = comparison.having(TextState.MISSING)
    if all(text.name in _REPORTED_ELSEWHERE for text in missing):
        return  # `incomplete-translation` reports these
    language = context.language
    yield Finding(
        (),
        f"{len(missing)} of {len(comparison.counted)} texts are not translated: {_names(missing)}.",
        "Readers see them in the original's language. "
        f"`briefings translate {context.translated.translation_of} {language}` adds them here, to "
        "be filled in.",
    )


def _names(texts: list[ComparedText]) -> str:
    names = ", ".join(f"`{text.name}`" for text in texts[:_NAMED_MOST])
    more = len(texts) - _NAMED_MOST
    return f"{names} and {more} more" if more > 0 else names
