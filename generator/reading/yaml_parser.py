"""YAML text -> plain data, and the position of every key and value.

Reads the subset of YAML 1.2 that the briefing format allows, from PyYAML's parser events.

Choices the format leaves open:

- NEL, U+2028 and U+2029 are characters of the text, as in YAML 1.2; PyYAML follows 1.1 and
  would break the line, so it gets stand-ins for them.
- U+FEFF is skipped at the start of a file and refused anywhere else it is typed.
- `%YAML` directives are accepted, and `---` and `...` around the one document.
- The keys of the file itself are nesting level 1.
- Any error means no document; warnings leave it readable.
- A comment that cuts a text is an error here only if the text continues below it; `unread_text`
  looks for the others, since it depends on the field whether words are text.
- A line like `-word` in a plain text is a warning too: it was probably meant as a list item.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice

from generator.reading.problems import Problem, Severity, nearest
from generator.reading.source_text import (
    MAX_PROBLEMS,
    SourceText,
    decode,
    too_many_problems,
)
from generator.reading.yaml_composer import compose
from generator.reading.yaml_document import Document
from generator.reading.yaml_events import ParseBudget
from generator.reading.yaml_faults import NO_NAMES
from generator.reading.yaml_recovery import problems_with_recovery

#: Only as many unknown keys are compared with the known ones, because that takes long.
_MAX_UNKNOWN = 20


def read(
    path: str, content: bytes, names: Mapping[str, bool] = NO_NAMES
) -> tuple[Document | None, list[Problem]]:
    """A file's document, None if it has an error, and all its problems from top to bottom.

    Never raises. `path` is as shown to authors; `names` are the keys that the format knows, and
    whether they hold text, for guesses at what was meant.
    """
    text = decode(path, content)
    if isinstance(text, Problem):
        return None, [text]
    source, budget = SourceText(path, text), ParseBudget()
    composer, syntax_error = compose(source, names, budget)
    problems: list[Problem] = composer.problems
    keys: Iterable[str] = composer.plain_keys
    if syntax_error is not None and len(problems) <= MAX_PROBLEMS:
        problems, keys = problems_with_recovery(source, problems, syntax_error, names, budget)
    problems = sorted(problems)
    if len(problems) > MAX_PROBLEMS:
        problems[MAX_PROBLEMS:] = [too_many_problems(problems[MAX_PROBLEMS - 1].location)]
    if any(problem.severity is Severity.ERROR for problem in problems):
        hint = _misspelt_keys(source, keys, names, problems)
        problems[-1] = replace(problems[-1], hint=f"{problems[-1].hint} {hint}".strip())
        return None, problems
    assert isinstance(composer.data, dict), "a file without errors consists of keys and values"
    return Document(path, text, composer.data, composer.offsets), problems


def _misspelt_keys(
    source: SourceText, keys: Iterable[str], names: Mapping[str, bool], problems: list[Problem]
) -> str:
    """A sentence on keys that may be misspelt, as keys are checked only in a file without errors.

    Words in the lines of `problems` are left out: once these are solved, they may not be keys.
    """
    if not source.path.startswith("briefings/"):
        return ""  # in a registry, ids are keys too
    numbers = {problem.location.line for problem in problems}
    lines = "\n".join(map(source.line_at, numbers))
    unknown = islice((key for key in keys if key not in names), _MAX_UNKNOWN)
    misspelt = [f"`{key}`" for key in unknown if key not in lines and nearest(key, names)]
    if not misspelt:
        return ""
    return f"The keys are checked after that: {', '.join(misspelt[:3])} may be misspelt."
