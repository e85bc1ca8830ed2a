"""The first sentences of a text, for places that have room for no more.

A text is never cut within a sentence: where an end is uncertain, as after an abbreviation, the
sentence goes on.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: So many texts are remembered: a page, its data and its search entry ask for the same ones.
_CACHED = 1_024
_CLOSING = "\"'”’»›)\\]」』》）】"
#: The end of a sentence. A full stop that looks like a decimal point needs a space after it.
_END = re.compile(
    rf"(?:[.!?…]+[{_CLOSING}]*(?=\s)|[؟۔।॥።፧]+[{_CLOSING}]*(?=\s)|[。！？｡．]+[{_CLOSING}]*)"
)
_WITHOUT_SPACE = ("。", "！", "？", "｡", "．")
_WORD = re.compile(r"[\w.&-]+")
_OPENING = "\"'“„”‘«»‹(\\[「『《（【¿¡"
_NEXT = re.compile(rf"\s*[{_OPENING}]*(\S)")
_PAIRS = ("“”", "„“", "«»", "()", "[]", "「」", "『』", "《》", "（）", "【】")
#: Abbreviations before a name or a number, without their stop.
_ABBREVIATIONS = """
    adm al app approx apr arr art arts aug ave brig bros bzw ca cap capt cf ch cllr cmdr co col corp
    cpl dec dept dipl doc dr ed eds eg esp est etc ex exc feb ff fig figs fr gen gov hon hr ibid inc
    ing insp jan jr jul jun lic lt ltd maj mar max messrs mgr min mio mlle mme mr mrd mrs ms msgr mt
    nos no nov nr núm num oct op para paras pp pres prof pte pvt rep reps res rev sec secs sen sens
    sep sept sgt sr sra srta st ste str subpara supt tel usw vol vols vs zzgl
    абз им гг дол доц млн млрд обл пл пос проф руб св см ст стр тыс ул
"""
_ABBREVIATED = frozenset(_ABBREVIATIONS.split())


@lru_cache(_CACHED)
def first_sentence(text: str) -> str:
    """The first sentence of a plain ``text`` on one line, or all of it."""
    for match in _END.finditer(text):
        if _is_end(text, match.end()):
            return text[: match.end()]
    return text


def first_sentences(text: str, length: int) -> str:
    """As many sentences as fit into ``length`` characters, and at least the first, however long."""
    end = len(first_sentence(text))
    while end < len(text):
        rest = text[end:]
        next_end = end + len(rest) - len(rest.lstrip()) + len(first_sentence(rest.lstrip()))
        if next_end > length:
            break
        end = next_end
    return text[:end]


def _is_end(text: str, end: int) -> bool:
    sentence = text[:end]
    if not _is_closed(sentence):
        return False
    stripped = sentence.rstrip(_CLOSING.replace("\\", ""))
    if stripped.endswith(_WITHOUT_SPACE):
        # In scripts without spaces, what follows a closing mark may go on with the sentence.
        return stripped == sentence or end == len(text)
    if not stripped.endswith((".", "…")):
        return True
    following = _NEXT.match(text, end)
    if following is None or not _may_begin(following[1]):
        return False
    return stripped.endswith(("…", "..")) or not _is_abbreviation(stripped[:-1])


def _is_closed(sentence: str) -> bool:
    """Whether no quotation or bracket goes on after ``sentence``."""
    if sentence.count('"') % 2:
        return False
    return all(sentence.count(pair[0]) <= sentence.count(pair[1]) for pair in _PAIRS)


def _may_begin(character: str) -> bool:
    """Whether a sentence can begin with ``character``: a letter that isn't in lower case."""
    return unicodedata.category(character) in ("Lu", "Lt", "Lo")


def _is_abbreviation(before: str) -> bool:
    """Whether the stop after ``before`` may belong to its last word: Mr, U.S, J, the 5 of May."""
    match = _WORD.match(before[::-1])  # a search for its end would try every word before it
    if match is None:
        return False
    word = match[0][::-1]
    if word.isdigit():
        return len(word) <= 2
    is_short = len(word) == 1 and unicodedata.category(word) != "Lo"
    return is_short or "." in word or word.lower() in _ABBREVIATED
