"""A link in prose leads somewhere."""

import re

from generator.model.field_errors import shown
from generator.model.prose_markdown import LINK_WORDS
from generator.rules.base import Finding, Findings, RuleContext, error

_LINK = re.compile(LINK_WORDS + r"\(\s*+<?([^)\s>]*)")
_ACCEPTED = ("https://", "http://", "mailto:", "briefing:", "actor:", "#")


@error(
    "A page can move with its briefing, so links within the site use ids. Other links need "
    "the whole address.",
    passing='summary: "Norland says Esteria takes [its water](https://halden.example/)."',
    failing='summary: "Norland says Esteria takes [its water](../halden/)."',
)
def rule(context: RuleContext) -> Findings:
    for path, role, text in context.texts():
        if role.kind != "prose" or "](" not in text:
            continue
        for match in _LINK.finditer(text):
            target = match[2]
            if match[1] and target.startswith("#") and context.registry:
                yield Finding(
                    path,
                    f"{shown(target)} leads nowhere: an entry of data/{context.registry}.yml is "
                    "part of no briefing.",
                    f"Write `briefing:id{target}`, with the id of the briefing.",
                    words=target,
                    as_written=True,
                )
            elif match[1] and not target.lower().startswith(_ACCEPTED):
                yield Finding(
                    path,
                    f"{shown(target)} is not an address that prose can link to."
                    if target
                    else "This link has no address.",
                    "Write `https://…`, `http://…`, `mailto:…`, `briefing:id`, `actor:id` or "
                    "`#id`.",
                    words=target or match[0],
                    as_written=True,
                )
