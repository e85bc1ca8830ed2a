"""Classifies answers: from an answer and the last fingerprint to an outcome with its reason.

This module has no side effects, so each rule can be read and tested on its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from http import HTTPStatus
from urllib.parse import urlsplit


class Outcome(StrEnum):
    """The outcome of a check. The results file has these words; the report has this order."""

    DEAD = "dead"
    CHANGED = "changed"
    MOVED = "moved"
    BLOCKED = "blocked"
    UNSURE = "unsure"
    SKIPPED = "skipped"
    OK = "ok"


class Failure(Enum):
    """Why there is no answer: the outcome, and the reason, which is a format for the detail."""

    NO_HOST = Outcome.DEAD, "There is no host {}."
    UNRESOLVED = Outcome.UNSURE, "The address of the host {} could not be looked up."
    REFUSED = Outcome.DEAD, "The host {} accepts no connections."
    LOST = Outcome.UNSURE, "The host {} closed the connection early."
    TIMEOUT = Outcome.UNSURE, "The host {} did not answer in time."
    CERTIFICATE = Outcome.BLOCKED, "Browsers warn about its certificate: {}."
    TLS = Outcome.BLOCKED, "No secure connection was possible: {}."
    NOT_HTTP = Outcome.UNSURE, "What the host {} sent is not HTTP."
    LOOP = Outcome.UNSURE, "It redirects in a circle, or too often: {}"
    RESTING = Outcome.UNSURE, "Not checked: the host {} asks for a longer pause."
    PRIVATE = Outcome.SKIPPED, "It leads to {}, which is not a public address."
    SCHEME = Outcome.SKIPPED, "It leads to {}. Only http and https are checked."
    PORT = Outcome.SKIPPED, "It leads to port {}. Below 1024 only 80 and 443 are checked."
    ADDRESS = Outcome.SKIPPED, "{} is not a web address."


#: Failures that can be temporary, so that trying again makes sense.
TEMPORARY = {Failure.UNRESOLVED, Failure.REFUSED, Failure.LOST, Failure.TIMEOUT, Failure.NOT_HTTP}
#: Failures that also happen if this machine has no network.
NO_ANSWER = {
    Failure.NO_HOST, Failure.UNRESOLVED, Failure.REFUSED, Failure.LOST, Failure.TIMEOUT,
}  # fmt: skip
_GONE = {404, 410}
#: 406 is how some firewalls answer programs, 999 is LinkedIn's.
_KEEPS_PROGRAMS_OUT = {401, 402, 403, 406, 407, 429, 451, 999}
PERMANENT = {301, 308}


@dataclass(frozen=True, slots=True)
class Seen:
    """Fingerprint of a page: its title, and a digest of its words without markup.

    ``text`` is empty if the words could not be read completely, or differ with each request.
    ``kind`` is `text`, or `file` for anything else. ``tag`` is the `ETag` or `Last-Modified` of the
    server.
    """

    kind: str
    title: str = ""
    text: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Hop:
    """A redirect: its status, and where it leads."""

    status: int
    to: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a request: a status, or a failure with its detail.

    ``url`` is the last URL requested. ``wall``: the page asks for proof that the visitor is human.
    """

    url: str
    status: int = 0
    failure: Failure | None = None
    detail: str = ""
    hops: tuple[Hop, ...] = ()
    wall: bool = False
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome, its reason, and for a page that moved permanently its new URL."""

    outcome: Outcome
    why: str
    to: str = ""


def judge(url: str, answer: Answer, before: Seen | None = None) -> Verdict:
    """The verdict on ``url``, by the ``answer`` and the fingerprint ``before``."""
    if answer.failure:
        outcome, message = answer.failure.value
        return Verdict(outcome, message.format(answer.detail))
    status = answer.status
    if answer.wall:
        return Verdict(Outcome.BLOCKED, "It asks for proof that the visitor is human.")
    if status in _GONE:
        return Verdict(Outcome.DEAD, f"It answers {_named(status)}.")
    if status in _KEEPS_PROGRAMS_OUT:
        return Verdict(Outcome.BLOCKED, f"It answers {_named(status)}.")
    if not 200 <= status < 300:
        return Verdict(Outcome.UNSURE, f"It answers {_named(status)}.")
    changed = difference(before, answer.seen)
    to = _moved_to(answer.hops)
    if changed:
        also = f" It moved to {to}, too." if to else ""
        return Verdict(Outcome.CHANGED, f"{changed}{also}", to)
    if to:
        home = _is_home(to) and not _is_home(url)
        why = " That is the site's home page, so the page itself has probably gone." if home else ""
        return Verdict(Outcome.MOVED, f"It moved to {to}.{why}", to)
    return Verdict(Outcome.OK, "")


def difference(before: Seen | None, now: Seen | None) -> str:
    """How a page differs from the fingerprint ``before``, in words. Empty if it is the same."""
    if before is None or now is None:
        return ""
    if before.kind != now.kind:
        names = {"text": "a page", "file": "a file"}
        return f"It was {names.get(before.kind, before.kind)} and is {names[now.kind]} now."
    if before.title != now.title:
        return f"Its title was “{before.title}” and is “{now.title}” now."
    if before.text and now.text and before.text != now.text:
        return "Its text has changed."
    return ""


def fingerprint_to_keep(before: Seen | None, answer: Answer) -> Seen | None:
    """The fingerprint to compare the next answer with."""
    if answer.seen is None or answer.wall or not 200 <= answer.status < 300:
        return before
    return answer.seen


def _moved_to(hops: tuple[Hop, ...]) -> str:
    """Where the permanent redirects lead, up to the first temporary one. Empty if there is none."""
    to = ""
    for hop in hops:
        if hop.status not in PERMANENT:
            break
        to = hop.to
    return to


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def _named(status: int) -> str:
    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)
