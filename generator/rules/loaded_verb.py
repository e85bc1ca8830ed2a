"""Verbs that report speech don't judge it."""

from generator.rules.base import Findings, RuleContext, warning
from generator.rules.watched_words import language_of, watched


@warning(
    "“Admitted” presumes guilt and “claimed” doubt; a neutral verb leaves the judgement to "
    "readers.",
    passing="""
data/style.yml:
  en: {attribution: [{term: admits, instead: says}]}
summary: Esteria says that it takes water.
""",
    failing=("Esteria says", "Esteria admits"),
)
def rule(context: RuleContext) -> Findings:
    style = context.loaded.style.get(language_of(context))
    if style:
        yield from watched(
            context, style.attribution, "`{}` tells readers whether to believe what was said."
        )
