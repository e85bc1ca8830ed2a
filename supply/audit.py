"""Look up published vulnerabilities of the packages in locks: ``python -m supply.audit LOCK...``.

`pip-audit` asks the service. It skips packages that the service doesn't know, and reports nothing
if the service's answer is empty. So a version that is known to be vulnerable is looked up first.

Exits with 0 if every package was looked up and no vulnerability found, with 1 if one was found, and
with 3 if some packages could not be looked up.
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
    """The service can't be reached, or its answer is empty. The text is the reason."""


class IgnoredError(Exception):
    """What is wrong with the list of ignored vulnerabilities, as a sentence."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A published vulnerability of a locked package. The first of ``ids`` is its main id."""

    package: str
    version: str
    ids: tuple[str, ...]
    fixed: tuple[str, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class LockResult:
    """The result for one lock: its number of packages, the findings, and the unknown packages."""

    packages: int
    findings: list[Finding]
    unknown: list[str]


def read_answer(answer: Mapping[str, Any]) -> LockResult:
    """The result in pip-audit's JSON output."""
    dependencies = answer["dependencies"]
    return LockResult(
        len(dependencies),
        [
            Finding(
                dependency["name"],
                dependency["version"],
                (vulnerability["id"], *vulnerability["aliases"]),
                tuple(vulnerability["fix_versions"]),
                " ".join(vulnerability["description"].split()),
            )
            for dependency in dependencies
            for vulnerability in dependency.get("vulns", ())
        ],
        [dependency["name"] for dependency in dependencies if "skip_reason" in dependency],
    )


def read_ignored(text: str) -> dict[str, date]:
    """The ids of ignored vulnerabilities, each with the day from which it is reported again.

    Raises ``IgnoredError`` if an entry lacks a reason or a day.
    """
    try:
        entries = tomllib.loads(text).get("ignored", [])
    except tomllib.TOMLDecodeError as error:
        raise IgnoredError(f"This is not TOML: {error}.") from None
    ignored_until = {}
    for number, entry in enumerate(entries if isinstance(entries, list) else [entries], 1):
        for key, kind in _KEYS.items():
            if type(entry.get(key)) is not kind or entry[key] == "":
                accepted = "a day such as 2030-01-31" if kind is date else "words in quotes"
                value = f"`{entry[key]}`" if key in entry else "nothing"
                raise IgnoredError(f"Entry {number}: `{key}` is {value}; accepted is {accepted}.")
        ignored_until[entry["id"]] = entry["until"]
    return ignored_until


def report(lock: str, result: LockResult, ignored: Mapping[str, date], today: date) -> list[str]:
    """The lines that report the findings in a lock, except those that are ignored today."""
    lines = []
    for finding in result.findings:
        until = max((ignored[id_] for id_ in finding.ids if id_ in ignored), default=None)
        if until and today < until:
            continue
        remedy = (
            f'Fixed in {", ".join(finding.fixed)}: make lock ARGS="--upgrade-package '
            f'{finding.package}"'
            if finding.fixed
            else "No version with a fix is published; supply/ignored.toml says how to wait for one."
        )
        since = f" It was ignored until {until}." if until else ""
        lines += [
            f"{lock}: {finding.package} {finding.version}: {' '.join(finding.ids)}",
            f"  {finding.summary[:300]}",
            f"  {remedy}{since}",
        ]
    return lines


def unused(ignored: Iterable[str], results: Iterable[LockResult]) -> list[str]:
    """The ignored ids that no lock has any more."""
    found_ids = {id_ for lock in results for finding in lock.findings for id_ in finding.ids}
    return [id_ for id_ in ignored if id_ not in found_ids]


def ask(lock: Path) -> LockResult:
    """Look up the packages of ``lock`` with pip-audit. Raises ``NoAnswerError``."""
    process = subprocess.run(
        [
            *(sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--require-hashes"),
            *("--disable-pip", "--format", "json", "--progress-spinner", "off"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        return read_answer(json.loads(process.stdout))
    except json.JSONDecodeError:
        last = process.stderr.strip().splitlines()[-1:] or [f"it ended with {process.returncode}"]
        raise NoAnswerError(last[0]) from None


def main(locks: list[str], today: date) -> int:
    """Look up the packages of ``locks``, print the findings, and return the exit code."""
    try:
        ignored = read_ignored(IGNORED.read_text("utf-8"))
        known = ask(KNOWN)
        if not known.findings:
            raise NoAnswerError(f"it has no vulnerability of the package in {KNOWN.name}")
        results = {lock: ask(Path(lock)) for lock in locks}
    except IgnoredError as error:
        print(f"{IGNORED.name}: {error}", file=sys.stderr)
        return FOUND
    except NoAnswerError as error:
        print(
            f"NOT JUDGED: the vulnerability service does not answer: {error}.\n"
            "Run this on a machine that can reach it, or name another service: "
            "PIP_AUDIT_VULNERABILITY_SERVICE=osv make audit",
            file=sys.stderr,
        )
        return NOT_JUDGED
    lines = [
        line for lock, result in results.items() for line in report(lock, result, ignored, today)
    ]
    lines += [
        f"supply/ignored.toml: no lock has {id_} any more. Remove the entry."
        for id_ in unused(ignored, results.values())
    ]
    unknown = {lock: result.unknown for lock, result in results.items() if result.unknown}
    for lock, names in unknown.items():
        lines.append(f"NOT JUDGED: {lock}: the service doesn't know {', '.join(names)}.")
    for lock, result in results.items():
        print(
            f"{lock}: {result.packages} packages, {len(result.findings)} published vulnerabilities"
        )
    for line in lines:
        print(line, file=sys.stderr)
    if unknown and len(lines) == len(unknown):
        return NOT_JUDGED
    return FOUND if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], datetime.now(UTC).date()))
