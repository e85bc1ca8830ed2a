"""What the rules say of translations, at which place. All names are fictional."""

from __future__ import annotations

import pytest

from generator.reading.problems import Problem, Severity
from tests.examples import example
from tests.reference import check_site

SOURCES = """
background:
  - {id: low-water, date: 2025-02-10, text: "The gauge falls [@gauge].", sources: [gauge]}
"""


def problems(overlay: str) -> list[Problem]:
    """The problems of the translation in an example."""
    project = example(overlay)
    return [
        problem
        for problem in check_site(project.files, project.options)
        if problem.location.path == "briefings/halden.fr.yml"
    ]


def messages(overlay: str, rule: str) -> list[str]:
    return [problem.message for problem in problems(overlay) if problem.rule == rule]


def test_a_valid_translation_has_no_problem() -> None:
    assert problems("translation: {translators: [Rédaction]}") == []


@pytest.mark.parametrize(
    ("words", "rule", "field"),
    [
        ("Le régime prend de l'eau.", "loaded-term", "summary"),
        ("La Norlande avoue tout.", "loaded-verb", "summary"),
        ("L'eau baisse. TODO", "placeholder-text", "summary"),
        ("L'eau baisse Ã©tÃ©.", "garbled-letters", "summary"),
        ("L'eau b\u200baisse.", "invisible-character", "summary"),
        ("L'eau <b>baisse</b>.", "prose-markup", "summary"),
        ("L'[eau](../halden/) baisse.", "prose-link", "summary"),
        ("L'[eau](#drougt) baisse.", "unknown-id", "summary"),
        ("L'[eau](briefing:nowhere) baisse.", "unknown-id", "summary"),
        ("L'[eau](actor:estria) baisse.", "unknown-id", "summary"),
        ("L'eau baisse [@guage].", "unknown-id", "summary"),
    ],
)
def test_rules_for_texts_read_translations(words: str, rule: str, field: str) -> None:
    overlay = f"""
data/style.yml:
  fr: {{loaded: [{{term: régime}}], attribution: [{{term: avoue}}]}}
  en: {{loaded: [{{term: eau}}]}}
translation: {{summary: "{words}"}}
"""
    reported = [problem for problem in problems(overlay) if problem.rule != "lost-citation"]
    assert [(problem.rule, problem.field) for problem in reported] == [(rule, field)]
    line = example(overlay).files["briefings/halden.fr.yml"].decode().splitlines()
    assert '"summary"' in line[reported[0].location.line - 1]


def test_a_link_to_a_statement_of_the_original_is_right() -> None:
    overlay = """
summary: "It [denies](#drought) what [Norland](actor:norland) says [@gauge]."
translation:
  summary: "[Norland](actor:norland) le dit, elle le [nie](#drought) [@gauge]."
  translated_from: {summary: fe1a3c}
"""
    rules = {problem.rule for problem in problems(overlay)}
    assert rules <= {"stale-translation"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'échelle baisse [@gauge].", []),
        ("[@gauge, p. 3] L'échelle baisse.", []),
        ("L'échelle baisse.", ["The original cites `gauge` here, and the translation doesn't."]),
        ("L'échelle [@paper] baisse [@gauge].",
         ["The translation cites `paper` here, and the original doesn't."]),
        ("L'[échelle](#drought) baisse [@gauge].",
         ["The translation links to `drought` here, and the original doesn't."]),
    ],
)  # fmt: skip
def test_a_translation_cites_what_its_original_does(text: str, expected: list[str]) -> None:
    overlay = f"""{SOURCES}
translation:
  background: {{low-water: {{text: "{text}"}}}}
  translated_from: {{background.low-water: 008e5c}}
"""
    assert messages(overlay, "lost-citation") == expected


def test_of_a_stale_text_only_that_is_said() -> None:
    overlay = f'{SOURCES}translation: {{background: {{low-water: {{text: "L\'eau baisse."}}}}}}'
    assert {problem.rule for problem in problems(overlay)} == {"stale-translation"}


def test_two_changes_are_counted_and_shown_at_their_lines() -> None:
    overlay = """
title: Norland accuses Esteria of theft
summary: Norland says that Esteria takes all the water. (Fictional.)
translation: {translators: [Rédaction]}
"""
    reported = problems(overlay)
    assert [problem.rule for problem in reported] == ["stale-translation"] * 3
    assert reported[0].message == "2 of 6 texts changed since this translation."
    assert reported[0].location.line == 1
    assert [problem.field for problem in reported] == ["", "title", "summary"]
    assert {problem.severity for problem in reported} == {Severity.WARNING}


@pytest.mark.parametrize(
    ("overlay", "hint"),
    [
        ("positions: {diverson: {text: Mots}}", "Did you mean `diversion`?"),
        ("positions: {diversion: {text: Mots, venue: Parlement}}",
         "It has `claim`, `text`. Otherwise remove these words."),
        ("responses: {diversion: {text: Mots}}",
         "It has `drought`. Otherwise remove these words."),
        ("changes: {2025-03-05: Mots}",
         "It has `background`, `positions`, `responses`, `summary`, `title`. Otherwise remove "
         "these words."),
    ],
)  # fmt: skip
def test_words_that_translate_nothing_are_reported_with_what_was_meant(
    overlay: str, hint: str
) -> None:
    reported = problems(f"translation: {{status: draft, {overlay}}}")
    unknown = [problem for problem in reported if problem.rule == "unknown-text"]
    assert [problem.hint for problem in unknown] == [hint]


def test_a_former_id_of_the_original_leads_to_the_present_one() -> None:
    overlay = """
responses:
  - {id: denial, aliases: [drought], to: [diversion], party: esteria, date: 2025-02-15,
     stance: denies, text: No water was diverted., sources: [esteria-page]}
translation: {status: draft}
"""
    unknown = [problem for problem in problems(overlay) if problem.rule == "unknown-text"]
    assert [problem.hint for problem in unknown] == [
        "`drought` is a former id of `denial`. Write `denial`."
    ]
    assert unknown[0].fix is not None


def test_what_a_draft_lacks_is_not_reported() -> None:
    overlay = "translation: {status: draft, title: '', positions: '', responses: ''}"
    assert problems(overlay) == []


def test_many_missing_texts_are_one_line() -> None:
    overlay = "translation: {background: '', positions: '', responses: ''}"
    assert messages(overlay, "missing-translation") == [
        "4 of 6 texts are not translated: `background.low-water`, `positions.diversion`, "
        "`positions.diversion.claim`, `responses.drought`."
    ]


def test_a_published_translation_of_a_draft_is_reported() -> None:
    reported = problems("status: draft\ntranslation: {status: published}")
    assert [(problem.rule, problem.severity) for problem in reported] == [
        ("translation-original", Severity.WARNING)
    ]
