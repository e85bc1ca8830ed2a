"""Reply statuses in words, as results of the search show them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.collection.entries import BriefingEntry, StatementEntry
from generator.locale import terms
from generator.locale.interface import Interface
from generator.rendering import template_functions
from generator.rendering.reply_sentences import reply_sentence


def reply_texts(statement: StatementEntry, interface: Interface) -> Iterator[tuple[str, str]]:
    """A label and a sentence for each accused party, and for a withdrawal."""
    for reply in statement.replies:
        yield reply.label, reply_sentence(reply, interface)
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
