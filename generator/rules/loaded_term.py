"""The briefing's own words don't take sides."""

from generator.rules.base import Findings, RuleContext, warning
from generator.rules.watched_words import language_of, watched


@warning(
    "A loaded word takes a side before the reader has seen what each side says. In a "
    "quotation it stays.",
    passing="""
data/style.yml:
  en: {loaded: [{term: regime, instead: government}]}
summary: Norland says the government of Esteria takes water.
""",
    failing=("government of", "regime of"),
)
def rule(context: RuleContext) -> Findings:
    style = context.loaded.style.get(language_of(context))
    if style:
        yield from watched(
            context, style.loaded, "`{}` is a judgement in the briefing's own words."
        )
