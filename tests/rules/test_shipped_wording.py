"""The wording that `data/style.yml` watches, as it is shipped, in each of its languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from generator.reading.problems import Problem
from tests.examples import example
from tests.reference import check_site

SHIPPED = (Path(__file__).parents[2] / "data" / "style.yml").read_text("utf-8")
LANGUAGES = yaml.safe_load(SHIPPED)
#: No list for Chinese is shipped; a site can have one.
CHINESE = "zh: {attribution: [{term: 声称, forms: [聲稱], instead: 表示}]}"


def _problems(language: str, summary: str, style: str = SHIPPED) -> tuple[list[Problem], list[str]]:
    """What the rules for wording find in ``summary``, and the lines of the briefing."""
    project = example(f"language: {language}\nsummary: {json.dumps(summary)}")
    files = project.files | {"data/style.yml": style.encode()}
    problems = [
        problem
        for problem in check_site(files, project.options)
        if problem.rule in ("loaded-term", "loaded-verb") and problem.field == "summary"
    ]
    return problems, files["briefings/halden.yml"].decode().splitlines()


def test_each_shipped_entry_names_a_source_and_gives_its_reason() -> None:
    labels = re.findall(r"^#   ([A-Z]+) {2,}", SHIPPED, re.MULTILINE)
    assert len(labels) == len(set(labels))
    entries = SHIPPED.split("- {term: ")[1:]
    assert len(entries) == sum(
        len(terms) for lists in LANGUAGES.values() for terms in lists.values()
    )
    used = set()
    for entry in entries:
        comment = entry.partition("  # ")[2].partition("\n")[0]
        named = re.findall(r"[A-Z]{2,}", comment.partition(":")[0])
        assert named, entry
        assert set(named) <= set(labels), entry
        assert re.sub(r"[A-Z]{2,}|[,: ]", "", comment), entry
        used.update(named)
    assert used == set(labels)


def test_seven_languages_are_watched_and_no_term_is_listed_twice() -> None:
    assert set(LANGUAGES) == {"en", "fr", "es", "ar", "ru", "de", "pt"}
    for language, lists in LANGUAGES.items():
        terms = [term for entries in lists.values() for term in entries]
        words = [word for term in terms for word in (term["term"], *term.get("forms", []))]
        assert len(words) == len(set(words)), language
        assert len(terms) >= 3, language
        assert all("instead" in term or language == "en" for term in terms), language


@pytest.mark.parametrize(
    ("language", "summary", "rule", "words", "instead"),
    [
        ("fr", "Norland parle des terroristes.", "loaded-term", "terroristes", "assaillant"),
        ("fr", "L'exécution de deux gardes.", "loaded-term", "exécution", "mise à mort"),
        ("fr", "Norland prétend que le barrage fuit.", "loaded-verb", "prétend", "dire"),
        ("fr", "Norland a révélé son plan.", "loaded-verb", "a révélé", "dire"),
        ("pt", "Norland choramingou.", "loaded-verb", "choramingou", "dizer"),
        ("es", "Dos guardias fueron abatidos.", "loaded-term", "abatidos", "matar"),
        ("es", "Norland reconoció que toma agua.", "loaded-verb", "reconoció que", "decir que"),
        ("ar", "قالت نورلاند إن الإرهابيين هاجموا.", "loaded-term", "الإرهابيين", "مسلح"),
        ("ar", "سقط للشهداء نصب.", "loaded-term", "للشهداء", "قتيل"),
        ("ar", "وصل مهاجرون غير شرعيين.", "loaded-term", "مهاجرون غير شرعيين", "غير نظامي"),
        ("ru", "Норланд говорит о террористах.", "loaded-term", "террористах", "нападавший"),
        ("de", "Der umstrittene Damm steht.", "loaded-term", "umstrittene", "wer was bestreitet"),
        ("de", "Norland behauptete das.", "loaded-verb", "behauptete", "sagte"),
    ],
)
def test_a_loaded_word_in_a_briefings_language_is_a_warning_at_its_line(
    language: str, summary: str, rule: str, words: str, instead: str
) -> None:
    problems, lines = _problems(language, summary)
    assert [problem.rule for problem in problems] == [rule]
    assert f"`{words}`" in problems[0].message
    assert instead in problems[0].hint
    assert words in lines[problems[0].location.line - 1]


@pytest.mark.parametrize(
    ("language", "summary"),
    [
        ("fr", "Norland dit que deux gardes ont été tués ; Esteria dit « terroristes »."),
        ("es", "Norland dice que murieron dos guardias; Esteria habla de «terroristas»."),
        ("ar", "قالت نورلاند إن مسلحين هاجموا، وقالت إستيريا «الإرهابيين»."),
        ("ru", "Норланд говорит, что погибли двое; Эстерия говорит «террористы»."),
        ("pt", "Norland disse que a água baixou."),
        ("de", "Norland sagt, dass zwei Menschen starben; Esteria sagt „Terroristen“."),
    ],
)
def test_neutral_words_and_quoted_ones_are_no_warning(language: str, summary: str) -> None:
    assert _problems(language, summary)[0] == []


@pytest.mark.parametrize(
    ("language", "summary", "words"),
    [
        ("zh", "诺兰德声称水位下降。", ["声称"]),
        ("zh-Hant", "諾蘭德聲稱水位下降。", ["聲稱"]),
        ("zh", "诺兰德说水位下降；埃斯特里亚说“声称”。", []),
    ],
)
def test_chinese_terms_are_found_without_spaces_around_them(
    language: str, summary: str, words: list[str]
) -> None:
    problems, _ = _problems(language, summary, CHINESE)
    for word, problem in zip(words, problems, strict=True):
        assert f"`{word}`" in problem.message
