"""What a live preview says above a page about mistakes in the files behind the site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.collection import Collection
from generator.problems import Problem, Severity
from generator.view import Settings, View, environment

#: How many files with mistakes are named.
MOST = 5


def notice(
    problems: Iterable[Problem], pages: Mapping[str, str], here: str, settings: Settings
) -> str:
    """HTML for the top of the page at path ``here``; empty where there is nothing to say.

    ``pages`` tells for each file that has a page of its own the path of that page. A page of
    mistakes doesn't repeat its own.
    """
    view = View(here, settings, Collection())
    errors: dict[str, list[Problem]] = {}
    warnings = []
    for problem in problems:
        file = problem.location.path
        if problem.severity is Severity.WARNING:
            warnings += [problem] if pages.get(file) == here else []
        elif pages.get(file) != here:
            errors.setdefault(file, []).append(problem)
    if not errors and not warnings:
        return ""
    listed = [
        (file, view.to(pages[file]) if file in pages else "", errors[file]) for file in errors
    ]
    template = environment().get_template("notice.html")
    return template.render(errors=listed, warnings=warnings, most=MOST)
