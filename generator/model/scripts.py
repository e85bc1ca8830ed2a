"""Scripts, such as Arabic: which one a text is in, and which languages are written in it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from babel import Locale

from generator.model.languages import canonical, likely_script, subtags

_CACHED = 4_096
_ENGLISH = Locale("en")
#: Codes of scripts (ISO 15924) by the first word of their letters' names in Unicode.
_SCRIPTS = {
    "LATIN": "Latn", "ARABIC": "Arab", "CYRILLIC": "Cyrl", "GREEK": "Grek", "HEBREW": "Hebr",
    "CJK": "Hani", "HIRAGANA": "Kana", "KATAKANA": "Kana", "HANGUL": "Hang", "DEVANAGARI": "Deva",
    "BENGALI": "Beng", "GURMUKHI": "Guru", "GUJARATI": "Gujr", "TAMIL": "Taml", "TELUGU": "Telu",
    "KANNADA": "Knda", "MALAYALAM": "Mlym", "SINHALA": "Sinh", "THAI": "Thai", "LAO": "Laoo",
    "TIBETAN": "Tibt", "MYANMAR": "Mymr", "KHMER": "Khmr", "GEORGIAN": "Geor", "ARMENIAN": "Armn",
    "ETHIOPIC": "Ethi", "TIFINAGH": "Tfng", "MONGOLIAN": "Mong", "SYRIAC": "Syrc", "THAANA": "Thaa",
    "ORIYA": "Orya", "NKO": "Nkoo", "ADLAM": "Adlm",
}  # fmt: skip
#: Codes for a combination or variant of other scripts.
_COMBINED = {
    "Hans": {"Hani"}, "Hant": {"Hani"}, "Jpan": {"Hani", "Kana"}, "Kore": {"Hang", "Hani"},
    "Hira": {"Kana"},
}  # fmt: skip
#: The other scripts of languages with several (CLDR, languageData).
_ALSO_IN = {
    "az": "Arab Cyrl", "ba": "Latn", "be": "Latn", "ber": "Arab Latn Tfng", "bm": "Arab Nkoo",
    "bs": "Cyrl", "ckb": "Latn", "crh": "Cyrl Latn", "cnr": "Cyrl Latn", "dje": "Arab",
    "ff": "Adlm Arab", "gag": "Cyrl", "ha": "Arab", "hi": "Latn", "kab": "Tfng Arab",
    "kk": "Arab Latn", "kmr": "Arab Cyrl", "ks": "Deva", "ku": "Arab Cyrl", "ky": "Arab Latn",
    "mai": "Tirh", "mn": "Mong Latn", "ms": "Arab", "ne": "Latn", "pa": "Arab Deva",
    "rif": "Tfng Arab", "rom": "Cyrl", "ro": "Cyrl", "sd": "Deva", "sh": "Cyrl Latn",
    "shi": "Arab Latn Tfng", "so": "Arab", "sr": "Latn", "sw": "Arab", "tg": "Arab Latn",
    "tk": "Arab Cyrl", "tmh": "Arab Latn Tfng", "tr": "Arab", "tt": "Latn Arab", "ug": "Cyrl Latn",
    "ur": "Latn", "uz": "Arab Cyrl", "vi": "Hani", "wo": "Arab", "yo": "Arab",
    "zgh": "Arab Latn", "taq": "Arab Latn Tfng", "ttq": "Arab Latn Tfng",
}  # fmt: skip
_EXAMPLES = ("ar", "fa", "ru", "uk", "he", "el", "zh", "ja", "ko", "hi", "th", "am", "en", "fr")
#: Fewer letters are a name or an abbreviation, which any language can have in another script.
_FEWEST_LETTERS = 4
_LONGEST_SAMPLE = 2_000  # characters


def script_of(text: str) -> str | None:
    """The script (ISO 15924) of most letters of ``text``.

    None for fewer than four letters, or if no script has three quarters of them.
    """
    letters = [letter for letter in text[:_LONGEST_SAMPLE] if letter.isalpha()]
    if len(letters) < _FEWEST_LETTERS:
        return None
    counts = Counter(map(script_of_letter, letters))
    if counts["Kana"]:  # only Japanese has these, next to Chinese letters
        counts["Kana"] += counts.pop("Hani", 0)
    script, count = counts.most_common(1)[0]
    return script if script and count * 4 >= len(letters) * 3 else None


@lru_cache(_CACHED)
def script_of_letter(letter: str) -> str:
    """The script (ISO 15924) of a letter; "" if it is in none of those known here."""
    return _SCRIPTS.get(re.split("[ -]", unicodedata.name(letter, ""), maxsplit=1)[0], "")


@lru_cache(_CACHED)
def is_written_in(tag: str, script: str) -> bool:
    """Whether a language can be written in ``script``; also true if its scripts are unknown."""
    likely = likely_script(tag)
    if not likely:
        return True
    parts = subtags(canonical(tag))
    scripts = _scripts_of(likely)
    if not parts.script:
        scripts = scripts | set(_ALSO_IN.get(parts.language, "").split())
    return script in scripts


def script_name(script: str, locale: Locale = _ENGLISH) -> str:
    """A script's name in the language of ``locale``: "Arabic".

    Scripts of one language are named after it.
    """
    usual = {"Kana": "ja", "Hani": "zh", "Hang": "ko"}
    if script in usual:
        return str(locale.languages[usual[script]])
    return str(locale.scripts.get(script, script))


def languages_written_in(script: str) -> list[str]:
    """The tags of up to two languages that are mostly written in ``script``."""
    return [tag for tag in _EXAMPLES if script in _scripts_of(likely_script(tag))][:2]


def _scripts_of(script: str) -> set[str]:
    return _COMBINED.get(script, {script})
