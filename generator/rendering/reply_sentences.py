"""The reply of an accused party to an allegation in one sentence, for data that leaves its page."""

from __future__ import annotations

from generator.collection.entries import StatementEntry
from generator.collection.reply_status import Reply
from generator.locale import terms
from generator.locale.interface import Interface


def reply_sentence(reply: Reply, interface: Interface) -> str:
    """Who replied and how: "Esteria: Answered (denies, 15 February 2025)".

    It also says up to which day no reply, or no later one, was found, whether it is established
    which came first, and which answers were withdrawn.
    """
    gettext = interface.gettext
    values = {
        "actor": reply.accused.name,
        "status": terms.replies(interface)[reply.label],
        "answers": interface.semicolon.join(
            _answer(response, interface) for response in reply.responses
        ),
        "day": interface.day(reply.as_of) if reply.as_of else "",
    }
    match bool(reply.responses), bool(reply.as_of):
        case False, False:
            words = gettext("%(actor)s: %(status)s", **values)
        case False, True:
            words = gettext("%(actor)s: %(status)s as of %(day)s", **values)
        case True, False:
            words = gettext("%(actor)s: %(status)s (%(answers)s)", **values)
        case _:
            words = gettext(
                "%(actor)s: %(status)s (%(answers)s); no later reply found as of %(day)s", **values
            )
    if reply.order_unclear:
        return gettext("%(reply)s; it is not established which came first", reply=words)
    return words


def _answer(response: StatementEntry, interface: Interface) -> str:
    gettext = interface.gettext
    stance = terms.stances(interface)[response.stance] if response.stance else ""
    date = interface.date(response.date)
    if response.withdrawn:
        return gettext("%(stance)s, %(date)s, since withdrawn", stance=stance, date=date)
    return gettext("%(stance)s, %(date)s", stance=stance, date=date)
