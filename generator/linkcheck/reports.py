"""Results of the link check as text and JSON."""

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
    """One link: its outcome and why, advice, and where it is."""
    lines = [f"{result.outcome}: {link.url}"]
    lines += [f"  {line}" for line in (result.why, _advice(link, result)) if line]
    lines += [f"  {place.location}: {place.field}" for place in link.places]
    if result.copy:
        for place in places_without_copy(link):
            lines.append(f"  {place.location}: {_proposal(place, result.copy)}")
    return "\n".join(lines)


def _advice(link: Link, result: Result) -> str:
    if result.outcome is Outcome.DEAD:
        without_copy = places_without_copy(link)
        if any(place.kind == "archive" for place in link.places):
            return "This is an archived copy. Name another, or remove it."
        if result.copy or not without_copy:
            return "" if without_copy else "Readers have the archived copy."
    return _ADVICE.get(result.outcome, "")


def _proposal(place: Place, copy: str) -> str:
    if place.kind == "source":
        return f'add `archive_url: "{copy}"`'
    return f"there is an archived copy to link to, {copy}"


def as_json(results: Iterable[tuple[Link, Result]]) -> str:
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
                    {**place.location._asdict(), "field": place.field, "kind": place.kind}
                    for place in link.places
                ],
            }
            for link, result in results
        ],
        ensure_ascii=False,
        indent=2,
    )


def summary(results: Iterable[Result]) -> str:
    """The number of links, in total and by outcome."""
    counts = Counter(result.outcome for result in results)
    listed = ", ".join(f"{counts[outcome]:,} {outcome}" for outcome in Outcome if counts[outcome])
    number = counts.total()
    links = "1 link" if number == 1 else f"{number:,} links"
    return f"{links}: {listed}" if listed else links
