"""Reply statuses in words, as results of the search show them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.collection.entries import BriefingEntry, StatementEntry
from generator.collection.reply_status import Reply
from generator.locale import terms
from generator.locale.interface import Interface
from generator.rendering import template_functions


def reply_texts(statement: StatementEntry, interface: Interface) -> Iterator[tuple[str, str]]:
    """A label and a sentence for each accused party, and for a withdrawal."""
    for reply in statement.replies:
        yield reply.label, _reply_text(reply, interface)
    if statement.withdrawn:
        date = interface.date(statement.withdrawn.date)
        yield "withdrawn", interface.gettext("Withdrawn, %(date)s", date=date)


def reply_counts(briefing: BriefingEntry, interface: Interface) -> Iterator[tuple[str, str]]:
    """How many of a briefing's allegations have each reply status, after what is counted."""
    counts = template_functions.reply_counts([briefing], interface)
    if counts:
        yield "", interface.gettext("Replies to its allegations:")
    statuses = terms.replies(interface)
    for label, count in counts:
        values = {"status": statuses[label], "number": interface.number(count)}
        yield label, interface.gettext("%(status)s: %(number)s", **values)


def _reply_text(reply: Reply, interface: Interface) -> str:
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
