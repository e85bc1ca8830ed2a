"""What became of the links, as people and machines read it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from generator.linkcheck.find_links import Link, Place
from generator.linkcheck.results_file import Result
from generator.linkcheck.verdicts import Outcome
from generator.linkcheck.wayback import places_without_copy

_ADVICE = {
    Outcome.DEAD: "No archived copy is known. Look for another source, or say so in its `note`.",
    Outcome.CHANGED: "Read it again: does it still say what it is cited for?",
    Outcome.MOVED: "If it is the same page, write the new address.",
    Outcome.BLOCKED: "It keeps programs out. Look at it in a browser.",
    Outcome.UNSURE: "The next run checks it again.",
}


def as_text(link: Link, result: Result) -> str:
    """One link: what became of it and why, where it stands, what to write."""
    lines = [f"{result.outcome}: {link.url}"]
    lines += [f"  {one}" for one in (result.why, _advice(link, result)) if one]
    lines += [f"  {one.location}: {one.field}" for one in link.places]
    if result.copy:
        for one in places_without_copy(link):
            lines.append(f"  {one.location}: {_proposal(one, result.copy)}")
    return "\n".join(lines)


def _advice(link: Link, result: Result) -> str:
    if result.outcome is Outcome.DEAD:
        missing = places_without_copy(link)
        if any(one.kind == "archive" for one in link.places):
            return "This is an archived copy. Name another, or remove it."
        if result.copy or not missing:
            return "" if missing else "Readers have the archived copy."
    return _ADVICE.get(result.outcome, "")


def _proposal(place: Place, copy: str) -> str:
    if place.kind == "source":
        return f'add `archive_url: "{copy}"`'
    return f"there is an archived copy to link to, {copy}"


def as_json(found: Iterable[tuple[Link, Result]]) -> str:
    """A JSON list of the links; lines and columns count from 1, columns in characters."""
    return json.dumps(
        [
            {
                "url": link.url,
                "outcome": result.outcome.value,
                "why": result.why,
                "to": result.to,
                "copy": result.copy or "",
                "asked": result.asked.isoformat(timespec="seconds").replace("+00:00", "Z"),
                "places": [
                    {
                        "path": one.location.path,
                        "line": one.location.line,
                        "column": one.location.column,
                        "field": one.field,
                        "kind": one.kind,
                    }
                    for one in link.places
                ],
            }
            for link, result in found
        ],
        ensure_ascii=False,
        indent=2,
    )


def summary(results: Iterable[Result]) -> str:
    """How many links there are, and of each outcome."""
    counts = Counter(one.outcome for one in results)
    told = ", ".join(f"{counts[one]:,} {one}" for one in Outcome if counts[one])
    number = counts.total()
    links = "1 link" if number == 1 else f"{number:,} links"
    return f"{links}: {told}" if told else links
