"""What counts as garbled letters, as a placeholder and as punctuation after an address."""

from __future__ import annotations

import json

import pytest

from generator.reading.problems import Problem
from generator.rules.examples import NO_REPLY_FOUND
from tests.examples import example
from tests.fixes import fixed
from tests.reference import check_site


def problems(rule: str, overlay: str) -> list[Problem]:
    files = example(overlay).files
    return [problem for problem in check_site(files) if problem.rule == rule]


def about_summary(rule: str, summary: str) -> list[Problem]:
    return problems(rule, f"summary: {json.dumps(summary, ensure_ascii=False)}")


@pytest.mark.parametrize(
    "text",
    [
        "the café at Orm", "naïve", "São Orm", "Señor", "École", "Öl", "à Orm", "Œuvre", "œuf",
        "Świat", "It’s “no — and left…", "It’s €5 and £5 at 10 °C", "« mot » et «mot»",
        "© 2024 ¼", "Привет", "Ελλάδα", "中文", "العربية", "日本語", "한국어", "Việt", "Dvořák",
        "crème brûlée", "Český", "Мир",
    ],
)  # fmt: skip
def test_garbled_letters_are_reported_with_the_right_ones(text: str) -> None:
    garbled = text.encode().decode("cp1252")
    files = dict(example(f"summary: {json.dumps(garbled, ensure_ascii=False)}").files)
    reported = [problem for problem in check_site(files) if problem.rule == "garbled-letters"]
    assert reported
    for _ in reported:
        problem = next(
            problem for problem in check_site(files) if problem.rule == "garbled-letters"
        )
        files = fixed(files, problem)
    assert text in files["briefings/halden.yml"].decode()
    assert all(problem.rule != "garbled-letters" for problem in check_site(files))


def test_letters_that_were_garbled_twice_are_repaired() -> None:
    (problem,) = about_summary("garbled-letters", "the cafÃƒÂ© at Orm")
    assert problem.hint == "Write `café`."


def test_a_closing_quotation_mark_that_lost_its_last_byte_is_repaired() -> None:
    (problem,) = about_summary("garbled-letters", "â€œnoâ€ is the answer")
    assert problem.hint == "Write `“no”`."


@pytest.mark.parametrize(
    "text",
    [
        "SÃO PAULO", "«AMANHû", "“AMANHÔ", "«AMANHÃ »", "O CAFÉ”", "„Spaß“–", "Spaß”…", "«É»",
        "«Â»", "BRÅ’s rapport", "Å’s harbour", "ÅÄÖ", "CAFÉ\u00a0: oui", "the fiancé”—the", "été…”",
        "«pâté»…", "«está»…", "IRMÃ—disse", "IRMÃ\u00a0e", "“ß”—“ß”", "PÃO®", "N° 5", "Ål", "À”…",
    ],
)  # fmt: skip
def test_real_words_are_not_garbled_letters(text: str) -> None:
    assert about_summary("garbled-letters", text) == []


@pytest.mark.parametrize(
    "text",
    ["TODO", "TODO: how much?", "water TODO check", "(TODO)", "FIXME", "XXX", "about XXX people",
     "[XXX]", "Lorem ipsum dolor", "lorem ipsum"],
)  # fmt: skip
def test_placeholders_are_reported(text: str) -> None:
    (problem,) = about_summary("placeholder-text", text)
    assert problem.field == "summary"


@pytest.mark.parametrize(
    "text",
    ["ANTE TODO LA PAZ", "todo", "Todo", "the XXX Olympiad", "the Games of the XXX Olympiad",
     "Super Bowl XXX", "the TODOS party", "ipsum"],
)  # fmt: skip
def test_words_and_numbers_are_no_placeholders(text: str) -> None:
    assert about_summary("placeholder-text", text) == []


def test_a_draft_may_have_placeholders() -> None:
    overlay = "status: draft\nsummary: TODO"
    assert problems("placeholder-text", overlay) == []


@pytest.mark.parametrize("ending", [",", ".", ";", "...", "”"])
def test_punctuation_after_an_address_is_deleted(ending: str) -> None:
    url = f"https://halden.example/gauge{ending}"
    overlay = f'sources:\n  - {{id: gauge, title: Gauge readings, url: "{url}"}}'
    files = example(overlay).files
    (problem,) = problems("url-punctuation", overlay)
    assert problem.hint == "Write `https://halden.example/gauge`."
    assert all(left.rule != "url-punctuation" for left in check_site(fixed(dict(files), problem)))


@pytest.mark.parametrize("ending", ["", "/", "?", ")", "#a", "a!"])
def test_other_endings_of_an_address_are_accepted(ending: str) -> None:
    url = f"https://halden.example/gauge{ending}"
    overlay = f'sources:\n  - {{id: gauge, title: Gauge readings, url: "{url}"}}'
    assert problems("url-punctuation", overlay) == []


def test_an_address_in_the_registry_and_a_related_page_are_checked() -> None:
    overlay = """
related:
  - {url: "https://halden.example/more.", title: More}
data/sources.yml:
  atlas: {title: Atlas, url: "https://halden.example/atlas,"}
"""
    fields = [problem.field for problem in problems("url-punctuation", overlay)]
    assert fields == ["related[0].url", "atlas.url"]


@pytest.mark.parametrize(
    "role", ["role: Mayor", "role: [Mayor]", "role: {role: Mayor}", "roles: Mayor"]
)
def test_a_role_that_could_not_be_read_is_not_also_missing(role: str) -> None:
    overlay = f"""
responses:
  - {{id: drought, to: [diversion], party: esteria, speaker: vale, date: 2025-02-15,
     stance: denies, text: No water was diverted., sources: [esteria-page]}}
data/actors.yml:
  vale: {{name: Ana Vale, type: person, {role}}}
"""
    errors = {"unknown-key", "value", "speaker-without-role"}
    reported = [problem for problem in check_site(example(overlay).files) if problem.rule in errors]
    assert len(reported) == 1


def test_the_advice_to_write_a_claim_is_in_the_language_of_the_briefing() -> None:
    (english,) = problems("claim-missing", NO_REPLY_FOUND)
    assert 'a clause that begins with "that", such as' in english.hint
    (french,) = problems("claim-missing", f"language: fr\n{NO_REPLY_FOUND}")
    assert french.hint.startswith(
        "Add `claim:` with a clause in the language of the briefing, like the English `that "
    )
