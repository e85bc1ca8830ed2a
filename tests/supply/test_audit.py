"""What `make audit` says of the answers it gets. Packages and vulnerabilities are fictional."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from supply.audit import IgnoredError, LockResult, read_answer, read_ignored, report, unused

TODAY = date(2030, 1, 15)


def _judged(*fixed: str) -> LockResult:
    vulnerability: dict[str, Any] = {
        "id": "FICT-2030-1",
        "aliases": ["CVE-2030-99991"],
        "fix_versions": list(fixed),
        "description": "A fictional\nflaw.",
    }
    dependencies = [
        {"name": "halden", "version": "1.0", "vulns": [vulnerability]},
        {"name": "orm", "version": "2.0", "vulns": []},
        {"name": "esteria", "skip_reason": "not found"},
    ]
    return read_answer({"dependencies": dependencies, "fixes": []})


def test_a_finding_shows_the_lock_the_version_the_ids_and_the_command_that_fixes_it() -> None:
    assert report("some.lock", _judged("1.1", "2.0"), {}, TODAY) == [
        "some.lock: halden 1.0: FICT-2030-1 CVE-2030-99991",
        "  A fictional flaw.",
        '  Fixed in 1.1, 2.0: make lock ARGS="--upgrade-package halden"',
    ]


def test_a_finding_without_a_fix_says_how_to_wait_for_one() -> None:
    assert report("some.lock", _judged(), {}, TODAY)[-1] == (
        "  No version with a fix is published; supply/ignored.toml says how to wait for one."
    )


def test_what_the_service_does_not_know_is_kept_apart() -> None:
    assert (_judged().packages, _judged().unknown) == (3, ["esteria"])


@pytest.mark.parametrize("known_as", ["FICT-2030-1", "CVE-2030-99991"])
def test_a_finding_is_passed_over_until_its_day_by_any_of_its_ids(known_as: str) -> None:
    assert report("some.lock", _judged(), {known_as: date(2030, 1, 16)}, TODAY) == []
    lines = report("some.lock", _judged(), {known_as: TODAY}, TODAY)
    assert lines[-1].endswith("It was ignored until 2030-01-15.")


def test_an_entry_that_no_lock_needs_is_reported() -> None:
    passed = ["CVE-2030-99991", "FICT-2029-7"]
    assert unused(passed, [_judged(), _judged()]) == ["FICT-2029-7"]


def test_the_list_of_what_is_passed_over_gives_ids_and_days() -> None:
    text = '[[ignored]]\nid = "FICT-1"\nreason = "It is never called."\nuntil = 2030-01-31\n'
    assert read_ignored(text) == {"FICT-1": date(2030, 1, 31)}
    assert read_ignored("# nothing\n") == {}


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            'id = "FICT-1"\nreason = ""\nuntil = 2030-01-31',
            "Entry 1: `reason` is ``; accepted is words in quotes.",
        ),
        (
            'id = "FICT-1"\nreason = "It is never called."',
            "Entry 1: `until` is nothing; accepted is a day such as 2030-01-31.",
        ),
        (
            'id = "FICT-1"\nreason = "It is never called."\nuntil = "soon"',
            "Entry 1: `until` is `soon`; accepted is a day such as 2030-01-31.",
        ),
        ("reason = 'No id.'", "Entry 1: `id` is nothing; accepted is words in quotes."),
        ("id = ", "This is not TOML: Invalid value (at end of document)."),
    ],
)
def test_an_entry_without_a_reason_or_a_day_is_refused(entry: str, message: str) -> None:
    with pytest.raises(IgnoredError) as refused:
        read_ignored(f"[[ignored]]\n{entry}")
    assert str(refused.value) == message
