"""Each text of a translation translates one of the original."""

from generator.model.introspection import FieldPath
from generator.model.translated_texts import text_name
from generator.reading.problems import did_you_mean, listed, near
from generator.rules.base import Finding, Findings, RuleContext, warning

_LISTED_MOST = 8


@warning(
    "A text under an id that the original doesn't have is shown nowhere.",
    passing="""
translation:
  status: draft
  positions: {diversion: {text: "L'Estérie prend de l'eau."}}
""",
    failing=("diversion", "divrsion"),
)
def rule(context: RuleContext) -> Findings:
    comparison = context.comparison
    if comparison is None or context.original is None or context.original.reading.problems:
        return  # what could not be read of the original may have the text
    known = {
        text.original.keys[:length]
        for text in comparison.texts
        for length in range(len(text.original.keys) + 1)
    }
    reported: set[FieldPath] = set()
    for given in comparison.unknown:
        # A text in place of an entry with keys is the entry's `text`, which no key names.
        steps = range(len(given.path))
        length = next(
            (step for step in steps if given.path[: step + 1] not in known), len(steps) - 1
        )
        place = given.path[: length + 1]
        if place in reported:
            continue
        reported.add(place)
        siblings = sorted(
            key[length] for key in known if len(key) > length and key[:length] == place[:-1]
        )
        yield _finding(context.original, place, list(dict.fromkeys(siblings)))


def _finding(original: RuleContext, place: FieldPath, siblings: list[str]) -> Finding:
    name = str(place[-1])
    where = f"`{text_name(place[:-1])}` of the original" if len(place) > 1 else "The original"
    message = f"{where} has no `{name}` that can be translated, so readers never see these words."
    present = original.former_ids.get(name) if len(place) == 2 else ""
    close = [present] if present else near(name, siblings)
    if present:
        hint = f"`{name}` is a former id of `{present}`. Write `{present}`."
    elif not close and siblings and len(siblings) <= _LISTED_MOST:
        hint = f"It has {listed(siblings)}. Otherwise remove these words."
    else:
        otherwise = "Remove these words if the original no longer has what they translate."
        hint = did_you_mean(close, otherwise)
    write = close[0] if len(close) == 1 else ""
    return Finding(place, message, hint, key=True, write=write)
