"""Every rule tells why it is there, and its own examples hold."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from generator import checks, report
from generator.checks import RULES
from generator.checks.rule import Options, Rule
from generator.loading import load
from generator.problems import Severity
from generator.site import check_site
from tests.examples import REGISTRIES, SOUND, example

BY_ID = pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
# Examples lay other statements over those that cite all sources, and add sources in few words.
NOISY = {"uncited-source", "no-archived-copy"}
# A party's only source is also its own.
BESIDE = {"own-sources": {"single-source"}}

CHECKS = Path(checks.__file__).parent
EXPECTED = Path(__file__).parents[1] / "cases" / "rules.txt"


def found(overlay: str, options: Options | None = None) -> dict[str, Severity]:
    """The rules that find something in the example, with the severities told."""
    made = example(overlay)
    problems = check_site(made.files, options or made.options)
    return {one.rule: one.severity for one in problems}


def test_no_rule_reads_what_another_may_have_refused() -> None:
    """What a file holds reaches rules as `Case` gives it: of the type that its key takes."""
    modules = [path for path in CHECKS.glob("*.py") if path.name not in ("rule.py", "__init__.py")]
    assert len(modules) > 30
    for path in modules:
        read = {
            node.attr
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Attribute)
        }
        assert not read & {"data"}, path.name


def test_the_sound_project_is_sound() -> None:
    assert SOUND
    assert REGISTRIES
    assert set(found("title: Norland accuses Esteria")) == set()


@BY_ID
def test_the_failing_example_fails_with_the_rules_own_severity(rule: Rule) -> None:
    assert found(rule.failing).get(rule.id) == rule.severity


@BY_ID
def test_the_passing_example_passes(rule: Rule) -> None:
    assert rule.id not in found(rule.passing)


@BY_ID
def test_an_example_shows_no_other_error(rule: Rule) -> None:
    errors = {key for key, severity in found(rule.failing).items() if severity is Severity.ERROR}
    assert errors <= {rule.id}
    assert Severity.ERROR not in found(rule.passing).values()


@BY_ID
def test_one_mistake_gives_one_problem(rule: Rule) -> None:
    beside = BESIDE.get(rule.id, set())
    assert set(found(rule.failing)) - NOISY - {rule.id} <= beside


@BY_ID
def test_a_rule_says_why_in_a_sentence(rule: Rule) -> None:
    assert rule.reason.strip("“`")[0].isupper() or rule.reason.startswith("`")
    assert rule.reason.endswith(".")
    assert rule.check.__module__.startswith("generator.checks.")


def test_authors_read_these_lines(request: pytest.FixtureRequest) -> None:
    """What each rule says of its failing example, as authors read it, in tests/cases/rules.txt."""
    told = ""
    for rule in RULES:
        made = example(rule.failing)
        for one in check_site(made.files, made.options):
            if one.rule == rule.id:
                content = made.files.get(one.location.path)
                lines = [report.headline(one), *report.excerpt(one, content), *report.details(one)]
                told += "\n".join(lines) + "\n\n"
    if request.config.getoption("--regenerate"):
        EXPECTED.write_text(told, encoding="utf-8")
    assert told == EXPECTED.read_text(encoding="utf-8")


def test_ids_are_unique_and_written_alike() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert all(id_ == id_.lower() and " " not in id_ for id_ in ids)


@BY_ID
def test_a_site_can_turn_a_rule_off_or_change_its_severity(rule: Rule) -> None:
    made = example(rule.failing)
    earlier, since = made.options.earlier, made.options.since
    for wanted in (None, Severity.ERROR, Severity.WARNING):
        options = Options({rule.id: wanted}, "en", made.options.today, earlier, since)
        assert found(rule.failing, options).get(rule.id) == wanted


def test_deadlines_need_a_day_and_comparisons_an_earlier_revision() -> None:
    for rule in RULES:
        if rule.id in {"review-due", "vanished-id", "silent-edit"}:
            assert rule.id not in found(rule.failing, Options())


def test_a_briefing_that_was_published_and_is_gone_is_told_unless_another_took_its_place() -> None:
    made = example("title: Norland accuses Esteria")
    was = load(made.files | {"briefings/old.yml": made.files["briefings/halden.yml"]})
    told = check_site(made.files, Options(earlier=was, since="v1"))
    gone = next(one for one in told if one.rule == "vanished-id")
    assert str(gone.location) == "briefings/old.yml:1:1"
    assert gone.message == "The briefing `old` was published in v1 and is gone."
    moved = example("aliases: [old]").files
    rules = {one.rule for one in check_site(moved, Options(earlier=was, since="v1"))}
    assert "vanished-id" not in rules


WATCH = """
data/style.yml:
  en: {loaded: [{term: terrorist, instead: attacker}, {term: puppet}, {term: liberate}]}
"""


@pytest.mark.parametrize(
    ("summary", "told"),
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
    summary: str, told: list[str]
) -> None:
    actors = "data/actors.yml: {front: {name: People's Terrorist Front, type: armed_group}}"
    made = example(f"{WATCH}\n{actors}\nsummary: {json.dumps(summary)}")
    found_words = [
        one.message.split("`")[1]
        for one in check_site(made.files, made.options)
        if one.rule == "loaded-term"
    ]
    assert found_words == told


def test_other_languages_have_lists_of_their_own() -> None:
    style = "data/style.yml: {fr: {loaded: [{term: régime}]}, en: {loaded: [{term: water}]}}"
    french = found(f"{style}\nlanguage: fr\nsummary: Le Régime parle, water.")
    assert "loaded-term" in french
    assert "loaded-term" not in found(f"{style}\nlanguage: de\nsummary: Das Régime, water.")


def test_the_shipped_list_is_reasoned_and_large() -> None:
    text = (Path(__file__).parents[2] / "data" / "style.yml").read_text("utf-8")
    entries = text.split("- {term: ")[1:]
    assert len(entries) > 80
    labels = re.findall(r"^#   ([A-Z]+) {2,}", text, re.MULTILINE)
    for entry in entries:
        named = re.findall(r"[A-Z]{2,}", entry.partition("  # ")[2].partition(":")[0])
        assert named, entry
        assert set(named) <= set(labels), entry
