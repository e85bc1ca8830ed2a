"""The catalogues: each has every text of the interface, whole, with what the English text has."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from functools import cache
from gettext import c2py
from importlib import resources
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from generator.locale.catalogues import PATH, SOURCE_LANGUAGE, catalogue_languages
from generator.locale.interface import interface_in
from tests.building import ROOT

LOCALE = ROOT / "generator" / "locale"
TRANSLATED = sorted(catalogue_languages() - {SOURCE_LANGUAGE})
#: CLDR's categories, in the order in which catalogues have their forms.
CATEGORIES = ["zero", "one", "two", "few", "many", "other"]
COUNTS = range(201)
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]")
#: Elements of HTML, and the addresses of links in Markdown.
_TAG = re.compile(r"<[^>]*>|\]\([^)]*\)")
_COUNT = "%(count)s"


@cache
def _catalogue(language: str) -> Catalog:
    with (LOCALE / PATH.format(language=language)).open(encoding="utf-8") as file:
        return read_po(file, locale=language, abort_invalid=True)


@cache
def _template() -> Catalog:
    with (LOCALE / "messages.pot").open(encoding="utf-8") as file:
        return read_po(file)


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _keys(catalogue: Catalog) -> set[tuple[str | None, object]]:
    return {(message.context, message.id) for message in _messages(catalogue)}


def _texts(language: str) -> Iterator[tuple[str, str, bool]]:
    """The English of each text, the text, and whether the count may be missing in it.

    It may where the form is for one number only, or for none and one if the English text for one
    has no count: "no answer", "two answers".
    """
    catalogue = _catalogue(language)
    form_of = c2py(catalogue.plural_expr)
    for message in _messages(catalogue):
        if not message.pluralizable:
            yield message.id, message.string, False
            continue
        singular, plural = message.id
        for form, text in enumerate(message.string):
            counts = [count for count in COUNTS if form_of(count) == form]
            without = len(counts) == 1 or (counts == [0, 1] and _COUNT not in singular)
            yield singular if counts == [1] else plural, text, without


def test_the_shipped_languages_have_catalogues() -> None:
    assert TRANSLATED == ["ar", "de", "es", "fr", "pt", "ru", "uk", "zh"]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_has_every_text_of_the_interface_and_no_other(language: str) -> None:
    catalogue = _catalogue(language)
    assert _keys(catalogue) == _keys(_template())
    assert list(catalogue.obsolete) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_is_missing_or_fuzzy(language: str) -> None:
    messages = _messages(_catalogue(language))
    assert [message.id for message in messages if message.fuzzy] == []
    assert [english for english, text, _ in _texts(language) if not text.strip()] == []
    forms = _catalogue(language).num_plurals
    counts = {len(message.string) for message in messages if message.pluralizable}
    assert counts == {forms}


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_text_has_the_placeholders_and_tags_of_the_english_text(language: str) -> None:
    different = []
    for english, text, without_count in _texts(language):
        # A language may name a value once more, or once less, for the sake of grammar.
        in_english, in_translation = (
            set(_PLACEHOLDER.findall(english)),
            set(_PLACEHOLDER.findall(text)),
        )
        if without_count:
            in_english, in_translation = in_english - {_COUNT}, in_translation - {_COUNT}
        if in_english != in_translation or sorted(_TAG.findall(english)) != sorted(
            _TAG.findall(text)
        ):
            different.append((english, text))
    assert different == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_of_several_words_is_the_english_one(language: str) -> None:
    same = {english for english, text, _ in _texts(language) if english == text}
    assert {text for text in same if re.search(r"[a-z]{2,} [a-z]{2,}", text)} == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_percent_signs_are_only_those_of_placeholders(language: str) -> None:
    with_values = [text for english, text, _ in _texts(language) if _PLACEHOLDER.search(english)]
    assert [text for text in with_values if "%" in _PLACEHOLDER.sub("", text)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_texts_begin_and_end_with_white_space_where_the_english_text_does(language: str) -> None:
    catalogue = _catalogue(language)
    odd = [
        text
        for message in _messages(catalogue)
        if "between" not in (message.context or "")
        for text in ([message.string] if isinstance(message.string, str) else message.string)
        if text != text.strip()
    ]
    assert odd == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_straight_quotation_mark_is_outside_tags(language: str) -> None:
    assert [text for _, text, _ in _texts(language) if '"' in _TAG.sub("", text)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_plural_forms_are_cldrs_categories_in_their_order(language: str) -> None:
    catalogue, locale = _catalogue(language), Locale.parse(language)
    used = {locale.plural_form(count) for count in COUNTS}
    categories = [category for category in CATEGORIES if category in used]
    assert catalogue.num_plurals == len(categories)
    form_of = c2py(catalogue.plural_expr)
    wrong = [n for n in COUNTS if categories[form_of(n)] != locale.plural_form(n)]
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_says_whether_a_native_reader_has_reviewed_it(language: str) -> None:
    text = (LOCALE / PATH.format(language=language)).read_text("utf-8")
    name = Locale.parse(language).get_display_name("en")
    assert name
    first, second = text.splitlines()[:2]
    assert re.fullmatch(rf"# {name}( \(.+\))? texts of the interface\.", first)
    assert re.fullmatch(r"# Reviewed by a native reader: (not yet|.+, \d{4}-\d{2}-\d{2})\.", second)


def _extract_options() -> list[str]:
    """The options of ``pybabel extract`` in the Makefile, without the names of its files."""
    recipe = (ROOT / "Makefile").read_text("utf-8").replace("\\\n", " ")
    line = next(line for line in recipe.splitlines() if line.startswith("\t$(BABEL) extract "))
    words = shlex.split(line.partition(" extract ")[2])
    return [word for word in words if word.startswith("--") and not word.startswith("--output")]


def test_the_template_has_the_texts_of_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    path = tmp_path / "messages.pot"
    arguments = ["--quiet", "extract", *_extract_options(), f"--output={path}", "generator"]
    CommandLineInterface().run(["pybabel", *arguments])
    wanted = path.read_text("utf-8")
    assert (LOCALE / "messages.pot").read_text("utf-8") == wanted, "run `make messages`"


def test_the_catalogues_are_in_the_package() -> None:
    folder = resources.files("generator.locale")
    assert all((folder / PATH.format(language=language)).is_file() for language in TRANSLATED)


@pytest.mark.parametrize("language", TRANSLATED)
def test_each_text_can_be_filled_in(language: str) -> None:
    interface = interface_in(language)
    for message in _messages(_template()):
        ids = message.id if message.pluralizable else (message.id,)
        values = {name[2:-2]: "Ω" for name in _PLACEHOLDER.findall("".join(ids))}
        if message.pluralizable:
            for count in (0, 1, 2, 3, 11, 100):
                assert interface.ngettext(*ids, count, **values)
        elif message.context:
            assert "%(" not in interface.pgettext(message.context, message.id, **values)
        else:
            assert "%(" not in interface.gettext(message.id, **values)
