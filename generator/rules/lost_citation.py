"""A translated text cites and links to what its original does."""

from generator.model.prose_markdown import Mention, mentions
from generator.model.translated_texts import ComparedText, TextState
from generator.rules.base import Finding, Findings, RuleContext, warning

#: How prose mentions each kind of thing.
_WRITTEN = {
    "source": "[@{}]",
    "briefing": "[words](briefing:{})",
    "actor": "[words](actor:{})",
    "anchor": "[words](#{})",
}


@warning(
    "A citation that the translation lost is an attribution that its readers don't get.",
    passing="""
background:
  - {id: low-water, date: 2025-02-10, text: "The gauge falls [@gauge].", sources: [gauge]}
translation:
  background: {low-water: {text: "L'échelle baisse [@gauge]."}}
  translated_from: {background.low-water: 008e5c}
""",
    failing=(' [@gauge]."}}', '."}}'),
)
def rule(context: RuleContext) -> Findings:
    comparison = context.comparison
    if comparison is None:
        return
    for text in comparison.texts:
        # What a stale text lacks, it may lack because the original changed.
        if text.given and text.original.role.kind == "prose" and text.state is not TextState.STALE:
            yield from _differences(text)


def _differences(text: ComparedText) -> Findings:
    assert text.given
    original = dict.fromkeys(mentions(text.original.text))
    given = dict.fromkeys(mentions(text.given.text))
    for mention in original:
        if mention not in given:
            yield Finding(
                text.given.path,
                f"The original {_does(mention)} `{mention.id}` here, and the translation doesn't.",
                f"Add `{_written(mention)}` where it belongs.",
            )
    for mention in given:
        if mention not in original:
            yield Finding(
                text.given.path,
                f"The translation {_does(mention)} `{mention.id}` here, and the original doesn't.",
                "Remove it, or add it to the original first.",
                words=mention.id,
            )


def _does(mention: Mention) -> str:
    return "cites" if mention.to == "source" else "links to"


def _written(mention: Mention) -> str:
    if mention.to == "anchor" and "#" in mention.id:
        return f"[words](briefing:{mention.id})"
    return _WRITTEN[mention.to].format(mention.id)
