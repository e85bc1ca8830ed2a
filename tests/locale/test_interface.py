"""The interface in a language: which language it is in, its texts, numbers, names and plurals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from mkdocs.exceptions import PluginError

from generator.configuration.site_catalogue import own_texts
from generator.locale.catalogues import CatalogueError, catalogue_languages
from generator.locale.interface import interface_in, is_translated
from generator.rendering.html_texts import html_texts
from generator.rendering.script_texts import script, script_texts
from tests.examples import ENGLISH

LANGUAGES = sorted(catalogue_languages())
_OWN = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Show more"
msgstr "Encore"
"""


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en", "en"),
        ("en-GB", "en-GB"),
        ("fr", "fr"),
        ("fr-CA", "fr-CA"),
        ("fr-XX", "fr-XX"),
        ("pt-PT", "pt-PT"),
        ("zh", "zh"),
        ("zh-CN", "zh-CN"),
        ("zh-Hans", "zh-Hans"),
        ("ar-EG", "ar-EG"),
    ],
)
def test_a_language_has_its_catalogue_in_every_region(tag: str, language: str) -> None:
    assert is_translated(tag)
    assert interface_in(tag).language == language
    name = tag.partition("-")[0]
    assert interface_in(tag).gettext("Show more") == interface_in(name).gettext("Show more")


@pytest.mark.parametrize("tag", ["zh-Hant", "zh-TW", "nl", "ru-Latn", "xx", "", "and so on"])
def test_a_language_or_script_without_a_catalogue_is_in_english(tag: str) -> None:
    assert not is_translated(tag)
    interface = interface_in(tag)
    assert (interface.language, interface.direction) == ("en", "ltr")
    assert interface.gettext("Show more") == "Show more"
    assert interface.locale == ENGLISH.locale


@pytest.mark.parametrize(
    ("tag", "locale"),
    [("en", "en_GB"), ("en-US", "en_US"), ("fr-CA", "fr_CA"), ("fr-XX", "fr"), ("de", "de")],
)
def test_dates_and_numbers_are_those_of_the_region_or_of_the_language(
    tag: str, locale: str
) -> None:
    assert str(interface_in(tag).locale) == locale


@pytest.mark.parametrize(
    ("tag", "locale"),
    [("en", "en_GB"), ("fr", "fr_FR"), ("fr-CA", "fr_CA"), ("ar", "ar_EG"), ("zh", "zh_CN")],
)
def test_other_sites_get_the_language_with_a_country(tag: str, locale: str) -> None:
    assert interface_in(tag).open_graph_locale == locale


def test_the_writing_direction_is_that_of_the_language() -> None:
    right_to_left = [tag for tag in LANGUAGES if interface_in(tag).direction == "rtl"]
    assert right_to_left == ["ar"]


@pytest.mark.parametrize(
    ("tag", "number", "words"),
    [
        ("en", 999, "999"),
        ("en", 12_345, "12,345"),
        ("fr", 12_345, "12\u202f345"),
        ("de", 12_345, "12.345"),
        ("de-CH", 12_345, "12’345"),
        ("ru", 12_345, "12\u00a0345"),
        ("zh", 12_345, "12,345"),
        ("fr", -12_345, "-12\u202f345"),
    ],
)
def test_thousands_are_grouped_as_in_the_language(tag: str, number: int, words: str) -> None:
    assert interface_in(tag).number(number) == words


@pytest.mark.parametrize(
    ("tag", "joined"),
    [("en", "Norland, Esteria"), ("ar", "Norland، Esteria"), ("zh", "Norland、Esteria")],
)
def test_names_are_separated_as_in_the_language(tag: str, joined: str) -> None:
    assert interface_in(tag).join(["Norland", "Esteria"]) == joined


def test_languages_and_countries_have_their_names_in_the_language() -> None:
    french, arabic = interface_in("fr"), interface_in("ar")
    assert [french.language_name(tag) for tag in ("fr", "ar", "zh-Hans", "xx-private")] == [
        "français",
        "arabe",
        "chinois (simplifié)",
        "xx-private",
    ]
    assert arabic.language_name("fr") == "الفرنسية"
    assert [french.country_name(code) for code in ("DE", "ML", "XE")] == ["Allemagne", "Mali", "XE"]
    assert arabic.country_name("DE") == "ألمانيا"
    assert ENGLISH.country_name("DE") == "Germany"


def test_values_are_filled_in_and_a_text_without_values_stays_as_it_is() -> None:
    assert ENGLISH.gettext("In “%(title)s”", title="50% %(x)s") == "In “50% %(x)s”"
    assert ENGLISH.gettext("In “%(title)s”") == "In “%(title)s”"


@pytest.mark.parametrize(
    ("tag", "texts"),
    [
        ("en", {1: "1 result", 2: "2 results", 1_200: "1,200 results"}),
        ("ru", {1: "1 результат", 2: "2 результата", 5: "5 результатов", 21: "21 результат"}),
    ],
)
def test_a_text_has_the_form_of_its_count(tag: str, texts: dict[int, str]) -> None:
    interface = interface_in(tag)
    forms = {n: interface.ngettext("%(count)s result", "%(count)s results", n) for n in texts}
    assert forms == texts


