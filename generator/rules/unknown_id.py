"""Every id that a file names must be declared somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import chain

from generator.model.fields import Reference
from generator.model.ids import ID_PATTERN, likely_id
from generator.model.introspection import FieldPath
from generator.model.lookalikes import visible
from generator.model.prose_markdown import mentions
from generator.model.refusals import shown
from generator.reading.problems import Severity, near, with_part
from generator.rules.base import Finding, Rule, RuleContext, folded

#: The ids that a briefing itself declares, by the list they stand in.
_Ids = Mapping[str, AbstractSet[str]]
#: The ids that are declared, by their kind; None where it can't be told.
_Known = Mapping[str, list[AbstractSet[str]] | None]
_LISTS = ("background", "positions", "sources")

_POSSIBLE = re.compile(rf"({ID_PATTERN}(/{ID_PATTERN})*#)?{ID_PATTERN}(/{ID_PATTERN})*")
#: What parts the ids of a list on other keyboards, where YAML reads a comma alone.
_OTHER_COMMAS = re.compile(r"\s*[，、،؛;；]\s*")
_SHOWN_MOST = 8
_PLACES = {
    "actor": "data/actors.yml",
    "topic": "data/topics.yml",
    "place": "data/places.yml",
    "source": "this briefing's `sources` or data/sources.yml",
    "briefing": "a file in briefings/",
    "position": "this briefing's `positions`",
    "basis": "this briefing's `background` or `positions`",
}


def _check(case: RuleContext) -> Iterator[Finding]:
    own = {key: case.ids(key) for key in _LISTS if case.briefing}
    known = {kind: _known(case, own, kind) for kind in _PLACES if kind != "briefing"}
    for path, marker, words in case.marked:
        if isinstance(marker, Reference):
            if _POSSIBLE.fullmatch(words):
                yield from _unknown(case, known, path, marker.to, words)
            elif marker.to != "briefing" and "#" not in words and words.strip():
                yield from _no_id(case, known, path, marker.to, words)
        elif marker.kind == "prose":
            for mention in mentions(words):
                for finding in _unknown(case, known, path, mention.to, mention.id):
                    yield replace(finding, words=mention.id)


def _no_id(
    case: RuleContext, known: _Known, path: FieldPath, kind: str, words: str
) -> Iterator[Finding]:
    """A name where an id belongs; of anything else that is no id, reading says what it is."""
    declared = known[kind]
    likely = likely_id(words)
    if declared is None:
        return
    if any(likely in ids for ids in declared):
        message = f"{shown(visible(words))} is not the id of {_article(kind)}."
        yield Finding(path, message, f"Write `{likely}`.", as_written=True, write=likely)
    elif (several := _parted(words)) and all(
        any(one in ids for ids in declared) for one in several
    ):
        sign = _OTHER_COMMAS.search(words)
        listed = ", ".join(several)
        message = f"{shown(words)} is read as one id, since `{sign[0].strip() if sign else ','}` "
        message += "is another sign than the comma."
        place = case.document.locate(path)
        in_brackets = "[" in case.document.line(place.line)[: place.column]
        hint = f"Write `{listed}`." if in_brackets else f"Write each on its own line: `{listed}`."
        yield Finding(path, message, hint, as_written=True, write=listed if in_brackets else "")
    elif kind == "source" and (id_ := _by_address(case, words)):
        message = f"{shown(words)} is an address; the id of a source belongs here."
        yield Finding(path, message, f"Write `{id_}`.", as_written=True, write=id_)
    elif named := _called(case, kind, words):
        message = f"{shown(words)} is a name. This key needs the id of {_article(kind)}."
        write = named[0] if len(named) == 1 else ""
        yield Finding(path, message, f"Write {_either(named)}.", as_written=True, write=write)
    else:
        message = f"{shown(visible(words))} is not the id of {_article(kind)}."
        hint, write = "", ""
        if len(held := _names_within(case, kind, words)) == 1:
            hint, write = f"Write `{held[0]}`, if that is meant.", held[0]
        elif "://" not in words:
            hint, write = _nearest(case, kind, likely, words, [*chain(*declared)])
        if not hint and "://" in words:
            hint = f"Declare it in {_PLACES[kind]}, and write its id here."
        elif not hint:
            hint = f"Declare it in {_PLACES[kind]}"
            hint += f", by an id such as `{likely}`." if likely else "."
        yield Finding(path, message, hint, as_written=True, write=write)


def _parted(words: str) -> list[str]:
    """The ids that another sign than a comma parts; none where nothing does."""
    parts = [part for part in _OTHER_COMMAS.split(words.strip()) if part]
    return parts if len(parts) > 1 else []


def _by_address(case: RuleContext, words: str) -> str:
    """The id of the source at a web address; empty where there is none."""
    address = words.strip().rstrip("/")
    own = case.briefing.model.sources if case.briefing else ()
    for source in (*own, *case.loaded.sources.values()):
        if source.url and source.url.rstrip("/") == address:
            return str(source.id)
    return ""


def _names_within(case: RuleContext, kind: str, words: str) -> list[str]:
    """The ids whose name, of two words at least, is a part of ``words``, after a title say."""
    typed = f" {folded(words)} "
    names = case.ids_by_name(kind)
    held = (ids for name, ids in names.items() if " " in name and f" {name} " in typed)
    return list(dict.fromkeys(chain(*held)))


def _nearest(
    case: RuleContext, kind: str, words: str, typed: str, declared: list[str]
) -> tuple[str, str]:
    """A hint at the ids that may have been meant, and what to write if it is one."""
    declared = [id_ for id_ in declared if re.fullmatch(ID_PATTERN, id_)]
    if close := near(words, declared):
        return f"Did you mean {_either(close)}?", close[0] if len(close) == 1 else ""
    names = case.ids_by_name(kind)
    if spelt := near(folded(typed), names):
        ids = list(dict.fromkeys(chain(*(names[name] for name in spelt))))
        return f"Did you mean {_either(ids)}?", ids[0] if len(ids) == 1 else ""
    if held := with_part(words, declared):
        listed = ", ".join(f"`{one}`" for one in held)
        return f"If it is not {listed}, declare it in {_PLACES[kind]}.", ""
    return "", ""


def _called(case: RuleContext, kind: str, words: str) -> list[str]:
    return list(case.ids_by_name(kind).get(folded(words), ()))


def _either(ids: list[str]) -> str:
    return " or ".join(f"`{one}`" for one in ids)


def _unknown(
    case: RuleContext, known: _Known, path: FieldPath, kind: str, words: str
) -> Iterator[Finding]:
    target, _, position = words.rpartition("#") if kind == "position" else (words, "", "")
    if kind == "position" and target:
        yield from _unknown_briefing(case, path, target)
        yield from _unknown_elsewhere(case, path, target, position)
        return
    if kind == "briefing":
        yield from _unknown_briefing(case, path, words)
        return
    declared = known[kind]
    if declared is None:
        return
    for ids in declared:
        if words in ids or any(
            likely_id(id_) == words for id_ in ids if not re.fullmatch(ID_PATTERN, id_)
        ):
            return  # an id that is written wrong where it is declared is reported there
    if kind == "position" and words in case.ids("background"):
        message = f"{shown(words)} is an event; the id of a position belongs here."
        hint = "A response answers positions: write the ids of those, which stand in `positions`."
        yield Finding(path, message, hint, as_written=True)
        return
    if named := _called(case, kind, words):
        hint, write = f"Write {_either(named)}.", named[0] if len(named) == 1 else ""
    else:
        hint, write = _nearest(case, kind, words, words, [*chain(*declared)])
    yield Finding(
        path,
        f"{shown(words)} is not the id of {_article(kind)}.",
        hint or f"Declare it in {_PLACES[kind]}.",
        as_written=True,
        write=write,
    )


def _article(kind: str) -> str:
    return {"actor": "an actor", "basis": "an event or a position"}.get(kind, f"a {kind}")


def _known(case: RuleContext, own: _Ids, kind: str) -> list[AbstractSet[str]] | None:
    """The ids of one kind that are declared, wrong entries included; None: it can't be told."""
    if kind not in ("actor", "topic", "place", "source"):
        lists = ("positions", "background") if kind == "basis" else ("positions",)
        told = all(isinstance(case.typed(()).get(key), list) for key in lists)
        return [own[key] for key in lists if key in own] if told else None
    name = f"{kind}s"
    unread = name in case.loaded.unread_registries
    if unread or (kind == "source" and own and not own["sources"] and _misspelt(case)):
        return None
    registered = case.registered(name)
    return [registered, own["sources"]] if kind == "source" and own else [registered]


