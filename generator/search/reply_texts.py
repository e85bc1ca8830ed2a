"""Reply statuses in words, as results of the search show them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.collection.answer_table import by_label
from generator.collection.entries import BriefingEntry, StatementEntry
from generator.collection.reply_status import Reply, count_replies
from generator.model import date_words


def reply_texts(statement: StatementEntry, texts: Any) -> Iterator[tuple[str, str]]:
    """A label and a sentence for each accused party, and for a withdrawal.

    ``texts`` are the interface's.
    """
    for reply in statement.replies:
        yield reply.label, _reply_text(reply, texts)
    if statement.withdrawn:
        date = date_words.word(statement.withdrawn.date)
        yield "withdrawn", texts["search"]["withdrawn"].format(date=date)


def reply_counts(briefing: BriefingEntry, texts: Any) -> Iterator[tuple[str, str]]:
    """How many of a briefing's allegations have each reply status, after what is counted."""
    counts = by_label(count_replies([briefing]))
    if counts:
        yield "", texts["search"]["reply_counts"]
    for label, status in texts["reply"].items():
        if count := counts.get(label):
            text = texts["search"]["reply_count"].format(status=status, count=count)
            yield label, text


def _reply_text(reply: Reply, texts: Any) -> str:
    forms = texts["search"]["reply"]
    day = date_words.word_day(reply.as_of) if reply.as_of else ""
    form = "answers" if reply.responses else "no_answer"
    if day:
        form += "_as_of"
    text: str = forms[form].format(
        actor=reply.accused.name,
        status=texts["reply"][reply.label],
        answers="; ".join(_answer(response, texts) for response in reply.responses),
        day=day,
    )
    return forms["order_unclear"].format(reply=text) if reply.order_unclear else text


def _answer(response: StatementEntry, texts: Any) -> str:
    forms = texts["search"]["reply"]
    form = "answer_withdrawn" if response.withdrawn else "answer"
    if not response.date:
        form += "_undated"
    date = date_words.word(response.date) if response.date else ""
    stance = texts["stance"][response.stance] if response.stance else ""
    text: str = forms[form].format(stance=stance, date=date)
    return text