@pytest.mark.parametrize("tag", LANGUAGES)
def test_scripts_have_a_form_for_each_category_that_browsers_choose_by(tag: str) -> None:
    interface = interface_in(tag)
    forms = interface.plural_forms("%(count)s result", "%(count)s results")
    locale = Locale.parse(tag)
    assert set(forms) == {locale.plural_form(count) for count in (*range(200), 1_000_000)}
    for count in range(200):
        shown = forms[locale.plural_form(count)]
        assert shown == interface.plural("%(count)s result", "%(count)s results", count)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_script_of_texts_is_in_the_language_and_has_braces_for_values(tag: str) -> None:
    (content,) = script(interface_in(tag)).values()
    lines = content.decode("utf-8").partition("export const TEXTS = ")
    assert f'export const LANGUAGE = "{tag if tag != "en" else "en-GB"}"' in lines[0]
    texts: dict[str, Any] = json.loads(lines[2])
    english = script_texts(ENGLISH)
    assert set(texts) == set(english)
    assert "%(" not in lines[2]
    assert "{title}" in texts["inBriefing"]
    if tag != "en":
        signs_only = {"term", "comma", "nameAlso", "resultsIn"}
        same = {name for name in texts if texts[name] == english[name]}
        assert same <= signs_only


def test_a_site_can_have_single_texts_of_its_own() -> None:
    interface = interface_in("fr", _OWN)
    assert interface.gettext("Show more") == "Encore"
    assert interface.gettext("Copied") == interface_in("fr").gettext("Copied") != "Copied"
    assert interface_in("fr").gettext("Show more") != "Encore"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('msgstr "Encore', 'this line has to end with a text between " and "'),
        ("msgstr Encore", 'this line has to end with a text between " and "'),
        ('msgstr "Encore\\"', 'this line has to end with a text between " and "'),
        ('mgstr "Encore"', "Unknown or misformatted keyword"),
    ],
)
def test_a_catalogue_with_a_mistake_is_refused_with_its_line(line: str, reason: str) -> None:
    with pytest.raises(CatalogueError) as refusal:
        interface_in("fr", _OWN.replace('msgstr "Encore"', line))
    assert (str(refusal.value), refusal.value.line) == (reason, 6)


@pytest.mark.parametrize("words", ["Dans « %(titre)s »", "Dans %s", "À 100 % dans %(title)s"])
def test_a_value_that_the_english_text_lacks_is_refused(words: str) -> None:
    own = f'{_OWN}\nmsgid "In “%(title)s”"\nmsgstr "{words}"\n'
    with pytest.raises(CatalogueError) as refusal:
        interface_in("fr", own)
    assert refusal.value.line == 8
    assert str(refusal.value) == (
        f"“{words}” can have the values `%(title)s`, and `%%` for a percent sign"
    )


@pytest.mark.parametrize(
    "words",
    [
        "Nom",
        "<b>Nom</b>",
        '<a href=\\"%(pdf)s\\">Nom</a><img src=x>',
        '<a href=\\"%(pdf)s\\">Nom</a> <',
    ],
)
def test_other_elements_than_those_of_the_english_text_are_refused(words: str) -> None:
    message = 'You can also read this page <a href=\\"%(pdf)s\\">as a PDF file</a>.'
    with pytest.raises(CatalogueError) as refusal:
        interface_in("fr", f'{_OWN}\nmsgid "{message}"\nmsgstr "{words}"\n')
    assert refusal.value.line == 8
    assert str(refusal.value).endswith('needs `<a href="%(pdf)s">`, `</a>`, and no other')


def test_a_text_without_elements_becomes_none() -> None:
    own = _OWN.replace("Encore", r"<b onclick='x'>\"R&D\" 100 %")
    html = html_texts(interface_in("fr", own)).gettext("Show more")
    assert html == "&lt;b onclick='x'&gt;&quot;R&amp;D&quot; 100 %"


def _project(folder: Path, texts: str) -> Path:
    (folder / "briefings").mkdir()
    path = folder / "mkdocs.yml"
    path.write_text(
        "site_name: Fleuve\ndocs_dir: briefings\ntheme: {name: material, language: fr}\n"
        "plugins: [briefings]\n",
        "utf-8",
    )
    catalogue = folder / "locale" / "fr" / "LC_MESSAGES" / "messages.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(texts, "utf-8")
    return path


def test_the_own_texts_of_a_site_are_next_to_its_configuration(tmp_path: Path) -> None:
    path = _project(tmp_path, _OWN)
    assert own_texts(path.parent, "fr") == _OWN


def test_a_mistake_in_the_own_texts_is_one_sentence_with_the_file_and_the_line(
    tmp_path: Path,
) -> None:
    path = _project(tmp_path, _OWN.replace('msgstr "Encore"', 'mgstr "Encore"'))
    with pytest.raises(PluginError) as refusal:
        own_texts(path.parent, "fr")
    assert str(refusal.value) == (
        "locale/fr/LC_MESSAGES/messages.po:6: Unknown or misformatted keyword. Correct this line, "
        "or remove the file."
    )


def test_a_percent_sign_in_a_text_for_scripts_is_a_letter() -> None:
    copied = 'msgid "Copied"\nmsgstr "Copié à 100 %"\n'
    own = f'{_OWN}\n{copied}\nmsgid "In “%(title)s”"\nmsgstr "100 %% %(title)s"\n'
    texts = script_texts(interface_in("fr", own))
    assert (texts["copied"], texts["inBriefing"]) == ("Copié à 100 %", "100 % {title}")
