"""Language tags: what is accepted, in which form, under which name, in which direction."""

from __future__ import annotations

import pickle
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from langcodes import Language

from generator.model.languages import (
    _WELL_KNOWN,
    EXAMPLES,
    LanguageError,
    canonical,
    direction,
    name,
)

unhurried = settings(deadline=None)  # a busy machine is no failure


def refusal(tag: str) -> str:
    with pytest.raises(LanguageError) as caught:
        canonical(tag)
    assert caught.value.read == tag
    assert str(caught.value) == caught.value.reason
    return caught.value.reason


def attempt(tag: str) -> str | LanguageError:
    """The canonical form, or the refusal; any other exception fails the test."""
    try:
        return canonical(tag)
    except LanguageError as error:
        return error


@pytest.mark.parametrize(
    ("tag", "form"),
    [
        ("fr", "fr"),
        ("no", "no"),
        ("EN", "en"),
        ("zh-hans", "zh-Hans"),
        ("ZH-HANT-tw", "zh-Hant-TW"),
        ("fr-ca", "fr-CA"),
        ("es-419", "es-419"),
        ("de-1996", "de-1996"),
        ("en-Latn", "en-Latn"),
        ("en-x-foo", "en-x-foo"),
        ("x-foo", "x-foo"),
        ("qaa", "qaa"),
        ("und", "und"),
        ("mul", "mul"),
        ("iw", "he"),
        ("zh-yue", "yue"),
        ("i-klingon", "tlh"),
        ("en-GB-oed", "en-GB-oxendict"),
        ("i-default", "i-default"),
    ],
)
def test_a_registered_tag_is_accepted_and_brought_to_one_form(tag: str, form: str) -> None:
    assert canonical(tag) == form


@pytest.mark.parametrize("code", _WELL_KNOWN)
def test_the_tags_that_are_not_looked_up_are_what_a_lookup_gives(code: str) -> None:
    parts = Language.get(code, normalize=False)
    assert parts.is_valid()
    assert parts.to_tag() == parts.language == code


@pytest.mark.parametrize("tag", ["sh", "sr-Latn", "bs", "hr", "cnr", "prs", "fa-AF", "tl", "fil"])
def test_no_language_is_turned_into_another(tag: str) -> None:
    assert canonical(tag) == tag


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        ("english", "en"),
        ("Serbo-Croatian", "sh"),
        ("Simplified Chinese", "zh-Hans"),
        ("en_US", "en-US"),
        ("eng", "en"),
        ("en-UK", "en-GB"),
        ("fr ", "fr"),
    ],
)
def test_a_language_written_otherwise_is_refused_with_what_to_write(tag: str, meant: str) -> None:
    assert refusal(tag) == f"`{tag}` is not a language tag: write `{meant}`."
    assert canonical(meant) == meant


@pytest.mark.parametrize(
    ("tag", "country", "language"),
    [("jp", "Japan", "ja"), ("ua", "Ukraine", "uk"), ("CZ", "Czechia", "cs")],
)
def test_a_country_code_is_distinguished_from_a_language(
    tag: str, country: str, language: str
) -> None:
    assert refusal(tag) == (
        f"`{tag}` is the code of a country or territory ({country}), not of a language: "
        f"write `{language}` if that of most people there is meant."
    )


@pytest.mark.parametrize(
    ("named", "tag"),
    [("français", "fr"), ("Deutsch", "de"), ("العربية", "ar"), ("русский", "ru"),
     ("Arabic language", "ar"), ("en_US", "en-US"), ("fra", "fr")],
)  # fmt: skip
def test_a_language_written_otherwise_is_refused_with_its_tag(named: str, tag: str) -> None:
    assert refusal(named) == f"`{named}` is not a language tag: write `{tag}`."
    with pytest.raises(LanguageError) as caught:
        canonical(named)
    assert caught.value.likely == tag


