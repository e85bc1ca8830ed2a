"""A translated quotation has its original."""

from generator.model.field_errors import shown
from generator.rules.base import Finding, Findings, RuleContext, warning
from generator.rules.examples import quotation


@warning(
    "A translation is somebody's reading of the words. Readers can judge it only next to the "
    "original.",
    passing=quotation(
        "text: They turned the tap., form: translation, language: en,\n"
        "         original: {text: De skrudde på kranen., language: nb}"
    ),
    failing=quotation("text: They turned the tap., form: translation, language: en"),
)
def rule(context: RuleContext) -> Findings:
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
