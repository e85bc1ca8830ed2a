"""Editorial and format rules over the collection: one rule a module, listed in ``RULES``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.checks import (
    accusation_kind,
    accused_named,
    addresses,
    answer_by_another,
    archived_copy,
    carries_itself,
    event_source,
    future_days,
    ids,
    invisible_characters,
    loaded_terms,
    mixed_scripts,
    no_response_age,
    no_response_contradicted,
    older_reply,
    own_accuser,
    own_sources,
    part_of_itself,
    party_and_speaker,
    prose_links,
    prose_markup,
    published_day,
    quotation_language,
    quotation_original,
    quotation_script,
    quotation_source,
    references,
    related,
    reply_recorded,
    reporting_verbs,
    response_order,
    review_due,
    role_spans,
    same_names,
    silent_edits,
    silent_party,
    single_source,
    some_position,
    source_findable,
    speaker_role,
    statement_after_as_of,
    statement_source,
    uncited_source,
    unequal_room,
    updated_after_published,
    vanished_ids,
)
from generator.checks.rule import Case, Options, Rule
from generator.collection import Collection
from generator.loading import Loaded
from generator.problems import Problem, Severity

RULES: tuple[Rule, ...] = (
    references.RULE,
    ids.RULE,
    published_day.RULE,
    some_position.RULE,
    accused_named.RULE,
    statement_source.RULE,
    quotation_source.RULE,
    source_findable.RULE,
    related.RULE,
    addresses.RULE,
    carries_itself.RULE,
    part_of_itself.RULE,
    role_spans.RULE,
    updated_after_published.RULE,
    prose_links.RULE,
    reply_recorded.RULE,
    older_reply.RULE,
    response_order.RULE,
    no_response_age.RULE,
    no_response_contradicted.RULE,
    event_source.RULE,
    single_source.RULE,
    own_sources.RULE,
    uncited_source.RULE,
    archived_copy.RULE,
    quotation_language.RULE,
    quotation_original.RULE,
    loaded_terms.RULE,
    reporting_verbs.RULE,
    speaker_role.RULE,
    party_and_speaker.RULE,
    unequal_room.RULE,
    silent_party.RULE,
    statement_after_as_of.RULE,
    review_due.RULE,
    vanished_ids.RULE,
    silent_edits.RULE,
    invisible_characters.RULE,
    mixed_scripts.RULE,
    prose_markup.RULE,
    accusation_kind.RULE,
    own_accuser.RULE,
    answer_by_another.RULE,
    quotation_script.RULE,
    same_names.RULE,
    future_days.RULE,
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
    named = {(one.location, one.field) for one in found if one.rule == references.RULE.id}
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
