"""The titles of statements: who claims what against whom, in one line."""

from __future__ import annotations

from typing import Protocol

from generator.locale import terms
from generator.locale.interface import Interface


class _GetText(Protocol):
    """``gettext`` of an ``Interface`` or of ``HtmlTexts``."""

    def __call__(self, message: str, /, **values: object) -> str: ...


def made_by(gettext: _GetText, interface: Interface, kind: str, stance: str | None, by: str) -> str:
    """What a statement is and who made it: "Response by Esteria: denies".

    ``by`` is the names of its parties.
    """
    match kind:
        case "allegation":
            title = gettext("Allegation by %(parties)s", parties=by)
        case "demand":
            title = gettext("Demand by %(parties)s", parties=by)
        case "statement":
            title = gettext("Statement by %(parties)s", parties=by)
        case _:
            title = gettext("Response by %(parties)s", parties=by)
    return _with_stance(gettext, interface, title, stance)


def full_title(
    gettext: _GetText,
    interface: Interface,
    kind: str,
    stance: str | None,
    by: str,
    against: str,
    addressed_to: str,
) -> str:
    """A statement's title: "Allegation by Norland against Esteria".

    ``by``, ``against`` and ``addressed_to`` are names of actors; the last two can be empty.
    """
    values = {"parties": by, "accused": against, "addressees": addressed_to}
    values = {name: value for name, value in values.items() if value}
    match kind, bool(against), bool(addressed_to):
        case _, False, False:
            return made_by(gettext, interface, kind, stance, by)
        case "allegation", True, False:
            title = gettext("Allegation by %(parties)s against %(accused)s", **values)
        case "allegation", False, True:
            title = gettext("Allegation by %(parties)s to %(addressees)s", **values)
        case "allegation", _, _:
            title = gettext(
                "Allegation by %(parties)s against %(accused)s to %(addressees)s", **values
            )
        case "demand", True, False:
            title = gettext("Demand by %(parties)s against %(accused)s", **values)
        case "demand", False, True:
            title = gettext("Demand by %(parties)s to %(addressees)s", **values)
        case "demand", _, _:
            title = gettext("Demand by %(parties)s against %(accused)s to %(addressees)s", **values)
        case _, True, False:
            title = gettext("Statement by %(parties)s against %(accused)s", **values)
        case _, False, True:
            title = gettext("Statement by %(parties)s to %(addressees)s", **values)
        case _:
            title = gettext(
                "Statement by %(parties)s against %(accused)s to %(addressees)s", **values
            )
    return _with_stance(gettext, interface, title, stance)


def _with_stance(gettext: _GetText, interface: Interface, title: str, stance: str | None) -> str:
    if not stance:
        return title
    return gettext("%(title)s: %(stance)s", title=title, stance=terms.stances(interface)[stance])
