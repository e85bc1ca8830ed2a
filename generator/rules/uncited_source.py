"""Every source is cited."""

from generator.model.fields import Reference
from generator.model.prose_markdown import mentions
from generator.rules.base import Finding, Findings, RuleContext, warning

_HINT = "Cite it where it supports something, or remove it."


@warning(
    "A source that supports nothing makes a briefing look better sourced than it is.",
    passing="""
sources:
  - {id: atlas, title: Atlas of rivers, url: "https://halden.example/atlas"}
summary: Norland says Esteria takes water from the Halden [@atlas].
""",
    failing="""
sources:
  - {id: atlas, title: Atlas of rivers, url: "https://halden.example/atlas"}
""",
)
def rule(context: RuleContext) -> Findings:
    if context.registry == "sources":
        actors = context.loaded.actors.values()
        of_roles = {key for actor in actors for role in actor.roles for key in role.sources}
        for key in context.reading.value:
            if key not in context.collection.first_citing and key not in of_roles:
                yield Finding((key,), f"No briefing cites `{key}`.", _HINT, key=True)
    if context.briefing is None:
        return
    cited = set()
    for _, role, words in context.annotated_fields:
        if isinstance(role, Reference):
            if role.to == "source":
                cited.add(words)
        elif role.kind == "prose":
            cited |= {mention.id for mention in mentions(words) if mention.to == "source"}
    if cited - context.ids("sources") - context.registered("sources"):
        return  # an id that isn't right may be meant for any of them
    if context.reading.problems:  # a source can be cited in what isn't read
        for words in context.words_outside("sources"):
            cited |= {words, *(mention.id for mention in mentions(words))}
    carried = {source.carries for source in context.briefing.model.sources}
    carried |= {source.carries for source in context.loaded.sources.values()}
    for index, source in enumerate(context.briefing.model.sources):
        if source.id not in cited | carried:
            message = f"Nothing in this briefing cites the source `{source.id}`."
            yield Finding(("sources", index), message, _HINT)
