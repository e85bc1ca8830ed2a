"""The titles of statements: who claims what against whom, in one line."""

from __future__ import annotations

from typing import Protocol

from generator.locale import terms
from generator.locale.catalogues import translatable
from generator.locale.interface import Interface


class _GetText(Protocol):
    """``gettext`` of an ``Interface`` or of ``HtmlTexts``."""

    def __call__(self, message: str, /, **values: object) -> str: ...


_MADE_BY = {
    "allegation": translatable("Allegation by %(parties)s"),
    "demand": translatable("Demand by %(parties)s"),
    "statement": translatable("Statement by %(parties)s"),
    "response": translatable("Response by %(parties)s"),
}
#: The titles of statements that accuse somebody, address somebody, or both.
_IN_FULL = {
    ("allegation", True, False): translatable("Allegation by %(parties)s against %(accused)s"),
    ("allegation", False, True): translatable("Allegation by %(parties)s to %(addressees)s"),
    ("allegation", True, True): translatable(
        "Allegation by %(parties)s against %(accused)s to %(addressees)s"
    ),
    ("demand", True, False): translatable("Demand by %(parties)s against %(accused)s"),
    ("demand", False, True): translatable("Demand by %(parties)s to %(addressees)s"),
    ("demand", True, True): translatable(
        "Demand by %(parties)s against %(accused)s to %(addressees)s"
    ),
    ("statement", True, False): translatable("Statement by %(parties)s against %(accused)s"),
    ("statement", False, True): translatable("Statement by %(parties)s to %(addressees)s"),
    ("statement", True, True): translatable(
        "Statement by %(parties)s against %(accused)s to %(addressees)s"
    ),
}


def made_by(gettext: _GetText, interface: Interface, kind: str, stance: str | None, by: str) -> str:
    """What a statement is and who made it: "Response by Esteria: denies".

    ``by`` is the names of its parties.
    """
    return _with_stance(gettext, interface, gettext(_MADE_BY[kind], parties=by), stance)


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
    if not (against or addressed_to):
        return made_by(gettext, interface, kind, stance, by)
    message = _IN_FULL[kind, bool(against), bool(addressed_to)]
    title = gettext(message, parties=by, accused=against, addressees=addressed_to)
    return _with_stance(gettext, interface, title, stance)


def _with_stance(gettext: _GetText, interface: Interface, title: str, stance: str | None) -> str:
    if not stance:
        return title
    return gettext("%(title)s: %(stance)s", title=title, stance=terms.stances(interface)[stance])
