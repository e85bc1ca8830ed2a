"""Every id that a file names must be declared somewhere."""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from generator.model.field_errors import shown
from generator.model.fields import Reference
from generator.model.ids import ID_PATTERN, likely_id
from generator.model.introspection import FieldPath
from generator.model.lookalikes import visible
from generator.model.prose_markdown import mentions
from generator.reading.problems import did_you_mean, listed, near, with_part
from generator.rules.base import Finding, Findings, RuleContext, error
from generator.rules.names import folded

#: The ids that a briefing declares, by the key of their list.
_Ids = Mapping[str, AbstractSet[str]]
#: The declared ids by kind. None if their file or list could not be read.
_Known = Mapping[str, list[AbstractSet[str]] | None]
_LISTS = ("background", "positions", "responses", "sources")


class _Kind(NamedTuple):
    """What an id can be of: with its article, where it is declared, and in which lists."""

    article: str
    place: str
    lists: tuple[str, ...] = ()


_KINDS = {
    "actor": _Kind("an actor", "data/actors.yml"),
    "topic": _Kind("a topic", "data/topics.yml"),
    "place": _Kind("a place", "data/places.yml"),
    "source": _Kind("a source", "this briefing's `sources` or data/sources.yml"),
    "briefing": _Kind("a briefing", "a file in briefings/"),
    "position": _Kind("a position", "this briefing's `positions`", ("positions",)),
    "own_position": _Kind("a position", "this briefing's `positions`", ("positions",)),
    "anchor": _Kind(
        "a statement or an event",
        "this briefing's `background`, `positions` or `responses`",
        ("positions", "background", "responses"),
    ),
    "basis": _Kind(
        "an event or a position",
        "this briefing's `background` or `positions`",
        ("positions", "background"),
    ),
}

_POSSIBLE = re.compile(rf"({ID_PATTERN}(/{ID_PATTERN})*#)?{ID_PATTERN}(/{ID_PATTERN})*")
#: Commas and semicolons of other scripts. YAML does not read them as separators.
_OTHER_COMMAS = re.compile(r"\s*[，、،؛;；]\s*")
_SHOWN_MOST = 8


@error(
    "A link that leads nowhere hides who is meant: every id must be declared.",
    passing="summary: Norland says Esteria takes water [@gauge].",
    failing="summary: Norland says Esteria takes water [@guage].",
)
def rule(context: RuleContext) -> Findings:
    # A translation links to the statements and cites the sources of its original.
    home = context.original or context
    own = {key: home.ids(key) for key in _LISTS if home.briefing}
    known = {kind: _known(home, own, kind) for kind in _KINDS if kind != "briefing"}
    for path, role, words in context.annotated_fields:
        if isinstance(role, Reference):
            if _POSSIBLE.fullmatch(words):
                yield from _unknown(context, known, path, role.to, words)
            elif role.to != "briefing" and "#" not in words and words.strip():
                yield from _no_id(context, known, path, role.to, words)
        elif role.kind == "prose":
            for mention in mentions(words):
                for finding in _unknown(context, known, path, mention.to, mention.id):
                    yield replace(finding, words=mention.id)


def _no_id(context: RuleContext, known: _Known, path: FieldPath, kind: str, words: str) -> Findings:
    """Findings on words that can't be an id, such as a name."""
    declared = known[kind]
    likely = likely_id(words)
    if declared is None:
        return
    if any(likely in ids for ids in declared):
        message = f"{shown(visible(words))} is not the id of {_KINDS[kind].article}."
        yield Finding(path, message, f"Write `{likely}`.", as_written=True, write=likely)
    elif (parts := _parted(words)) and all(any(part in ids for ids in declared) for part in parts):
        sign = _OTHER_COMMAS.search(words)
        together = ", ".join(parts)
        message = f"{shown(words)} is read as one id, because `{sign[0].strip() if sign else ','}` "
        message += "doesn't separate ids."
        place = context.document.locate(path)
        in_brackets = "[" in context.document.line(place.line)[: place.column]
        hint = f"Write {'' if in_brackets else 'each on its own line: '}`{together}`."
        yield Finding(path, message, hint, as_written=True, write=together if in_brackets else "")
    elif kind == "source" and (id_ := _by_address(context, words)):
        message = f"{shown(words)} is an address; the id of a source belongs here."
        yield Finding(path, message, f"Write `{id_}`.", as_written=True, write=id_)
    elif named := context.ids_by_name(kind).get(folded(words)):
        message = f"{shown(words)} is a name. This key needs the id of {_KINDS[kind].article}."
        hint = f"Write {listed(named, ' or ')}."
        yield Finding(path, message, hint, as_written=True, write=_only(named))
    else:
        message = f"{shown(visible(words))} is not the id of {_KINDS[kind].article}."
        hint, write = "", ""
        if len(matches := _names_within(context, kind, words)) == 1:
            hint, write = f"Write `{matches[0]}`, if that is meant.", matches[0]
        elif "://" not in words:
            hint, write = _nearest(context, kind, likely, words, [*chain(*declared)])
        if not hint and "://" in words:
            hint = f"Declare it in {_KINDS[kind].place}, and write its id here."
        elif not hint:
            hint = f"Declare it in {_KINDS[kind].place}"
            hint += f", by an id such as `{likely}`." if likely else "."
        yield Finding(path, message, hint, as_written=True, write=write)


