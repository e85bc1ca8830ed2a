"""Texts about a statement's quotations: whose words they are, and which renderings there are."""

from __future__ import annotations

from collections.abc import Iterable

from generator.collection.entries import BriefingEntry, StatementEntry
from generator.locale.interface import Interface
from generator.model.briefing import Quotation

#: So many renderings of the same words have a table.
MANY = 3


def group_renderings(quotations: Iterable[Quotation]) -> list[list[Quotation]]:
    """Quotations in their order, with all renderings of the same words in one group."""
    groups: dict[str, list[Quotation]] = {}
    for index, quotation in enumerate(quotations):
        groups.setdefault(quotation.rendering_of or f"#{index}", []).append(quotation)
    return list(groups.values())


def leading_renderings(group: list[Quotation], language: str) -> list[Quotation]:
    """The words as printed and the first rendering in ``language``: what stands for the group."""
    verbatim = (quotation for quotation in group if quotation.form == "verbatim")
    first = next(verbatim, group[0])
    understood = (quotation for quotation in group if is_language(quotation.language, language))
    return list({id(item): item for item in (first, next(understood, first))}.values())


def compared(briefing: BriefingEntry) -> list[tuple[StatementEntry, list[Quotation]]]:
    """Statements with groups of renderings that have a table, in the order of the file."""
    return [
        (statement, group)
        for statement in briefing.statements
        for group in group_renderings(statement.model.quotes)
        if len(group) >= MANY
    ]


def are_published(group: Iterable[Quotation]) -> bool:
    """Whether sources have all of these renderings, and none is the site's own translation."""
    return not any(quotation.is_own for quotation in group)


def words_anchor(group: list[Quotation], statement: StatementEntry) -> str:
    """The anchor of the table of a group. No author's id has two hyphens in a row."""
    return f"words--{statement.id}--{group[0].rendering_of}"


def missing_wording(quotation: Quotation, language: str, interface: Interface) -> str:
    """A note on words that are on file only in another language than ``language``, or nothing."""
    is_foreign = quotation.language and not is_language(quotation.language, language)
    if quotation.form == "translation" or not is_foreign:
        return ""
    name = interface.language_name(language)
    return interface.gettext("no wording in %(language)s", language=name)


def is_language(tag: str | None, language: str) -> bool:
    """Whether two tags are of the same language, whatever its country or script."""
    return (tag or "").partition("-")[0] == language.partition("-")[0]


def quoted_names(statement: StatementEntry) -> list[str]:
    """Whose words a statement's quotations are, unless a quotation says otherwise."""
    speakers = [statement.speaker] if statement.speaker else statement.parties
    return [actor.name for actor in speakers]


def attribution(statement: StatementEntry, interface: Interface) -> str:
    """Who said a statement, in which office, for whom and when, and that it was withdrawn."""
    speaker = statement.speaker
    parts = [speaker.name] if speaker and speaker not in statement.parties else []
    parts += [statement.role] if statement.role and parts else []
    parties = interface.join(party.name for party in statement.parties)
    parts.append(interface.gettext("for %(parties)s", parties=parties) if parts else parties)
    parts += [statement.role] if statement.role and statement.role not in parts else []
    words = interface.apposition.join([*parts, interface.date(statement.date)])
    return f"{words} {interface.gettext('(withdrawn)')}" if statement.withdrawn else words
