"""Prose holds only the markup that prose can."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.rule import Case, Finding, Rule
from generator.fields import Text, shown
from generator.problems import Severity

_SHOWN_AS_TYPED = (
    (re.compile(r"</?[a-zA-Z][^<>]*>|<!--"), "HTML tags"),
    (re.compile(r"^ {0,3}#{1,6}\s+\S+", re.M), "Headings"),
    (re.compile(r"^\S.*\n(?:={3,}|-{3,})$", re.M), "Headings and tables"),
    (re.compile(r"!\[[^\[\]]*\]\([^()]*\)"), "Images"),
    (re.compile(r"```|`[^`\n]+`"), "Code marks"),
    (re.compile(r"^ {0,3}>\s", re.M), "Block quotations"),
    (re.compile(r"^ {0,3}\[[^\[\]@][^\[\]]*\]:\s*\S+", re.M), "Link definitions"),
    (re.compile(r"~~[^~\n]+~~"), "Strike-through marks"),
    (re.compile(r"\[\^[^\[\]]+\]"), "Footnotes"),
    (re.compile(r"^\|.*\|$", re.M), "Tables"),
)
#: One of these is in each of them; most texts have none, and so are looked at once.
_SIGNS = re.compile(r"<|>|#|`|\||===|---|~~|!\[|\]:|\[\^")


def _check(case: Case) -> Iterator[Finding]:
    for path, marker, text in case.marked:
        if not isinstance(marker, Text) or marker.kind != "prose" or not _SIGNS.search(text):
            continue
        for pattern, what in _SHOWN_AS_TYPED:
            if found := pattern.search(text):
                yield Finding(
                    path,
                    f"{what} aren't read in prose, so readers will see {shown(found[0].strip())}.",
                    "Prose has paragraphs, *emphasis*, **strong emphasis**, lists and links.",
                    words=found[0].strip(),
                    occurrence=text[: found.start()].count(found[0].strip()),
                    as_written=True,
                )
                break


RULE = Rule(
    "prose-markup",
    Severity.WARNING,
    "Markup that prose doesn't have would stand on the page as signs.",
    _check,
    passing="""
summary: Norland says *Esteria* takes water.
""",
    failing="""
summary: Norland says <b>Esteria</b> takes water.
""",
)
