"""The last results, as text that can be kept with a project's files and compared line by line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from generator.linkcheck.verdicts import Outcome, Seen

VERSION = 1
_TIME = "%Y-%m-%dT%H:%M:%SZ"
#: What costs little to ask again, or may come out otherwise soon.
_NEVER_FRESH = {Outcome.UNSURE, Outcome.SKIPPED}


class ResultsError(Exception):
    """A file of results that can't be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one link. ``asked`` is in UTC; ``to`` is where a page moved for good.

    ``copy`` is the address of an archived copy, empty where there is none, and None where nobody
    asked for one.
    """

    outcome: Outcome
    why: str
    asked: AwareDatetime
    to: str = ""
    seen: Seen | None = None
    copy: str | None = None

    def fresh(self, now: datetime, days: float) -> bool:
        """Whether it is new enough to be used again."""
        if self.outcome in _NEVER_FRESH:
            return False
        return timedelta(0) <= now - self.asked < timedelta(days=days)


_RESULTS = TypeAdapter(dict[str, Result])


def as_text(results: Mapping[str, Result]) -> str:
    """The results by address, as JSON in the order of addresses; equal results, equal text."""
    links = {url: _record(results[url]) for url in sorted(results)}
    return json.dumps({"version": VERSION, "links": links}, ensure_ascii=False, indent=1) + "\n"


def _record(result: Result) -> dict[str, Any]:
    told = asdict(result) | {"asked": result.asked.astimezone(UTC).strftime(_TIME)}
    if result.seen:
        told["seen"] = {key: value for key, value in asdict(result.seen).items() if value}
    return {key: value for key, value in told.items() if value or (key, value) == ("copy", "")}


def from_text(text: str) -> dict[str, Result]:
    """The results in ``text``; ``ResultsError`` where it is something else."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ResultsError(f"It is not JSON: {error}.") from None
    version = data.get("version") if isinstance(data, dict) else None
    if version != VERSION:
        said = "has no version" if version is None else f"is of version {version!r}"
        raise ResultsError(f"It {said}; this program reads version {VERSION}.")
    try:
        return _RESULTS.validate_python(
            {url: {"why": "", **one} for url, one in data.get("links", {}).items()}
        )
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise ResultsError(f"In `{place}`: {first['msg']}.") from None
    except (AttributeError, TypeError):
        raise ResultsError("`links` is no list of addresses, each with its result.") from None
