"""What readers see holds no note to the author such as TODO, and no filler text."""

import re

from generator.model.field_errors import shown
from generator.rules.base import Finding, Findings, RuleContext, warning

#: Notes to the author have one of these words in them.
_WORDS = ("TODO", "FIXME", "XXX")
_PLACEHOLDER = re.compile(r"\b(?:TODO|FIXME|XXX+|lorem ipsum)\b", re.I)
_LONGEST_WORD = 30
_WORD_BEFORE = re.compile(r"(\w+) \Z")
_WORD_AFTER = re.compile(r" (\w+)")


@warning(
    "A note such as TODO, or filler text, was meant to be replaced before readers see it.",
    passing="""
summary: Norland says that Esteria takes water, as at the Games of the XXX Olympiad.
""",
    failing='summary: "Norland says that Esteria takes water. TODO: how much?"',
)
def rule(context: RuleContext) -> Findings:
    if context.is_draft:
        return
    for path, _, text in context.texts():
        if not any(word in text for word in _WORDS) and "lorem" not in text.lower():
            continue  # a search for the words themselves is far faster
        match = next(filter(_is_placeholder, _PLACEHOLDER.finditer(text)), None)
        if match:
            yield Finding(
                path,
                f"Readers will see {shown(match[0])}, which looks like a note to finish this text.",
                "Write what is missing, or remove it.",
                words=match[0],
                occurrence=text[: match.start()].count(match[0]),
                as_written=True,
            )


def _is_placeholder(match: re.Match[str]) -> bool:
    """Whether a word is no Spanish one in a text in capitals, and no Roman number of a name."""
    if not match[0].isupper():
        return match[0].casefold() == "lorem ipsum"
    start, end = match.span()
    before = _WORD_BEFORE.search(match.string[max(0, start - _LONGEST_WORD) : start])
    after = _WORD_AFTER.match(match.string, end, end + _LONGEST_WORD)
    neighbours = [word[1] for word in (before, after) if word]
    if match[0] == "TODO":
        return not any(len(word) > 1 and word.isupper() for word in neighbours)
    if match[0].startswith("XXX"):
        return not any(word[0].isupper() for word in neighbours)
    return True
