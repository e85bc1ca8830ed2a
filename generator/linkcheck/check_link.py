"""One link from question to result: asked, judged, and an archived copy looked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from generator.linkcheck import wayback as archive
from generator.linkcheck.find_links import Link
from generator.linkcheck.http_check import LinkClient
from generator.linkcheck.results_file import Result
from generator.linkcheck.url_safety import LinkRefusedError
from generator.linkcheck.verdicts import UNHEARD, Answer, Outcome, judge, kept


def _utc_now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


class LinkChecker:
    """Makes results of links; several threads can share one.

    ``before`` are the last results by address. ``wayback`` is the interface that is asked for
    copies of dead links, or with ``every_copy`` of all; empty for none.
    """

    def __init__(
        self,
        asker: LinkClient,
        before: Mapping[str, Result],
        wayback: str = "",
        *,
        every_copy: bool = False,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._asker = asker
        self._before = dict(before)
        self._wayback = wayback
        self._every_copy = every_copy
        self._now = now
        #: Why the archive could not be asked, each reason once.
        self.failures: dict[str, None] = {}
        #: Whether any host has said anything: where none does, this machine may be offline.
        self.heard = False

    def is_done(self, link: Link, days: float) -> bool:
        """Whether a result not older than ``days`` tells all that is wanted."""
        before = self._before.get(link.url)
        if before is None or not before.fresh(self._now(), days):
            return False
        return before.copy is not None or not self._wants_copy(link, before.outcome)

    def visit(self, link: Link) -> Result:
        """Ask ``link`` and judge what comes."""
        before = self._before.get(link.url)
        seen = before.seen if before else None
        answer = self._asker.ask(link.url, seen)
        self.heard = self.heard or answer.failure not in UNHEARD
        verdict = judge(link.url, answer, seen)
        copy = before.copy if before and before.copy else None
        if copy is None and self._wants_copy(link, verdict.outcome):
            copy = self._copy(link)
        now = self._now()
        return Result(verdict.outcome, verdict.why, now, verdict.to, kept(seen, answer), copy)

    def _wants_copy(self, link: Link, outcome: Outcome) -> bool:
        return bool(self._wayback) and archive.wants_copy(link, outcome, every=self._every_copy)

    def _copy(self, link: Link) -> str | None:
        """The address of an archived copy, empty where there is none, None if nobody knows."""
        try:
            status, body = self._asker.fetch(archive.query(self._wayback, link))
            if status == 200:
                return archive.closest(body)
            why = f"It answers {status}."
        except LinkRefusedError as error:
            failed = Answer(self._wayback, failure=error.failure, detail=error.detail)
            why = judge(self._wayback, failed).why
        except archive.ArchiveError as error:
            why = str(error)
        self.failures[f"{self._wayback}: {why}"] = None
        return None
