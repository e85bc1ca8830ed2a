"""Language tags (BCP 47, RFC 5646): their canonical form, their English name, their direction.

`langcodes` checks that a tag is well-formed and its subtags are registered. Three things that it
accepts are refused here: underscores, codes that only CLDR knows (`eng`, `en-UK`), and CLDR's
replacements, which turn one language into another (`sh` into `sr-Latn`, `prs` into `fa-AF`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Literal, NamedTuple

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from generator.model.field_errors import shown_as_typed

EXAMPLES = "A language is a BCP 47 tag, for example `fr`, `ar` or `zh-Hans`."
LONGEST = 100  # characters; RFC 5646, 4.4.1 asks for 35 at least

_CACHED = 4_096
_FORM = re.compile("[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*")
_LONGEST_SHOWN = 40
# Withdrawn codes that are still used, with the registry's Preferred-Value.
_WITHDRAWN = {"ajp": "apc", "in": "id", "iw": "he", "ji": "yi", "jw": "jv", "mo": "ro"}
# Scripts written from right to left: ISO 15924 codes, directions from the Unicode database.
_RIGHT_TO_LEFT = re.compile(
    "Adlm|Arab|Aran|Armi|Avst|Chrs|Cprt|Elym|Gara|Hatr|Hebr|Hung|Khar|Lydi|Mand|Mani|Mend|Merc"
    "|Mero|Narb|Nbat|Nkoo|Orkh|Ougr|Palm|Phli|Phlp|Phnx|Prti|Rohg|Samr|Sarb|Sidt|Sogd|Sogo|Syrc"
    "|Syre|Syrj|Syrn|Thaa|Yezi"
)
_ENGLISH = Locale("en")
#: Languages that are also recognised by their own names. Their codes are canonical tags, so that
#: `langcodes` isn't loaded for them: its lists of all codes take as long as a tenth of a check.
_WELL_KNOWN = [
    "am", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et",
    "eu", "fa", "fi", "fr", "ga", "gl", "gu", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja",
    "ka", "kk", "km", "kn", "ko", "ky", "lo", "lt", "lv", "mk", "ml", "mn", "mr", "ms", "my", "nb",
    "ne", "nl", "pa", "pl", "ps", "pt", "ro", "ru", "si", "sk", "sl", "so", "sq", "sr", "sv", "sw",
    "ta", "te", "th", "ti", "tr", "uk", "ur", "uz", "vi", "zh",
]  # fmt: skip


class LanguageError(ValueError):
    """A text that is no language tag.

    ``read`` is the text, ``reason`` says what is wrong, and ``likely`` is the tag that was probably
    meant, or empty.
    """

    def __init__(self, read: str, reason: str, likely: str = "") -> None:
        super().__init__(read, reason, likely)
        self.read = read
        self.reason = reason
        self.likely = likely

    def __str__(self) -> str:
        return self.reason


@lru_cache(_CACHED)
def canonical(tag: str) -> str:
    """``tag`` in the form of RFC 5646, 4.5.

    It has the usual case, extended languages without their prefix, and the registry's successors of
    grandfathered and some withdrawn codes. Regions and scripts stay unchanged. LanguageError if the
    tag is not well-formed, has unregistered subtags, or is longer than 100 characters.
    """
    result = _canonical(tag)
    if result is None:
        raise LanguageError(tag, _reason(tag), (len(tag) <= LONGEST and _likely(tag)) or "")
    return result


def _canonical(tag: str) -> str | None:
    if tag in _WELL_KNOWN:
        return tag
    from langcodes import Language, standardize_tag
    from langcodes.tag_parser import LanguageTagError

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
    current = _WITHDRAWN.get(parts.language or "", parts.language)
    language = Language.make(
        language=parts.extlangs[0] if parts.extlangs else current,
        script=parts.script,
        territory=parts.territory,
        variants=parts.variants,
        extensions=parts.extensions,
        private=parts.private,
    )
    return language.to_tag() if language.is_valid() else None


class Subtags(NamedTuple):
    """Parts of a language tag; each is empty if the tag lacks it."""

    language: str
    script: str = ""
    territory: str = ""


def subtags(tag: str) -> Subtags:
    """The parts of a canonical tag."""
    if tag in _WELL_KNOWN:
        return Subtags(tag)
    from langcodes import Language

    parts = Language.get(tag, normalize=False)
    return Subtags(parts.language or "", parts.script or "", parts.territory or "")


def _reason(tag: str) -> str:
    shown = shown_as_typed(tag, _LONGEST_SHOWN)
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


def _likely(tag: str) -> str | None:
    """The tag that was probably meant by the name of a language, or by a tag in CLDR's notation."""
    text = " ".join(tag.split())
    name = re.sub(r" (?:language|script)$", "", text.casefold())
    if name and (by_name := _tags_by_name().get(name) or _own_names().get(name)):
        return by_name
    hyphenated = text.replace("_", "-")
    result = _canonical(hyphenated)
    from langcodes import standardize_tag
    from langcodes.tag_parser import LanguageTagError

    if result or len(hyphenated) > LONGEST or not _FORM.fullmatch(hyphenated):
        return result
    try:
        return _canonical(standardize_tag(hyphenated))
    except LanguageTagError:
        return None


