"""Texts have no invisible characters."""

import re
import unicodedata
from itertools import islice

from generator.rules.base import Finding, Findings, RuleContext, warning

# Soft hyphen, zero-width space, joiners and word joiner, invisible operators, fillers, tags.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2064\u206a-\u206f"
    "\u3164\uffa0\U000e0001-\U000e007f]"
)
#: At most this many are reported for one text. Nobody fixes more than that one by one.
_MOST = 20
_JOINERS = "\u200c\u200d"
_JOINED = ("Lo", "Mn", "Mc", "So", "Sk", "Lm")
_NEVER_JOINED = ("LATIN", "CYRILLIC", "GREEK", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "COMBINING")


@warning(
    "An invisible character breaks search and comparison, and can make one name pass for another.",
    passing="summary: Norland says Esteria takes water.",
    failing='summary: "Norland says Est\u200beria takes water."',
)
def rule(context: RuleContext) -> Findings:
    for path, _, text in context.texts():
        if text.isascii() or not _INVISIBLE.search(text):
            continue
        matches = (
            match for match in _INVISIBLE.finditer(text) if not _belongs(text, match.start())
        )
        for match in islice(matches, _MOST):
            sign = match[0]
            name = unicodedata.name(sign, "no name").lower()
            yield Finding(
                path,
                f"This text has an invisible character: {name} (U+{ord(sign):04X}).",
                "Delete it: put the cursor after it and press backspace.",
                words=sign,
                occurrence=text[: match.start()].count(sign),
                as_written=True,
            )


def _belongs(text: str, index: int) -> bool:
    """Whether a joiner is needed: in a script that joins letters, or between emoji."""
    if text[index] not in _JOINERS or not index:
        return False
    before = text[index - 1]
    script = unicodedata.name(before, "").partition(" ")[0]
    return unicodedata.category(before) in _JOINED and script not in _NEVER_JOINED
