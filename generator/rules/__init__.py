"""Editorial and format rules over the collection: one rule a module, listed in ``RULES``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.collection.linker import Collection
from generator.reading.loader import Loaded
from generator.reading.problems import Problem, Severity
from generator.rules import (
    accusation_without_reply,
    accused_missing,
    accuses_itself,
    address_taken,
    answer_by_another,
    carries_itself,
    duplicate_id,
    event_without_source,
    future_day,
    invisible_character,
    loaded_term,
    loaded_verb,
    mixed_scripts,
    no_archived_copy,
    no_position,
    no_response_contradicted,
    older_reply,
    own_sources,
    part_of_itself,
    party_and_speaker,
    prose_link,
    prose_markup,
    published_missing,
    quotation_without_language,
    quotation_without_source,
    related_entry,
    reply_not_recorded,
    response_before_claim,
    review_due,
    role_span,
    same_name,
    silent_edit,
    silent_party,
    single_source,
    source_not_findable,
    speaker_without_role,
    stale_no_response,
    statement_after_as_of,
    statement_without_source,
    translation_without_original,
    uncited_source,
    unequal_room,
    unknown_id,
    updated_before_published,
    vanished_id,
)
from generator.rules import quotation_language as quotation_script
from generator.rules.base import Case, Options, Rule

RULES: tuple[Rule, ...] = (
    unknown_id.RULE,
    duplicate_id.RULE,
    published_missing.RULE,
    no_position.RULE,
    accused_missing.RULE,
    statement_without_source.RULE,
    quotation_without_source.RULE,
    source_not_findable.RULE,
    related_entry.RULE,
    address_taken.RULE,
    carries_itself.RULE,
    part_of_itself.RULE,
    role_span.RULE,
    updated_before_published.RULE,
    prose_link.RULE,
    reply_not_recorded.RULE,
    older_reply.RULE,
    response_before_claim.RULE,
    stale_no_response.RULE,
    no_response_contradicted.RULE,
    event_without_source.RULE,
    single_source.RULE,
    own_sources.RULE,
    uncited_source.RULE,
    no_archived_copy.RULE,
    quotation_without_language.RULE,
    translation_without_original.RULE,
    loaded_term.RULE,
    loaded_verb.RULE,
    speaker_without_role.RULE,
    party_and_speaker.RULE,
    unequal_room.RULE,
    silent_party.RULE,
    statement_after_as_of.RULE,
    review_due.RULE,
    vanished_id.RULE,
    silent_edit.RULE,
    invisible_character.RULE,
    mixed_scripts.RULE,
    prose_markup.RULE,
    accusation_without_reply.RULE,
    accuses_itself.RULE,
    answer_by_another.RULE,
    quotation_script.RULE,
    same_name.RULE,
    future_day.RULE,
)

#: Options under which only errors are looked for.
ERRORS_ONLY = Options({rule.id: None for rule in RULES if rule.severity is Severity.WARNING})


def check_briefing(
    key: str, loaded: Loaded, collection: Collection, options: Options
) -> Iterator[Problem]:
    """What the rules find in one briefing; ``collection`` has it and what it refers to."""
    reading = loaded.briefings[key]
    case = Case(reading, loaded, collection, options, briefing=collection.briefings[key])
    return _found([case], options)


def check_registries(loaded: Loaded, collection: Collection, options: Options) -> Iterator[Problem]:
    """What they find in the registries, and of briefings that are no more."""
    return _found(_registries(loaded, collection, options), options)


def merged(read: Iterable[Problem], checked: Iterable[Problem]) -> list[Problem]:
    """All problems in order. What a check says of a name where an id belongs takes the place of
    what reading says of the same value, since it knows the names.
    """
    found = list(checked)
    named = {(one.location, one.field) for one in found if one.rule == unknown_id.RULE.id}
    kept = (one for one in read if one.rule != "value" or (one.location, one.field) not in named)
    return sorted([*kept, *found])


def _found(cases: Iterable[Case], options: Options) -> Iterator[Problem]:
    rules = [rule for rule in RULES if options.severities.get(rule.id, rule.severity)]
    for case in cases:
        for rule in rules:
            for finding in rule.check(case):
                yield rule.problem(case, finding)


def _registries(loaded: Loaded, collection: Collection, options: Options) -> Iterator[Case]:
    for name, registry in loaded.registries.items():
        yield Case(registry, loaded, collection, options, registry=name)
    earlier = options.earlier.briefings if options.earlier else {}
    for key in earlier:
        if key in loaded.briefings or key in loaded.broken:
            continue
        reading = earlier[key]
        if reading.value.status != "draft":
            yield Case(reading, loaded, collection, options, gone=key)
