"""The file of the last results: stable JSON that can be committed and compared line by line."""

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
#: Outcomes that are cheap to check again, or likely to change soon.
_ALWAYS_CHECKED_AGAIN = {Outcome.UNSURE, Outcome.SKIPPED}


class ResultsError(Exception):
    """A file of results that can't be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one link. ``asked`` is in UTC, ``to`` is where a page moved permanently.

    ``copy`` is the URL of an archived copy, empty if there is none, None if nobody looked for one.
    """

    outcome: Outcome
    why: str
    asked: AwareDatetime
    to: str = ""
    seen: Seen | None = None
    copy: str | None = None

    def is_fresh(self, now: datetime, days: float) -> bool:
        """Whether the result is at most ``days`` old and can be reused."""
        if self.outcome in _ALWAYS_CHECKED_AGAIN:
            return False
        return timedelta(0) <= now - self.asked < timedelta(days=days)


_RESULTS = TypeAdapter(dict[str, Result])


def as_text(results: Mapping[str, Result]) -> str:
    """The results as JSON, sorted by URL. Equal results give equal text."""
    links = {url: _record(results[url]) for url in sorted(results)}
    return json.dumps({"version": VERSION, "links": links}, ensure_ascii=False, indent=1) + "\n"


def _record(result: Result) -> dict[str, Any]:
    record = asdict(result) | {"asked": result.asked.astimezone(UTC).strftime(_TIME)}
    if result.seen:
        record["seen"] = {key: value for key, value in asdict(result.seen).items() if value}
    return {key: value for key, value in record.items() if value or (key, value) == ("copy", "")}


def from_text(text: str) -> dict[str, Result]:
    """The results in ``text``. Raises ``ResultsError`` for any other text."""
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
            {url: {"why": "", **record} for url, record in data.get("links", {}).items()}
        )
    except ValidationError as error:
        first = error.errors()[0]
        location = ".".join(str(step) for step in first["loc"])
        raise ResultsError(f"In `{location}`: {first['msg']}.") from None
    except (AttributeError, TypeError):
        raise ResultsError("`links` is no list of addresses, each with its result.") from None
