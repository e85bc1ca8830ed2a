"""A published translation has every text of its original."""

from generator.model.translated_texts import TextState
from generator.reading.problems import listed
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
    names = listed((text.name for text in missing), most=_NAMED_MOST)
    yield Finding(
        (),
        f"{len(missing)} of {len(comparison.counted)} texts are not translated: {names}.",
        "Readers see them in the original's language. "
        f"`{context.translate_command}` adds them here, to be filled in.",
    )