@lru_cache(1)
def _tags_by_name() -> dict[str, str]:
    names: dict[str, str] = {}
    for code, language in sorted(_ENGLISH.languages.items()):
        tag = _canonical(code.replace("_", "-"))
        if tag:
            names.setdefault(language.casefold(), tag)
    return names


@lru_cache(1)
def _own_names() -> dict[str, str]:
    """Languages by their own names: `français`, `Deutsch`, `العربية`."""
    names = ((code, Locale.parse(code).languages.get(code)) for code in _WELL_KNOWN)
    return {own.casefold(): code for code, own in names if own}


@lru_cache(1)
def _countries() -> dict[str, str]:
    names = {
        territory.casefold(): code
        for code, territory in _ENGLISH.territories.items()
        if len(code) == 2 and code.isalpha()
    }
    for alias, codes in get_global("territory_aliases").items():
        if len(codes) == 1 and alias.isalpha():
            names.setdefault(alias.casefold(), codes[0])
    return names | {"usa": "US", "uk": "GB", "england": "GB", "great britain": "GB", "uae": "AE"}


def country(name: str) -> str:
    """The two-letter code (ISO 3166-1) of a country, from its English name or three-letter code."""
    return _countries().get(name.casefold(), "")


def _unknown_part(tag: str) -> str:
    from langcodes import Language
    from langcodes.tag_parser import LanguageTagError

    try:
        parts = Language.get(tag, normalize=False)
    except LanguageTagError:
        return ""
    subtags = [
        ("language", parts.language, Language.make(language=parts.language)),
        ("script", parts.script, Language.make(script=parts.script)),
        ("region", parts.territory, Language.make(territory=parts.territory)),
        *(
            ("variant", variant, Language.make(variants=[variant]))
            for variant in parts.variants or []
        ),
    ]
    unknown = ((kind, code) for kind, code, language in subtags if not language.is_valid())
    return next((f"no {kind} has the code `{code}`" for kind, code in unknown), "")


@lru_cache(_CACHED)
def name(tag: str, locale: Locale = _ENGLISH) -> str:
    """The name in the language of ``locale``: in English, "Chinese (Simplified)".

    The tag itself if there is none.
    """
    from langcodes import Language

    result = _canonical(tag)
    parts = Language.get(result, normalize=False) if result else None
    if parts is None or parts.extensions or parts.private:
        return tag
    language = _language_name(parts.language or "und", locale)
    if language is None:
        return tag
    details = [
        *(locale.scripts.get(code) for code in (parts.script,) if code),
        *(locale.territories.get(code) for code in (parts.territory,) if code),
        *(locale.variants.get(code.upper()) for code in parts.variants or []),
    ]
    names = [detail for detail in details if detail]
    if len(names) < len(details):
        return tag
    return f"{language} ({', '.join(names)})" if names else language


def own_name(tag: str) -> str:
    """The name of a language in its own words, such as ``français``; English without CLDR data."""
    try:
        return name(tag, Locale.parse(tag, sep="-"))
    except (UnknownLocaleError, ValueError):
        return name(tag)


def _language_name(code: str, locale: Locale) -> str | None:
    """The name of a language subtag; CLDR files some under a replacement (`prs` as `fa_AF`)."""
    from langcodes import standardize_tag

    names = locale.languages
    return names.get(code) or names.get(standardize_tag(code).replace("-", "_"))


@lru_cache(_CACHED)
def direction(tag: str) -> Literal["ltr", "rtl"]:
    """The direction of the script that ``tag`` names or implies; left to right if it is unknown."""
    return "rtl" if _RIGHT_TO_LEFT.fullmatch(likely_script(tag)) else "ltr"


def likely_script(tag: str) -> str:
    """The script (ISO 15924) that ``tag`` names or its language implies; empty if unknown."""
    result = _canonical(tag)
    if result is None:
        return ""
    parts = subtags(result)
    if parts.script:
        return parts.script
    code = parts.language or "und"
    if code == "und" and not parts.territory:
        return ""
    likely = get_global("likely_subtags")
    for key in (f"{code}_{parts.territory}", code):
        if key in likely:
            return str(likely[key]).split("_")[1]
    from langcodes import Language, standardize_tag

    # CLDR may know the script of the language that includes this one: of `fa` for `prs`.
    return Language.get(standardize_tag(result, macro=True)).maximize().script or ""


def nearest(tag: str, tags: Collection[str]) -> str:
    """The one of ``tags`` that is ``tag``, or else the same language of another country, or else in
    another script; empty if there is none.
    """
    tests: tuple[Callable[[str], bool], ...] = (
        lambda other: other.casefold() == tag.casefold(),
        lambda other: is_same(other, tag),
        lambda other: _first_subtag(other) == _first_subtag(tag),
    )
    return next((other for test in tests for other in tags if test(other)), "")


def _first_subtag(tag: str) -> str:
    return tag.partition("-")[0].casefold()


def is_same(tag: str, other: str) -> bool:
    """Whether two tags are of one language in one script, whatever the country."""
    tags = _canonical(tag), _canonical(other)
    if None in tags:
        return False
    codes = {subtags(result).language for result in tags if result}
    return len(codes) == 1 and likely_script(tag) == likely_script(other)
