"""Language tags (BCP 47, RFC 5646): checked, brought to one form, named, and their direction.

`langcodes` tells whether a tag is well-formed and its subtags registered. It is narrowed in three
ways: underscores, codes that only CLDR knows (`eng`, `en-UK`) and CLDR's replacements, which turn
one language into another (`sh` into `sr-Latn`, `prs` into `fa-AF`), are not followed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.core import get_global
from langcodes import Language, standardize_tag
from langcodes.tag_parser import LanguageTagError

EXAMPLES = "A language is a BCP 47 tag, for example `fr`, `ar` or `zh-Hans`."
LONGEST = 100  # characters; RFC 5646, 4.4.1 asks for 35 at least

_CACHED = 4_096
_FORM = re.compile("[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*")
_LONGEST_SHOWN = 40
# Withdrawn codes still met, with the registry's Preferred-Value.
_WITHDRAWN = {"ajp": "apc", "in": "id", "iw": "he", "ji": "yi", "jw": "jv", "mo": "ro"}
# Scripts written from right to left: ISO 15924 codes, directions from the Unicode database.
_RIGHT_TO_LEFT = re.compile(
    "Adlm|Arab|Aran|Armi|Avst|Chrs|Cprt|Elym|Gara|Hatr|Hebr|Hung|Khar|Lydi|Mand|Mani|Mend|Merc"
    "|Mero|Narb|Nbat|Nkoo|Orkh|Ougr|Palm|Phli|Phlp|Phnx|Prti|Rohg|Samr|Sarb|Sidt|Sogd|Sogo|Syrc"
    "|Syre|Syrj|Syrn|Thaa|Yezi"
)
_ENGLISH = Locale("en")
#: Languages that are known by their own names too.
_WELL_KNOWN = [
    "am", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "es", "et", "eu",
    "fa", "fi", "fr", "ga", "gl", "gu", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka",
    "kk", "km", "kn", "ko", "ky", "lo", "lt", "lv", "mk", "ml", "mn", "mr", "ms", "my", "nb", "ne",
    "nl", "pa", "pl", "ps", "pt", "ro", "ru", "si", "sk", "sl", "so", "sq", "sr", "sv", "sw", "ta",
    "te", "th", "ti", "tr", "uk", "ur", "uz", "vi", "zh",
]  # fmt: skip


class LanguageError(ValueError):
    """A text that is no language tag: ``read`` is the text, ``reason`` says what is wrong, and
    ``likely`` is the tag that was meant, where that can be said.
    """

    def __init__(self, read: str, reason: str, likely: str = "") -> None:
        super().__init__(read, reason, likely)
        self.read = read
        self.reason = reason
        self.likely = likely

    def __str__(self) -> str:
        return self.reason


def check(tag: str) -> None:
    """Raise LanguageError unless ``tag`` is well-formed and all its subtags are registered.

    Case does not matter. Tags over 100 characters are refused.
    """
    canonical(tag)


@lru_cache(_CACHED)
def canonical(tag: str) -> str:
    """``tag`` in the form of RFC 5646, 4.5: usual case, extended languages without their prefix,
    a few withdrawn and the grandfathered codes replaced where the registry names a successor.
    Regions and scripts stay as they are. LanguageError where ``check`` raises it.
    """
    found = _canonical(tag)
    if found is None:
        raise LanguageError(tag, _reason(tag), (len(tag) <= LONGEST and _likely(tag)) or "")
    return found


def _canonical(tag: str) -> str | None:
    if len(tag) > LONGEST or not _FORM.fullmatch(tag):
        return None
    try:
        parts = Language.get(tag, normalize=False)
    except LanguageTagError:
        return None
    if "-" in (parts.language or "") and not tag.lower().startswith("x-"):
        successor = standardize_tag(tag)  # a grandfathered tag
        return parts.to_tag() if "-x-" in successor else successor
    if not parts.is_valid():
        return None
    made = Language.make(
        language=parts.extlangs[0] if parts.extlangs else _current(parts.language),
        script=parts.script,
        territory=parts.territory,
        variants=parts.variants,
        extensions=parts.extensions,
        private=parts.private,
    )
    return made.to_tag() if made.is_valid() else None


def _current(code: str | None) -> str | None:
    return _WITHDRAWN.get(code, code) if code else None


def _reason(tag: str) -> str:
    shown = _shown(tag)
    if len(tag) > LONGEST:
        return f"{shown} has {len(tag)} characters; a language tag has {LONGEST} at most."
    if likely := _likely(tag):
        return f"{shown} is not a language tag: write `{likely}`."
    country = tag.upper()
    if tag.isalpha() and f"und_{country}" in get_global("likely_subtags"):
        place = _ENGLISH.territories.get(country, country)
        spoken = str(get_global("likely_subtags")[f"und_{country}"]).partition("_")[0]
        return (
            f"{shown} is the code of a country or territory ({place}), not of a language: "
            f"write `{spoken}` if that of most people there is meant."
        )
    if unknown := _unknown_part(tag):
        return f"{shown} is not a known language tag: {unknown}. {EXAMPLES}"
    return f"{shown} is not a language tag. {EXAMPLES}"


def _shown(tag: str) -> str:
    if not tag:
        return "An empty text"
    visible = "".join(char if char.isprintable() else "\ufffd" for char in tag[:_LONGEST_SHOWN])
    return f"`{visible}…`" if len(tag) > _LONGEST_SHOWN else f"`{visible}`"


def _likely(tag: str) -> str | None:
    """The tag that may have been meant: a language's English name, CLDR's ways of writing."""
    words = " ".join(tag.split())
    bare = re.sub(r" (?:language|script)$", "", words.casefold())
    named = _tags_by_name().get(bare) or (_own_names().get(bare) if bare else None)
    if named:
        return named
    hyphened = words.replace("_", "-")
    found = _canonical(hyphened)
    if found or len(hyphened) > LONGEST or not _FORM.fullmatch(hyphened):
        return found
    try:
        return _canonical(standardize_tag(hyphened))
    except LanguageTagError:
        return None


@lru_cache(1)
def _tags_by_name() -> dict[str, str]:
    names: dict[str, str] = {}
    for code, name_ in sorted(_ENGLISH.languages.items()):
        tag = _canonical(code.replace("_", "-"))
        if tag:
            names.setdefault(name_.casefold(), tag)
    return names


@lru_cache(1)
def _own_names() -> dict[str, str]:
    """Languages by what they are called in themselves: `français`, `Deutsch`, `العربية`."""
    names: dict[str, str] = {}
    for code in _WELL_KNOWN:
        locale = Locale.parse(code)
        if own := locale.languages.get(code):
            names.setdefault(own.casefold(), code)
    return names


@lru_cache(1)
def _countries() -> dict[str, str]:
    names = {
        name_.casefold(): code
        for code, name_ in _ENGLISH.territories.items()
        if len(code) == 2 and code.isalpha()
    }
    for alias, codes in get_global("territory_aliases").items():
        if len(codes) == 1 and alias.isalpha():
            names.setdefault(alias.casefold(), codes[0])
    return names | {"usa": "US", "uk": "GB", "england": "GB", "great britain": "GB", "uae": "AE"}


def country(words: str) -> str:
    """The two-letter code (ISO 3166-1) of a country, from its English name or three letters."""
    return _countries().get(words.casefold(), "")


def _unknown_part(tag: str) -> str:
    try:
        parts = Language.get(tag, normalize=False)
    except LanguageTagError:
        return ""
    alone = [
        ("language", parts.language, Language.make(language=parts.language)),
        ("script", parts.script, Language.make(script=parts.script)),
        ("region", parts.territory, Language.make(territory=parts.territory)),
        *(("variant", one, Language.make(variants=[one])) for one in parts.variants or []),
    ]
    unknown = ((kind, code) for kind, code, one in alone if not one.is_valid())
    return next((f"no {kind} has the code `{code}`" for kind, code in unknown), "")


@lru_cache(_CACHED)
def name(tag: str) -> str:
    """The English name, for example "Chinese (Simplified)"; the tag itself where there is none."""
    found = _canonical(tag)
    parts = Language.get(found, normalize=False) if found else None
    if found is None or parts is None or parts.extensions or parts.private:
        return tag
    language = _language_name(parts.language or "und")
    if language is None:
        return tag
    details = [
        *(_ENGLISH.scripts.get(code) for code in (parts.script,) if code),
        *(_ENGLISH.territories.get(code) for code in (parts.territory,) if code),
        *(_ENGLISH.variants.get(code.upper()) for code in parts.variants or []),
    ]
    known = [detail for detail in details if detail]
    if len(known) < len(details):
        return tag
    return f"{language} ({', '.join(known)})" if known else language


def _language_name(code: str) -> str | None:
    """The name of a language subtag; CLDR files some under a replacement (`prs` as `fa_AF`)."""
    names = _ENGLISH.languages
    return names.get(code) or names.get(standardize_tag(code).replace("-", "_"))


@lru_cache(_CACHED)
def direction(tag: str) -> Literal["ltr", "rtl"]:
    """The direction of the script that ``tag`` names, or else of its language's likely script.

    Left to right where neither is known.
    """
    found = _canonical(tag)
    return "rtl" if found and _RIGHT_TO_LEFT.fullmatch(_script(found)) else "ltr"


def _script(tag: str) -> str:
    """The script a canonical tag names or implies; empty where neither."""
    parts = Language.get(tag, normalize=False)
    if parts.script:
        return parts.script
    code = parts.language or "und"
    if code == "und" and not parts.territory:
        return ""
    likely = get_global("likely_subtags")
    for key in (f"{code}_{parts.territory}", code):
        if key in likely:
            return str(likely[key]).split("_")[1]
    # Unknown to CLDR by itself: by the language it belongs to, such as `prs` by `fa`.
    return Language.get(standardize_tag(tag, macro=True)).maximize().script or ""


# ── Scripts ─────────────────────────────────────────────────────────────────────────────────────

#: From the first word of a letter's name in Unicode to the script's code (ISO 15924).
_SCRIPTS = {
    "LATIN": "Latn", "ARABIC": "Arab", "CYRILLIC": "Cyrl", "GREEK": "Grek", "HEBREW": "Hebr",
    "CJK": "Hani", "HIRAGANA": "Kana", "KATAKANA": "Kana", "HANGUL": "Hang", "DEVANAGARI": "Deva",
    "BENGALI": "Beng", "GURMUKHI": "Guru", "GUJARATI": "Gujr", "TAMIL": "Taml", "TELUGU": "Telu",
    "KANNADA": "Knda", "MALAYALAM": "Mlym", "SINHALA": "Sinh", "THAI": "Thai", "LAO": "Laoo",
    "TIBETAN": "Tibt", "MYANMAR": "Mymr", "KHMER": "Khmr", "GEORGIAN": "Geor", "ARMENIAN": "Armn",
    "ETHIOPIC": "Ethi", "TIFINAGH": "Tfng", "MONGOLIAN": "Mong", "SYRIAC": "Syrc", "THAANA": "Thaa",
    "ORIYA": "Orya", "NKO": "Nkoo", "ADLAM": "Adlm",
}  # fmt: skip
#: Scripts that are written with letters of several.
_MADE_OF = {
    "Hans": {"Hani"}, "Hant": {"Hani"}, "Jpan": {"Hani", "Kana"}, "Kore": {"Hang", "Hani"},
    "Hira": {"Kana"},
}  # fmt: skip
#: Languages that are written in other scripts too than in the likeliest (CLDR, languageData).
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
_FEWEST = 4
_MOST_LOOKED_AT = 2_000  # letters


def script_of(text: str) -> str | None:
    """The script (ISO 15924) of most letters of ``text``; None of few letters, or where no script
    has three quarters of them.
    """
    letters = [letter for letter in text[:_MOST_LOOKED_AT] if letter.isalpha()]
    if len(letters) < _FEWEST:
        return None
    counted = Counter(map(_script_of_letter, letters))
    if counted["Kana"]:  # Japanese has both, and only it has these
        counted["Kana"] += counted.pop("Hani", 0)
    script, count = counted.most_common(1)[0]
    return script if script and count * 4 >= len(letters) * 3 else None


@lru_cache(_CACHED)
def _script_of_letter(letter: str) -> str:
    return _SCRIPTS.get(re.split("[ -]", unicodedata.name(letter, ""), maxsplit=1)[0], "")


@lru_cache(_CACHED)
def is_written_in(tag: str, script: str) -> bool:
    """Whether a language can be written in ``script``; yes where its scripts aren't known."""
    found = _canonical(tag)
    likely = _script(found) if found else ""
    if not found or not likely:
        return True
    parts = Language.get(found, normalize=False)
    scripts = set(_MADE_OF.get(likely, {likely}))
    if not parts.script:
        scripts |= set(_ALSO_IN.get(parts.language or "", "").split())
    return script in scripts


def script_name(script: str) -> str:
    """A script's English name: "Arabic"."""
    usual = {"Kana": "Japanese", "Hani": "Chinese", "Hang": "Korean"}
    return usual.get(script) or str(_ENGLISH.scripts.get(script, script))


def written_in(script: str) -> list[str]:
    """The tags of some languages that are mostly written in ``script``."""
    return [
        tag
        for tag in (
            "ar",
            "fa",
            "ru",
            "uk",
            "he",
            "el",
            "zh",
            "ja",
            "ko",
            "hi",
            "th",
            "am",
            "en",
            "fr",
        )
        if script in _MADE_OF.get(_script(tag), {_script(tag)})
    ][:2]


def is_same(tag: str, other: str) -> bool:
    """Whether two tags are of one language in one script, whatever the country."""
    mine, others = Language.get(canonical(tag), normalize=False), _canonical(other)
    theirs = Language.get(others, normalize=False) if others else None
    return (
        theirs is not None
        and mine.language == theirs.language
        and _script(canonical(tag)) == _script(canonical(other))
    )