def _parted(words: str) -> list[str]:
    """The ids that other separators than a comma divide. Empty if nothing does."""
    parts = [part for part in _OTHER_COMMAS.split(words.strip()) if part]
    return parts if len(parts) > 1 else []


def _by_address(context: RuleContext, words: str) -> str:
    """The id of the source with this web address, or an empty text."""
    address = words.strip().rstrip("/")
    own = context.briefing.model.sources if context.briefing else ()
    for source in (*own, *context.loaded.sources.values()):
        if source.url and source.url.rstrip("/") == address:
            return str(source.id)
    return ""


def _names_within(context: RuleContext, kind: str, words: str) -> list[str]:
    """The ids of names of two or more words in ``words``, which may begin with a title."""
    typed = f" {folded(words)} "
    names = context.ids_by_name(kind)
    matches = (ids for name, ids in names.items() if " " in name and f" {name} " in typed)
    return list(dict.fromkeys(chain(*matches)))


def _nearest(
    context: RuleContext, kind: str, words: str, typed: str, declared: list[str]
) -> tuple[str, str]:
    """A hint at similar ids, and what to write if there is exactly one."""
    declared = [id_ for id_ in declared if re.fullmatch(ID_PATTERN, id_)]
    if close := near(words, declared):
        return did_you_mean(close), _only(close)
    names = context.ids_by_name(kind)
    if spelt := near(folded(typed), names):
        ids = list(dict.fromkeys(chain(*(names[name] for name in spelt))))
        return did_you_mean(ids), _only(ids)
    if similar := with_part(words, declared):
        return f"If it is not {listed(similar)}, declare it in {_KINDS[kind].place}.", ""
    return "", ""


def _only(ids: list[str]) -> str:
    """The id to write if there is exactly one; otherwise an empty text."""
    return ids[0] if len(ids) == 1 else ""


def _unknown(
    context: RuleContext, known: _Known, path: FieldPath, kind: str, words: str
) -> Findings:
    target, _, own_id = words.rpartition("#") if kind in ("position", "anchor") else ("", "", "")
    if target:
        yield from _unknown_briefing(context, path, target, f"#{own_id}")
        yield from _unknown_elsewhere(context, path, kind, target, own_id)
        return
    if kind == "briefing":
        yield from _unknown_briefing(context, path, words)
        return
    declared = known[kind]
    home = context.original or context
    if declared is None or (kind == "anchor" and not home.briefing):
        return  # the rule `prose-link` reports a link within a registry
    for ids in declared:
        invalid = (id_ for id_ in ids if not re.fullmatch(ID_PATTERN, id_))
        if words in ids or words in map(likely_id, invalid):
            return  # an invalid id is reported where it is declared
    if _KINDS[kind].lists and (present := home.former_ids.get(words)):
        yield _renamed(path, words, present)
        return
    if kind in ("position", "own_position") and (hint := _other_entry(home, path, words)):
        what = "an event" if words in home.ids("background") else "a response"
        message = f"{shown(words)} is {what}; the id of a position belongs here."
        yield Finding(path, message, hint, as_written=True)
        return
    if named := home.ids_by_name(kind).get(folded(words)):
        hint, write = f"Write {listed(named, ' or ')}.", _only(named)
    else:
        hint, write = _nearest(home, kind, words, words, [*chain(*declared)])
    yield Finding(
        path,
        f"{shown(words)} is not the id of {_KINDS[kind].article}.",
        hint or f"Declare it in {_KINDS[kind].place}.",
        as_written=True,
        write=write,
    )


