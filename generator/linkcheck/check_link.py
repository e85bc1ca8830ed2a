"""Check one link: request it, judge the answer, and look for an archived copy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from generator.linkcheck import wayback as archive
from generator.linkcheck.find_links import Link
from generator.linkcheck.http_check import LinkClient
from generator.linkcheck.results_file import Result
from generator.linkcheck.url_safety import LinkRefusedError
from generator.linkcheck.verdicts import NO_ANSWER, Answer, Outcome, fingerprint_to_keep, judge


def _utc_now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(slots=True)
class LinkChecker:
    """Checks links. Several threads can share one checker.

    ``before`` has the last results by URL. ``wayback`` is the URL of the interface to look up
    copies of dead links, or with ``every_copy`` of all links. If it is empty, none are looked up.
    """

    client: LinkClient
    before: Mapping[str, Result]
    wayback: str = ""
    every_copy: bool = False
    now: Callable[[], datetime] = _utc_now
    #: Why the archive could not be used, each reason once, in order.
    failures: dict[str, None] = field(default_factory=dict)
    #: Whether any host has answered. If none does, this machine may be offline.
    any_answer: bool = False

    def is_done(self, link: Link, days: float) -> bool:
        """Whether a result that is at most ``days`` old has everything that is wanted."""
        before = self.before.get(link.url)
        if before is None or not before.is_fresh(self.now(), days):
            return False
        return before.copy is not None or not self._wants_copy(link, before.outcome)

    def check(self, link: Link) -> Result:
        """Request ``link`` and judge the answer."""
        before = self.before.get(link.url)
        seen = before.seen if before else None
        answer = self.client.ask(link.url, seen)
        self.any_answer = self.any_answer or answer.failure not in NO_ANSWER
        verdict = judge(link.url, answer, seen)
        copy = before.copy if before and before.copy else None
        if copy is None and self._wants_copy(link, verdict.outcome):
            copy = self._copy(link)
        now = self.now()
        return Result(
            verdict.outcome, verdict.why, now, verdict.to, fingerprint_to_keep(seen, answer), copy
        )

    def _wants_copy(self, link: Link, outcome: Outcome) -> bool:
        return bool(self.wayback) and archive.wants_copy(link, outcome, all_public=self.every_copy)

    def _copy(self, link: Link) -> str | None:
        """The URL of an archived copy, empty if there is none, None if that is unknown."""
        try:
            status, body = self.client.fetch(archive.query(self.wayback, link))
            if status == 200:
                return archive.closest(body)
            why = f"It answers {status}."
        except LinkRefusedError as error:
            failed = Answer(self.wayback, failure=error.failure, detail=error.detail)
            why = judge(self.wayback, failed).why
        except archive.ArchiveError as error:
            why = str(error)
        self.failures[f"{self.wayback}: {why}"] = None
        return None
