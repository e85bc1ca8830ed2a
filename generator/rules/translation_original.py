"""A translation is in another language than its original."""

from generator.model import languages
from generator.reading.problems import Severity
from generator.rules.base import Finding, Findings, RuleContext, error


@error(
    "A translation is shown in place of its original to readers of another language.",
    passing="translation: {language: fr}",
    failing="""
language: fr
translation: {language: fr}
""",
)
def rule(context: RuleContext) -> Findings:
    if not context.translation or not context.original:
        return
    original, language = context.original.language, context.language
    if original.casefold() == language.casefold():
        yield Finding(
            ("language",),
            f"The original is in {languages.name(original)} too (`{original}`).",
            "Write the language of this translation, here and in the file's name, or correct "
            "`language` of the original.",
        )
    if context.original.is_draft and not context.is_draft:
        yield Finding(
            ("status",),
            "The original is a draft, so readers don't get this translation either.",
            "Publish the original first, or write `status: draft` here.",
            severity=Severity.WARNING,
        )