def _other_entry(context: RuleContext, path: FieldPath, words: str) -> str:
    """What to do about the id of an event or a response in place of a position's; else empty."""
    if words in context.ids("responses"):
        move = f"Move `{words}` to `positions`, where it keeps its `to` and `stance`."
        return move if "to" in path else "Write the id of an entry in `positions`."
    if words in context.ids("background"):
        return "A response answers positions: write the ids of entries in `positions`."
    return ""


def _known(context: RuleContext, own: _Ids, kind: str) -> list[AbstractSet[str]] | None:
    """The declared ids of one kind, including invalid entries. None if some can't be read."""
    if lists := _KINDS[kind].lists:
        is_known = all(isinstance(context.mapping_at(()).get(key), list) for key in lists)
        return [own[key] for key in lists if key in own] if is_known else None
    name = f"{kind}s"
    unread = name in context.loaded.unread_registries
    if unread or (
        kind == "source" and own and not own["sources"] and context.has_key((), "sources")
    ):
        return None
    registered = context.registered(name)
    return [registered, own["sources"]] if kind == "source" and own else [registered]


def _unknown_briefing(
    context: RuleContext, path: FieldPath, target: str, own: str = ""
) -> Findings:
    """Findings on the id of a briefing; ``own`` is what follows it, such as `#claim`."""
    loaded = context.loaded
    reading = loaded.briefings.get(target)
    if target in loaded.broken or (reading and reading.problems):
        return  # that file has mistakes, so this one may be right
    if reading is None and (present := loaded.aliases.get(target)):
        yield _moved(context, path, target, present, own)
    elif reading is None:
        close = near(target, [*loaded.briefings, *loaded.broken])
        hint = did_you_mean(close, f"There is no briefings/{target}.yml.")
        yield Finding(path, f"{shown(target)} is not the id of a briefing.", hint, as_written=True)
    elif path == ("translation_of",):
        return  # the rule `translation-original` reports a draft
    elif reading.value.status == "draft" and not context.registry and not context.is_draft:
        yield Finding(
            path,
            f"{shown(target)} is a draft, so readers of this briefing can't follow the link.",
            "Publish that briefing first, or remove the reference.",
            as_written=True,
        )


def _unknown_elsewhere(
    context: RuleContext, path: FieldPath, kind: str, target: str, own: str
) -> Findings:
    reading = context.loaded.briefings.get(target)
    if reading is None or reading.problems:
        return
    lists = [getattr(reading.value, name) for name in _KINDS[kind].lists]
    known = {entry.id for entries in lists for entry in entries if entry.id}
    if own in known:
        return
    former = (entry for entries in lists for entry in entries if own in entry.aliases)
    if (renamed := next(former, None)) and renamed.id:
        yield _renamed(path, f"{target}#{own}", f"{target}#{renamed.id}")
        return
    close = [f"{target}#{id_}" for id_ in near(own, sorted(known))]
    yield Finding(
        path,
        f"The briefing `{target}` has no {_KINDS[kind].article.partition(' ')[2]} {shown(own)}.",
        did_you_mean(close, _known_here(known)),
        as_written=True,
        write=_only(close),
    )


def _moved(
    context: RuleContext, path: FieldPath, former: str, present: list[str], own: str
) -> Finding:
    """A finding on the former id of a briefing, which ``present`` have among their `aliases`."""
    if path == ("translation_of",):
        file = f"{present[0]}.{context.language}.yml"
        hint = f"Write `translation_of: {present[0]}`, and rename this file to `{file}`."
    elif len(present) == 1:
        return _renamed(path, f"{former}{own}", f"{present[0]}{own}")
    else:
        hint = f"Write {listed([f'{key}{own}' for key in present], ' or ')}."
    message = f"{shown(former)} is a former id of {listed(present, ' and ')}."
    return Finding(path, message, hint, as_written=True)


def _renamed(path: FieldPath, former: str, present: str) -> Finding:
    """A finding on a former id. Links of others follow it; a briefing names the present one."""
    message = f"{shown(former)} is a former id of `{present}`."
    return Finding(path, message, f"Write `{present}`.", as_written=True, write=present)


def _known_here(known: set[str]) -> str:
    if not known or len(known) > _SHOWN_MOST:
        return ""
    return f"It has {listed(sorted(known))}."
