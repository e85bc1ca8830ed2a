"""Every rule tells why it is there, and its own examples hold."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from generator import rules as checks
from generator.reading import problem_formats
from generator.reading.problems import Severity
from generator.rules import RULES
from generator.rules.base import CheckSettings, Rule
from tests.examples import REGISTRIES, SOUND, example
from tests.reference import check_site, load

BY_ID = pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
# Examples lay other statements over those that cite all sources, and add sources and allegations
# in few words.
NOISY = {"uncited-source", "no-archived-copy", "claim-missing"}
# A party's only source is also its own.
BESIDE = {"own-sources": {"single-source"}}

CHECKS = Path(checks.__file__).parent
EXPECTED = Path(__file__).parents[1] / "cases" / "rules.txt"


@cache
def severities_in(overlay: str) -> Mapping[str, Severity]:
    """The rules that find something in the example, with the severities of what they find."""
    return severities_with(overlay, example(overlay).options)


def severities_with(overlay: str, options: CheckSettings) -> dict[str, Severity]:
    """The same where a site has other settings."""
    problems = check_site(example(overlay).files, options)
    return {problem.rule: problem.severity for problem in problems}


def test_no_rule_reads_what_another_may_have_refused() -> None:
    """What a file holds reaches rules as `Case` gives it: of the type that its key takes."""
    modules = [path for path in CHECKS.glob("*.py") if path.name not in ("base.py", "__init__.py")]
    assert len(modules) > 30
    for path in modules:
        read = {
            node.attr
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Attribute)
        }
        assert not read & {"data"}, path.name


@BY_ID
def test_a_rule_is_in_the_module_that_is_named_after_it(rule: Rule) -> None:
    assert rule.check.__module__ == f"generator.rules.{rule.id.replace('-', '_')}"


def test_no_rule_imports_another() -> None:
    names = {rule.id.replace("-", "_") for rule in RULES}
    for path in CHECKS.glob("*.py"):
        text = path.read_text("utf-8")
        imported = set(re.findall(r"from generator\.rules\.(\w+) import", text))
        assert path.name == "__init__.py" or not imported & names, path.name


def test_the_example_project_has_no_problem() -> None:
    assert SOUND
    assert REGISTRIES
    assert set(severities_in("title: Norland accuses Esteria")) == set()


@BY_ID
def test_the_failing_example_fails_with_the_rules_own_severity(rule: Rule) -> None:
    assert severities_in(rule.failing).get(rule.id) == rule.severity


@BY_ID
def test_the_passing_example_passes(rule: Rule) -> None:
    assert rule.id not in severities_in(rule.passing)


@BY_ID
def test_an_example_shows_no_other_error(rule: Rule) -> None:
    errors = {
        key for key, severity in severities_in(rule.failing).items() if severity is Severity.ERROR
    }
    assert errors <= {rule.id}
    assert Severity.ERROR not in severities_in(rule.passing).values()


@BY_ID
def test_one_mistake_gives_one_problem(rule: Rule) -> None:
    beside = BESIDE.get(rule.id, set())
    assert set(severities_in(rule.failing)) - NOISY - {rule.id} <= beside


@BY_ID
def test_a_rule_says_why_in_a_sentence(rule: Rule) -> None:
    assert rule.reason.strip("“`")[0].isupper() or rule.reason.startswith("`")
    assert rule.reason.endswith(".")
    assert rule.check.__module__.startswith("generator.rules.")


def test_authors_read_these_lines(request: pytest.FixtureRequest) -> None:
    """What each rule says of its failing example, as authors read it, in tests/cases/rules.txt."""
    report = ""
    for rule in RULES:
        project = example(rule.failing)
        for problem in check_site(project.files, project.options):
            if problem.rule == rule.id:
                content = project.files.get(problem.location.path)
                lines = [
                    problem_formats.headline(problem),
                    *problem_formats.excerpt(problem, content),
                    *problem_formats.details(problem),
                ]
                report += "\n".join(lines) + "\n\n"
    if request.config.getoption("--regenerate"):
        EXPECTED.write_text(report, encoding="utf-8")
    assert report == EXPECTED.read_text(encoding="utf-8")


def test_ids_are_unique_and_written_alike() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert all(id_ == id_.lower() and " " not in id_ for id_ in ids)


@BY_ID
def test_a_site_can_turn_a_rule_off_or_change_its_severity(rule: Rule) -> None:
    project = example(rule.failing)
    earlier, since = project.options.earlier, project.options.since
    for wanted in (None, Severity.ERROR, Severity.WARNING):
        options = CheckSettings({rule.id: wanted}, "en", project.options.today, earlier, since)
        assert severities_with(rule.failing, options).get(rule.id) == wanted


def test_deadlines_need_a_day_and_comparisons_an_earlier_revision() -> None:
    for rule in RULES:
        if rule.id in {"review-due", "vanished-id", "silent-edit", "future-day"}:
            assert rule.id not in severities_with(rule.failing, CheckSettings())


def test_a_briefing_that_was_published_and_is_gone_is_reported_unless_another_took_its_place() -> (
    None
):
    project = example("title: Norland accuses Esteria")
    was = load(project.files | {"briefings/old.yml": project.files["briefings/halden.yml"]})
    problems = check_site(project.files, CheckSettings(earlier=was, since="v1"))
    gone = next(problem for problem in problems if problem.rule == "vanished-id")
    assert str(gone.location) == "briefings/old.yml:1:1"
    assert gone.message == "The briefing `old` was published in v1 and is gone."
    moved = example("aliases: [old]").files
    rules = {problem.rule for problem in check_site(moved, CheckSettings(earlier=was, since="v1"))}
    assert "vanished-id" not in rules


WATCH = """
data/style.yml:
  en: {loaded: [{term: terrorist, instead: attacker}, {term: puppet}, {term: liberate}]}
