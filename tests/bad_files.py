"""The files of tests/cases/bad-files.json, as bytes. All of it is fictional."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tests.building import ROOT

PLACE = ROOT / "tests" / "cases" / "bad-files.json"
#: What follows a title of which a case tries the value.
REST = """
summary: Fictional.
status: published
published: 2025-03-04
background: []
positions:
  - {id: claim, party: norland, text: The water falls., sources: [gauge]}
responses: []
sources:
  - {id: gauge, title: Gauge, url: "https://gauge.example/"}
"""


@dataclass(frozen=True)
class BadFile:
    """A file, by its path, and what is told of it: `line:column: severity [rule]` for each problem.

    Nothing is told of a file that is accepted.
    """

    name: str
    file: str
    content: bytes
    says: list[str]
    #: The same with an eighth of what it repeats, where this gives the same verdict.
    small: bytes


#: An eighth of so many bytes is a small file already.
_LARGE = 100_000
#: These are refused for their size, or for what becomes too many only with it.
_BY_SIZE = {
    "over 1 MiB", "1 MiB of quotes", "1 MiB of items", "1 MiB of small lists",
    "1 MiB of percents", "1 MiB of links", "1 MiB of paragraphs", "1 MiB of positions",
    "1 MiB of wrong ids",
}  # fmt: skip


def bad_files() -> list[BadFile]:
    """Every case."""
    cases = json.loads(PLACE.read_text(encoding="utf-8"))
    return [_bad_file(case) for case in cases]


def _bad_file(case: dict[str, Any]) -> BadFile:
    content = small = _content(case)
    if len(content) > _LARGE and case["name"] not in _BY_SIZE:
        before, unit, times, after = case["repeat"]
        small = _content({"repeat": [before, unit, times // 8, after]})
    return BadFile(case["name"], case.get("file", "briefings/x.yml"), content, case["says"], small)


def _content(case: dict[str, Any]) -> bytes:
    if "hex" in case:
        return bytes.fromhex(case["hex"])
    if "repeat" in case:
        before, unit, times, after = case["repeat"]
        return f"{before}{unit * times}{after}".encode()
    text: str = case["text"] if "text" in case else f"title: {case['value']}{REST}"
    return text.encode()


def regenerate(says: dict[str, list[str]]) -> None:
    """Write down what is told of each case now."""
    cases = json.loads(PLACE.read_text(encoding="utf-8"))
    for case in cases:
        case["says"] = says[case["name"]]
    PLACE.write_text(json.dumps(cases, indent=1) + "\n", encoding="utf-8")
