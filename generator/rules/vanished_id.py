"""Published ids stay as they are."""

from generator.model.briefing import Briefing
from generator.reading.problems import Severity, nearest
from generator.rules.base import Finding, Findings, RuleContext, error

_WITH_PAGES = ("actors", "topics", "places")
_LISTS = ("background", "positions", "responses")
_KEEP = "Links to it no longer work. Keep the id, and change only the name."


@error(
    "Others link to pages and statements by their ids; what was published must not vanish "
    "silently.",
    passing="""
background:
  - {id: low-water, date: 2025-02-10, text: The gauge at Orm falls., sources: [gauge]}
earlier:
  background:
    - {id: low-water, date: 2025-02-10, text: The gauge at Orm falls., sources: [gauge]}
""",
    failing=("\n  - {id: low-water", "\n  - {id: low-level"),
)
def rule(context: RuleContext) -> Findings:
    earlier, since = context.settings.earlier, context.settings.since
    if earlier is None:
        return
    if context.deleted:
        if context.deleted not in context.loaded.aliases:
            yield Finding(
                (),
                f"The briefing `{context.deleted}` was published in {since} and is gone.",
                f"Restore it (with `status: archived` if it is out of date), or add "
                f"`aliases: [{context.deleted}]` to the briefing that replaces it.",
            )
    elif context.registry in _WITH_PAGES and context.registry in earlier.registries:
        for key in earlier.entries(context.registry):
            if key not in (registered := context.registered(context.registry)):
                close = nearest(key, registered)
                yield Finding(
                    (),
                    f"`{key}` had a page in {since} and is gone.",
                    f"Was it renamed to `{close}`? " + _KEEP if close else _KEEP,
                    severity=Severity.WARNING,
                )
    elif context.briefing and context.briefing.id in earlier.briefings:
        earlier_briefing = earlier.briefings[context.briefing.id].value
        if earlier_briefing.status != "draft":
            yield from _vanished(context, earlier_briefing, since)


def _vanished(context: RuleContext, earlier: Briefing, since: str) -> Findings:
    assert context.briefing
    if context.briefing.is_draft:
        yield Finding(
            ("status",),
            f"This briefing was published in {since} and is now a draft, so its page is gone.",
            "Set `status: published`, or `archived`.",
        )
        return
    current = {
        item["id"]: item
        for key in _LISTS
        for _, item in context.items((), key)
        if isinstance(item.get("id"), str)
    }
    anchors = current.keys() | context.former_ids.keys()
    for key in _LISTS:
        for entry in getattr(earlier, key):
            for published in (entry.id, *entry.aliases):
                if published and published not in anchors:
                    texts = (other for other in current if current[other].get("text") == entry.text)
                    still = entry.id if entry.id in current else None
                    close = still or next(texts, None) or nearest(published, current)
                    yield Finding(
                        (key,),
                        f"`{published}` was published in {since} and is gone. Links to it no "
                        "longer work.",
                        _advice(published, close),
                        key=True,
                    )


def _advice(published: str, close: str | None) -> str:
    restore = "Restore it. If the speaker took the statement back, add `withdrawn`."
    if close is None:
        return f"{restore} If it went into another entry, add `aliases: [{published}]` to that."
    return (
        f"Was it renamed to `{close}`, or joined with it? Then add `aliases: [{published}]` to "
        f"`{close}`. Otherwise restore it. If the speaker took the statement back, add `withdrawn`."
    )