"""


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ("Norland speaks of terrorists.", ["terrorists"]),
        (
            "TERRORIST acts, and terrorist's acts, and a puppet.",
            ["TERRORIST", "terrorist", "puppet"],
        ),
        ("Norland speaks of “terrorists” and ‘terrorists’ and 'terrorists'.", []),
        ('Norland speaks of "terrorists", it\'s said, and of puppets.', ["puppets"]),
        ("Norland speaks of «terrorists» and „terrorists“ and 「terrorist」.", []),
        ("It's the puppet that isn't named, it's said.", ["puppet"]),
        ("The counter-terrorist unit and puppeteers.", []),
        ("The People's Terrorist Front speaks.", []),
        ("See [the terrorist page](https://terrorist.example/terrorist).", ["terrorist"]),
        ("Liberated, liberates, liberating.", ["Liberated", "liberates", "liberating"]),
    ],
)
def test_watched_words_are_found_in_the_briefings_own_words_only(
    summary: str, expected: list[str]
) -> None:
    actors = "data/actors.yml: {front: {name: People's Terrorist Front, type: armed_group}}"
    project = example(f"{WATCH}\n{actors}\nsummary: {json.dumps(summary)}")
    found_words = [
        problem.message.split("`")[1]
        for problem in check_site(project.files, project.options)
        if problem.rule == "loaded-term"
    ]
    assert found_words == expected


def test_other_languages_have_lists_of_their_own() -> None:
    style = "data/style.yml: {fr: {loaded: [{term: régime}]}, en: {loaded: [{term: water}]}}"
    french = severities_in(f"{style}\nlanguage: fr\nsummary: Le Régime parle, water.")
    assert "loaded-term" in french
    assert "loaded-term" not in severities_in(f"{style}\nlanguage: de\nsummary: Das Régime, water.")


def _findings(
    overlay: str, rule: str, options: CheckSettings | None = None
) -> list[tuple[str, str]]:
    """The field and the message of what ``rule`` finds in the example."""
    project = example(overlay)
    return [
        (problem.field, problem.message)
        for problem in check_site(project.files, options or project.options)
        if problem.rule == rule
    ]


@pytest.mark.parametrize(
    ("summary", "seen"),
    [
        ("See [@gauge, p. 3 and more.", "[@gauge, p. 3 and more."),
        ("See [@gauge; @paper].", "[@gauge; @paper]"),
        ("See @[gauge].", "@[gauge]"),
        ("The **river falls.", "**river falls."),
        ("The *river falls.", "*river falls."),
        ("The __river falls.", "__river falls."),
        ("See [its page](https://norland.example", "[its page](https://norland.example"),
        ("See [its page] (https://n.example).", "[its page] (https://n.example"),
        ("See [its page](briefing:halden", "[its page](briefing:halden"),
        ("See briefing:halden.", "briefing:halden"),
        ("The `river falls.", "`river falls."),
        ("# River\n\nIt falls.", "# River"),
        ("![A gauge](https://n.example/x.png)", "![A gauge](https://n.example/x.png)"),
        ("It falls.[^1]", "[^1]"),
        ("| a | b |\n| - | - |", "| a | b |"),
        ("It is <i>low</i>.", "<i>"),
        ("It is ~~low~~.", "~~low~~"),
    ],
)
def test_what_prose_leaves_as_typed_is_reported(summary: str, seen: str) -> None:
    ((field, message),) = _findings(f"summary: {json.dumps(summary)}", "prose-markup")
    assert field == "summary"
    assert message.endswith(f"so readers will see `{seen}`.")


@pytest.mark.parametrize("sign", ["“", "«", '"'])
def test_a_quotation_mark_without_its_partner_is_reported(sign: str) -> None:
    text = f"{sign}They turned the tap, they say."
    for overlay in (f"summary: {json.dumps(text)}", f"title: {json.dumps(text)}"):
        ((_, message),) = _findings(overlay, "prose-markup")
        assert message == f"The quotation mark {sign} has no partner in this text."


@pytest.mark.parametrize(
    "summary",
    [
        "Norland *says*, and **says**, and ***says***, [@gauge] and [@paper, p. 3].",
        "See [the page](https://n.example/a_(b)_*c) and [this](briefing:halden) [sic] (and more).",
        "- one\n- two\n\n1. one\n2. two",
        '5 * 3 is 15, snake_case is a word, \\*this\\* is meant, 6" is an inch.',
        '“They know,” they say, and "they know", and „sie wissen“, and »das auch«.',
        "**a *b* c** and *one\nline break*",
    ],
)
def test_valid_prose_is_not_reported(summary: str) -> None:
    assert _findings(f"summary: {json.dumps(summary)}", "prose-markup") == []


@pytest.mark.parametrize(
    "words",
    ["**Norland**", "*Norland*", "_Norland_", "[Norland](https://n.example)", "<b>", "[@gauge]",
     "`Norland`", "&amp;", "{{ Norland }}"],
)  # fmt: skip
def test_markup_in_a_line_is_reported(words: str) -> None:
    title = _findings(f"title: {json.dumps(f'{words} accuses Esteria')}", "prose-markup")
    assert [field for field, _ in title] == ["title"]
    name = {"data/actors.yml": {"norland": {"name": f"{words} Norland", "type": "state"}}}
    assert [field for field, _ in _findings(json.dumps(name), "prose-markup")] == ["norland.name"]


@pytest.mark.parametrize(
    "title", ["#1 in rivers", "A & B", "a < b", "C# and a_b_c", "5 * 3 * 2", "[sic]", "Salt/water"]
)
def test_signs_that_are_words_are_not_reported(title: str) -> None:
    assert _findings(f"title: {json.dumps(title)}", "prose-markup") == []


def _quoted(**quote: object) -> str:
    position = {
        "id": "diversion", "party": "norland", "text": "Water.", "sources": ["paper"],
        "quotes": [quote],
    }  # fmt: skip
    return json.dumps({"positions": [position]})


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("آنها شیر را چرخاندند", "fa"), ("Вони відкрутили кран", "uk"), ("Okrenuli su", "sr"),
        ("Окренули су славину", "sr"), ("彼らは蛇口をひねった", "ja"), ("他们拧开了水龙头", "zh"),
        ("그들은 수도꼭지를 돌렸다", "ko"), ("hum ne nal khola", "hi"), ("They know", "en-GB"),
        ("ana fataha al-sunbur", "ar-Latn"), ("نحن", "en"), ("Cheikh al-ʿArabī speaks", "fr"),
    ],
)  # fmt: skip
def test_words_in_a_script_of_their_language_are_not_reported(text: str, language: str) -> None:
    assert _findings(_quoted(text=text, language=language), "quotation-language") == []


@pytest.mark.parametrize(
    ("text", "language", "script"),
    [
        ("آنها شیر را چرخاندند", "en", "Arabic"), ("Вони відкрутили кран", "fr", "Cyrillic"),
        ("They turned the tap", "fa", "Latin"), ("他们拧开了水龙头", "en", "Chinese"),
        ("彼らは蛇口をひねった", "zh", "Japanese"), ("They turned the tap", "sr-Cyrl", "Latin"),
    ],
)  # fmt: skip
def test_words_in_a_script_that_their_language_has_not_are_reported(
    text: str, language: str, script: str
) -> None:
    ((field, message),) = _findings(_quoted(text=text, language=language), "quotation-language")
    assert field == "positions[0].quotes[0].language"
    assert message.startswith(f"These words are in {script} letters")


def test_an_original_in_the_language_of_its_translation_is_reported() -> None:
    original = {"text": "De vet det.", "language": "en"}
    quote = _quoted(text="They know it.", language="en-GB", form="translation", original=original)
    ((field, message),) = _findings(quote, "quotation-language")
    assert field == "positions[0].quotes[0].original.language"
    assert message == "The original has the same language as its translation, English."


def test_each_day_to_come_is_reported_and_only_with_a_today() -> None:
    sources = [{"id": "gauge", "title": "Gauge", "url": "https://g.example/", "date": "2026-01",
                "archive_url": "https://a.example/", "accessed": "2025-06-03"}]  # fmt: skip
    overlay = json.dumps({
        "as_of": "2027-01-01", "updated": "2025-06-02", "review_by": "2030-01-01",
        "background": [{"date": "2025-07", "text": "It falls.", "sources": ["gauge"]}],
        "sources": sources,
    })  # fmt: skip
    fields = [field for field, _ in _findings(overlay, "future-day")]
    assert sorted(fields) == [
        "as_of", "background[0].date", "sources[0].accessed", "sources[0].date"
    ]  # fmt: skip
    assert _findings(overlay, "future-day", CheckSettings()) == []
    draft = json.dumps({"status": "draft", "published": "2025-07-01"})
    assert _findings(draft, "future-day") == []


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("The cafe\u0301 is closed.", "The caf\u00e9 is closed."),
        ("The river\nfalls.", "The river falls."),
        ("The river falls.", "The  river falls. "),
        ("The river\u00a0falls.", "The river falls."),
        ("The ri\u00adver falls.", "The river falls."),
    ],
)
def test_an_edit_that_no_reader_can_see_is_no_edit(was: str, now: str) -> None:
    change = {"date": "2025-03-05", "kind": "correction"}
    before = {"summary": was, "changes": [change | {"text": was}]}
    after = {"summary": now, "changes": [change | {"text": now}], "earlier": before}
    assert _findings(json.dumps(after), "silent-edit") == []
    after["title"] = "Esteria accuses Norland"
    assert [field for field, _ in _findings(json.dumps(after), "silent-edit")] == ["title"]


def test_a_name_that_two_entries_have_is_reported_at_both_whatever_its_accents() -> None:
    topics = {"data/topics.yml": {"water": {"name": "Eaux"}, "rivers": {"name": "EAUX"}}}
    assert [field for field, _ in _findings(json.dumps(topics), "same-name")] == [
        "water.name", "rivers.name"
    ]  # fmt: skip
    places = {"data/places.yml": {"norland": {"name": "Norland"}}}
    assert _findings(json.dumps(places), "same-name") == []


def test_a_name_in_another_language_counts_when_names_are_compared() -> None:
    topics = {
        "data/topics.yml": {
            "water": {"name": {"en": "Water", "fr": "Eaux"}},
            "rivers": {"name": {"en": "Rivers", "de": "Flüsse", "fr": "eaux"}},
        }
    }
    assert [field for field, _ in _findings(json.dumps(topics), "same-name")] == [
        "water.name.fr", "rivers.name.fr"
    ]  # fmt: skip


def test_an_id_written_as_a_name_in_another_language_is_recognised() -> None:
    names = {"data/topics.yml": {"water": {"name": {"en": "Water", "ar": "مياه"}}}}
    project = example(json.dumps({**names, "topics": ["مياه"]}))
    hints = [
        problem.hint for problem in check_site(project.files, project.options)
        if problem.field.startswith("topics")
    ]  # fmt: skip
    assert len(hints) == 1
    assert "`water`" in hints[0]
