"""``briefings rules`` and ``briefings explain``: list the rules, and explain one."""

from __future__ import annotations

import textwrap

import click

from generator.cli.project_options import folders
from generator.configuration.project import Project
from generator.reading.problems import did_you_mean, nearest
from generator.reading.syntax_rules import SYNTAX_RULES, SyntaxRule
from generator.rules import RULES
from generator.rules.base import Rule

_INDENT = "    "


@click.command(short_help="List the editorial rules and their settings.")
@folders
def rules(project: Project) -> None:
    """List the editorial rules, each with its severity on this site and its reason."""
    for rule in RULES:
        severity = project.severities.get(rule.id, rule.severity) or "off"
        changed = "" if severity == rule.severity else f"  (default: {rule.severity})"
        click.echo(f"{severity!s:8} {rule.id}{changed}")
        click.echo(textwrap.indent(textwrap.fill(rule.reason, 80), " " * 9))
    click.echo(
        "\n`briefings explain RULE` shows examples. To set a rule, write in mkdocs.yml:\n\n"
        "plugins:\n  - briefings:\n      rules:\n        no-archived-copy: off"
        "      # or: warning, error",
    )


@click.command(short_help="Explain a rule, with examples.")
@click.argument("rule_id", metavar="RULE")
def explain(rule_id: str) -> None:
    """Explain a RULE, with an example that passes and one that doesn't.

    RULE is the id in brackets after a problem, such as `unknown-id`. `briefings rules` lists the
    rules that a site can set.
    """
    all_rules: tuple[Rule | SyntaxRule, ...] = (*RULES, *SYNTAX_RULES)
    known = {rule.id: rule for rule in all_rules}
    rule = known.get(rule_id.strip("[]`"))
    if rule is None:
        hint = did_you_mean(nearest(rule_id, known), "`briefings rules` lists the rules.")
        raise click.UsageError(f"There is no rule `{rule_id}`. {hint}")
    click.echo(f"{rule.id} ({rule.severity})\n\n{textwrap.fill(rule.reason, 80)}")
    if "earlier:" in rule.failing:
        click.echo("\nBelow, `earlier` is what the file said at the revision of `--since`.")
    for title, example in (("Passes", rule.passing), ("Doesn't pass", rule.failing)):
        if example:
            click.echo(f"\n{title}:\n\n{textwrap.indent(example.strip(chr(10)), _INDENT)}")
