"""A translated quotation has its original."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.refusals import shown
from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext


def _check(context: RuleContext) -> Iterator[Finding]:
    for path, statement in context.statements():
        # Rival renderings of the same words have one original among them.
        groups: dict[str, list[int]] = {}
        for index, quote in enumerate(statement.model.quotes):
            groups.setdefault(quote.rendering_of or f"#{index}", []).append(index)
            if quote.form == "verbatim" and quote.original:
                yield Finding(
                    (*path, "quotes", index, "original"),
                    f"This quotation has an original, but is not marked as a translation: "
                    f"{shown(quote.text)}",
                    "Add `form: translation`, or remove `original`.",
                )
        for group in groups.values():
            quotes = [statement.model.quotes[index] for index in group]
            if any(quote.form == "verbatim" for quote in quotes):
                continue
            known = ("original", "no_original")
            quote_paths = [(*path, "quotes", index) for index in group]
            if any(context.has_key(quote, key) for quote in quote_paths for key in known):
                continue
            several = len(group) > 1
            what = f"These {len(group)} renderings have" if several else "This translation has"
            yield Finding(
                (*path, "quotes", group[0]),
                f"{what} no original next to {'them' if several else 'it'}: "
                f"{shown(quotes[0].text)}",
                "Add `original: {text: …, language: …}` with the words that were said, or, if you "
                "looked for them and found none, `no_original: {as_of: YYYY-MM-DD}`.",
            )


RULE = Rule(
    "translation-without-original",
    Severity.WARNING,
    "A translation is somebody's reading of the words. Readers can judge it only next to the "
    "original.",
    _check,
    passing="""
positions:
  - id: diversion
    party: norland
    text: Esteria takes water.
    sources: [paper]
    quotes:
      - {text: They turned the tap., form: translation, language: en,
         original: {text: De skrudde på kranen., language: nb}}
""",
    failing="""
positions:
  - id: diversion
    party: norland
    text: Esteria takes water.
    sources: [paper]
    quotes:
      - {text: They turned the tap., form: translation, language: en}
""",
)
