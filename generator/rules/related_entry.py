"""A related entry is a briefing of this site, or a page elsewhere with its title."""

from generator.rules.base import Finding, Findings, RuleContext, error


@error(
    "Readers must see where a link leads before they follow it.",
    passing="""
related:
  - {url: "https://halden.example/", title: The Halden Commission}
""",
    failing=(", title: The Halden Commission", ""),
)
def rule(context: RuleContext) -> Findings:
    if context.briefing is None:
        return
    for index, entry in enumerate(context.briefing.model.related):
        place = ("related", index)
        briefing = context.has_key(place, "briefing")
        elsewhere = (context.has_key(place, "url"), context.has_key(place, "title"))
        if briefing and any(elsewhere):
            needs = "names either `briefing`, or `url` and `title`, not both."
        elif briefing and entry.briefing == context.briefing.id:
            yield Finding(place, "An entry of `related` names its own briefing.", "Remove it.")
            continue
        elif briefing or all(elsewhere):
            continue
        else:
            needs = "needs `briefing`, or `url` together with `title`."
        hint = "Write `- briefing: id` or `- {url, title}`."
        yield Finding(place, f"An entry of `related` {needs}", hint)