def _misspelt(case: RuleContext) -> bool:
    return case.has_key((), "sources")


def _unknown_briefing(case: RuleContext, path: FieldPath, target: str) -> Iterator[Finding]:
    loaded = case.loaded
    reading = loaded.briefings.get(target)
    if target in loaded.broken or (reading and reading.problems):
        return  # that file has mistakes of its own; this one may be right
    if reading is None:
        close = near(target, [*loaded.briefings, *loaded.broken])
        hint = (
            f"Did you mean {_either(close)}?" if close else f"There is no briefings/{target}.yml."
        )
        yield Finding(path, f"{shown(target)} is not the id of a briefing.", hint, as_written=True)
    elif reading.value.status == "draft" and case.briefing and not case.briefing.is_draft:
        yield Finding(
            path,
            f"{shown(target)} is a draft, so readers of this briefing can't follow the link.",
            "Publish that briefing first, or remove the reference.",
            as_written=True,
        )


def _unknown_elsewhere(
    case: RuleContext, path: FieldPath, target: str, own: str
) -> Iterator[Finding]:
    reading = case.loaded.briefings.get(target)
    if reading is None or reading.problems:
        return
    known = {position.id for position in reading.value.positions}
    if own in known:
        return
    close = [f"{target}#{one}" for one in near(own, sorted(known))]
    yield Finding(
        path,
        f"The briefing `{target}` has no position {shown(own)}.",
        f"Did you mean {_either(close)}?" if close else _known_here(known),
        as_written=True,
        write=close[0] if len(close) == 1 else "",
    )


def _known_here(known: set[str]) -> str:
    if not known or len(known) > _SHOWN_MOST:
        return ""
    return f"It has {', '.join(f'`{one}`' for one in sorted(known))}."


RULE = Rule(
    "unknown-id",
    Severity.ERROR,
    "A link that leads nowhere hides who is meant: every id must be declared.",
    _check,
    passing="""
summary: Norland says Esteria takes water [@gauge].
""",
    failing="""
summary: Norland says Esteria takes water [@guage].
""",
)
