"""Which office a person held on a date."""

from __future__ import annotations

from typing import Any

import pytest

from generator.collection.roles import role_on
from generator.model.dates import parse
from generator.model.registries import Actor

NAMES = {"esteria": "Esteria", "norland": "Norland"}
MINISTER = {
    "role": "Foreign Minister",
    "of": "esteria",
    "from": "2023-05-10",
    "until": "2025-01-20",
}
PREMIER = {"role": "Prime Minister", "of": "esteria", "from": "2025-01-20"}


def _role(when: str | None, *roles: dict[str, Any]) -> str:
    actor = Actor.model_validate({"name": "Ana Lind", "type": "person", "roles": list(roles)})
    return role_on(actor, parse(when) if when else None, NAMES.__getitem__)


@pytest.mark.parametrize(
    ("when", "role"),
    [
        ("2023-05-09", ""),
        ("2023-05-10", "Foreign Minister, Esteria"),
        ("2024", "Foreign Minister, Esteria"),
        ("2024-02-10/2024-03-01", "Foreign Minister, Esteria"),
        ("2025-01-19", "Foreign Minister, Esteria"),
        ("2025-01-21", "Prime Minister, Esteria"),
        ("2030", "Prime Minister, Esteria"),
    ],
)
def test_the_role_is_the_one_held_on_the_day(when: str, role: str) -> None:
    assert _role(when, MINISTER, PREMIER) == role


def test_on_the_day_of_change_each_role_that_was_held_is_shown() -> None:
    role = _role("2025-01-20", MINISTER, PREMIER)
    assert role == "Foreign Minister, Esteria; Prime Minister, Esteria"


def test_the_first_and_the_last_day_belong_to_a_role() -> None:
    assert _role("2025-01-20", MINISTER) == "Foreign Minister, Esteria"
    assert _role("2025-01-21", MINISTER) == ""


@pytest.mark.parametrize("when", ["2025", "2025-01", "2025-01-15/2025-01-25", "2025-01/.."])
def test_a_date_that_leaves_it_open_names_both(when: str) -> None:
    role = _role(when, MINISTER, PREMIER)
    assert role == "Foreign Minister, Esteria / Prime Minister, Esteria"


def test_imprecise_role_dates_leave_their_boundary_open() -> None:
    minister = MINISTER | {"until": "2025-01"}
    premier = PREMIER | {"from": "2025-01"}
    both = "Foreign Minister, Esteria / Prime Minister, Esteria"
    assert _role("2024-12-31", minister, premier) == "Foreign Minister, Esteria"
    assert _role("2025-01-15", minister, premier) == both
    assert _role("2025-02-01", minister, premier) == "Prime Minister, Esteria"


def test_two_offices_held_at_once_are_both_shown() -> None:
    chair = {"role": "Chair", "of": "norland", "from": "2024"}
    role = _role("2024-06-01", MINISTER, {"role": "Deputy", "from": "2024-01"}, chair)
    assert role.startswith("Foreign Minister, Esteria; Deputy")


def test_a_role_of_no_one_is_shown_alone() -> None:
    assert _role("2024", {"role": "Envoy"}) == "Envoy"


def test_a_role_without_dates_is_always_held() -> None:
    assert _role("1900", {"role": "Envoy"}) == "Envoy"
    assert _role(None, {"role": "Envoy"}) == "Envoy"


def test_an_undated_statement_shows_no_role_that_has_dates() -> None:
    assert _role(None, MINISTER) == ""
    assert _role(None, MINISTER, PREMIER) == ""


def test_an_undated_statement_by_a_person_of_several_roles_shows_none() -> None:
    assert _role(None, {"role": "Envoy"}, MINISTER) == ""


def test_an_open_start_of_a_role_reaches_back() -> None:
    assert _role("1990-01-01", {"role": "Envoy", "until": "2000"}) == "Envoy"
    assert _role("2001-01-01", {"role": "Envoy", "until": "2000"}) == ""


def test_a_person_without_roles_has_none() -> None:
    assert _role("2024") == ""
