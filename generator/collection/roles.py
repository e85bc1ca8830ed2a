"""Which office a person held on a date."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from generator.model.edtf import EdtfDate
from generator.model.registries import Actor, Role


def role_on(
    actor: Actor,
    when: EdtfDate | None,
    name_of: Callable[[str], str],
    parties: Collection[str] = (),
) -> str:
    """The role of ``actor`` on a date in words, or an empty text.

    An office and the body that it belongs to are joined by a comma, because names have articles in
    some languages: "Spokesman, Ministry of Defence". The body is left out if it is one of the
    ``parties`` (by id) whose statement it is, because these are named anyway. Roles that were
    certainly held then are joined by semicolons. Otherwise roles that may have been held are joined
    by a slash. ``name_of`` returns the name of the actor with this id.
    """

    def words(role: Role) -> str:
        is_named = not role.of or role.of in parties
        return role.role if is_named else f"{role.role}, {name_of(role.of or '')}"

    if when is None:
        timeless = [role for role in actor.roles if role.since is None and role.until is None]
        return words(timeless[0]) if len(actor.roles) == 1 and timeless else ""
    certain = [role for role in actor.roles if _certainly_held(role, when)]
    if certain:
        return "; ".join(map(words, certain))
    return " / ".join(words(role) for role in actor.roles if _maybe_held(role, when))


def _certainly_held(role: Role, when: EdtfDate) -> bool:
    since, until = role.since, role.until
    has_begun = since is None or _known_before(since.latest, when.earliest)
    over = until is not None and not _known_before(when.latest, until.earliest)
    return has_begun and not over


def _maybe_held(role: Role, when: EdtfDate) -> bool:
    since, until = role.since, role.until
    not_begun = since is not None and _apart(when.latest, since.earliest)
    over = until is not None and _apart(until.latest, when.earliest)
    return not not_begun and not over


def _known_before(first: date | None, second: date | None) -> bool:
    return first is not None and second is not None and first <= second


def _apart(first: date | None, second: date | None) -> bool:
    return first is not None and second is not None and first < second
