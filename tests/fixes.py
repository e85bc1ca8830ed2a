"""A problem's advice followed to the letter: the files after its fix."""

from __future__ import annotations

from generator.reading.problems import Problem


def fixed(files: dict[str, bytes], problem: Problem) -> dict[str, bytes]:
    """``files`` (path: content) after the fix of ``problem``, which must have one."""
    assert problem.fix is not None, f"no fix: {problem}"
    path = problem.location.path
    return files | {path: problem.fix.applied(files[path].decode()).encode()}


def gone(problem: Problem, before: list[Problem], after: list[Problem]) -> bool:
    """Whether ``problem`` is among those before its fix and not after it, and nothing is new.

    Lines may have moved, so a problem is known by its rule, its words and its field.
    """
    known = [_known_by(item) for item in before]
    rest = [_known_by(item) for item in after]
    new = [item for item in rest if rest.count(item) > known.count(item)]
    return not new and rest.count(_known_by(problem)) < known.count(_known_by(problem))


def _known_by(problem: Problem) -> tuple[str, str, str]:
    return (problem.rule, problem.message, problem.field)
