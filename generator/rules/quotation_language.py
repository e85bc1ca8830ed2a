"""A quotation is in a script of its language, and its original in another language."""

from generator.model import languages, scripts
from generator.model.briefing import Quotation
from generator.model.field_errors import shown
from generator.model.introspection import FieldPath
from generator.reading.problems import listed
from generator.rules.base import Finding, Findings, RuleContext, warning
from generator.rules.examples import quotation


@warning(
    "Screen readers mispronounce words in the wrong language, and searches don't find them.",
    passing=quotation('text: "آنها شیر را چرخاندند", language: fa'),
    failing=quotation('text: "آنها شیر را چرخاندند", language: en'),
)
def rule(context: RuleContext) -> Findings:
    for path, _, quote in context.quotations():
        if quote.language:
            yield from _script(path, quote.text, quote.language)
        if quote.original:
            own = (*path, "original")
            yield from _script(own, quote.original.text, quote.original.language)
            yield from _same(own, quote)


def _script(path: FieldPath, text: str, tag: str) -> Findings:
    script = scripts.script_of(text)
    if script is None or scripts.is_written_in(tag, script):
        return
    examples = scripts.languages_written_in(script)
    hint = f", such as {listed(examples, ' or ')}" if examples else ""
    yield Finding(
        (*path, "language"),
        f"These words are in {scripts.script_name(script)} letters, in which "
        f"{languages.name(tag)} (`{tag}`) isn't written: {shown(text)}",
        f"Write the language that they are in{hint}.",
    )


def _same(path: FieldPath, quote: Quotation) -> Findings:
    assert quote.original
    if not quote.language:
        return
    if quote.original.text.split() == quote.text.split():
        yield Finding(
            (*path, "text"),
            "The original has the same words as its translation.",
            "Put the words that were said here; words that aren't translated need no `original`.",
        )
    elif languages.is_same(quote.language, quote.original.language):
        yield Finding(
            (*path, "language"),
            f"The original has the same language as its translation, "
            f"{languages.name(quote.original.language)}.",
            "Check both `language` keys: the original's is the language in which it was said.",
        )
