"""A translation is of what the original says today."""

from generator.model.field_errors import shown
from generator.model.translated_texts import TextState
from generator.rules.base import Finding, Findings, RuleContext, warning

_SHOWN = 200


@warning(
    "A correction of the original must not stay hidden from readers of another language.",
    passing="""
summary: Norland says Esteria takes water. Esteria denies it. (Fictional.)
translation: {translators: [Rédaction]}
""",
    failing=("takes water", "takes all the water"),
)
def rule(context: RuleContext) -> Findings:
    comparison = context.comparison
    if comparison is None:
        return
    stale = comparison.having(TextState.STALE)
    command = context.translate_command
    if stale:
        yield Finding(
            (),
            f"{len(stale)} of {len(comparison.counted)} texts changed since this translation.",
            "Readers see them in the original's language until they are translated again. "
            f"`{command}` writes what the original was and is above each.",
        )
    for text in stale:
        assert text.given
        yield Finding(
            text.given.path,
            f"The original of `{text.name}` changed since it was translated. It now says "
            f"{shown(text.original.text, _SHOWN)}",
            f"Translate the change, then run `{command} --accept {text.name}`.",
        )
