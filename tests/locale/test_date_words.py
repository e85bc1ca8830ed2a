"""Dates in words: each form of a date in each language of the interface."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.locale.catalogues import catalogue_languages
from generator.locale.interface import interface_in
from generator.model.dates import parse
from generator.model.edtf import EdtfDate
from tests.examples import ENGLISH

#: Each form of a date, and its words by language. CLDR gives the order and the names of months.
WORDS = {
    "2024": {
        "ar": "2024",
        "de": "2024",
        "en": "2024",
        "es": "2024",
        "fr": "2024",
        "pt": "2024",
        "ru": "2024",
        "uk": "2024",
        "zh": "2024年",
    },
    "2024-08": {
        "ar": "أغسطس 2024",
        "de": "August 2024",
        "en": "August 2024",
        "es": "agosto de 2024",
        "fr": "août 2024",
        "pt": "agosto de 2024",
        "ru": "август 2024\u202fг.",
        "uk": "серпень 2024\u202fр.",
        "zh": "2024年8月",
    },
    "2024-08-05": {
        "ar": "5 أغسطس 2024",
        "de": "5. August 2024",
        "en": "5 August 2024",
        "es": "5 de agosto de 2024",
        "fr": "5 août 2024",
        "pt": "5 de agosto de 2024",
        "ru": "5 августа 2024\u202fг.",
        "uk": "5 серпня 2024\u202fр.",
        "zh": "2024年8月5日",
    },
    "2024-08-05?": {
        "ar": "5 أغسطس 2024 (غير مؤكد)",
        "de": "5. August 2024 (unsicher)",
        "en": "5 August 2024 (uncertain)",
        "es": "5 de agosto de 2024 (fecha incierta)",
        "fr": "5 août 2024 (date incertaine)",
        "pt": "5 de agosto de 2024 (data incerta)",
        "ru": "5 августа 2024\u202fг. (предположительно)",
        "uk": "5 серпня 2024\u202fр. (імовірно)",
        "zh": "2024年8月5日（不确定）",
    },
    "2024-08?": {
        "ar": "أغسطس 2024 (غير مؤكد)",
        "de": "August 2024 (unsicher)",
        "en": "August 2024 (uncertain)",
        "es": "agosto de 2024 (fecha incierta)",
        "fr": "août 2024 (date incertaine)",
        "pt": "agosto de 2024 (data incerta)",
        "ru": "август 2024\u202fг. (предположительно)",
        "uk": "серпень 2024\u202fр. (імовірно)",
        "zh": "2024年8月（不确定）",
    },
    "2024?": {
        "ar": "2024 (غير مؤكد)",
        "de": "2024 (unsicher)",
        "en": "2024 (uncertain)",
        "es": "2024 (fecha incierta)",
        "fr": "2024 (date incertaine)",
        "pt": "2024 (data incerta)",
        "ru": "2024 (предположительно)",
        "uk": "2024 (імовірно)",
        "zh": "2024年（不确定）",
    },
    "2024-08-05~": {
        "ar": "نحو 5 أغسطس 2024",
        "de": "um den 5. August 2024",
        "en": "about 5 August 2024",
        "es": "hacia el 5 de agosto de 2024",
        "fr": "vers le 5 août 2024",
        "pt": "por volta de 5 de agosto de 2024",
        "ru": "около 5 августа 2024\u202fг.",
        "uk": "близько 5 серпня 2024\u202fр.",
        "zh": "约2024年8月5日",
    },
    "2024-08~": {
        "ar": "نحو أغسطس 2024",
        "de": "etwa August 2024",
        "en": "about August 2024",
        "es": "hacia agosto de 2024",
        "fr": "vers août 2024",
        "pt": "por volta de agosto de 2024",
        "ru": "примерно август 2024\u202fг.",
        "uk": "приблизно серпень 2024\u202fр.",
        "zh": "约2024年8月",
    },
    "2024~": {
        "ar": "نحو عام 2024",
        "de": "um 2024",
        "en": "about 2024",
        "es": "hacia 2024",
        "fr": "vers 2024",
        "pt": "por volta de 2024",
        "ru": "около 2024 года",
        "uk": "близько 2024 року",
        "zh": "约2024年",
    },
    "2024-08%": {
        "ar": "نحو أغسطس 2024 (غير مؤكد)",
        "de": "etwa August 2024 (unsicher)",
        "en": "about August 2024 (uncertain)",
        "es": "hacia agosto de 2024 (fecha incierta)",
        "fr": "vers août 2024 (date incertaine)",
        "pt": "por volta de agosto de 2024 (data incerta)",
        "ru": "примерно август 2024\u202fг. (предположительно)",
        "uk": "приблизно серпень 2024\u202fр. (імовірно)",
        "zh": "约2024年8月（不确定）",
    },
    "2024-07-25/2024-07-27": {
        "ar": "25–27 يوليو 2024",
        "de": "25.–27. Juli 2024",
        "en": "25–27 July 2024",
        "es": "25–27 de julio de 2024",
        "fr": "25–27 juillet 2024",
        "pt": "25 – 27 de julho de 2024",
        "ru": "25–27 июля 2024\u202fг.",
        "uk": "25–27 липня 2024\u202fр.",
        "zh": "2024年7月25日至27日",
    },
    "2024-07-30/2024-08-02": {
        "ar": "30 يوليو – 2 أغسطس 2024",
        "de": "30. Juli – 2. August 2024",
        "en": "30 July – 2 August 2024",
        "es": "30 de julio – 2 de agosto de 2024",
        "fr": "30 juillet – 2 août 2024",
        "pt": "30 de julho – 2 de agosto de 2024",
        "ru": "30 июля – 2 августа 2024\u202fг.",
        "uk": "30 липня – 2 серпня 2024\u202fр.",
        "zh": "2024年7月30日至8月2日",
    },
    "2024-12-30/2025-01-02": {
        "ar": "30 ديسمبر 2024 – 2 يناير 2025",
        "de": "30. Dezember 2024 – 2. Januar 2025",
        "en": "30 December 2024 – 2 January 2025",
        "es": "30 de diciembre de 2024 – 2 de enero de 2025",
        "fr": "30 décembre 2024 – 2 janvier 2025",
        "pt": "30 de dezembro de 2024 – 2 de janeiro de 2025",
        "ru": "30 декабря 2024\u202fг. – 2 января 2025\u202fг.",
        "uk": "30 грудня 2024 – 2 січня 2025\u202fрр.",
        "zh": "2024年12月30日至2025年1月2日",
    },
    "2025-06/2025-07": {
        "ar": "يونيو – يوليو 2025",
        "de": "Juni–Juli 2025",
        "en": "June – July 2025",
        "es": "junio–julio de 2025",
        "fr": "juin – juillet 2025",
        "pt": "junho – julho de 2025",
        "ru": "июнь – июль 2025\u202fг.",
        "uk": "червень – липень 2025\u202fр.",
        "zh": "2025年6月至7月",
    },
    "2024-11/2025-01": {
        "ar": "نوفمبر 2024 – يناير 2025",
        "de": "November 2024 – Januar 2025",
        "en": "November 2024 – January 2025",
        "es": "noviembre de 2024 – enero de 2025",
        "fr": "novembre 2024 – janvier 2025",
        "pt": "novembro de 2024 – janeiro de 2025",
        "ru": "ноябрь 2024\u202fг. – январь 2025\u202fг.",
        "uk": "листопад 2024 – січень 2025\u202fрр.",
        "zh": "2024年11月至2025年1月",
    },
    "2019/2021": {
        "ar": "2019–2021",
        "de": "2019–2021",
        "en": "2019–2021",
        "es": "2019–2021",
        "fr": "2019–2021",
        "pt": "2019 – 2021",
        "ru": "2019–2021",
        "uk": "2019–2021",
        "zh": "2019–2021年",
    },
    "2024-08/2024-08": {
        "ar": "أغسطس 2024",
        "de": "August 2024",
        "en": "August 2024",
        "es": "agosto de 2024",
        "fr": "août 2024",
        "pt": "agosto de 2024",
        "ru": "август 2024\u202fг.",
        "uk": "серпень 2024\u202fр.",
        "zh": "2024年8月",
    },
    "../2024-08-05": {
        "ar": "في 5 أغسطس 2024 أو قبله",
        "de": "spätestens am 5. August 2024",
        "en": "no later than 5 August 2024",
        "es": "a más tardar el 5 de agosto de 2024",
        "fr": "au plus tard le 5 août 2024",
        "pt": "não depois de 5 de agosto de 2024",
        "ru": "не позднее 5 августа 2024\u202fг.",
        "uk": "не пізніше 5 серпня 2024\u202fр.",
        "zh": "2024年8月5日或更早",
    },
    "../2024-08": {
        "ar": "في أغسطس 2024 أو قبله",
        "de": "spätestens im August 2024",
        "en": "no later than August 2024",
        "es": "a más tardar en agosto de 2024",
        "fr": "au plus tard en août 2024",
        "pt": "não depois de agosto de 2024",
        "ru": "не позднее: август 2024\u202fг.",
        "uk": "не пізніше: серпень 2024\u202fр.",
        "zh": "2024年8月或更早",
    },
    "../2024": {
        "ar": "في عام 2024 أو قبله",
        "de": "spätestens 2024",
        "en": "no later than 2024",
        "es": "a más tardar en 2024",
        "fr": "au plus tard en 2024",
        "pt": "não depois de 2024",
        "ru": "не позднее 2024 года",
        "uk": "не пізніше 2024 року",
        "zh": "2024年或更早",
    },
    "../2024-08?": {
        "ar": "في أغسطس 2024 (غير مؤكد) أو قبله",
        "de": "spätestens im August 2024 (unsicher)",
        "en": "no later than August 2024 (uncertain)",
        "es": "a más tardar en agosto de 2024 (fecha incierta)",
        "fr": "au plus tard en août 2024 (date incertaine)",
        "pt": "não depois de agosto de 2024 (data incerta)",
        "ru": "не позднее: август 2024\u202fг. (предположительно)",
        "uk": "не пізніше: серпень 2024\u202fр. (імовірно)",
        "zh": "2024年8月（不确定）或更早",
    },
    "2024-08-05/..": {
        "ar": "ابتداءً من 5 أغسطس 2024",
        "de": "ab 5. August 2024",
        "en": "from 5 August 2024 on",
        "es": "a partir del 5 de agosto de 2024",
        "fr": "à partir du 5 août 2024",
        "pt": "a partir de 5 de agosto de 2024",
        "ru": "начиная с 5 августа 2024\u202fг.",
        "uk": "починаючи з 5 серпня 2024\u202fр.",
        "zh": "2024年8月5日起",
    },
    "2024-08/..": {
        "ar": "ابتداءً من أغسطس 2024",
        "de": "ab August 2024",
        "en": "from August 2024 on",
        "es": "a partir de agosto de 2024",
        "fr": "dès août 2024",
        "pt": "a partir de agosto de 2024",
        "ru": "начало: август 2024\u202fг.",
        "uk": "початок: серпень 2024\u202fр.",
        "zh": "2024年8月起",
    },
    "2024/..": {
        "ar": "ابتداءً من عام 2024",
        "de": "ab 2024",
        "en": "from 2024 on",
        "es": "a partir de 2024",
        "fr": "à partir de 2024",
        "pt": "a partir de 2024",
        "ru": "начиная с 2024 года",
        "uk": "починаючи з 2024 року",
        "zh": "2024年起",
    },
    "2024-08~/..": {
        "ar": "ابتداءً من أغسطس 2024 (تقريبًا)",
        "de": "ab August 2024 (ungefähr)",
        "en": "from August 2024 (approximate) on",
        "es": "a partir de agosto de 2024 (fecha aproximada)",
        "fr": "dès août 2024 (date approximative)",
        "pt": "a partir de agosto de 2024 (data aproximada)",
        "ru": "начало: август 2024\u202fг. (приблизительно)",
        "uk": "початок: серпень 2024\u202fр. (приблизно)",
        "zh": "2024年8月（约）起",
    },
    "2019?/2021~": {
        "ar": "من 2019 (غير مؤكد) إلى 2021 (تقريبًا)",
        "de": "2019 (unsicher) bis 2021 (ungefähr)",
        "en": "from 2019 (uncertain) to 2021 (approximate)",
        "es": "2019 (fecha incierta) – 2021 (fecha aproximada)",
        "fr": "2019 (date incertaine) – 2021 (date approximative)",
        "pt": "de 2019 (data incerta) a 2021 (data aproximada)",
        "ru": "2019 (предположительно) — 2021 (приблизительно)",
        "uk": "2019 (імовірно) — 2021 (приблизно)",
        "zh": "2019年（不确定）至2021年（约）",
    },
    "2024-07/2024-08-05": {
        "ar": "من يوليو 2024 إلى 5 أغسطس 2024",
        "de": "Juli 2024 bis 5. August 2024",
        "en": "from July 2024 to 5 August 2024",
        "es": "julio de 2024 – 5 de agosto de 2024",
        "fr": "juillet 2024 – 5 août 2024",
        "pt": "de julho de 2024 a 5 de agosto de 2024",
        "ru": "июль 2024\u202fг. — 5 августа 2024\u202fг.",
        "uk": "липень 2024\u202fр. — 5 серпня 2024\u202fр.",
        "zh": "2024年7月至2024年8月5日",
    },
    "2023/2024-03": {
        "ar": "من 2023 إلى مارس 2024",
        "de": "2023 bis März 2024",
        "en": "from 2023 to March 2024",
        "es": "2023 – marzo de 2024",
        "fr": "2023 – mars 2024",
        "pt": "de 2023 a março de 2024",
        "ru": "2023 — март 2024\u202fг.",
        "uk": "2023 — березень 2024\u202fр.",
        "zh": "2023年至2024年3月",
    },
    "2023~/2024%": {
        "ar": "من 2023 (تقريبًا) إلى 2024 (تقريبًا) (غير مؤكد)",
        "de": "2023 (ungefähr) bis 2024 (ungefähr) (unsicher)",
        "en": "from 2023 (approximate) to 2024 (approximate) (uncertain)",
        "es": "2023 (fecha aproximada) – 2024 (fecha aproximada) (fecha incierta)",
        "fr": "2023 (date approximative) – 2024 (date approximative) (date incertaine)",
        "pt": "de 2023 (data aproximada) a 2024 (data aproximada) (data incerta)",
        "ru": "2023 (приблизительно) — 2024 (приблизительно) (предположительно)",
        "uk": "2023 (приблизно) — 2024 (приблизно) (імовірно)",
        "zh": "2023年（约）至2024年（约）（不确定）",
    },
}

points = st.builds(
    lambda day, length, qualifier: day.isoformat()[:length] + qualifier,
    st.dates(),
    st.sampled_from([4, 7, 10]),
    st.sampled_from(["", "", "?", "~", "%"]),
)


@st.composite
def dates(draw: st.DrawFn) -> EdtfDate:
    first, second = sorted([draw(points), draw(points)], key=lambda text: parse(text).sort_key)
    shapes = [first, f"{first}/{second}", f"../{first}", f"{first}/.."]
    return parse(draw(st.sampled_from(shapes)))


def test_a_date_is_in_the_words_of_the_language() -> None:
    made = {
        text: {tag: interface_in(tag).date(parse(text)) for tag in by_tag}
        for text, by_tag in WORDS.items()
    }
    assert made == WORDS


def test_the_table_has_every_language_of_the_interface() -> None:
    assert [text for text, by_tag in WORDS.items() if set(by_tag) != catalogue_languages()] == []


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("ar", "من دون تاريخ"),
        ("de", "ohne Datum"),
        ("en", "undated"),
        ("es", "sin fecha"),
        ("fr", "sans date"),
        ("pt", "sem data"),
        ("ru", "без даты"),
        ("uk", "без дати"),
        ("zh", "未注明日期"),
    ],
)
def test_a_missing_date_has_words_too(tag: str, words: str) -> None:
    assert interface_in(tag).date(None) == words


@pytest.mark.parametrize(
    ("tag", "day", "short_day", "month"),
    [
        ("en", "5 August 2024", "5 Aug 2024", "Aug 2024"),
        ("en-US", "August 5, 2024", "Aug 5, 2024", "Aug 2024"),
        ("fr", "5 août 2024", "5 août 2024", "août 2024"),
        ("de", "5. August 2024", "5. Aug. 2024", "Aug. 2024"),
        ("zh", "2024年8月5日", "2024年8月5日", "2024年8月"),
    ],
)
def test_a_calendar_day_has_long_and_short_words(
    tag: str, day: str, short_day: str, month: str
) -> None:
    interface, when = interface_in(tag), date(2024, 8, 5)
    assert interface.day(when) == day
    assert interface.short_day(when) == short_day
    assert interface.month(when) == month


@pytest.mark.parametrize(
    ("tag", "text", "words"),
    [
        ("fr", "2025-03-01", "1er mars 2025"),
        ("fr", "2025-03-11", "11 mars 2025"),
        ("fr-CA", "2025-03-01?", "1er mars 2025 (date incertaine)"),
        ("fr", "2025-03-01~", "vers le 1er mars 2025"),
        ("fr", "2025-03-01/2025-03-05", "1er–5 mars 2025"),
        ("fr", "2025-02-25/2025-03-01", "25 février – 1er mars 2025"),
        ("fr", "2025-03-01/..", "à partir du 1er mars 2025"),
        ("fr", "../2025-03-01", "au plus tard le 1er mars 2025"),
        ("fr", "2025-03/2025-04", "mars – avril 2025"),
        ("pt", "2025-03-01", "1º de março de 2025"),
        ("pt-BR", "2025-02-28/2025-03-01", "28 de fevereiro – 1º de março de 2025"),
        ("pt-PT", "2025-03-01", "1 de março de 2025"),
        ("es", "2025-03-01", "1 de marzo de 2025"),
        ("ar", "2025-03-01", "1 مارس 2025"),
        ("ar-LB", "2025-03-01", "1 آذار 2025"),
    ],
)
def test_the_first_day_of_a_month_is_as_the_language_writes_it(
    tag: str, text: str, words: str
) -> None:
    assert interface_in(tag).date(parse(text)) == words


def test_the_first_day_of_a_month_has_short_words_too() -> None:
    assert interface_in("fr").short_day(date(2025, 3, 1)) == "1er mars 2025"
    assert interface_in("fr").day(date(2025, 3, 1)) == "1er mars 2025"


@given(dates(), st.sampled_from(sorted(catalogue_languages())))
def test_words_have_only_numbers_of_the_date(when: EdtfDate, tag: str) -> None:
    words = {int(number) for number in re.findall(r"\d+", interface_in(tag).date(when))}
    assert words
    assert words <= {int(number) for number in re.findall(r"\d+", when.text)}


@given(dates(), st.sampled_from(sorted(catalogue_languages())))
def test_words_have_every_year_and_no_program_sign(when: EdtfDate, tag: str) -> None:
    words = interface_in(tag).date(when)
    years = {int(year) for year in re.findall(r"(?<!-)\b\d{4}", when.text)}
    assert years <= {int(number) for number in re.findall(r"\d+", words)}
    assert not re.search(r"%\(|[?~%]|\.\.", words)


@given(dates())
def test_words_say_that_a_date_is_uncertain_or_approximate(when: EdtfDate) -> None:
    words = ENGLISH.date(when)
    assert ("(uncertain)" in words) == when.uncertain
    assert ("about " in words or "(approximate)" in words) == when.approximate
