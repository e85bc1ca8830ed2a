"""A related entry is a briefing of this site, or a page elsewhere with its title."""

from __future__ import annotations

from collections.abc import Iterator

from generator.reading.problems import Severity
from generator.rules.base import Finding, Rule, RuleContext


def _check(context: RuleContext) -> Iterator[Finding]:
    if context.briefing is None:
        return
    for index, _ in enumerate(context.briefing.model.related):
        place = ("related", index)
        briefing = context.has_key(place, "briefing")
        elsewhere = (context.has_key(place, "url"), context.has_key(place, "title"))
        if briefing and any(elsewhere):
            message = (
                "An entry of `related` names either `briefing`, or `url` and `title`, not both."
            )
        elif briefing or all(elsewhere):
            continue
        else:
            message = "An entry of `related` needs `briefing`, or `url` together with `title`."
        yield Finding(place, message, "Write `- briefing: id` or `- {url, title}`.")


RULE = Rule(
    "related-entry",
    Severity.ERROR,
    "Readers must see where a link leads before they follow it.",
    _check,
    passing="""
related:
  - {url: "https://halden.example/", title: The Halden Commission}
""",
    failing="""
related:
  - {url: "https://halden.example/"}
""",
)
