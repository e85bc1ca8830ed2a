"""Pages of the reference in ``docs/`` that are generated from the program itself."""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import click

from generator.cli.main import main
from generator.configuration.plugin_settings import PluginConfig
from generator.reading.problems import Severity
from generator.reading.syntax_rules import SYNTAX_RULES
from generator.rules import RULES

_GENERATED = "<!-- Generated from the program by `pytest tests/docs --regenerate`. -->\n"


def commands() -> str:
    """Every subcommand with its arguments and options, as its help has them."""
    lines = [
        "# Commands",
        "",
        _GENERATED,
        "`briefings --help` lists the commands. `briefings COMMAND --help` shows what is below.",
        "",
    ]
    context = click.Context(main, info_name="briefings")
    for path, command in _subcommands(main, context):
        lines += [f"## briefings {path}", "", *_command(path, command)]
    return "\n".join(lines)


def _subcommands(
    group: click.Group, context: click.Context, above: str = ""
) -> Iterator[tuple[str, click.Command]]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        if isinstance(command, click.Group):
            yield from _subcommands(command, click.Context(command), f"{above}{name} ")
        else:
            yield f"{above}{name}", command


def _command(path: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=f"briefings {path}", **main.context_settings)
    usage = " ".join(command.collect_usage_pieces(context))
    yield from ("```text", f"briefings {path} {usage}", "```", "")
    yield from (inspect.cleandoc((command.help or "").replace("\b", "")), "")
    rows = [
        record
        for parameter in command.get_params(context)
        if (record := parameter.get_help_record(context)) and record[1]
        if "--help" not in record[0]
    ]
    if rows:
        yield from ("| option | meaning |", "| --- | --- |")
        for option, meaning in rows:
            yield f"| `{_cell(option)}` | {_cell(meaning)} |"
        yield ""


def rules() -> str:
    """Every rule with its severity, reason and examples."""
    lines = [
        "# Rules",
        "",
        _GENERATED,
        "`briefings check` names the rule of each problem in brackets. Errors stop a build. "
        "Warnings don't. A site sets the severity of the editorial rules in `mkdocs.yml`: see "
        "[settings.md](settings.md).",
        "",
    ]
    editorial = sorted(RULES, key=lambda rule: rule.id)
    syntax = sorted(SYNTAX_RULES, key=lambda rule: rule.id)
    for title, group in (("Editorial rules", editorial), ("Rules of form", syntax)):
        lines += [f"## {title}", ""]
        for rule in group:
            kind = "error" if rule.severity is Severity.ERROR else "warning"
            lines += [f"### {rule.id}", "", f"*{kind.capitalize()}.* {rule.reason}", ""]
            for heading, example in (("Passes", rule.passing), ("Doesn't pass", rule.failing)):
                if example:
                    lines += [f"{heading}:", "", "```yaml", example.strip("\n"), "```", ""]
    return "\n".join(lines)


def settings() -> str:
    """Every setting of the plugin, with its default."""
    lines = [
        "# Settings",
        "",
        _GENERATED,
        "All settings are in `mkdocs.yml`. Those of the site, its theme and its menu are "
        "[those of MkDocs](https://www.mkdocs.org/user-guide/configuration/) and "
        "[Material](https://squidfunk.github.io/mkdocs-material/setup/). Those of the plugin are "
        "written below it:",
        "",
        "```yaml",
        "plugins:",
        "  - briefings:",
        "      rules:",
        "        single-source: error",
        "        no-archived-copy: off",
        "```",
        "",
        "`briefings check`, `briefings build` and all other commands show a mistake in "
        "`mkdocs.yml` with its line, its column and what to write instead. `mkdocs build` and "
        "`mkdocs serve` do so for the settings of the plugin. A mistake of YAML they report in "
        "MkDocs' own words, because MkDocs reads the file before it loads a plugin: run "
        "`briefings check`.",
        "",
        "| setting | default | meaning |",
        "| --- | --- | --- |",
    ]
    for name, default, meaning in _described_settings():
        lines.append(f"| `{name}` | {f'`{default}`' if default else ''} | {_cell(meaning)} |")
    return "\n".join([*lines, ""])


def _described_settings() -> Iterator[tuple[str, str, str]]:
    """Name, default and meaning of each setting; the meaning is the text below it in the code."""
    defaults = {name: option.default for name, option in PluginConfig._schema}
    tree = ast.parse(inspect.getsource(PluginConfig))
    body = tree.body[0].body  # type: ignore[attr-defined]
    for statement, text in pairwise(body):
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            name = statement.targets[0].id
            meaning = ast.literal_eval(text.value)
            default = defaults[name]
            yield name, "" if default in ("", [], {}) else json.dumps(default), meaning


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("``", "`")


PAGES: dict[str, Callable[[], Any]] = {
    "commands.md": commands,
    "rules.md": rules,
    "settings.md": settings,
}