@pytest.mark.parametrize(
    ("tag", "unknown"),
    [
        ("zz", "no language has the code `zz`"),
        ("fr-Abcd", "no script has the code `Abcd`"),
        ("en-EN", "no region has the code `EN`"),
        ("en-abcde", "no variant has the code `abcde`"),
    ],
)
def test_an_unknown_part_is_named(tag: str, unknown: str) -> None:
    assert refusal(tag) == f"`{tag}` is not a known language tag: {unknown}. {EXAMPLES}"


@pytest.mark.parametrize("tag", ["e", "en-US-US", "de-1996-1996", "en-a-foo-a-bar", "en--US", "-"])
def test_an_ill_formed_tag_is_refused(tag: str) -> None:
    assert refusal(tag) == f"`{tag}` is not a language tag. {EXAMPLES}"


def test_an_empty_text_is_refused() -> None:
    assert refusal("") == f"An empty text is not a language tag. {EXAMPLES}"


def test_a_line_break_is_refused_and_made_visible() -> None:
    assert refusal("fr\n") == "`fr\ufffd` is not a language tag: write `fr`."


def test_an_endless_text_is_refused_at_once() -> None:
    started = time.perf_counter()
    assert refusal("en-" + "a-" * 50_000) == (
        f"`en-{'a-' * 18}a…` has 100003 characters; a language tag has 100 at most."
    )
    assert time.perf_counter() - started < 1


def test_an_error_survives_pickling() -> None:
    error = pickle.loads(pickle.dumps(LanguageError("e", "No.")))
    assert (error.read, error.reason) == ("e", "No.")


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("fr", "French"),
        ("FR", "French"),
        ("no", "Norwegian"),
        ("zh-Hans", "Chinese (Simplified)"),
        ("zh-Hant-TW", "Chinese (Traditional, Taiwan)"),
        ("sr-Latn", "Serbian (Latin)"),
        ("sh", "Serbo-Croatian"),
        ("cnr", "Montenegrin"),
        ("prs", "Dari"),
        ("und", "Unknown language"),
        ("mul", "Multiple languages"),
    ],
)
def test_a_language_is_named_in_english(tag: str, expected: str) -> None:
    assert name(tag) == expected


@pytest.mark.parametrize("tag", ["x-foo", "en-x-foo", "qaa", "cmn-Hans", "zz", "no such", ""])
def test_a_language_without_a_name_goes_by_its_tag(tag: str) -> None:
    assert name(tag) == tag


@pytest.mark.parametrize(
    "tag",
    [
        *("ar", "ar-EG", "arb", "apc", "ajp", "fa", "FA", "prs", "azb", "ps", "ur", "ckb", "ug"),
        *("sd", "ks", "he", "iw", "yi", "dv", "nqo", "syc", "pa-PK", "uz-AF", "az-IR"),
        *("und-Arab", "und-IL", "ff-Adlm", "ur-Aran"),
    ],
)
def test_a_language_usually_written_from_the_right_is_rtl(tag: str) -> None:
    assert direction(tag) == "rtl"


@pytest.mark.parametrize(
    "tag",
    ["en", "ru", "zh-Hans", "ar-Latn", "pa", "uz", "az", "ku", "ff", "und", "x-foo", "zz", ""],
)
def test_every_other_language_is_ltr(tag: str) -> None:
    assert direction(tag) == "ltr"


subtags = st.text("abehknrsxzAHLTU_0149", min_size=1, max_size=8)
tags = st.lists(subtags, min_size=1, max_size=5).map("-".join)
known = st.sampled_from(["en", "zh", "sgn", "ar", "x", "i", "iw", "zh-yue", "de-1996", "sr-Latn"])


@unhurried
@given(st.text() | tags | st.tuples(known, tags).map("-".join))
@example("\ud800")
@example("en-" + "x-" * 2000)
@example("i-" + "a" * 9)
@example("ARABIC")
def test_any_text_is_brought_to_a_lasting_form_or_refused_in_words(text: str) -> None:
    form = attempt(text)
    if isinstance(form, LanguageError):
        assert form.reason.endswith(".")
        assert form.reason.isprintable()
        assert (name(text), direction(text)) == (text, "ltr")
    else:
        assert canonical(form) == form
        assert direction(form) == direction(text)
        assert name(text)
