"""What was published stays where it was."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.briefing import Briefing
from generator.reading.problems import Severity, nearest
from generator.rules.base import Finding, Rule, RuleContext

_WITH_PAGES = ("actors", "topics", "places")
_LISTS = ("background", "positions", "responses")
_KEEP = "Links to it no longer work. Keep the id, and change only the name."


def _check(case: RuleContext) -> Iterator[Finding]:
    earlier, since = case.options.earlier, case.options.since
    if earlier is None:
        return
    if case.deleted:
        if case.deleted not in case.loaded.aliases:
            yield Finding(
                (),
                f"The briefing `{case.deleted}` was published in {since} and is gone.",
                f"Restore it (with `status: archived` if it is out of date), or add "
                f"`aliases: [{case.deleted}]` to the briefing that replaces it.",
            )
    elif case.registry in _WITH_PAGES and case.registry in earlier.registries:
        for key in earlier.entries(case.registry):
            if key not in (registered := case.registered(case.registry)):
                close = nearest(key, registered)
                yield Finding(
                    (),
                    f"`{key}` had a page in {since} and is gone.",
                    f"Was it renamed to `{close}`? " + _KEEP if close else _KEEP,
                    severity=Severity.WARNING,
                )
    elif case.briefing and case.briefing.id in earlier.briefings:
        was = earlier.briefings[case.briefing.id].value
        if was.status != "draft":
            yield from _vanished(case, was, since)


def _vanished(case: RuleContext, was: Briefing, since: str) -> Iterator[Finding]:
    assert case.briefing
    if case.briefing.is_draft:
        yield Finding(
            ("status",),
            f"This briefing was published in {since} and is now a draft, so its page is gone.",
            "Set `status: published`, or `archived`.",
        )
        return
    now = {
        one["id"]: one
        for key in _LISTS
        for _, one in case.items((), key)
        if isinstance(one.get("id"), str)
    }
    for key in _LISTS:
        for one in getattr(was, key):
            if one.id and one.id not in now:
                texts = (other for other in now if now[other].get("text") == one.text)
                close = next(texts, None) or nearest(one.id, now)
                hint = f"Was it renamed to `{close}`? " if close else ""
                yield Finding(
                    (key,),
                    f"`{one.id}` was published in {since} and is gone. Links to it no longer work.",
                    f"{hint}Restore it. If the speaker took the statement back, add `withdrawn`.",
                    key=True,
                )


RULE = Rule(
    "vanished-id",
    Severity.ERROR,
    "Others link to pages and statements by their ids; what was published must not vanish "
    "silently.",
    _check,
    passing="""
background:
  - {id: low-water, date: 2025-02-10, text: The gauge at Orm falls., sources: [gauge]}
earlier:
  background:
    - {id: low-water, date: 2025-02-10, text: The gauge at Orm falls., sources: [gauge]}
""",
    failing="""
background:
  - {id: low-level, date: 2025-02-10, text: The gauge at Orm falls., sources: [gauge]}
earlier:
  background:
    - {id: low-water, date: 2025-02-10, text: The gauge at Orm falls., sources: [gauge]}
""",
)
