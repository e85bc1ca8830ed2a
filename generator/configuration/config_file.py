"""Parses the text of ``mkdocs.yml`` with MkDocs' YAML, and finds the line of each setting in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from generator.reading import problem_formats, yaml_parser
from generator.reading.problems import Location, Problem, Severity

CONFIG = "mkdocs.yml"
#: What MkDocs accepts in its configuration, and a briefing may not have.
_ACCEPTED = frozenset(
    {"yaml-alias", "yaml-anchor", "yaml-merge-key", "yaml-tag", "yaml-tag-directive"}
)


class ProjectError(Exception):
    """A configuration that can't be used. The text says what to write instead.

    ``setting`` is the path of the setting that it is about, from the top of the file; empty if it
    is about none. ``is_name`` says whether the setting's name is wrong, and not its value.
    """

    def __init__(self, text: str, *setting: str, is_name: bool = False) -> None:
        super().__init__(text)
        self.setting, self.is_name = setting, is_name


def setting_error(text: str, *setting: str, is_name: bool = False) -> ProjectError:
    """An error about a setting of the plugin, by its path below the name of the plugin."""
    return ProjectError(text, "plugins", "briefings", *setting, is_name=is_name)


def read_settings(config: Path) -> dict[str, Any]:
    """The settings in the file ``config``, with those that it inherits.

    Raises ``ProjectError`` for a file that MkDocs can't read or that has a key twice; the text
    names the line and the column.
    """
    try:
        with config.open("rb") as file:
            settings: Any = yaml_load(file, _loader())
        twice = _key_twice(config)
    except TypeError:  # MkDocs expects a mapping, but the file has a number, for example
        settings, twice = None, ""
    except Exception as error:  # MkDocs doesn't catch errors of its YAML tags
        if yaml_error := _yaml_error(error):
            raise ProjectError(_syntax_errors(config, yaml_error)) from None
        raise ProjectError(f"{_shown(config)} can't be read: {why_unread(error)}.") from None
    if not isinstance(settings, dict):
        raise ProjectError(f"{_shown(config)} must consist of keys and values.")
    if twice:
        raise ProjectError(twice)
    return settings


def why_unread(error: BaseException) -> str:
    """Why and where a configuration can't be read, as the end of a sentence."""
    wrong = _yaml_error(error)
    if isinstance(wrong, yaml.MarkedYAMLError) and wrong.problem_mark:
        mark = wrong.problem_mark
        return f"{wrong.problem} in line {mark.line + 1}, column {mark.column + 1}"
    if isinstance(error, RecursionError):
        return "it holds or inherits itself again and again"
    if isinstance(error, OSError):
        return f"{error.filename or ''}: {error.strerror}"
    return " ".join(str(wrong or error).split()).rstrip(".") or type(error).__name__


def _yaml_error(error: BaseException) -> yaml.YAMLError | None:
    causes = (error, error.__context__)
    return next((cause for cause in causes if isinstance(cause, yaml.YAMLError)), None)


def located(error: ProjectError, config: Path) -> str:
    """The text of ``error``, with the line and column of the setting in the file ``config``.

    The text alone if the setting isn't in this file: it can be inherited, or missing.
    """
    try:
        content = config.read_bytes()
        node = _node(yaml.compose(content, yaml.SafeLoader), error)
    except (OSError, yaml.YAMLError, RecursionError):
        node = None
    return str(error) if node is None else _at(config, content, node.start_mark, str(error))


def _at(config: Path, content: bytes, mark: yaml.Mark, text: str) -> str:
    location = Location(_shown(config), mark.line + 1, mark.column + 1)
    problem = Problem("", Severity.ERROR, location, text)
    return "\n".join([f"{location}: {text}", *problem_formats.excerpt(problem, content)])


def _shown(config: Path) -> str:
    """The path of a file to display: from the current folder if the file is in it."""
    current = Path.cwd()
    path = config.relative_to(current) if config.is_relative_to(current) else config
    return path.as_posix()


def _node(root: yaml.Node | None, error: ProjectError) -> yaml.Node | None:
    """The node of the setting of ``error``, or of the innermost one around it that is there."""
    node, result = root, None
    for step in error.setting:
        # Plugins are a list of names and of mappings with one name each.
        parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
        pairs = [
            pair for part in parts if isinstance(part, yaml.MappingNode) for pair in part.value
        ]
        matching = [pair for pair in pairs if pair[0].value == step]
        if not matching:
            break
        key, node = matching[-1]
        result = key if error.is_name else node
    return result


def _loader() -> Any:
    """A loader like that of MkDocs, but without running code that Python tags name."""
    loader: Any = get_yaml_loader(yaml.SafeLoader)
    loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)
    return loader


def _syntax_errors(config: Path, error: yaml.YAMLError) -> str:
    """What is wrong with a file that isn't YAML, as for a briefing: the line, and what to write."""
    mark = getattr(error, "problem_mark", None)
    name = mark.name if mark is not None else ""
    inherited = bool(name) and Path(name).name != config.name
    try:
        content = b"" if inherited else config.read_bytes()
    except OSError:
        content = b""
    _, problems = yaml_parser.read(_shown(config), content)
    errors = [
        problem
        for problem in problems
        if problem.severity is Severity.ERROR and problem.rule not in _ACCEPTED
    ]
    if inherited or not errors:
        return f"{name or _shown(config)} can't be read: {why_unread(error)}."
    return "\n".join(
        line
        for problem in errors
        for line in (
            f"{problem.location}: {problem.message}",
            *problem_formats.excerpt(problem, content),
            *problem_formats.details(problem),
        )
    )


def _key_twice(config: Path) -> str:
    """A text about the first key that is twice in one mapping; empty if there is none."""
    content = config.read_bytes()
    waiting = [yaml.compose(content, yaml.CSafeLoader)]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:  # an alias
            continue
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting += reversed(node.value)
        if not isinstance(node, yaml.MappingNode):
            continue
        lines: dict[str, int] = {}
        for key, value in node.value:
            waiting.insert(0, value)
            if not isinstance(key, yaml.ScalarNode) or key.value == "<<":
                continue
            if key.value in lines:
                text = (
                    f"`{key.value}` is here again: it is in line {lines[key.value]} already, and "
                    "only one of the two counts. Put both together, or remove one."
                )
                return _at(config, content, key.start_mark, text)
            lines[key.value] = key.start_mark.line + 1
    return ""
