"""The titles of statements: who claims what against whom, in one line."""

from __future__ import annotations

from typing import Protocol

from generator.locale import terms
from generator.locale.interface import Interface


class _GetText(Protocol):
    """``gettext`` of an ``Interface`` or of ``HtmlTexts``."""

    def __call__(self, message: str, /, **values: object) -> str: ...


def made_by(text: _GetText, interface: Interface, kind: str, stance: str | None, by: str) -> str:
    """What a statement is and who made it: "Response by Esteria: denies".

    ``by`` is the names of its parties.
    """
    match kind:
        case "allegation":
            title = text("Allegation by %(parties)s", parties=by)
        case "demand":
            title = text("Demand by %(parties)s", parties=by)
        case "statement":
            title = text("Statement by %(parties)s", parties=by)
        case _:
            title = text("Response by %(parties)s", parties=by)
    return _with_stance(text, interface, title, stance)


def full_title(
    text: _GetText,
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
            return made_by(text, interface, kind, stance, by)
        case "allegation", True, False:
            title = text("Allegation by %(parties)s against %(accused)s", **values)
        case "allegation", False, True:
            title = text("Allegation by %(parties)s to %(addressees)s", **values)
        case "allegation", _, _:
            title = text(
                "Allegation by %(parties)s against %(accused)s to %(addressees)s", **values
            )
        case "demand", True, False:
            title = text("Demand by %(parties)s against %(accused)s", **values)
        case "demand", False, True:
            title = text("Demand by %(parties)s to %(addressees)s", **values)
        case "demand", _, _:
            title = text("Demand by %(parties)s against %(accused)s to %(addressees)s", **values)
        case _, True, False:
            title = text("Statement by %(parties)s against %(accused)s", **values)
        case _, False, True:
            title = text("Statement by %(parties)s to %(addressees)s", **values)
        case _:
            title = text("Statement by %(parties)s against %(accused)s to %(addressees)s", **values)
    return _with_stance(text, interface, title, stance)


def _with_stance(text: _GetText, interface: Interface, title: str, stance: str | None) -> str:
    if not stance:
        return title
    return text("%(title)s: %(stance)s", title=title, stance=terms.stances(interface)[stance])
