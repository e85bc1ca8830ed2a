"""Judge what locks pin by the published vulnerabilities: ``python -m supply.audit LOCK...``.

`pip-audit` asks the service, and passes over what the service doesn't know, or says nothing at all
where it gets an empty answer. So a version that is known to be vulnerable is asked for first.

Exits with 0 where everything was judged and nothing found, with 1 where something was found, and
with 3 where something could not be judged.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

KNOWN = Path(__file__).parent / "known.lock"
IGNORED = Path(__file__).parent / "ignored.toml"
FOUND, NOT_JUDGED = 1, 3
_KEYS = {"id": str, "reason": str, "until": date}


class NoAnswerError(Exception):
    """The service can't be reached, or has nothing to say; the text is what was told of it."""


class IgnoredError(Exception):
    """What is wrong with the list of what is passed over, as a sentence."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A published vulnerability of something pinned; ``ids`` has its own id first."""

    package: str
    version: str
    ids: tuple[str, ...]
    fixed: tuple[str, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of one lock: how many packages, the findings, and what the service doesn't know."""

    packages: int
    findings: list[Finding]
    unknown: list[str]


def judged(answer: Mapping[str, Any]) -> Judged:
    """What pip-audit's JSON says."""
    dependencies = answer["dependencies"]
    return Judged(
        len(dependencies),
        [
            Finding(
                one["name"],
                one["version"],
                (told["id"], *told["aliases"]),
                tuple(told["fix_versions"]),
                " ".join(told["description"].split()),
            )
            for one in dependencies
            for told in one.get("vulns", ())
        ],
        [one["name"] for one in dependencies if "skip_reason" in one],
    )


def ignored(text: str) -> dict[str, date]:
    """The ids that are passed over, each with the day from which it counts again.

    Raises ``IgnoredError`` where an entry lacks a reason or a day.
    """
    try:
        entries = tomllib.loads(text).get("ignored", [])
    except tomllib.TOMLDecodeError as error:
        raise IgnoredError(f"This is no TOML: {error}.") from None
    found = {}
    for number, entry in enumerate(entries if isinstance(entries, list) else [entries], 1):
        for key, kind in _KEYS.items():
            if type(entry.get(key)) is not kind or entry[key] == "":
                accepted = "a day such as 2030-01-31" if kind is date else "words in quotes"
                told = f"`{entry[key]}`" if key in entry else "nothing"
                raise IgnoredError(f"Entry {number}: `{key}` is {told}; accepted is {accepted}.")
        found[entry["id"]] = entry["until"]
    return found


def told(lock: str, one: Judged, passed: Mapping[str, date], today: date) -> list[str]:
    """What is to be said of the findings in a lock; nothing of those passed over today."""
    lines = []
    for finding in one.findings:
        until = max((passed[id_] for id_ in finding.ids if id_ in passed), default=None)
        if until and today < until:
            continue
        remedy = (
            f'Fixed in {", ".join(finding.fixed)}: make lock ARGS="--upgrade-package '
            f'{finding.package}"'
            if finding.fixed
            else "No version with a fix is published; supply/ignored.toml says how to wait for one."
        )
        since = f" It was passed over until {until}." if until else ""
        lines += [
            f"{lock}: {finding.package} {finding.version}: {' '.join(finding.ids)}",
            f"  {finding.summary[:300]}",
            f"  {remedy}{since}",
        ]
    return lines


def unused(passed: Iterable[str], every: Iterable[Judged]) -> list[str]:
    """Those of the ids passed over that no lock has any more."""
    there = {one for lock in every for finding in lock.findings for one in finding.ids}
    return [one for one in passed if one not in there]


def ask(lock: Path) -> Judged:
    """Have pip-audit look up what ``lock`` pins. Raises ``NoAnswerError``."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--require-hashes"),
            *("--disable-pip", "--format", "json", "--progress-spinner", "off"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        return judged(json.loads(done.stdout))
    except json.JSONDecodeError:
        last = done.stderr.strip().splitlines()[-1:] or [f"it ended with {done.returncode}"]
        raise NoAnswerError(last[0]) from None


def main(locks: list[str], today: date) -> int:
    """Judge ``locks``, print what was found, and give the exit code."""
    try:
        passed = ignored(IGNORED.read_text("utf-8"))
        known = ask(KNOWN)
        if not known.findings:
            raise NoAnswerError(f"it has nothing to say of what {KNOWN.name} names")
        every = {lock: ask(Path(lock)) for lock in locks}
    except IgnoredError as error:
        print(f"{IGNORED.name}: {error}", file=sys.stderr)
        return FOUND
    except NoAnswerError as error:
        print(
            "NOT JUDGED: the service that knows of vulnerabilities gives no answer here: "
            f"{error}.\nRun this where it can be reached, or name another: "
            "PIP_AUDIT_VULNERABILITY_SERVICE=osv make audit",
            file=sys.stderr,
        )
        return NOT_JUDGED
    lines = [line for lock, one in every.items() for line in told(lock, one, passed, today)]
    lines += [
        f"supply/ignored.toml: no lock has {one} any more; take the entry out."
        for one in unused(passed, every.values())
    ]
    unknown = {lock: one.unknown for lock, one in every.items() if one.unknown}
    for lock, names in unknown.items():
        lines.append(f"NOT JUDGED: {lock}: the service doesn't know {', '.join(names)}.")
    for lock, one in every.items():
        print(f"{lock}: {one.packages} packages, {len(one.findings)} vulnerabilities published")
    for line in lines:
        print(line, file=sys.stderr)
    if unknown and len(lines) == len(unknown):
        return NOT_JUDGED
    return FOUND if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], datetime.now(UTC).date()))
